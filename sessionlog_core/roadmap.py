"""Text of a roadmap in, its milestones and items with their states and ids out.

An item is what a roadmap ticks off: a check box, a bullet with a sign of its state, a row of a
table that has a column for states, a bullet below a heading that gathers nothing else, or a heading
of its own that names a piece of work and has only prose below it. The nearest heading above is its
milestone.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sessionlog_core.model import Milestone, RoadmapItem, Span
from sessionlog_core.outline import Node, NodeKind, read_outline
from sessionlog_core.outline_tables import csv_table
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.records import record
from sessionlog_core.roadmap_words import (
    BOLD,
    CLEAR,
    DATED,
    ID_COLUMN,
    MARKS,
    NO_ITEMS,
    ONLY_LINK,
    PROSE_ITEM,
    SIGNS,
    STATE,
    STATE_COLUMN,
    TEXT_PATTERNS,
    VERSION,
    WORD_PATTERNS,
    bare_title,
    name_of,
    state_of,
)
from sessionlog_core.slugs import slug, unique
from sessionlog_core.terms import find_ids, fold_words
from sessionlog_core.units import UNIT

__all__ = ["Roadmap", "join_roadmaps", "read_roadmap"]


@record(frozen=True, slots=True)
class Roadmap:
    """One roadmap, or several joined.

    `mentions` are the keys of items that it may only mention: another one may tell more of them.
    """

    milestones: tuple[Milestone, ...] = ()
    items: tuple[RoadmapItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    mentions: frozenset[str] = frozenset()


DIRECTIVE_OPTION = later(r"\s*:[\w-]+:")

LABEL, GROUP = 7, 8
"""Levels of bold lines and of bullets that stand for headings: below all headings."""


def read_roadmap(text: str, path: str) -> Roadmap:
    """Read a roadmap. What cannot be read is a problem, never an exception of a log's text."""
    outline, problems = read_outline(text, path)
    sections = _sections(outline.nodes)
    drafts = _of_their_own((section, draft) for section in sections for draft in _drafts(section))
    used = {id(section.above if draft.heading else section) for section, draft in drafts}
    milestones: list[Milestone] = []
    keys: dict[int, str] = {}
    taken: dict[str, int] = {}
    for section in sections:
        heading = section.heading
        if heading is None or heading.level == 0:
            continue
        unit = UNIT.search(heading.text)
        state = state_of(heading.text, title=True)
        if id(section) not in used and (section.item or (unit is None and state is None)):
            continue
        title = _title_of(heading.text, path)
        key = unique(slug(bare_title(title)) or _hash(title), taken)
        keys[id(section)] = key
        span = Span(path, heading.line, max(heading.end_line, section.end_line))
        milestones.append(Milestone(key, title, span, state))
    items: list[RoadmapItem] = []
    mentions = set[str]()
    for section, draft in drafts:
        owner = section.above if draft.heading else section
        while owner is not None and id(owner) not in keys:
            owner = owner.above
        above = None
        if owner is not None and owner.heading is not None:
            above = _title_of(owner.heading.text, path)
        if draft.heading:
            draft = replace(draft, text=_title_of(draft.text, path))
        ids = _ids(draft)
        state = draft.state or _stated_above(section.above if draft.heading else section)
        name = name_of(draft.text, draft.name)
        key = unique(
            slug(name) if name else slug(bare_title(draft.text)) or _hash(draft.text), taken
        )
        if draft.mentions:
            mentions.add(key)
        items.append(
            RoadmapItem(
                key,
                draft.text,
                state,
                above,
                ids,
                Span(path, draft.line, draft.end_line),
                keys[id(owner)] if owner is not None else None,
                _date(section),
            )
        )
    items.sort(key=lambda item: item.source.line)
    states: dict[str | None, list[str | None]] = defaultdict(list)
    for item in items:
        states[item.milestone_key].append(item.state)
    milestones = [replace(m, state=m.state or _sum(states[m.key])) for m in milestones]
    if not items and not problems:
        problems = (
            Problem(
                Code.ROADMAP,
                "no items found, expected check boxes, bullets, headings or a table with a status "
                "column",
                path,
                grave=False,
            ),
        )
    return Roadmap(tuple(milestones), tuple(items), tuple(problems), frozenset(mentions))


def _title_of(heading: str, path: str) -> str:
    """Give a heading without the keyword of its state, which Org has in front of it."""
    if not path.lower().endswith(".org"):
        return heading
    from sessionlog_core.outline_org import STATE_WORD  # few projects have such a file

    return STATE_WORD.sub("", heading)


