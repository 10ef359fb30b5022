"""A line that starts a session and the blocks below it in, the entry out, dated and numbered.

A date is taken from where it is trusted most: the line itself, a label below it, front matter, a
heading above, the file's name; the entry says which of them it was.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sessionlog_core.dates import Found, Order, find_dates, may_be_dated
from sessionlog_core.evidence import Facts
from sessionlog_core.labels import find_label, find_labels, strip_markup
from sessionlog_core.marks import BOLD, Grades, Mark
from sessionlog_core.model import PartKind
from sessionlog_core.outline import Kind, Node, Outline
from sessionlog_core.patterns import later
from sessionlog_core.records import record
from sessionlog_core.titles import Title, read_title
from sessionlog_core.vocabulary import WORD, Vocabulary, fold

__all__ = [
    "WHOLE",
    "Entry",
    "File",
    "Layout",
    "above",
    "fill_dates",
    "find_label_date",
    "head_of",
    "is_next",
    "make_entry",
    "place_of",
]

WHOLE = 0.35
"""Share of a dated file that entries in it take at least; less is a passage of a report."""


@record(frozen=True, slots=True)
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


@record(frozen=True, slots=True)
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


@record(frozen=True, slots=True)
class File:
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
        """The blocks of the file."""
        return self.outline.nodes

    @property
    def lines(self) -> int:
        """The number of its last line."""
        return self.nodes[-1].end_line if self.nodes else 0


def above(file: File, i: int) -> Iterable[int]:
    """Give the positions of the marks above mark `i`, the nearest first."""
    parent = file.marks[i].parent if i >= 0 else -1
    while parent >= 0:
        yield parent
        parent = file.marks[parent].parent


def place_of(file: File, mark: Mark) -> int:
    """Give the position of a mark, or -1 for one that was made of an item or a part."""
    i = file.places.get(mark.index, -1)
    return i if i >= 0 and file.marks[i] is mark else -1


def head_of(file: File) -> Mark | None:
    """Give the title of the file: its first heading or banner, if little stands before it."""
    for mark in file.marks:
        if mark.level <= 2 or mark.level >= BOLD:
            return mark if mark.index <= 8 else None
        return None
    return None


def is_next(file: File, i: int) -> bool:
    """Say whether mark `i` is the title of a section of next steps."""
    section = file.vocabulary.section(file.marks[i].text)
    return section is not None and section.kind is PartKind.NEXT_STEPS


def make_entry(file: File, mark: Mark, body: tuple[Node, ...], *, single: bool) -> Entry:
    """Make the entry of a mark and the blocks below it; `single`: it is the whole file."""
    title = mark.title
    date, date_end, time, origin = title.date, title.date_end, title.time, "heading"
    if date is None:
        date, date_end, label_time, origin_ = find_label_date(file, body, single=single)
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
        number = _front_number(file) or _stated_number(file)
    end = max([n.end_line for n in body], default=mark.line)
    planned = title.state == "planned" or (title.placeholder and title.date is None)
    state, state_text = title.state, title.state_text
    if state is None:
        state, state_text = _front_state(file) if single else _parent_state(file, mark)
    topic = "" if title.words else _label_title(body)
    if topic:
        title = replace(title, words=topic)
    front = _front_title(file, mark) if single else ""
    if front:
        title = replace(title, words=front)
    own = file.nodes[mark.index].end_line if mark.index >= 0 else mark.line
    return Entry(
        mark.line, max(end, own), mark.text, title, body, date, date_end, time,
        origin or None if date else None, number, planned, state, state_text,
        title.why if date is None else "",
    )  # fmt: skip


def find_label_date(
    file: File, body: Sequence[Node], *, single: bool
) -> tuple[str | None, str | None, str | None, str | None]:
    """Look for a date in the labels at the head of a session, or atop a file that is one."""
    seen_heading = False
    closed: Found | None = None
    for k, node in enumerate(body[:25]):
        if node.kind is Kind.HEADING:
            if seen_heading and not single:
                break
            seen_heading = True
        for label, value in _pairs(node, dated=True):
            field, name = file.vocabulary.field(label), fold(label)
            if field in ("date", "duration") or name in STARTS:
                found = next((f for f in find_dates(value, file.order) if f.date), None)
                if found:
                    return found.date, found.date_end, found.time, "label"
            elif closed is None and (field == "status" or name in ENDS) and not seen_heading:
                closed = next((f for f in find_dates(value[:80], file.order) if f.date), None)
        if single and k < 8 and node.kind in LINES and may_be_dated(node.text):
            for line in node.text.split("\n")[:4]:
                found = next(
                    (f for f in find_dates(line, file.order) if f.date and len(f.date) == 10), None
                )
                if found and (found.end - found.start) * 2 >= len(line.strip("*_# \t")) - 12:
                    return found.date, found.date_end, found.time, "label"
    if closed is not None:
        return closed.date, closed.date_end, closed.time, "label"
    return None, None, None, None


LINES = frozenset({Kind.PARAGRAPH, Kind.RULE, Kind.LABEL})
"""Blocks whose lines may be nothing but a date."""


def _label_title(body: Sequence[Node]) -> str:
    """Give the topic that a label right below a session's line tells: `- topic: theme editor`."""
    for node in [n for n in body[:4] if n.kind is not Kind.RULE][:2]:
        if node.kind is Kind.HEADING:
            break
        for label, value in _pairs(node):
            if fold(label) in TOPICS and 0 < len(value) <= TOPIC_AT_MOST:
                return strip_markup(value)
    return ""


