"""The blocks of a section in, its items out: what is stated, each with its lines.

A list, a table, a paragraph and a sub-heading can each state something.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sessionlog_core.aspects import is_aspect
from sessionlog_core.labels import Label, find_label
from sessionlog_core.model import About, Item, PartKind
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.records import members, record
from sessionlog_core.vocabulary import Section, Vocabulary, word_set
from sessionlog_core.wording import is_nothing, is_told, is_work, starts_with_sign

__all__ = [
    "Cut",
    "Reading",
    "Role",
    "TitleRole",
    "find_readings",
    "first_line",
    "looks_done",
    "section_of",
]

from enum import StrEnum


class TitleRole(StrEnum):
    """How the title of a cut stands to its kind."""

    OWN = "own"
    """The title names the kind: `## Next Steps`, `**Blockers:**`."""
    SUB = "sub"
    """A sub-heading of a section, which has its kind: `### Phase 8` under `## Next Steps`."""
    TAG = "tag"
    """A label or bold line inside of a section, which has its kind."""
    FREE = "free"
    """No title: what stands before the first heading or label, or behind a ruler."""


Role = members(TitleRole)


@record(frozen=True, slots=True)
class Cut:
    """A run of blocks under one title. `line` is that of the title, or of the first block."""

    kind: PartKind
    role: TitleRole
    title: str | None
    line: int
    nodes: tuple[Node, ...]
    first: bool = False
    text: str = ""
    """The label line as written, where the title is a label with something behind it."""
    leads: bool = False
    """Nothing stands below the title but deeper headings."""

    @property
    def group(self) -> str | None:
        """Give the title where it is not that of the section itself."""
        return self.title if self.role in (Role.SUB, Role.TAG) else None

    @property
    def end_line(self) -> int:
        """Give the last line of the cut."""
        return self.nodes[-1].end_line if self.nodes else self.line


@record(frozen=True, slots=True)
class Reading:
    """An item and the blocks that it was read from."""

    item: Item
    nodes: tuple[Node, ...] = ()
    header: tuple[str, ...] = ()
    closed: bool = False
    """A cell of its row says that it is done with, or its box that it was dropped."""


SOLUTION_HEADERS = word_set(
    """
    fix solution resolution resolved fixed workaround correção solução resolução solución arreglo
    resolución lösung behebung
    correctif résolution soluzione correzione řešení oprava решение исправление 解决 解决方案 修复
    解決 解決策 対応 修正 해결 해결책
    """
)
"""Headers of a column that tells how a trouble was ended."""

NUMBERED = later(r"\s{0,4}(?:\*\*|__)?\s{0,4}(?:\d{1,3}[.)]|\(\d{1,3}\)|#\d{1,3}\b)\s{0,4}\S")
TICKED = later(r"[^\w\s*`\[]{1,3}\s{0,2}\*{0,2}\w")
"""A tick and words, no link and no code."""

BOX_LINE = later(
    r"\s{0,24}(?:[-*•]\s{1,8}|\d{1,3}[.)]\s{1,8})?(?:\[([ xX✅✓])\]|(☐|⬜|☑))\s{1,8}(\S.*)"
)
TICKS = ("x", "X", "✅", "✓", "☑")
STEP_LINE = later(r"\s{0,3}(?:\d{1,3}[.)]|[-*•])\s{1,8}(\S.*)")
GROUPS = frozenset({About.NEXT_STEPS, About.DONE, About.DECISIONS, About.BLOCKERS})
"""Kinds whose sub-headings are items themselves where nothing below them is."""


def find_readings(cut: Cut, vocabulary: Vocabulary) -> list[Reading]:
    """Give the items of a section in order."""
    kinds = [n.kind for n in cut.nodes]
    entries = []
    if Kind.LIST in kinds:
        entries = [i for n in cut.nodes if n.kind is Kind.LIST for i in n.children]
    if cut.role in (Role.SUB, Role.TAG) and cut.kind in GROUPS:
        return _of_group(cut, entries, vocabulary)
    if entries:
        return _of_work(cut)
    if Kind.TABLE in kinds and not _leads_with_prose(cut):
        rows = list(_rows(cut, vocabulary))
        if rows:
            return rows
    if cut.kind in GROUPS and _only_fields(cut):
        return [_whole(replace(cut, title=cut.nodes[0].text, line=cut.nodes[0].line))]
    return _of_prose(cut)


def _leads_with_prose(cut: Cut) -> bool:
    """Say whether a session begins with sentences: a table below them is no list of its work."""
    if not cut.first or cut.role is not Role.FREE or cut.kind is not About.OTHER:
        return False
    text = cut.nodes[0].text if cut.nodes[0].kind is Kind.PARAGRAPH else ""
    return " " in text and not text.rstrip().endswith((":", "："))


def _of_group(cut: Cut, entries: list[Node], vocabulary: Vocabulary) -> list[Reading]:
    boxed = [e for e in entries if e.done is not None]
    if boxed:
        return [_entry(e, cut.group) for e in boxed]
    if steps := list(_code_steps(cut.nodes, boxes_only=True)):
        return steps
    if entries:
        return [_whole(cut)] if _is_one(cut) else _of_work(cut)
    if rows := list(_rows(cut, vocabulary)):
        return rows
    if cut.leads or (len(cut.nodes) == 1 and is_nothing(cut.nodes[0].text or "-x", loosely=True)):
        return []
    return [_whole(cut)]


def _of_work(cut: Cut) -> list[Reading]:
    """Give the entries of lists, and in sections of work the paragraphs that tell of some."""
    group = cut.group
    found: list[Reading] = []
    if cut.kind not in (About.DONE, About.OTHER):
        for node in cut.nodes:
            if node.kind is Kind.LIST:
                found.extend([_entry(e, group) for e in node.children])
            elif cut.kind is About.DECISIONS and _is_named(node):
                item = Item(node.text, node.line, node.end_line, group=group)
                found.append(Reading(item, (node,)))
        return found
    skip = False
    for index, node in enumerate(cut.nodes):
        if node.kind is Kind.LIST and not skip:
            found.extend([_entry(e, group) for e in node.children])
        skip = False
        if node.kind is Kind.PARAGRAPH and is_work(node.text):
            leads = node.text.rstrip().endswith((":", "："))
            below = cut.nodes[index + 1] if index + 1 < len(cut.nodes) else node
            if not leads:
                item = Item(node.text, node.line, node.end_line, group=group)
                found.append(Reading(item, (node,)))
            elif cut.kind is About.OTHER and below.kind in BELOW:
                skip = True
                nested = tuple(_item(e) for e in below.children if e.children)
                item = Item(node.text, node.line, below.end_line, items=nested, group=group)
                found.append(Reading(item, (node, below)))
    return found


NAMED = later(r"(?:\*\*|__)([^*_\n]{2,120})(?:\*\*|__)[\s:.–—-]{1,4}\S")
"""A paragraph with a bold lead: `**Knots in metres.** Feet are for sailors.`"""


def _is_named(node: Node) -> bool:
    """Say whether a paragraph between lists states something of its own, and no field of it."""
    if node.kind is not Kind.PARAGRAPH or node.text.rstrip().endswith((":", "：")):
        return False
    lead = NAMED.match(node.text)
    return lead is not None and not is_aspect(lead[1].rstrip(":： "))


BELOW = frozenset({Kind.LIST, Kind.CODE, Kind.TABLE})
"""What a line that ends in a colon may lead to."""


def _is_one(cut: Cut) -> bool:
    """Say whether a sub-heading or label names one thing that the lists below only describe."""
    if cut.role is Role.TAG and NUMBERED.match(cut.title or ""):
        return True
    if _are_fields(next(n for n in cut.nodes if n.kind is Kind.LIST).children):
        return True
    lists = [i for i, n in enumerate(cut.nodes) if n.kind is Kind.LIST]
    return (
        cut.kind is not About.DONE
        and cut.role is Role.SUB
        and all(i and cut.nodes[i - 1].kind is Kind.LABEL for i in lists)
    )


def _only_fields(cut: Cut) -> bool:
    """Say whether a section's labelled lines describe one thing: issue, evidence, solution."""
    labels = [n for n in cut.nodes if n.kind is Kind.LABEL]
    return (
        len(labels) > 1
        and cut.nodes[0] is labels[0]
        and is_aspect(labels[0].label)
        and sum(is_aspect(n.label) for n in labels) * 2 > len(labels)
    )