def join_roadmaps(roadmaps: Sequence[Roadmap]) -> Roadmap:
    """Join several roadmaps of a project to one; a key that stands twice gets a number."""
    taken: dict[str, int] = {}
    milestones: list[Milestone] = []
    items: list[RoadmapItem] = []
    told = {x.ids[0] for r in roadmaps for x in r.items if x.ids and x.key not in r.mentions}
    for roadmap in roadmaps:
        names: dict[str, str] = {}
        for milestone in roadmap.milestones:
            names[milestone.key] = unique(milestone.key, taken)
            milestones.append(replace(milestone, key=names[milestone.key]))
        for item in roadmap.items:
            if item.key in roadmap.mentions and told.intersection(item.ids[:1]):
                continue
            above = names.get(item.milestone_key or "")
            items.append(replace(item, key=unique(item.key, taken), milestone_key=above))
    problems = tuple(problem for roadmap in roadmaps for problem in roadmap.problems)
    return Roadmap(tuple(milestones), tuple(items), problems)


def _stated_above(section: "_Section | None") -> str | None:
    """Give the state that headings above an item state for all below: `Completed Slices`."""
    while section is not None and section.heading is not None:
        title = section.heading.text
        state = state_of(title, title=True)
        if state is None:
            match = next(
                (s for s, words in WORD_PATTERNS if (m := words.match(bare_title(title))) and m[0]),
                None,
            )
            state = match
        if state is not None:
            return state
        section = section.above
    return None


@dataclass(slots=True)
class _Section:
    """A heading and the blocks right below it."""

    heading: Node | None
    above: "_Section | None"
    nodes: list[Node]
    end_line: int = 0
    children: int = 0
    item: bool = False


@record(frozen=True, slots=True)
class _Draft:
    """An item that is not yet named."""

    text: str
    state: str | None
    line: int
    end_line: int
    name: str | None = None
    heading: bool = False
    mentions: bool = False
    """Whether it may only mention an item: it is a row of a table without states."""


def _of_their_own(found: Iterable[tuple["_Section", _Draft]]) -> list[tuple["_Section", _Draft]]:
    """Leave out rows that only mention an item which stands elsewhere."""
    every = [(section, draft, name_of(draft.text, draft.name)) for section, draft in found]
    told = {name for _, draft, name in every if name and not draft.mentions}
    return [
        (section, draft) for section, draft, name in every if not draft.mentions or name not in told
    ]


def _sections(nodes: Iterable[Node]) -> list[_Section]:
    """Cut the blocks at the headings; a bold line that stands for one is below all others."""
    sections = [_Section(None, None, [])]
    for node in _ungrouped(nodes):
        title = _title(node)
        if title is None:
            sections[-1].nodes.append(node)
            sections[-1].end_line = node.end_line
            continue
        above: _Section | None = sections[-1]
        while (
            above is not None and above.heading is not None and above.heading.level >= title.level
        ):
            above = above.above
        if above is not None:
            above.children += 1
        sections.append(
            _Section(title, above if above and above.heading else None, [], node.end_line)
        )
    return sections


def _ungrouped(nodes: Iterable[Node]) -> Iterator[Node]:
    """Turn a list of milestones with their items below (`- v1.0` over `- [ ] a`) to headings."""
    for node in nodes:
        if node.kind is not NodeKind.LIST or not all(_is_group(item) for item in node.children):
            yield node
            continue
        for item in node.children:
            own, *below = item.children
            text = " ".join(own.text.split())
            yield Node(NodeKind.HEADING, own.line, own.end_line, text, level=GROUP)
            yield from below


def _is_group(item: Node) -> bool:
    text = _own(item)
    named = UNIT.match(bare_title(text)) or VERSION.match(bare_title(text)) or BOLD.fullmatch(text)
    below = any(child.kind is NodeKind.LIST for child in item.children[1:])
    return item.done is None and below and named is not None


def _title(node: Node) -> Node | None:
    if node.kind is NodeKind.HEADING:
        return node
    if node.kind is NodeKind.LABEL and node.label and UNIT.search(node.label):
        rest = re.sub(r"\W+", "", node.text.replace(node.label, "", 1))
        if not rest and "\n" not in node.text:
            return replace(node, level=LABEL, text=node.label)
    return None


