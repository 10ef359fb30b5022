"""Lines of a Markdown file in, its front matter as pairs out, and what is wrong with it.

It is read without a reader of YAML, so that nothing in it is carried out and none of it costs more
than a glance; what a reader of YAML would not take is told.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem

__all__ = ["read_front_matter"]

Pairs = tuple[tuple[str, str], ...]

_AT_MOST = 200
"""Lines of front matter; what is longer is text between two rulers."""

_DEEP = 100
"""Brackets within each other that no one writes by hand, and that readers of YAML give up on."""

_KEY = later(r"[\w .-]+")
_DATE = later(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def read_front_matter(lines: Sequence[str], path: str) -> tuple[Pairs, int, tuple[Problem, ...]]:
    """Give the pairs, the number of lines that they take with their rulers, and problems."""
    if not lines or lines[0].rstrip() != "---":
        return (), 0, ()
    for end in range(1, min(len(lines), _AT_MOST)):
        if lines[end].rstrip() in ("---", "..."):
            break
    else:
        return (), 0, ()
    pairs: list[tuple[str, str]] = []
    keyed = 0
    for line in lines[1:end]:
        key, colon, value = line.partition(":")
        if colon and _KEY.fullmatch(key):
            keyed += 1
            pairs.append((key.strip(), value.strip().strip("\"'")))
        elif line.strip():
            pairs.append(("", line.strip()))
    if not keyed or any(line.startswith("##") for line in lines[1:end]):
        return (), 0, ()
    return tuple(pairs), end + 1, tuple(_problems(lines[1:end], path))


def _problems(lines: Sequence[str], path: str) -> Iterator[Problem]:
    for number, line in enumerate(lines, 2):
        if line.startswith("\t"):
            message = "a tab at the start of a line of front matter, expected spaces"
            yield Problem(Code.FRONT_MATTER, message, path, number, grave=False)
        if (deep := _nesting(line)) > _DEEP:
            message = f"front matter of {deep} brackets within each other, read as text"
            yield Problem(Code.FRONT_MATTER, message, path, number, grave=False)
        key, _, value = line.partition(":")
        found = _DATE.match(value.strip().strip("\"'"))
        if key.strip().casefold() == "date" and found and not _exists(found):
            message = f"not a date: {found[0]}"
            yield Problem(Code.DATE, message, path, number, grave=False)


def _nesting(line: str) -> int:
    if line.count("[") + line.count("{") <= _DEEP:
        return 0
    depth = most = 0
    for sign in line:
        depth += (sign in "[{") - (sign in "]}")
        most = max(most, depth)
    return most


def _exists(found: re.Match[str]) -> bool:
    year, month, day = (int(number) for number in found.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
