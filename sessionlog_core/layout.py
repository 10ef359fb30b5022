"""The outline of a file in, where its sessions start out, with the name and evidence of the layout.

No layout is chosen by file name alone. The lines that may start a session are grouped by level;
the group that repeats and is dated or numbered is taken, and others of the same kind join it.
A file without one may be the report of one session, or no log.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise

from sessionlog_core.dates import HINT, YEAR_LAST, Found, Order, find_dates, find_order
from sessionlog_core.evidence import TELLING, Facts, find_facts
from sessionlog_core.labels import find_label, find_labels
from sessionlog_core.log_words import LOG_WORDS
from sessionlog_core.marks import (
    BANNER,
    BOLD,
    STRONG,
    Grade,
    Mark,
    cut_lines,
    date_labels,
    find_marks,
    open_folds,
    rest_of,
    says,
)
from sessionlog_core.model import PartKind
from sessionlog_core.outline import Node, NodeKind, Outline
from sessionlog_core.titles import LINK, WORK_UNITS, Title, read_title
from sessionlog_core.vocabulary import (
    FIELD_WORDS,
    SECTION_WORDS,
    WORD,
    Vocabulary,
    fold,
    read_rows,
)

__all__ = ["Entry", "Layout", "find_entries"]

KINDS = {0: "banners", 7: "bold lines", 8: "plain lines", 9: "time stamps"}
"""Names of layouts; headings are `h1` to `h6`."""

WHOLE = 0.35
"""Share of a dated file that entries in it take at least; less is a passage of a report."""

ENOUGH = 4
"""Points of evidence for a document that is one session."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a session starts: its line and what that line says; `nodes` are the blocks below it."""

    line: int
    end_line: int
    heading: str
    title: Title
    nodes: tuple[Node, ...]
    date: str | None = None
    date_end: str | None = None
    time: str | None = None
    date_from: str | None = None
    number: str | None = None
    planned: bool = False
    state: str | None = None
    state_text: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out.

    `entries` are its sessions in document order, `standing` the blocks outside of them.

    `notes` say of lines that might have started a session what they were taken for.
    """

    name: str
    why: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    standing: tuple[Node, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """What the steps below share: the nodes, the marks and what the file says of itself."""

    path: str
    outline: Outline
    marks: tuple[Mark, ...]
    facts: Facts
    vocabulary: Vocabulary
    order: Order
    named: bool
    places: dict[int, int]
    """The position of the mark of each node: to look for a mark by itself would compare all."""
    heads: tuple[Mark, ...]
    """The marks that are headings or banners."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        return self.outline.nodes

    @property
    def lines(self) -> int:
        return self.nodes[-1].end_line if self.nodes else 0


def find_entries(outline: Outline, path: str, vocabulary: Vocabulary, named: bool) -> Layout:  # noqa: FBT001
    """Find where sessions start."""
    order = Order(vocabulary.dates) if vocabulary.dates != "auto" else _order(outline)
    if vocabulary.layouts:
        outline = replace(outline, nodes=tuple(cut_lines(outline.nodes, vocabulary)))
    outline = replace(outline, nodes=open_folds(outline.nodes, vocabulary))
    marks = find_marks(outline.nodes, vocabulary, order)
    if not any(m.level <= 6 or m.grade in STRONG for m in marks):
        marks = date_labels(outline.nodes, vocabulary, order) or marks
    facts = find_facts(outline, path, marks, vocabulary, named=named)
    places = {m.index: i for i, m in enumerate(marks)}
    heads = tuple(m for m in marks if m.level <= 6)
    file = _File(path, outline, marks, facts, vocabulary, order, named, places, heads)
    starts, level = _choose(file)
    many = _many(file, _nest(file, starts, level), level)
    if many is not None:
        return many
    for read in (_table, _listed, _topics, _ruled, _one):
        layout = read(file)
        if layout is not None:
            return layout
    return _none(file)


def _order(outline: Outline) -> Order:
    """Tell from the dates of a file, else from the language of its labels, if the day is first."""
    texts = [n.text for n in outline.nodes if any(sign in n.text for sign in YEAR_LAST)]
    order = find_order(texts)
    if order is not Order.UNKNOWN or not texts:
        return order
    other = english = 0
    for node in outline.nodes:
        if node.kind in (NodeKind.LABEL, NodeKind.HEADING):
            words = " ".join(WORD.findall(fold(node.label or node.text)))
            spoken = _languages().get(words, frozenset())
            english += "en" in spoken
            other += bool(spoken & DAY_FIRST)
    return Order.DAY_FIRST if other >= 3 and other > 2 * english else order


DAY_FIRST = frozenset({"cs", "de", "es", "fr", "it", "pt", "ru"})
"""Languages in whose dates the day comes first."""