def _drafts(section: _Section) -> list[_Draft]:
    """Find the items of a section: the surest sort that stands in it, and no other."""
    boxes = [d for node in section.nodes for d in _boxes(node)]
    tables = [d for node in section.nodes for table in _tables(node) for d in _rows(table)]
    heading = section.heading
    title = bare_title(heading.text) if heading is not None else ""
    prose = NO_ITEMS.fullmatch(title) or NO_ITEMS.fullmatch(title.split(":")[0])
    signs = [] if prose else [d for node in section.nodes for d in _signed(node)]
    terms = [] if prose else [d for node in section.nodes for d in _defined(node)]
    if boxes or tables or signs or terms:
        return boxes + tables + signs + terms
    if heading is None or prose:
        return []
    bullets = (
        []
        if _date(section)
        else [
            d
            for before, node in zip([None, *section.nodes], section.nodes, strict=False)
            if node.kind is NodeKind.LIST and not _gathers_none(before)
            for d in _bullets(node)
        ]
    )
    named = name_of(heading.text) is not None and UNIT.match(title) is None
    numbered = re.match(r"\d{1,3}(?:\.\d{1,3})*[.)]?\s", title) is not None
    if heading.level > 1 and not section.children and (named or (numbered and not bullets)):
        section.item = True
        return [_headed(section, heading)]
    return bullets


def _date(section: _Section | None) -> str | None:
    """Give the date of the nearest dated heading: what stands below it belongs to that day."""
    while section is not None and section.heading is not None:
        match = DATED.search(section.heading.text)
        if match:
            return match[0]
        section = section.above
    return None


def _headed(section: _Section, heading: Node) -> _Draft:
    end = max(heading.end_line, section.end_line)
    return _Draft(heading.text, state_of(heading.text, title=True), heading.line, end, heading=True)


def _gathers_none(before: Node | None) -> bool:
    """Say whether a list stands right below a label that gathers no items (`**Risks:**`)."""
    if before is None or before.kind is not NodeKind.LABEL:
        return False
    return NO_ITEMS.fullmatch(bare_title(before.label)) is not None


def _list_items(node: Node) -> Iterator[Node]:
    """Give the entries of lists in and below `node`.

    Those below one with an id are its steps, unless they have an id of their own.
    """
    stack = [(node, False)]
    while stack:
        at, below = stack.pop()
        if at.kind is NodeKind.ITEM:
            named = name_of(_own(at)) is not None
            if named or not below:
                yield at
            below = below or named
        stack.extend((child, below) for child in reversed(at.children))


def _own(item: Node) -> str:
    """Give the words of a list entry itself, without those of entries below it."""
    first = next((c for c in item.children if c.kind in (NodeKind.PARAGRAPH, NodeKind.LABEL)), None)
    return " ".join(first.text.split()) if first is not None else ""


def _own_end(item: Node) -> int:
    first = next((c for c in item.children if c.kind in (NodeKind.PARAGRAPH, NodeKind.LABEL)), None)
    return first.end_line if first is not None else item.line


def _boxes(node: Node) -> Iterator[_Draft]:
    for item in _list_items(node):
        text = _own(item)
        if item.done is None or not text:
            continue
        state = "done" if item.done else MARKS.get(item.info.strip(), "open")
        yield _Draft(text, state, item.line, _own_end(item))


def _signed(node: Node) -> Iterator[_Draft]:
    if node.kind is not NodeKind.LIST:
        return
    for item in node.children:
        text = _own(item)
        if item.done is None and text[:1] in SIGNS and not _is_state(text):
            clear = SIGNS[text[0]] if text[0] in CLEAR else None
            state = clear or state_of(text, title=True) or "open"
            yield _Draft(text, state, item.line, _own_end(item))


def _defined(node: Node) -> Iterator[_Draft]:
    """Give the terms of a definition list; a state stands with one, or begins what it says."""
    if node.kind is NodeKind.PARAGRAPH and "\n: " in node.text:
        term, *rest = node.text.split("\n")
        if all(line.startswith(": ") for line in rest):
            yield _term(term, rest[0][2:], node.line, node.end_line)
    for item in node.children if node.kind is NodeKind.LIST else ():
        kinds = [child.kind for child in item.children]
        if kinds[:2] == [NodeKind.PARAGRAPH, NodeKind.QUOTE] and item.done is None:
            says = next((n.text for n in item.children[1].children if n.text), "")
            yield _term(item.children[0].text, says, item.line, item.children[0].end_line)


def _term(term: str, says: str, line: int, end_line: int) -> _Draft:
    head = re.split(r"[.,;:!]|\s[-–—]\s", says.split("\n")[0])[0]
    state = state_of(term, title=True) or (state_of(head) if len(head.split()) <= STATE else None)
    return _Draft(" ".join(term.split()), state, line, end_line)