TOPICS = frozenset(
    {
        "topic", "title", "subject", "thema", "titel", "betreff", "tema", "título", "titulo",
        "sujet", "titre", "argomento", "titolo", "téma", "тема", "主题", "标题", "テーマ", "주제",
    }
)  # fmt: skip
"""Labels of what a session is about."""
TOPIC_AT_MOST = 120
"""Letters of a topic; more of them are a summary."""

STARTS = frozenset({"time", "started"})
"""Labels of a time that are no field of their own and date a session."""
ENDS = frozenset(
    {"completed", "completed on", "created", "finished", "closed", "shipped", "merged", "resolved"}
)
"""Labels that date a session where nothing else does, as a state does: `done (2026-03-02)`."""


def _pairs(node: Node, *, dated: bool = False) -> Iterable[tuple[str, str]]:
    """Give labels with their values: of label lines, and of the items and rows at the head.

    `dated` leaves out lines without a date.
    """
    match node.kind:
        case Kind.LABEL | Kind.PARAGRAPH | Kind.HEADING:
            if dated and not may_be_dated(node.text):
                return
            for line in node.text.split("\n")[:12]:
                for label in find_labels(line):
                    yield label.name, label.value
        case Kind.LIST:
            for item in node.children[:10]:
                if item.children and item.children[0].kind is Kind.PARAGRAPH:
                    text = item.children[0].text
                    if dated and not may_be_dated(text):
                        continue
                    said = find_label(text.partition("\n")[0])
                    if said:
                        yield said.name, said.value
        case Kind.QUOTE:
            for child in node.children:
                yield from _pairs(child, dated=dated)
        case Kind.TABLE:
            for row in node.children[:10]:
                if len(row.children) == 2:
                    yield row.children[0].text.strip("* :"), row.children[1].text


def _front_date(file: File) -> tuple[str | None, str]:
    for key, value in file.outline.front_matter:
        if file.vocabulary.field(key) == "date" or key in ("created", "modified"):
            found = next((f for f in find_dates(value, file.order) if f.date), None)
            if found:
                return found.date, "front matter"
    return None, ""


def _front_state(file: File) -> tuple[str | None, str | None]:
    for key, value in file.outline.front_matter:
        state = file.vocabulary.state(value) if file.vocabulary.field(key) == "status" else None
        if state:
            return state, value
    return None, None


