"""Text of a log in, the same text without credentials and a problem for each out.

It comes right after decoding, so that no page, index, cache, export or message can hold what was
masked. A mask says the kind and nothing of the length or the letters, and is no markup in any
format. The number of lines stays.

A line that is a false alarm says so itself, or the line above it does, with the words `sessionlog:
allow-secret` in a comment; or its fingerprint stands in the option `secrets_allow`.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem

if TYPE_CHECKING:
    from sessionlog_core.credentials import Hit

_WAIVER = later(r"sessionlog: ?allow-secret\b", re.IGNORECASE)

_GUESSED = frozenset({"password", "environment-password", "password-option", "sshpass", "netrc"})
"""Kinds that people think up: a fingerprint of one could be tried out, so that none is told."""

_ROUNDS = 2_000
_TOLD = 20
_COMPARED = 500
"""So many are made for a file: each takes a millisecond, on purpose."""


def mask(
    text: str, path: str, *, mode: str = "mask", allowed: Collection[str] = ()
) -> tuple[str, tuple[Problem, ...]]:
    """Mask what looks like a credential; tell its line and kind, never its value.

    `mode` is `mask`; `fail`, which masks and makes the build fail; `warn`, which tells and leaves
    the text alone; or `off`. `allowed` are fingerprints of what is no credential.
    """
    if mode == "off":
        return text, ()
    # Its many patterns are made ready only where a log is read: no host starts later for them.
    from sessionlog_core.credentials import find_credentials, without_overlaps
    from sessionlog_core.kingfisher import find_more

    hits = without_overlaps((*find_credentials(text), *find_more(text)))
    if not hits:
        return text, ()
    waived = _waived_lines(text)
    out: list[str] = []
    problems: list[Problem] = []
    at = line = 0
    seen = 0
    for number, hit in enumerate(hits):
        line += text.count("\n", seen, hit.start)
        seen = hit.start
        value = text[hit.start : hit.end]
        mark = ""
        if hit.kind not in _GUESSED and number < (_COMPARED if allowed else _TOLD):
            mark = fingerprint(value, hit.kind, path)
        if line in waived or mark in allowed:
            continue
        problems.append(_problem(hit, path, line + 1, mode, mark))
        if mode != "warn":
            out += (text[at : hit.start], f"(masked:{hit.kind})", "\n" * value.count("\n"))
            at = hit.end
    out.append(text[at:])
    return "".join(out), tuple(problems)


_IN_NAME = later(r"[A-Za-z0-9]{16}")
_PARTS = later(r"[-_. /]")
_LONGEST = 255
"""What a file may be called, on most systems."""


def mask_name(
    name: str, *, mode: str = "mask", allowed: Collection[str] = ()
) -> tuple[str, tuple[Problem, ...]]:
    """Mask credentials in the name of a file, also in one of its parts, and tell it by that name.

    In a text, what stands behind a dash is part of a longer word; in a name a dash is a blank.
    The mode `warn` masks names as well: messages call a file by its name.
    """
    mode = "mask" if mode == "warn" else mode
    if not _IN_NAME.search(name):
        return name, ()
    for part in (0, *(match.end() for match in _PARTS.finditer(name[-_LONGEST:]))):
        start = part + max(0, len(name) - _LONGEST) if part else 0
        masked, problems = mask(name[start:], "", mode=mode, allowed=allowed)
        if problems:
            shown = name[:start] + masked
            where = "in the name of the file: "
            return shown, tuple(
                replace(x, message=where + x.message, path=shown, line=None) for x in problems
            )
    return name, ()


def fingerprint(value: str, kind: str, path: str) -> str:
    """Give a name for a credential that does not tell it: salted with the path, slow to make."""
    salt = f"sessionlog:{path}".encode("utf-8", "surrogatepass")
    data = value.encode("utf-8", "surrogatepass")
    return f"{kind}:{hashlib.pbkdf2_hmac('sha256', data, salt, _ROUNDS)[:8].hex()}"


def _waived_lines(text: str) -> frozenset[int]:
    """Give the lines, from 0, that a comment takes out: its own; if it stands alone, the next."""
    if not _WAIVER.search(text):
        return frozenset()
    waived: set[int] = set()
    for number, line in enumerate(text.split("\n")):
        if _WAIVER.search(line):
            waived.add(number)
            if not re.sub(r"[\W_]+", "", _WAIVER.sub("", line)):
                waived.add(number + 1)
    return frozenset(waived)


def _problem(hit: "Hit", path: str, line: int, mode: str, mark: str) -> Problem:
    did = "shown, though it looks like a credential" if mode == "warn" else "masked as a credential"
    told = f"{did}: {hit.kind}"
    if mark:
        told += f"; if it is none, secrets_allow takes {mark}"
    return Problem(Code.SECRET, told, path, line, fatal=mode == "fail")
