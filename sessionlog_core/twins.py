"""Sessions of all logs in, which of them are one session told twice out.

A current log and its archive hold the same session word for word, and a merge may leave a block
twice in one file. Two tellings are one session where most of the lines of the shorter one stand in
the other, and no date or number says otherwise. Alike beginnings (`Tests: all passing`) are none:
only lines of some length count, and those that many sessions share do not.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from hashlib import blake2b

from sessionlog_core.model import Session
from sessionlog_core.terms import fold_words

__all__ = ["find_twins", "mark_lines"]

SHORTEST = 24
"""Characters of a line, in plain words, from which on it tells one session from another."""

SHARED = 0.6
"""The part of the shorter telling's lines that stand in the longer one."""

FEWEST = 3
"""Lines that two tellings share at least, unless date, number and title agree as well."""

COMMON = 8
"""Sessions that may share a line; one of more is a phrase of the house, and tells nothing."""


def find_twins(sessions: Sequence[Session], lines: Sequence[Collection[int]]) -> dict[int, int]:
    """Give for each telling that is not the fullest the place of the fullest one.

    `lines` are the marks of the lines of each session.
    """
    owners: dict[int, list[int]] = defaultdict(list)
    for i, own in enumerate(lines):
        for line in own:
            owners[line].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for places in owners.values():
        if 1 < len(places) <= COMMON:
            for n, i in enumerate(places):
                shared.update((i, j) for j in places[n + 1 :])
    groups: dict[int, set[int]] = {}
    for (i, j), count in sorted(shared.items()):
        if _is_one(sessions[i], sessions[j], count, min(len(lines[i]), len(lines[j]))):
            group = groups.get(i, {i}) | groups.get(j, {j})
            groups.update(dict.fromkeys(group, group))
    twins: dict[int, int] = {}
    for i, group in groups.items():
        fullest = min(group, key=lambda n: (-len(lines[n]), _archived(sessions[n]), n))
        if i != fullest:
            twins[i] = fullest
    return twins


def mark_lines(session: Session) -> tuple[int, ...]:
    """Give for each line that is long enough to tell one session from another a number of its own.

    Numbers take a tenth of the room of the words, and are the same from run to run.
    """
    marks: dict[int, None] = {}
    stack = list(session.body)
    while stack:
        node = stack.pop()
        for row in node.text.split("\n") if node.text else ():
            # Plain words are no longer than the line: most short ones need no closer look.
            words = fold_words(row) if len(row) >= SHORTEST or not row.isascii() else ""
            if len(words) >= SHORTEST:
                digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8)
                marks[int.from_bytes(digest.digest(), "big")] = None
        stack.extend(node.children)
    return tuple(marks)


def _is_one(one: Session, other: Session, count: int, least: int) -> bool:
    for a, b in ((one.date, other.date), (one.number, other.number)):
        if a is not None and b is not None and a != b:
            return False
    same = (one.date, one.number, one.title) == (other.date, other.number, other.title)
    named = same and (one.date is not None or one.number is not None)
    return count >= (1 if named else FEWEST) and count >= SHARED * least


def _archived(session: Session) -> bool:
    """Say whether a file calls itself an archive: of two equal tellings the current one stands."""
    path = session.source.path.casefold()
    return any(word in path for word in ("archiv", "legacy", "backup", "history", "old"))