def _are_fields(entries: Sequence[Node]) -> bool:
    """Say whether the entries of a list are fields of one thing: `**What**: ...`."""
    hits = 0
    for entry in entries:
        first = _text(entry).split("\n", 1)[0]
        label = find_label(first) if ":" in first or "：" in first else None
        if label and is_aspect(label.name):
            hits += 1
    return hits * 2 >= len(entries)


def _whole(cut: Cut) -> Reading:
    """Make one item of a sub-heading and all that stands below it."""
    nested = tuple(_item(e) for n in cut.nodes if n.kind is Kind.LIST for e in n.children)
    item = Item(cut.text or cut.title or "", cut.line, cut.end_line, items=nested)
    return Reading(item, cut.nodes)


def _entry(node: Node, group: str | None = None) -> Reading:
    return Reading(_item(node, group), node.children, (), node.info == DROPPED)


def _item(node: Node, group: str | None = None) -> Item:
    if len(node.children) == 1 and node.children[0].kind is Kind.PARAGRAPH:  # as most are
        text = node.children[0].text
        return Item(text, node.line, node.end_line, node.done, (), group)
    nested: list[Item] = []
    text = ""
    for child in node.children:
        if child.kind is Kind.LIST:
            nested.extend(_item(i) for i in child.children)
        elif not text and child.text and child.kind is not Kind.CODE:
            text = child.text
    return Item(text, node.line, node.end_line, node.done, tuple(nested), group)


