"""The marks that start sessions in, the file cut at them out: entries, what stands outside, notes.

A session ends before the next one, or before a heading as high as its own that is none of its
sections.
"""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import islice, pairwise

from sessionlog_core.entries import (
    File,
    Layout,
    above,
    fill_dates,
    find_label_date,
    is_next,
    make_entry,
)
from sessionlog_core.marks import BANNER, BOLD, Grades, Mark, rest_of
from sessionlog_core.outline import Kind
from sessionlog_core.vocabulary import fold

__all__ = ["KINDS", "SAYS", "add_odd_ones", "find_spans", "is_flat", "last_line", "lay_out"]


KINDS = {0: "banners", 7: "bold lines", 8: "plain lines", 9: "time stamps"}
"""Names of layouts; headings are `h1` to `h6`."""


def _span(file: File, i: int, starts: Set[int], flat: bool) -> int:  # noqa: FBT001
    """Give the index of the node behind the last one of the session that starts at mark `i`."""
    mark = file.marks[i]
    bound = mark.level
    if mark.level >= BOLD:
        parent = mark.parent
        bound = file.marks[parent].level if parent >= 0 else BANNER
    for j in range(i + 1, len(file.marks)):
        other = file.marks[j]
        if j in starts:
            return other.index
        if other.level <= bound and not (flat and other.level == bound and _belongs(file, other)):
            return other.index
    return len(file.nodes)


def find_spans(file: File, starts: Sequence[int], *, flat: bool) -> list[tuple[int, int]]:
    """Give first node and the one behind the last of each session."""
    chosen = frozenset(starts)
    return [(file.marks[i].index, _span(file, i, chosen, flat)) for i in starts]


def last_line(file: File, start: int, stop: int) -> int:
    """Give the last line of the nodes from `start` to the one before `stop`."""
    return max([n.end_line for n in file.nodes[start:stop]])


def _belongs(file: File, mark: Mark) -> bool:
    """Say whether a heading as high as the sessions is a section of one."""
    return not mark.template and file.vocabulary.section(mark.text) is not None


def is_flat(file: File, starts: Sequence[int]) -> bool:
    """Say whether sections have headings as high as the sessions themselves."""
    flat = 0
    for start, stop in pairwise(starts):
        level = file.marks[start].level
        between = [m for m in file.marks[start + 1 : stop] if m.level == level]
        flat += bool(between) and all(_belongs(file, m) for m in between)
    return flat > 0 and flat >= (len(starts) - 1) / 2


def lay_out(file: File, starts: Sequence[int], level: int, why: tuple[str, ...]) -> Layout:
    """Cut the file at `starts`."""
    flat = is_flat(file, starts)
    spans = find_spans(file, starts, flat=flat)
    kind = KINDS.get(level, f"h{level}")
    entries = []
    used: set[int] = set()
    for i, (first, stop) in zip(starts, spans, strict=True):
        mark = file.marks[i]
        body = (*rest_of(file.nodes[first]), *file.nodes[first + 1 : stop])
        used.update(range(first, stop))
        planned = any(is_next(file, a) for a in above(file, i))
        entry = make_entry(file, mark, body, single=False)
        entries.append(replace(entry, planned=True) if planned else entry)
    entries = fill_dates(file, entries)
    standing = tuple(n for k, n in enumerate(file.nodes) if k not in used)
    return Layout(f"{kind} entries", why, tuple(entries), standing, _notes(file, starts))


SAYS = {
    Grades.OWN: "is what a layout of the user's own says",
    Grades.SESSION: "has a session word with a number, a date or a title",
    Grades.UNIT: "has a unit word with a number",
    Grades.DATE: "begins with a date",
    Grades.DATED: "has a date",
    Grades.MONTH: "is a month",
    Grades.TIME: "begins with a time of day",
    Grades.GAP: "has nothing but gaps to be filled in",
    Grades.END: "closes a session",
    Grades.NONE: "is built like the entries around it",
}
"""What a grade says of a line, for a person."""


def _notes(file: File, starts: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Say of each line that may start a session why it does, or does not."""
    chosen = set(starts)
    held = {a for i in starts for a in above(file, i)}
    notes = []
    for i, mark in enumerate(file.marks):
        says_what = SAYS[mark.grade]
        if i in chosen:
            notes.append((mark.line, f"starts a session: it {says_what}"))
        elif mark.template:
            notes.append((mark.line, "no session: a template, or below one"))
        elif mark.grade is Grades.NONE:
            continue
        elif i in held:
            notes.append((mark.line, f"no session, but holds some: it {says_what}"))
        elif (inside := next((a for a in above(file, i) if a in chosen), None)) is not None:
            at = file.marks[inside].line
            notes.append(
                (mark.line, f"no session of its own: it {says_what}, inside of that of line {at}")
            )
        else:
            notes.append(
                (mark.line, f"no session: it {says_what}, unlike the entries of this file")
            )
    return tuple(notes)


def add_odd_ones(file: File, starts: list[int], level: int) -> list[int]:
    """Add headings without date and number that stand amid entries and are built like them.

    Either a date stands in a label below them, or their labels are those of the entries.
    """
    chosen = set(starts)
    odd = [i for i, mark in enumerate(file.marks) if i not in chosen and _may_be_odd(mark, level)]
    if len(starts) < 2 or not odd:
        return starts
    parents = {file.marks[i].parent for i in starts}
    known: Counter[str] = Counter(t for i in starts for t in _labels_below(file, i))
    common = {t for t, n in known.items() if n >= 2}
    if not common:
        return starts
    added = []
    for i in odd:
        mark = file.marks[i]
        if any(a in chosen for a in above(file, i)) or file.vocabulary.section(mark.text):
            continue
        below = _labels_below(file, i)
        amid = mark.parent in parents and mark.parent >= 0 and starts[0] < i < starts[-1]
        body = file.nodes[mark.index + 1 : mark.index + 4]
        dated = find_label_date(file, body, single=False)[0] is not None
        if len(below & common) >= 2 and (amid or (dated and starts[0] < i)):
            added.append(i)
    return sorted([*starts, *added])


def _may_be_odd(mark: Mark, level: int) -> bool:
    """Say whether a mark that starts no session has the level of those that do, and no number."""
    return (
        mark.level == level
        and not mark.template
        and mark.grade not in (Grades.GAP, Grades.END)
        and not (mark.grade is Grades.NONE and mark.title.number)
    )


def _labels_below(file: File, i: int) -> set[str]:
    """Give the titles of the labels and headings right below a mark."""
    mark = file.marks[i]
    found = set()
    peer = next((m for m in islice(file.marks, i + 1, None) if m.level <= mark.level), None)
    stop = len(file.nodes) if peer is None else peer.index
    for node in islice(file.nodes, mark.index + 1, stop):
        if node.kind is Kind.HEADING and node.level <= mark.level:
            break
        if node.kind is Kind.LABEL:
            found.add(fold(node.label))
        elif node.kind is Kind.HEADING:
            found.add(fold(node.text))
    return found