def _tables(node: Node) -> Iterator[Node]:
    """Give tables, also those that directives write as lists or as CSV."""
    for child in _carried_out(node) or (node.children if node.kind is NodeKind.QUOTE else (node,)):
        if child.kind is NodeKind.TABLE:
            yield child
            continue
        rows = [_listed(item) for item in child.children if child.kind is NodeKind.LIST]
        if len(rows) > 1 and all(rows):
            found = tuple(row for row in rows if row is not None)
            yield Node(NodeKind.TABLE, child.line, child.end_line, children=found)


def _carried_out(node: Node) -> tuple[Node, ...]:
    """Give what a directive of MyST holds that is a table; a log shows it as it is written."""
    name = node.info.partition("}")[0]
    if node.kind is not NodeKind.CODE or name not in ("{list-table", "{csv-table", "{table"):
        return ()
    lines = node.text.split("\n")
    if name == "{csv-table":
        table = csv_table(lines, node.line + 1)
        return (table,) if table else ()
    blank = next((i for i, line in enumerate(lines) if not DIRECTIVE_OPTION.match(line)), 0)
    text = "\n" * (node.line + blank) + "\n".join(lines[blank:])
    return read_outline(text, "")[0].nodes


def _listed(item: Node) -> Node | None:
    """Give an entry that holds a list and nothing else as a row of a table."""
    if len(item.children) != 1 or item.children[0].kind is not NodeKind.LIST:
        return None
    cells = (
        Node(NodeKind.CELL, cell.line, cell.end_line, _own(cell))
        for cell in item.children[0].children
    )
    return Node(NodeKind.ROW, item.line, item.end_line, children=tuple(cells))


def _is_state(text: str) -> bool:
    """Say whether `text` is a line of a legend: a sign, and the name of its state."""
    words = bare_title(text)
    return not words or any(pattern.fullmatch(words) for _, pattern in WORD_PATTERNS)


def _bullets(node: Node) -> Iterator[_Draft]:
    outer = {id(item) for item in node.children}
    for item in _list_items(node):
        text = _own(item)
        if id(item) not in outer and name_of(text) is None:
            continue
        if not text or PROSE_ITEM.match(text) or ONLY_LINK.fullmatch(text):
            continue
        yield _Draft(text, state_of(text, title=True), item.line, _own_end(item))


def _rows(table: Node) -> Iterator[_Draft]:
    """Give the rows of a table that has a column for states, or names an item in each row."""
    if not table.children:
        return
    header = [bare_title(cell.text) for cell in table.children[0].children]
    state = next((i for i, title in enumerate(header) if STATE_COLUMN.fullmatch(title)), None)
    ids = [i for i, title in enumerate(header) if ID_COLUMN.fullmatch(title)]
    others = [i for i in range(len(header)) if i != state and i not in ids]
    titled = (i for pattern in TEXT_PATTERNS for i in others if pattern.fullmatch(header[i]))
    words = next(titled, None if state is None else next(iter(others), None))
    if words is None:
        return
    drafts: list[_Draft] = []
    for row in table.children[1:]:
        cells = [cell.text.strip() for cell in row.children]
        if len(cells) <= max(words, state or 0) or not cells[words]:
            continue
        name = None
        if ids and ids[0] < len(cells) and cells[ids[0]]:
            unit = header[words] if cells[ids[0]].isdigit() else ""
            name = f"{unit} {bare_title(cells[ids[0]])}".strip()
            # A number alone may count anything where no state says what the rows are.
            if state is None and (unit or name.isdigit()):
                name = None
        said = state_of(cells[state]) if state is not None else None
        mentions = state is None
        drafts.append(
            _Draft(cells[words], said, row.line, row.line, name or None, mentions=mentions)
        )
    if state is not None or all(name_of(draft.text, draft.name) for draft in drafts):
        yield from drafts


def _ids(draft: _Draft) -> tuple[str, ...]:
    found = [name for name, _ in find_ids(draft.text)]
    name = name_of(draft.text, draft.name)
    return tuple(dict.fromkeys([*([name] if name else []), *found]))


def _sum(states: Sequence[str | None]) -> str | None:
    """Sum up the state of a milestone from those of its items."""
    if not states or None in states:
        return None
    if set(states) == {"done"}:
        return "done"
    return "open" if set(states) == {"open"} else "in-progress"


def _hash(text: str) -> str:
    """Give a short key for words that no small letters can be made of."""
    return f"{zlib.crc32(fold_words(text).encode('utf-8')):08x}"
