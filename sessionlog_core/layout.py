"""The outline of a file in, where its sessions start out, with the name and evidence of the layout.

No layout is chosen by file name alone. The lines that may start a session are grouped by level;
the group that repeats and is dated or numbered is taken, and others of the same kind join it.
A file without one may be the report of one session, or no log. What a session's line says is read
in `entries`, where it ends in `cuts`, and tables, lists and rulers in `odd_layouts`.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from sessionlog_core.cuts import KINDS, SAYS, add_odd_ones, find_spans, is_flat, last_line, lay_out
from sessionlog_core.dates import Order, find_order, has_year_last
from sessionlog_core.entries import (
    WHOLE,
    File,
    Layout,
    above,
    head_of,
    is_next,
    make_entry,
    place_of,
)
from sessionlog_core.evidence import TELLING, find_facts
from sessionlog_core.log_words import LOG_WORDS, STATE_WORDS
from sessionlog_core.marks import (
    BOLD,
    STRONG,
    Grades,
    Mark,
    cut_lines,
    date_labels,
    find_marks,
    open_folds,
    rest_of,
    says,
)
from sessionlog_core.model import PartKind
from sessionlog_core.odd_layouts import ODD_LAYOUTS
from sessionlog_core.outline import Kind, Outline
from sessionlog_core.titles import WORK_UNITS, read_title
from sessionlog_core.vocabulary import FIELD_WORDS, SECTION_WORDS, WORD, Vocabulary, fold, read_rows

__all__ = ["find_entries"]


ENOUGH = 4
"""Points of evidence for a document that is one session."""


def find_entries(outline: Outline, path: str, vocabulary: Vocabulary, named: bool) -> Layout:  # noqa: FBT001
    """Find where sessions start."""
    order = Order(vocabulary.dates) if vocabulary.dates != "auto" else _order(outline)
    if vocabulary.layouts:
        outline = replace(outline, nodes=tuple(cut_lines(outline.nodes, vocabulary)))
    nodes = open_folds(outline.nodes, vocabulary)
    if nodes is not outline.nodes:
        outline = replace(outline, nodes=nodes)
    marks = find_marks(outline.nodes, vocabulary, order)
    if not any(m.level <= 6 or m.grade in STRONG for m in marks):
        marks = date_labels(outline.nodes, vocabulary, order) or marks
    facts = find_facts(outline, path, marks, vocabulary, named=named)
    places = {m.index: i for i, m in enumerate(marks)}
    heads = tuple(m for m in marks if m.level <= 6)
    file = File(path, outline, marks, facts, vocabulary, order, named, places, heads)
    starts, level = _choose(file)
    many = _many(file, _nest(file, starts, level), level)
    if many is not None:
        return many
    for read in (*ODD_LAYOUTS, _one):
        layout = read(file)
        if layout is not None:
            return layout
    return _none(file)


def _order(outline: Outline) -> Order:
    """Tell from the dates of a file, else from the language of its labels, if the day is first."""
    texts = [n.text for n in outline.nodes if has_year_last(n.text)]
    order = find_order(texts)
    if order is not Order.UNKNOWN or not texts:
        return order
    other = english = 0
    for node in outline.nodes:
        if node.kind in (Kind.LABEL, Kind.HEADING):
            spoken = _spoken(node.label or node.text)
            english += "en" in spoken
            other += bool(spoken & DAY_FIRST)
    return Order.DAY_FIRST if other >= 3 and other > 2 * english else order


DAY_FIRST = frozenset({"cs", "de", "es", "fr", "it", "pt", "ru"})
"""Languages in whose dates the day comes first."""


@lru_cache(maxsize=4096)
def _spoken(title: str) -> frozenset[str]:
    """Give the languages that a title belongs to; titles repeat within a file and across files."""
    return _languages().get(" ".join(WORD.findall(fold(title))), frozenset())


@cache
def _languages() -> dict[str, frozenset[str]]:
    """Give the languages that each phrase of a section or a field belongs to."""
    found: dict[str, set[str]] = {}
    for rows in (*SECTION_WORDS.values(), *FIELD_WORDS.values()):
        for language, phrase in read_rows(rows):
            found.setdefault(" ".join(WORD.findall(fold(phrase))), set()).add(language)
    return {phrase: frozenset(spoken) for phrase, spoken in found.items()}


def _choose(file: File) -> tuple[list[int], int]:
    """Take the level on which starts of sessions repeat, and what joins it from other levels."""
    own = [i for i, m in enumerate(file.marks) if m.grade is Grades.OWN]
    if own:
        return own, min(file.marks[i].level for i in own)
    if not any(m.grade in STRONG or m.grade is Grades.DATED for m in file.marks):
        return [], 0
    scores: dict[int, float] = {}
    levels: dict[int, list[Mark]] = {}
    for mark in file.marks:
        if not mark.template:
            levels.setdefault(mark.level, []).append(mark)
    for level, peers in levels.items():
        strong = {
            (m.title.number, m.title.date or m.title.partial, m.title.time, m.title.words)
            for m in peers
            if m.grade in STRONG
        }
        counted = [m for m in peers if m.grade is Grades.UNIT]
        with_date = [m for m in peers if m.grade is Grades.DATED]
        score = 3.0 * len(strong) - (2 if len(counted) == len(strong) == 1 else 0)
        if len(with_date) >= 2:
            score += 1.5 * len(with_date)
        if level >= BOLD:
            score *= 0.6
        scores[level] = score
    level = max(scores, key=lambda x: (scores[x], -x), default=0)
    if scores.get(level, 0) <= 0:
        return [], 0
    group = [i for i, m in enumerate(file.marks) if m.level == level and not m.template]
    dated = [i for i in group if file.marks[i].grade is Grades.DATED]
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
            mark.grade is Grades.SESSION
            or (mark.grade is Grades.UNIT and mark.title.unit in first_unit)
            or (
                mark.grade is Grades.DATE
                and (mark.level < level or None in first_unit or mark.level <= 6)
            )
            or (mark.grade is Grades.DATED and 0 < mark.level < level)
        ):
            starts.add(i)
    return _once(file, sorted(starts)), level


def _once(file: File, starts: list[int]) -> list[int]:
    """Leave out what a section of next steps says again of a session that has its own entry."""
    planned = {i for i in starts if any(is_next(file, a) for a in above(file, i))}
    told = {file.marks[i].title.number for i in starts if i not in planned}
    return [i for i in starts if i not in planned or file.marks[i].title.number not in told]


def _nest(file: File, starts: list[int], level: int) -> list[int]:
    """Where one start stands inside of another, decide which of them is the session."""
    inner: dict[int, list[int]] = {}
    chosen = set(starts)
    for i in starts:
        outer = next((a for a in above(file, i) if a in chosen), None)
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
    if number is None or not (mark.title.words or unit == "session"):
        return False
    others = {m.title.number for m in below if m.title.unit == unit and m.title.number}
    # One alone may be a plan or a recap, unless it is dated: `### Session 18 — 9 Apr 2026`.
    dated = all(m.title.first == "unit" and m.title.date for m in below)
    enough = 1 if unit == "session" and dated else 2
    return len(others) >= enough and not any(
        n == number or n.startswith(f"{number}.") for n in others
    )


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
    if not title.words and any(
        m.title.number or (m.title.first == "time" and m.title.words) for m in below
    ):
        return True
    return len(names) >= 2 or len(below) >= 2


def _many(file: File, starts: list[int], level: int) -> Layout | None:
    """Read a file with entries, or say that it has none."""
    if not starts:
        return None
    marks = [file.marks[i] for i in starts]
    flat = is_flat(file, starts)
    spans = find_spans(file, starts, flat=flat)
    head = head_of(file)
    covered = sum(last_line(file, a, b) - file.nodes[a].line + 1 for a, b in spans)
    share = covered / max(file.lines, 1)
    names = {
        (m.title.number, m.title.date or m.title.partial, m.title.words, m.title.time)
        for m in marks
    }
    numbers = {m.title.number for m in marks}
    own = marks[0].grade is Grades.OWN
    if not own and head and not _names_month(head) and (head.grade in STRONG or head.title.date):
        if starts == [place_of(file, head)] or share < WHOLE or len(names) == 1:
            return None
        if len(numbers) == 1 and None not in numbers and not any(m.title.date for m in marks):
            return None
    if not own and not _is_log(file, marks, share):
        return None
    starts = starts if own else add_odd_ones(file, starts, level)
    kinds = KINDS.get(level, f"headings of level {level}")
    counts = f"{len(starts)} entries, most of them {kinds}"
    if len(starts) == 1:
        kind = KINDS[level].removesuffix("s") if level in KINDS else f"heading of level {level}"
        counts = f"1 entry, a {kind}"
    why = f"{counts}: {marks[0].text[:80]}"
    return lay_out(file, starts, level, (why, *(e.why for e in file.facts.evidence)))


def _names_month(head: Mark | None) -> bool:
    """Say whether the title of a file names it as the log of a month."""
    return head is not None and head.grade is Grades.MONTH and says(head.text, LOG_WORDS)


def _is_log(file: File, marks: Sequence[Mark], share: float) -> bool:
    """Say whether entries make a log: a session word says it, anything else needs evidence."""
    facts = file.facts
    worth = facts.points
    sessions = sum(1 for m in marks if m.grade is Grades.SESSION)
    if sessions:
        worth += 3 if sessions > 1 else 2
    units = sum(1 for m in marks if m.grade is Grades.UNIT)
    if units > 1:
        worth += 1.5
    if _names_month(head_of(file)):
        worth += 1
    if sum(1 for m in marks if m.title.date or m.grade is Grades.DATE) > 1:
        worth += 1
    gathered = any(
        says(file.marks[a].text, LOG_WORDS) and file.marks[a].level > 1
        for m in marks[:1]
        for a in above(file, place_of(file, m))
    )
    if gathered:
        worth += 3
    elif len(marks) == 1 and not sessions:
        worth -= 1.5
    if share < 0.1 and not gathered:
        worth -= 1
    return worth >= 2.5


def _one(file: File) -> Layout | None:
    """Read a file that is one session."""
    head = head_of(file)
    if not file.nodes:
        return None
    index = head.index if head is not None else 0
    node = file.nodes[index]
    if head is None:
        text = node.text.partition("\n")[0].strip()
        head = Mark(
            0, node.line, 1, text, read_title(text, file.vocabulary, file.order), Grades.NONE
        )
    if _tells_state(head):
        return None
    before = file.nodes[:index]
    rest = rest_of(node) if head.level >= BOLD or head.grade is Grades.NONE else ()
    body = (*before, *rest, *file.nodes[index + 1 :])
    entry = make_entry(file, head, body, single=True)
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
    if worth < ENOUGH or (entry.date_from == "label" and not (telling or file.named)):
        return None
    return Layout("one session", tuple(why), (entry,), ())


def _tells_state(head: Mark | None) -> bool:
    """Say whether a file is called the state of a project, and dates itself in no title."""
    return (
        head is not None
        and fold(head.title.words).strip(" :") in STATE_WORDS
        and not (head.title.date or head.title.number)
    )


def _none(file: File) -> Layout:
    facts = file.facts
    why = tuple(e.why for e in facts.against) or ("no line that starts a session",)
    telling = len((TELLING | {PartKind.STATUS}).intersection(facts.kinds)) + len(facts.fields)
    called = says(facts.name, LOG_WORDS) or _tells_state(head_of(file))
    if facts.points >= 2 and not facts.against and telling >= 2 and called:
        return Layout(
            "state",
            ("it tells how things stand, not a session", *(e.why for e in facts.evidence)),
            (),
            file.nodes,
        )
    most = min(facts.against, key=lambda e: e.points).why if facts.against else why[0]
    notes = tuple(
        (m.line, f"no session: it {SAYS[m.grade]}, but {most}")
        for m in file.marks
        if m.grade in STRONG or m.grade is Grades.DATED
    )
    return Layout("none", why, (), file.nodes if file.named else (), notes)