@cache
def _languages() -> dict[str, frozenset[str]]:
    """Give the languages that each phrase of a section or a field belongs to."""
    found: dict[str, set[str]] = {}
    for rows in (*SECTION_WORDS.values(), *FIELD_WORDS.values()):
        for language, phrase in read_rows(rows):
            found.setdefault(" ".join(WORD.findall(fold(phrase))), set()).add(language)
    return {phrase: frozenset(spoken) for phrase, spoken in found.items()}


def _choose(file: _File) -> tuple[list[int], int]:
    """Take the level on which starts of sessions repeat, and what joins it from other levels."""
    own = [i for i, m in enumerate(file.marks) if m.grade is Grade.OWN]
    if own:
        return own, min(file.marks[i].level for i in own)
    scores: dict[int, float] = {}
    for level in range(10):
        peers = [m for m in file.marks if m.level == level and not m.template]
        strong = {
            (m.title.number, m.title.date or m.title.partial, m.title.time, m.title.words)
            for m in peers
            if m.grade in STRONG
        }
        counted = [m for m in peers if m.grade is Grade.UNIT]
        with_date = [m for m in peers if m.grade is Grade.DATED]
        score = 3.0 * len(strong) - (2 if len(counted) == len(strong) == 1 else 0)
        if len(with_date) >= 2:
            score += 1.5 * len(with_date)
        if level >= BOLD:
            score *= 0.6
        scores[level] = score
    level = max(scores, key=lambda x: (scores[x], -x))
    if scores[level] <= 0:
        return [], 0
    group = [i for i, m in enumerate(file.marks) if m.level == level and not m.template]
    dated = [i for i in group if file.marks[i].grade is Grade.DATED]
    strong_ones = [i for i in group if file.marks[i].grade in STRONG]
    starts = set(strong_ones)
    if len(dated) >= 2 and 2 * len(dated) >= len(strong_ones):
        starts.update(dated)
        units = {file.marks[i].title.unit for i in dated} & WORK_UNITS
        starts.update(
            i
            for i in group
            if file.marks[i].title.unit in units and file.marks[i].title.first == "unit"
        )
    first_unit = {file.marks[i].title.unit for i in starts}
    for i, mark in enumerate(file.marks):
        if mark.level == level or mark.template:
            continue
        if mark.level >= BOLD and (
            level < mark.level and not (mark.title.first == "unit" and mark.title.number)
        ):
            continue
        if (
            mark.grade is Grade.SESSION
            or (mark.grade is Grade.UNIT and mark.title.unit in first_unit)
            or (
                mark.grade is Grade.DATE
                and (mark.level < level or None in first_unit or mark.level <= 6)
            )
            or (mark.grade is Grade.DATED and 0 < mark.level < level)
        ):
            starts.add(i)
    return _once(file, sorted(starts)), level


def _once(file: _File, starts: list[int]) -> list[int]:
    """Leave out what a section of next steps says again of a session that has its own entry."""
    planned = {i for i in starts if any(_is_next(file, a) for a in _ancestors(file, i))}
    told = {file.marks[i].title.number for i in starts if i not in planned}
    return [i for i in starts if i not in planned or file.marks[i].title.number not in told]


def _is_next(file: _File, i: int) -> bool:
    section = file.vocabulary.section(file.marks[i].text)
    return section is not None and section.kind is PartKind.NEXT_STEPS


def _ancestors(file: _File, i: int) -> Iterable[int]:
    parent = file.marks[i].parent if i >= 0 else -1
    while parent >= 0:
        yield parent
        parent = file.marks[parent].parent


def _place(file: _File, mark: Mark) -> int:
    """Give the position of a mark, or -1 for one that was made of an item or a part."""
    i = file.places.get(mark.index, -1)
    return i if i >= 0 and file.marks[i] is mark else -1


def _nest(file: _File, starts: list[int], level: int) -> list[int]:
    """Where one start stands inside of another, decide which of them is the session."""
    inner: dict[int, list[int]] = {}
    chosen = set(starts)
    for i in starts:
        outer = next((a for a in _ancestors(file, i) if a in chosen), None)
        if outer is not None:
            inner.setdefault(outer, []).append(i)
    drop: set[int] = set()
    for outer in sorted(inner):
        mark = file.marks[outer]
        below = [file.marks[i] for i in inner[outer]]
        if _siblings(mark, below):
            continue
        if _holds(mark, below, level):
            drop.add(outer)
        else:
            drop.update(inner[outer])
    return [i for i in starts if i not in drop]


def _siblings(mark: Mark, below: Sequence[Mark]) -> bool:
    """Say whether marks on different levels count on, as `# Ep. 40` above `## Ep. 41`."""
    number, unit = mark.title.number, mark.title.unit
    if number is None or not mark.title.words:
        return False
    others = {m.title.number for m in below if m.title.unit == unit and m.title.number}
    return len(others) >= 2 and not any(n == number or n.startswith(f"{number}.") for n in others)


