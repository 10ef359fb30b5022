"""Text in, the credentials that the scanner Kingfisher finds in it out; none without Kingfisher.

Kingfisher knows many hundred kinds more than our own table. It is the extra `[secrets]`, and is
only ever asked to look at text: it validates nothing and calls nobody
(https://github.com/mongodb/kingfisher).
"""

import re
from functools import cache
from typing import Any

from sessionlog_core.credentials import Hit
from sessionlog_core.placeholders import is_placeholder


@cache
def _scanner() -> Any:
    """Give the scanner with its own rules, or None; to make one takes a second."""
    try:
        from kingfisher_sdk import Scanner  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    return Scanner()


def find_more(text: str) -> tuple[Hit, ...]:
    """Find what Kingfisher shows, without what only stands for a credential."""
    scanner = _scanner()
    if scanner is None:
        return ()
    data = text.encode("utf-8", "replace")
    found: list[tuple[int, int, str]] = []
    for finding in scanner.scan(data):
        where = finding.location
        secret = finding.secret.encode("utf-8", "replace")
        start = data.find(secret, where["start_offset"], where["end_offset"])
        end = start + len(secret)
        if start < 0:  # an encoded one: all of it goes
            start, end = where["start_offset"], where["end_offset"]
        if not finding.visible or is_placeholder(data[start:end].decode("utf-8", "replace")):
            continue
        kind = re.sub(r"[^a-z0-9]+", "-", finding.rule_id.rpartition(".")[2].casefold()).strip("-")
        found.append((start, end, kind or "credential"))
    hits: list[Hit] = []
    at, letters = 0, 0  # so many bytes are so many letters: none is counted twice
    for start, end, kind in sorted(found):
        letters += len(data[at:start].decode("utf-8", "replace"))
        length = len(data[start:end].decode("utf-8", "replace"))
        hits.append(Hit(letters, letters + length, kind))
        at = start
    return tuple(hits)