DROPPED = "-"
"""What stands in the box of a step that nobody will take: `[-]`."""


def _text(node: Node) -> str:
    return next((c.text for c in node.children if c.text and c.kind is not Kind.CODE), "")


def _of_prose(cut: Cut) -> list[Reading]:
    """Take each paragraph for an item; steps in a code block count where nothing else does."""
    if (
        cut.kind is About.OTHER
        and cut.role is Role.TAG
        and cut.nodes
        and cut.nodes[0].line > cut.line
        and is_work(cut.nodes[0].text)
    ):
        return [_whole(cut)]
    steps = list(_code_steps(cut.nodes, boxes_only=cut.kind is not About.NEXT_STEPS))
    if steps:
        return steps
    prose = [n for n in _flat(cut.nodes) if n.kind is Kind.PARAGRAPH and n.text.strip()]
    found: list[Reading] = []
    for node in prose:
        if boxes := list(_box_lines(node)):
            found.extend(boxes)
            continue
        if (
            node.text.rstrip().endswith((":", "："))
            and len(prose) > 1
            and not (cut.kind is About.OTHER and is_work(node.text))
        ):
            continue
        said = cut.text if node is prose[0] and cut.role is Role.TAG else ""
        if said and node.line == cut.line and said[0] not in "*_":  # a sentence with a colon
            item = Item(said, node.line, node.end_line)
        else:
            item = Item(node.text, node.line, node.end_line, group=cut.group)
        found.append(Reading(item, (node,)))
    return found


def _box_lines(node: Node) -> Iterator[Reading]:
    """Give the check boxes of a paragraph all of whose lines begin with one, without a dash."""
    if "[" not in node.text and node.text.isascii():
        return
    matches = [BOX_LINE.match(row) for row in node.text.split("\n")]
    if all(matches):
        for line, match in enumerate(filter(None, matches), node.line):
            done = (match[1] or match[2]) in TICKS
            yield Reading(Item(match[3].rstrip(), line, line, done))


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind is Kind.QUOTE:
            yield from _flat(node.children)
        else:
            yield node