def _holds(mark: Mark, below: Sequence[Mark], level: int) -> bool:
    """Say whether a mark is no session but holds some: a date above them, a title of the file."""
    title = mark.title
    if mark.level == level:
        return False
    names = {(m.title.number, m.title.date or m.title.partial) for m in below}
    if title.unit == "week" and len(below) >= 2:
        return all(m.title.first == "date" or m.title.unit in ("day", "session") for m in below)
    if title.number is not None:
        return len({m.title.number for m in below if m.title.number} - {title.number}) >= 2
    if not title.words and any(m.title.number for m in below):
        return True
    return len(names) >= 2 or len(below) >= 2


def _span(file: _File, i: int, starts: Set[int], flat: bool) -> int:  # noqa: FBT001
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


def _spans(file: _File, starts: Sequence[int], *, flat: bool) -> list[tuple[int, int]]:
    """Give first node and the one behind the last of each session."""
    chosen = frozenset(starts)
    return [(file.marks[i].index, _span(file, i, chosen, flat)) for i in starts]


def _belongs(file: _File, mark: Mark) -> bool:
    """Say whether a heading as high as the sessions is a section of one."""
    return not mark.template and file.vocabulary.section(mark.text) is not None


def _is_flat(file: _File, starts: Sequence[int]) -> bool:
    """Say whether sections have headings as high as the sessions themselves."""
    flat = 0
    for start, stop in pairwise(starts):
        level = file.marks[start].level
        between = [m for m in file.marks[start + 1 : stop] if m.level == level]
        flat += bool(between) and all(_belongs(file, m) for m in between)
    return flat > 0 and flat >= (len(starts) - 1) / 2


def _many(file: _File, starts: list[int], level: int) -> Layout | None:
    """Read a file with entries, or say that it has none."""
    if not starts:
        return None
    marks = [file.marks[i] for i in starts]
    flat = _is_flat(file, starts)
    spans = _spans(file, starts, flat=flat)
    head = _head(file)
    covered = sum(_end(file, a, b) - file.nodes[a].line + 1 for a, b in spans)
    share = covered / max(file.lines, 1)
    names = {
        (m.title.number, m.title.date or m.title.partial, m.title.words, m.title.time)
        for m in marks
    }
    numbers = {m.title.number for m in marks}
    own = marks[0].grade is Grade.OWN
    if not own and head is not None and (head.grade in STRONG or head.title.date):
        if starts == [_place(file, head)] or share < WHOLE or len(names) == 1:
            return None
        if len(numbers) == 1 and None not in numbers and not any(m.title.date for m in marks):
            return None
    if not own and not _is_log(file, marks, share):
        return None
    starts = starts if own else _odd_ones(file, starts, level)
    kinds = KINDS.get(level, f"headings of level {level}")
    counts = f"{len(starts)} entries, most of them {kinds}"
    if len(starts) == 1:
        kind = KINDS[level].removesuffix("s") if level in KINDS else f"heading of level {level}"
        counts = f"1 entry, a {kind}"
    why = f"{counts}: {marks[0].text[:80]}"
    return _lay_out(file, starts, level, (why, *(e.why for e in file.facts.evidence)))


def _lay_out(file: _File, starts: Sequence[int], level: int, why: tuple[str, ...]) -> Layout:
    """Cut the file at `starts`."""
    flat = _is_flat(file, starts)
    spans = _spans(file, starts, flat=flat)
    kind = KINDS.get(level, f"h{level}")
    entries = []
    used: set[int] = set()
    for i, (first, stop) in zip(starts, spans, strict=True):
        mark = file.marks[i]
        body = (*rest_of(file.nodes[first]), *file.nodes[first + 1 : stop])
        used.update(range(first, stop))
        planned = any(_is_next(file, a) for a in _ancestors(file, i))
        entry = _entry(file, mark, body, single=False)
        entries.append(replace(entry, planned=True) if planned else entry)
    entries = _fill_dates(file, entries)
    standing = tuple(n for k, n in enumerate(file.nodes) if k not in used)
    return Layout(f"{kind} entries", why, tuple(entries), standing, _notes(file, starts))


SAYS = {
    Grade.OWN: "is what a layout of the user's own says",
    Grade.SESSION: "has a session word with a number, a date or a title",
    Grade.UNIT: "has a unit word with a number",
    Grade.DATE: "begins with a date",
    Grade.DATED: "has a date",
    Grade.MONTH: "is a month",
    Grade.TIME: "begins with a time of day",
    Grade.GAP: "has nothing but gaps to be filled in",
    Grade.END: "closes a session",
    Grade.NONE: "is built like the entries around it",
}
"""What a grade says of a line, for a person."""