def _front_number(file: File) -> str | None:
    for key, value in file.outline.front_matter:
        unit = file.vocabulary.units.phrases.get(key.removesuffix("_number").casefold())
        if unit == "session" and FIGURE.fullmatch(value):
            return value.lstrip("#")
    return None


FIGURE = later(r"#?\d{1,4}(?:\.\d{1,3})?")


def _front_title(file: File, mark: Mark) -> str:
    """Give the title of front matter to a file whose first heading is a section, or none is."""
    if mark.level == 1 and mark.grade is not Grades.NONE:
        return ""
    headed = any(n.kind is Kind.HEADING and n.line == mark.line for n in file.nodes)
    if headed and file.vocabulary.section(mark.text) is None:
        return ""
    said = next((v for k, v in file.outline.front_matter if k.casefold() == "title"), "")
    return read_title(said, file.vocabulary, file.order).words if said else ""


def _parent_date(file: File, mark: Mark) -> tuple[str | None, str | None, str]:
    parent = mark.parent
    while parent >= 0:
        title = file.marks[parent].title
        # A numbered entry on a higher level dates itself, not those that follow on a lower one.
        numbered = title.number is not None and title.unit == mark.title.unit
        if title.date and len(title.date) == 10 and not numbered:
            return title.date, title.date_end, "parent heading"
        parent = file.marks[parent].parent
    return None, None, ""


YEAR = later(r"(?<!\d)(20\d\d)(?!\d)")


def _parent_year(file: File, mark: Mark, partial: str) -> tuple[str | None, str]:
    """Give a date without a year the one that a heading above names; none is invented."""
    for a in above(file, place_of(file, mark)):
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


def _parent_state(file: File, mark: Mark) -> tuple[str | None, str | None]:
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


def _name_date(file: File) -> tuple[str | None, str | None, str]:
    name = file.path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    name = re.sub(r"(?<=\d)_(?=\d)", "-", name).replace("_", " ")
    name = re.sub(r"(?<=[^\W\d])-(?=\d)", " ", name)
    found = next((f for f in find_dates(name, file.order) if f.date), None)
    if found is None or len(found.date or "") != 10:
        return None, None, ""
    return found.date, found.date_end, "file name"


def _stated_number(file: File) -> str | None:
    """Give the number of the session that headings of a one-session file agree on."""
    numbers = [m.title.number for m in file.marks if m.title.unit == "session" and m.title.number]
    if len(numbers) >= 2 and len(set(numbers)) == 1:
        return numbers[0]
    stem = NAME_GAP.sub(" ", file.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    if not may_be_numbered(stem):
        return None
    name = read_title(stem, file.vocabulary)
    return name.number if name.unit == "session" and name.number and len(name.number) < 5 else None


def may_be_numbered(name: str) -> bool:
    """Say at a glance whether a name has more than its date that may be a number."""
    if not name.isascii():
        return True
    found = find_dates(name)
    if len(found) == 1 and found[0].date:
        name = f"{name[: found[0].start]} {name[found[0].end :]}"
    return NUMBER.search(name) is not None


NUMBER = later(r"\d|(?<![^\W_])(?:no|nr)?(?:[a-z]|[ivx]{2,6})(?![^\W_])", re.I)
"""A figure, a single letter or a Roman numeral."""

NAME_GAP = later(r"(?<!\d)[_-]|[_-](?!\d)")
"""What parts the words of a file's name, but not the parts of a date."""


def fill_dates(file: File, entries: list[Entry]) -> list[Entry]:
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


def _first_date(file: File, entries: list[Entry]) -> list[Entry]:
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


def _overview(file: File) -> dict[str, tuple[str, str | None]]:
    table: dict[str, tuple[str, str | None]] = {}
    for node in file.nodes:
        if node.kind is not Kind.TABLE:
            continue
        for row in node.children[1:]:
            found = [f for c in row.children for f in find_dates(c.text, file.order) if f.date]
            if len(found) == 1 and row.children:
                key = " ".join(WORD.findall(fold(row.children[0].text)))
                if key:
                    table.setdefault(key, (found[0].date or "", found[0].date_end))
    return table