def _code_steps(nodes: Iterable[Node], *, boxes_only: bool) -> Iterator[Reading]:
    """Give the check boxes, or numbered steps, that stand as lines of a code block."""
    for node in nodes:
        if node.kind is not Kind.CODE:
            continue
        first = first_line(node)
        for offset, text in enumerate(node.text.split("\n")):
            line = first + offset
            match = BOX_LINE.match(text)
            if match:
                done = (match[1] or match[2]) in TICKS
                yield Reading(Item(match[3].rstrip(), line, line, done))
            elif not boxes_only and not node.info and (match := STEP_LINE.match(text)):
                yield Reading(Item(match[1].rstrip(), line, line))


def first_line(node: Node) -> int:
    """Give the line of the first line of a node's text: that of a fence is below its marks."""
    if node.kind is not Kind.CODE:
        return node.line
    lines = len(node.text.rstrip("\n").split("\n"))
    return node.line + (node.end_line - node.line + 1 > lines)


def _rows(cut: Cut, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Give each row of a table as an item, its cells as written."""
    asked = cut.kind in (About.NEXT_STEPS, About.BLOCKERS)
    for node in cut.nodes:
        if node.kind is not Kind.TABLE or len(node.children) < 2:
            continue
        header = tuple(c.text for c in node.children[0].children)
        for row in node.children[1:]:
            cells = [c.text.strip() for c in row.children]
            if not any(cells):
                continue
            text = " | ".join(c for c in cells if c)
            yield Reading(
                Item(text, row.line, row.end_line, group=cut.group),
                row.children,
                header,
                asked and _is_over(header, cells, vocabulary),
            )


def _is_over(header: tuple[str, ...], cells: list[str], vocabulary: Vocabulary) -> bool:
    """Say whether a row is done with: a cell says so, or its column of solutions is filled."""
    if any(
        c in ("[x]", "[X]", "✅", "✓", "☑") or vocabulary.state(c) == "closed"
        for c in cells
        if 0 < len(c) <= 24
    ):
        return True
    return any(
        h.strip(" *`").casefold() in SOLUTION_HEADERS and not is_nothing(c)
        for h, c in zip(header, cells, strict=False)
    )


def looks_done(cut: Cut) -> bool:
    """Say whether the list of a section of unknown kind tells of finished work: most entries do."""
    texts = [_text(e) for n in cut.nodes if n.kind is Kind.LIST for e in n.children]
    if not texts:
        return False
    texts = [t for t in texts if not is_nothing(t)]
    return bool(texts) and sum(map(_is_finished, texts)) * 2 >= len(texts)


def _is_finished(text: str) -> bool:
    if is_work(text):
        return True
    return starts_with_sign(text) == "done" and bool(TICKED.match(text)) and is_told(text)


TESTED = later(
    r"[\s*_`✅✓~]{0,8}(?:(?:all|full)\s)?"
    r"(?:\d[\d.,]{0,9}\s?(?:/\s?\d|(?:unit\s)?tests?\b|pass|green|ok\b|fail|specs?\b|$)|"
    r"(?:green|pass|passes|passed|passing|ok|red|failing)\b)",
    re.I,
)
"""How the result of a test suite begins."""


def section_of(label: str, value: str, vocabulary: Vocabulary) -> Section | None:
    """Tell what a label is about by its words, and by `value`, what stands behind it.

    `Suite: 278 tests` is a result, although `Suite` is French for what comes next.
    """
    found = vocabulary.section(label)
    if found and found.kind is About.NEXT_STEPS and label.strip("* ").casefold() == "suite":
        return Section(About.METRICS, exact=True) if TESTED.match(value) else found
    return found


def find_lead(text: str) -> Label | None:
    """Give the label with which an item begins, where its colon is near: `**Next:** ...`."""
    if ":" not in text[:64] and "：" not in text[:64]:
        return None
    first = text.partition("\n")[0]
    return find_label(first) if ":" in first[:64] or "：" in first[:64] else None


def find_kind(lead: Label | None, vocabulary: Vocabulary) -> tuple[PartKind, str] | None:
    """Tell what an item is about by its label, and what stands behind it."""
    if lead is None:
        return None
    section = section_of(lead.name, lead.value, vocabulary)
    return (section.kind, lead.value) if section and section.exact else None