def _notes(file: _File, starts: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Say of each line that may start a session why it does, or does not."""
    chosen = set(starts)
    held = {a for i in starts for a in _ancestors(file, i)}
    notes = []
    for i, mark in enumerate(file.marks):
        says_what = SAYS[mark.grade]
        inside = next((a for a in _ancestors(file, i) if a in chosen), None)
        if i in chosen:
            notes.append((mark.line, f"starts a session: it {says_what}"))
        elif mark.template:
            notes.append((mark.line, "no session: a template, or below one"))
        elif mark.grade is Grade.NONE:
            continue
        elif i in held:
            notes.append((mark.line, f"no session, but holds some: it {says_what}"))
        elif inside is not None:
            at = file.marks[inside].line
            notes.append(
                (mark.line, f"no session of its own: it {says_what}, inside of that of line {at}")
            )
        else:
            notes.append(
                (mark.line, f"no session: it {says_what}, unlike the entries of this file")
            )
    return tuple(notes)


def _odd_ones(file: _File, starts: list[int], level: int) -> list[int]:
    """Add headings without date and number that stand amid entries and are built like them.

    Either a date stands in a label below them, or their labels are those of the entries.
    """
    chosen = set(starts)
    parents = {file.marks[i].parent for i in starts}
    known: Counter[str] = Counter(t for i in starts for t in _labels_below(file, i))
    common = {t for t, n in known.items() if n >= 2}
    if len(starts) < 2 or not common:
        return starts
    added = []
    for i, mark in enumerate(file.marks):
        if (
            i in chosen
            or mark.level != level
            or mark.template
            or mark.grade in (Grade.GAP, Grade.END)
        ):
            continue
        if any(a in chosen for a in _ancestors(file, i)) or file.vocabulary.section(mark.text):
            continue
        below = _labels_below(file, i)
        amid = mark.parent in parents and mark.parent >= 0 and starts[0] < i < starts[-1]
        body = file.nodes[mark.index + 1 : mark.index + 4]
        dated = _label_date(file, body, single=False)[0] is not None
        if len(below & common) >= 2 and (amid or (dated and starts[0] < i)):
            added.append(i)
    return sorted([*starts, *added])


def _labels_below(file: _File, i: int) -> set[str]:
    """Give the titles of the labels and headings right below a mark."""
    mark = file.marks[i]
    found = set()
    peer = next((m for m in islice(file.marks, i + 1, None) if m.level <= mark.level), None)
    stop = len(file.nodes) if peer is None else peer.index
    for node in islice(file.nodes, mark.index + 1, stop):
        if node.kind is NodeKind.HEADING and node.level <= mark.level:
            break
        if node.kind is NodeKind.LABEL:
            found.add(fold(node.label))
        elif node.kind is NodeKind.HEADING:
            found.add(fold(node.text))
    return found


def _topics(file: _File) -> Layout | None:
    """Read a file with a date at its top and a session with next steps in each topic."""
    head = _head(file)
    if head is None or not (head.title.date and head.title.unit == "session"):
        return None
    level = head.level + 1
    position = _place(file, head)
    topics = [
        i for i, m in enumerate(file.marks) if m.level == level and i > position and not m.template
    ]
    kinds = {i: _kinds_below(file, i) for i in topics}
    telling = [i for i in topics if PartKind.NEXT_STEPS in kinds[i] and len(kinds[i]) >= 2]
    if len(telling) < 2 or len(telling) < 0.8 * len(topics):
        return None
    return _lay_out(
        file,
        telling,
        level,
        ("a topic in each heading below a date, each with next steps of its own",),
    )


def _kinds_below(file: _File, i: int) -> set[PartKind]:
    kinds: set[PartKind] = set()
    if file.vocabulary.section(file.marks[i].text) is not None:
        return kinds
    for mark in file.marks[i + 1 :]:
        if mark.level <= file.marks[i].level:
            break
        section = file.vocabulary.section(mark.text)
        if section is not None:
            kinds.add(section.kind)
    return kinds


def _ruled(file: _File) -> Layout | None:
    """Read a file without headings in which rulers part sessions that begin with their title."""
    nodes = file.nodes
    if any(n.kind is NodeKind.HEADING or (n.text and n.kind is NodeKind.RULE) for n in nodes):
        return None
    rules = [-1, *(k for k, n in enumerate(nodes) if n.kind is NodeKind.RULE)]
    firsts = [k + 1 for k in rules if k + 1 < len(nodes) and nodes[k + 1].kind is not NodeKind.RULE]
    good = [
        k
        for k in firsts
        if nodes[k].kind in (NodeKind.PARAGRAPH, NodeKind.LABEL)
        and "\n" not in nodes[k].text
        and len(nodes[k].text) <= RULED_AT_MOST
        and k + 1 < len(nodes)
        and nodes[k + 1].kind is not NodeKind.RULE
    ]
    if len(good) < 3 or len(good) < 0.8 * len(firsts) or file.facts.points < 2:
        return None
    entries = []
    for n, k in enumerate(good):
        stop = good[n + 1] - 1 if n + 1 < len(good) else len(nodes)
        text = nodes[k].text.strip()
        title = read_title(text, file.vocabulary, file.order)
        mark = Mark(k, nodes[k].line, BOLD, text, title, Grade.NONE)
        entries.append(_entry(file, mark, nodes[k + 1 : stop], single=False))
    why = (
        f"{len(good)} parts between rulers, each with a line as its title",
        *(e.why for e in file.facts.evidence),
    )
    standing = tuple(nodes[: good[0]])
    return Layout("parts between rulers", why, tuple(entries), standing)


RULED_AT_MOST = 120
"""Letters of a line that may be the title of a part between rulers."""


def _is_log(file: _File, marks: Sequence[Mark], share: float) -> bool:
    """Say whether entries make a log: a session word says it, anything else needs evidence."""
    facts = file.facts
    worth = facts.points
    sessions = sum(1 for m in marks if m.grade is Grade.SESSION)
    if sessions:
        worth += 3 if sessions > 1 else 2
    units = sum(1 for m in marks if m.grade is Grade.UNIT)
    if units > 1:
        worth += 1.5
    if sum(1 for m in marks if m.title.date or m.grade is Grade.DATE) > 1:
        worth += 1
    gathered = any(
        says(file.marks[a].text, LOG_WORDS) and file.marks[a].level > 1
        for m in marks[:1]
        for a in _ancestors(file, _place(file, m))
    )
    if gathered:
        worth += 3
    elif len(marks) == 1 and not sessions:
        worth -= 1.5
    if share < 0.1 and not gathered:
        worth -= 1
    return worth >= 2.5


def _head(file: _File) -> Mark | None:
    """Give the title of the file: its first heading or banner, if little stands before it."""
    for mark in file.marks:
        if mark.level <= 2 or mark.level >= BOLD:
            return mark if mark.index <= 8 else None
        return None
    return None


def _end(file: _File, start: int, stop: int) -> int:
    return max(n.end_line for n in file.nodes[start:stop])


def _one(file: _File) -> Layout | None:
    """Read a file that is one session."""
    head = _head(file)
    if not file.nodes:
        return None
    index = head.index if head is not None else 0
    node = file.nodes[index]
    if head is None:
        text = node.text.partition("\n")[0].strip()
        head = Mark(
            0, node.line, 1, text, read_title(text, file.vocabulary, file.order), Grade.NONE
        )
    before = file.nodes[:index]
    rest = rest_of(node) if head.level >= BOLD or head.grade is Grade.NONE else ()
    body = (*before, *rest, *file.nodes[index + 1 :])
    entry = _entry(file, head, body, single=True)
    why = [e.why for e in file.facts.evidence]
    worth = file.facts.points
    tops = [head.title, *(m.title for m in file.marks if m.level <= 2)]
    bare = False
    says_session = [t for t in tops if t.unit == "session" and not t.phrase]
    if entry.date and entry.date_from != "file name":
        worth += 2
        why.append(f"it is dated {entry.date} by its {entry.date_from}")
    elif entry.date:
        worth += 1
        why.append(f"its name has a date: {entry.date}")
    if says_session:
        # `Session Summary` and no more: the file is one.
        bare = any(not t.words and len(t.raw.split()) > 1 for t in says_session)
        worth += 2 if bare else 1
        why.append(f"a heading says session: {says_session[0].raw[:60]}")
    # The page of a library about its sessions says the word too, and ends in next steps.
    telling = len(TELLING.intersection(file.facts.kinds)) + len(file.facts.fields)
    if not entry.date and not (says_session and (bare or telling >= 3)):
        return None
    if worth < ENOUGH:
        return None
    return Layout("one session", tuple(why), (entry,), ())


def _none(file: _File) -> Layout:
    facts = file.facts
    why = tuple(e.why for e in facts.against) or ("no line that starts a session",)
    telling = len((TELLING | {PartKind.STATUS}).intersection(facts.kinds)) + len(facts.fields)
    if facts.points >= 2 and not facts.against and telling >= 2 and says(facts.name, LOG_WORDS):
        return Layout(
            "state",
            ("it tells how things stand, not a session", *(e.why for e in facts.evidence)),
            (),
            file.nodes,
        )
    return Layout("none", why, (), file.nodes if file.named else ())


# Dates


def _entry(file: _File, mark: Mark, body: tuple[Node, ...], *, single: bool) -> Entry:
    title = mark.title
    date, date_end, time, origin = title.date, title.date_end, title.time, "heading"
    if date is None:
        date, date_end, label_time, origin_ = _label_date(file, body, single=single)
        time = time or label_time
        origin = origin_ or ""
    if date is None and single:
        date, origin = _front_date(file)
    if date is None and title.partial:
        date, origin = _parent_year(file, mark, title.partial)
    if date is None and not title.partial:
        date, date_end, origin = _parent_date(file, mark)
    if date is None and not title.partial:
        date, date_end, origin = _name_date(file)
    number = title.number
    if number is None and single:
        number = _stated_number(file)
    end = max((n.end_line for n in body), default=mark.line)
    planned = title.state == "planned" or (title.placeholder and title.date is None)
    state, state_text = title.state, title.state_text
    if state is None:
        state, state_text = _parent_state(file, mark)
    own = file.nodes[mark.index].end_line if mark.index >= 0 else mark.line
    return Entry(
        mark.line, max(end, own), mark.text, title, body, date, date_end, time,
        origin or None if date else None, number, planned, state, state_text,
        title.why if date is None else "",
    )  # fmt: skip


LATER = ("last updated", "updated", "last update", "actualizado", "atualizado", "aktualisiert")


def _label_date(
    file: _File, body: Sequence[Node], *, single: bool
) -> tuple[str | None, str | None, str | None, str | None]:
    """Look for a date in the labels at the head of a session, or atop a file that is one."""
    seen_heading = False
    for k, node in enumerate(body[:25]):
        if node.kind is NodeKind.HEADING:
            if seen_heading and not single:
                break
            seen_heading = True
        for label, value in _pairs(node):
            if file.vocabulary.field(label) in ("date", "duration") or fold(label) in (
                "time",
                "started",
            ):
                found = next((f for f in find_dates(value, file.order) if f.date), None)
                if found:
                    return found.date, found.date_end, found.time, "label"
        if single and k < 8 and node.kind in (NodeKind.PARAGRAPH, NodeKind.RULE, NodeKind.LABEL):
            for line in node.text.split("\n")[:4]:
                found = next(
                    (f for f in find_dates(line, file.order) if f.date and len(f.date) == 10), None
                )
                if found and (found.end - found.start) * 2 >= len(line.strip("*_# \t")) - 12:
                    return found.date, found.date_end, found.time, "label"
    return None, None, None, None


def _pairs(node: Node) -> Iterable[tuple[str, str]]:
    """Give labels with their values: of label lines, and of the items and rows at the head."""
    match node.kind:
        case NodeKind.LABEL | NodeKind.PARAGRAPH | NodeKind.HEADING:
            for line in node.text.split("\n")[:12]:
                for label in find_labels(line):
                    yield label.name, label.value
        case NodeKind.LIST:
            for item in node.children[:10]:
                if item.children and item.children[0].kind is NodeKind.PARAGRAPH:
                    said = find_label(item.children[0].text.partition("\n")[0])
                    if said:
                        yield said.name, said.value
        case NodeKind.QUOTE:
            for child in node.children:
                yield from _pairs(child)
        case NodeKind.TABLE:
            for row in node.children[:10]:
                if len(row.children) == 2:
                    yield row.children[0].text.strip("* :"), row.children[1].text


def _front_date(file: _File) -> tuple[str | None, str]:
    for key, value in file.outline.front_matter:
        if file.vocabulary.field(key) == "date" or key in ("created", "modified"):
            found = next((f for f in find_dates(value, file.order) if f.date), None)
            if found:
                return found.date, "front matter"
    return None, ""


def _parent_date(file: _File, mark: Mark) -> tuple[str | None, str | None, str]:
    parent = mark.parent
    while parent >= 0:
        title = file.marks[parent].title
        # A numbered entry on a higher level dates itself, not those that follow on a lower one.
        numbered = title.number is not None and title.unit == mark.title.unit
        if title.date and len(title.date) == 10 and not numbered:
            return title.date, title.date_end, "parent heading"
        parent = file.marks[parent].parent
    return None, None, ""


YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def _parent_year(file: _File, mark: Mark, partial: str) -> tuple[str | None, str]:
    """Give a date without a year the one that a heading above names; none is invented."""
    for a in _ancestors(file, _place(file, mark)):
        years = set(YEAR.findall(file.marks[a].text))
        if len(years) == 1:
            date = years.pop() + partial
            found = find_dates(date)
            return (found[0].date, "parent heading") if found and found[0].date else (None, "")
    years = set(YEAR.findall(file.path.rsplit("/", 1)[-1]))
    if len(years) == 1:
        found = find_dates(years.pop() + partial)
        if found and found[0].date:
            return found[0].date, "file name"
    return None, ""


def _parent_state(file: _File, mark: Mark) -> tuple[str | None, str | None]:
    """Give the state that a heading above gathers sessions by: `Completed sessions`, `✅ Done`."""
    if mark.parent < 0:
        return None, None
    title = file.marks[mark.parent].title
    if len(title.words.split()) > 3 or title.date or title.number:
        return None, None
    section = file.vocabulary.section(title.words)
    state = file.vocabulary.state(title.words)
    if section is not None and section.kind is PartKind.DONE and state == "closed":
        return state, title.raw
    return None, None


def _name_date(file: _File) -> tuple[str | None, str | None, str]:
    name = file.path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    name = re.sub(r"(?<=\d)_(?=\d)", "-", name).replace("_", " ")
    name = re.sub(r"(?<=[^\W\d])-(?=\d)", " ", name)
    found = next((f for f in find_dates(name, file.order) if f.date), None)
    if found is None or len(found.date or "") != 10:
        return None, None, ""
    return found.date, found.date_end, "file name"


def _stated_number(file: _File) -> str | None:
    """Give the number of the session that headings of a one-session file agree on."""
    numbers = [m.title.number for m in file.marks if m.title.unit == "session" and m.title.number]
    if len(numbers) >= 2 and len(set(numbers)) == 1:
        return numbers[0]
    stem = file.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    name = read_title(NAME_GAP.sub(" ", stem), file.vocabulary)
    return name.number if name.unit == "session" and name.number and len(name.number) < 5 else None


NAME_GAP = re.compile(r"(?<!\d)[_-]|[_-](?!\d)")
"""What parts the words of a file's name, but not the parts of a date."""


def _fill_dates(file: _File, entries: list[Entry]) -> list[Entry]:
    """Date entries that state none by an overview table that names them."""
    if all(e.date for e in entries):
        return entries
    entries = _first_date(file, entries)
    table = _overview(file)
    out = []
    for entry in entries:
        title = entry.title
        if entry.date is None and title.unit:
            keys = [" ".join(WORD.findall(fold(title.words)))[:60]]
            if title.number:
                keys += [title.number, f"{title.unit} {title.number}"]
            words = keys[0].split()
            keys.append(" ".join(words[:2]))
            found = next((table[k] for k in keys if k in table), None)
            if found:
                entry = replace(entry, date=found[0], date_end=found[1], date_from="label")
        out.append(entry)
    return out


STARTED = frozenset(
    {
        "started",
        "start date",
        "created",
        "begun",
        "project started",
        "start",
        "iniciado",
        "begonnen",
    }
)
"""Labels at the head of a file that date its first session."""


def _first_date(file: _File, entries: list[Entry]) -> list[Entry]:
    first = entries[0]
    if first.date:
        return entries
    for node in file.nodes:
        if node.line >= first.line:
            break
        for label, value in _pairs(node):
            found = next((f for f in find_dates(value, file.order) if f.date), None)
            if found and fold(label) in STARTED:
                return [replace(first, date=found.date, date_from="label"), *entries[1:]]
    return entries


def _overview(file: _File) -> dict[str, tuple[str, str | None]]:
    table: dict[str, tuple[str, str | None]] = {}
    for node in file.nodes:
        if node.kind is not NodeKind.TABLE:
            continue
        for row in node.children[1:]:
            found = [f for c in row.children for f in find_dates(c.text, file.order) if f.date]
            if len(found) == 1 and row.children:
                key = " ".join(WORD.findall(fold(row.children[0].text)))
                if key:
                    table.setdefault(key, (found[0].date or "", found[0].date_end))
    return table


# Lists and tables


def _above(file: _File, line: int) -> str:
    """Give the heading below which a line stands."""
    i = bisect_left(file.heads, line, key=lambda m: m.line)
    return file.heads[i - 1].text if i else ""


def _listed(file: _File) -> Layout | None:
    """Read lists in which each item is a session: `- **2026-08-22 (session 15): topic**`."""
    entries: list[Entry] = []
    taken: list[Node] = []
    gathered = False
    for node in file.nodes:
        if node.kind is not NodeKind.LIST or not node.children:
            continue
        if not any(_item_title(file, item) for item in node.children[:2]):
            continue
        titles = [_item_title(file, item) for item in node.children]
        good = [t for t in titles if t is not None]
        said = says(_above(file, node.line), LOG_WORDS)
        if len(good) < 0.8 * len(titles) or (len(good) < 2 and not said):
            continue
        section = file.vocabulary.section(_above(file, node.line))
        if section is not None and section.exact and not said and file.facts.kinds[PartKind.STATUS]:
            # What changed of late, in a file that tells how things stand.
            continue
        gathered = gathered or said
        taken.append(node)
        for item, found in zip(node.children, titles, strict=True):
            if found is not None:
                entries.append(_item_entry(file, item, *found))
    head = _head(file)
    lines = sum(e.end_line - e.line + 1 for e in entries)
    within = head is not None and head.title.date is not None and lines < WHOLE * file.lines
    if not entries or within or file.facts.points + 3 * gathered < 3:
        return None
    why = (f"{len(entries)} items of a list that begin with a date or a session's number",)
    lists = {id(n) for n in taken}
    standing = tuple(n for n in file.nodes if id(n) not in lists)
    return Layout(
        "list of sessions", (*why, *(e.why for e in file.facts.evidence)), tuple(entries), standing
    )


NUMBERED = re.compile(r"\d")
BOLD_START = re.compile(r"\*\*([^*\n]{4,300})\*\*[\s:.—–-]*")


def _item_title(file: _File, item: Node) -> tuple[Title, str, int] | None:
    """Give the title of an item that is a session, its words, and where its text goes on."""
    if (
        not item.children
        or item.children[0].kind is not NodeKind.PARAGRAPH
        or item.done is not None
    ):
        return None
    text = item.children[0].text
    bold = BOLD_START.match(text)
    words = bold[1] if bold else text.partition("\n")[0]
    if not NUMBERED.search(words[:40]):
        return None
    title = read_title(words, file.vocabulary, file.order)
    dated = title.first == "date" and title.date is not None and len(title.date) == 10
    numbered = title.first == "unit" and title.unit == "session" and title.number is not None
    if not (dated or numbered):
        return None
    return title, words, bold.end() if bold else 0


def _item_entry(file: _File, item: Node, title: Title, words: str, goes_on: int) -> Entry:
    first = item.children[0]
    rest = first.text[goes_on:]
    line = first.line + first.text.count("\n", 0, goes_on)
    body = item.children[1:]
    if rest.strip() and (goes_on or "\n" in rest):
        body = (Node(NodeKind.PARAGRAPH, line, first.end_line, rest), *body)
    if not goes_on and len(title.words) > SENTENCE:
        title = replace(title, words=_sentence(title.words))
    mark = Mark(-1, item.line, BOLD, words, title, Grade.NONE)
    return replace(_entry(file, mark, body, single=False), end_line=item.end_line)


SENTENCE = 120
"""Letters of a title that was cut from running text."""


def _sentence(words: str) -> str:
    for sign in (". ", "; ", " (", ": ", ", "):
        head = words.partition(sign)[0]
        if 10 <= len(head) <= SENTENCE:
            return head
    return words[:SENTENCE].rsplit(" ", 1)[0]


def _table(file: _File) -> Layout | None:
    """Read a table that has a session in each row."""
    for node in file.nodes:
        if node.kind is not NodeKind.TABLE or len(node.children) < 2:
            continue
        entries = _rows(file, node)
        if entries:
            why = (f"a table with a session in each of {len(entries)} rows",)
            standing = tuple(n for n in file.nodes if n is not node)
            return Layout("table of sessions", why, tuple(entries), standing)
    return None


TITLE_COLUMNS = (
    "title",
    "summary",
    "topic",
    "focus",
    "focus area",
    "description",
    "subject",
    "goal",
    "work",
    "what",
    "prompt",
)
"""Names of the column that says what a session was about."""
LINKED = re.compile(r"\s*\[[^\]]+\]\(")
NUMBER_CELL = re.compile(r"\W*(?:[Ss]ession\s*)?#?(\d{1,4}(?:\.\d+)?)\W*$")


def _rows(file: _File, table: Node) -> list[Entry]:
    header = [fold(c.text) for c in table.children[0].children]
    above = bisect_left(file.marks, table.line, key=lambda m: m.line)
    title = " ".join([*header, file.marks[above - 1].text if above else ""])
    titles = read_title(title, file.vocabulary)
    if titles.unit != "session" and not says(title, ("session", "sessions", "log", "history")):
        return []
    if file.facts.against and sum(e.points for e in file.facts.against) <= -3:
        return []
    rows = table.children[1:]
    if not any(HINT.search(c.text) for c in rows[0].children):
        return []
    columns = range(len(header))
    dates = [[_cell_date(file, row, k) for row in rows] for k in columns]
    dated = [k for k in columns if sum(d is not None for d in dates[k]) >= 0.8 * len(rows)]
    if not dated:
        return []
    at = next((k for k in dated if file.vocabulary.field(header[k]) == "date"), dated[0])
    # A list of files links each of them; a row without a link is a remark.
    linked = [any(LINKED.match(c.text) for c in row.children) for row in rows]
    index = sum(linked) >= 0.9 * len(rows)
    lengths = {
        k: sum(len(r.children[k].text) for r in rows if k < len(r.children))
        for k in columns
        if k != at
    }
    if not lengths:
        return []
    telling = [k for k in lengths if says(header[k], TITLE_COLUMNS)]
    words_at = telling[0] if telling else max(lengths, key=lambda k: lengths[k])
    out = []
    for n, row in enumerate(rows):
        found = dates[at][n]
        if found is None or (index and not linked[n]):
            continue
        cells = [c.text for c in row.children]
        number = next(
            (m[1] for k, c in enumerate(cells) if k != at and (m := NUMBER_CELL.match(c))), None
        )
        text = cells[words_at] if words_at < len(cells) else ""
        heading = read_title(text, file.vocabulary)
        body = tuple(
            Node(NodeKind.PARAGRAPH, row.line, row.line, c)
            for k, c in enumerate(cells)
            if k != at and c and not NUMBER_CELL.match(c)
        )
        plain = replace(heading, words=LINK.sub(r"\1", text))
        out.append(
            Entry(
                row.line,
                row.line,
                text,
                plain,
                body,
                found.date,
                found.date_end,
                found.time,
                "label",
                number,
            )
        )
    return out


def _cell_date(file: _File, row: Node, k: int) -> Found | None:
    if k >= len(row.children):
        return None
    text = row.children[k].text.strip()
    found = [f for f in find_dates(text, file.order) if f.date]
    return found[0] if found and found[0].start <= 3 else None
