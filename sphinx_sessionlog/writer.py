"""Blocks in, docutils nodes out: one match for blocks, one for inlines, for every builder alike."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from sessionlog_core.blocks import (
    Badge,
    Block,
    Chart,
    Code,
    CodeBlock,
    Date,
    Emphasis,
    Fold,
    Inline,
    Label,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Ref,
    Row,
    Section,
    Strike,
    Strong,
    Table,
    Text,
    plain,
)
from sessionlog_core.records import record
from sessionlog_core.writers.html import Say
from sphinx_sessionlog.nodes import make_record

__all__ = ["PLAIN", "Connect", "Writer", "lexer_name"]

Connect = Callable[[Ref | Link, list[nodes.Node]], list[nodes.Node]]
"""Turns the words of a link into the nodes that stand for it: a reference, or the words alone."""

WIDEST = 60
"""Characters of a column at most; what is longer is broken into lines."""

BOXES = {True: "☑ ", False: "☐ "}


@record(frozen=True, slots=True)
class Writer:
    """Writes blocks as docutils nodes.

    `say` gives our own words and dates, `connect` makes the links, `spell` changes signs that a
    format lacks.
    """

    say: Say
    connect: Connect
    spell: Callable[[str], str] = str

    def blocks(self, blocks: Iterable[Block]) -> list[nodes.Node]:
        """Write blocks that stand where no section may stand."""
        return [node for block in blocks for node in self.block(block)]

    def block(self, block: Block) -> Iterator[nodes.Node]:
        """Write one block, with the targets of its anchors before it."""
        match block:
            case Section():
                yield from _target(block.anchor)
                yield self.rubric(block)
                inner = make_record(nodes.container, block.records)
                inner["classes"] = _classes("section", block.kind)
                inner += self.blocks(block.blocks)
                yield inner
            case Paragraph():
                yield self.paragraph(block.children, block.kind)
            case List():
                yield self.list_of(block)
            case Table():
                yield self.table(block)
            case CodeBlock(text=text, language=language):
                text = self.spell(text)
                yield nodes.literal_block(
                    text, text, language=lexer_name(language), force=True, **PLAIN
                )
            case Quote():
                yield nodes.block_quote("", *self.blocks(block.blocks))
            case Fold(repeats=True):
                pass  # it stands in full elsewhere, and a link before it leads there
            case Fold():
                yield from _target(block.anchor)
                summary = self.paragraph(block.summary, "fold-summary")
                yield nodes.container(
                    "", summary, *self.blocks(block.blocks), classes=_classes("fold")
                )
            case Note():
                title = nodes.title("", "", *self.inlines(block.title), **PLAIN)
                yield nodes.admonition(
                    "",
                    title,
                    *self.blocks(block.blocks),
                    classes=[block.kind, *_classes("note")],
                )
            case Chart():
                pass  # the table that stands beside it holds the same figures

    def rubric(self, section: Section) -> nodes.Element:
        """Write the title of a section that cannot be one."""
        return nodes.rubric("", "", *self.inlines(section.title), **PLAIN)

    def paragraph(self, children: Iterable[Inline], kind: str = "") -> nodes.Element:
        """Write a paragraph; one with hard breaks becomes a block of lines."""
        lines = _lines(children)
        if len(lines) == 1:
            return nodes.paragraph("", "", *self.inlines(lines[0]), classes=_classes(kind), **PLAIN)
        block = nodes.line_block(classes=_classes(kind))
        for words in lines:
            line = nodes.line("", "", *self.inlines(words), **PLAIN)
            line.indent = 0  # type: ignore[assignment]  # docutils counts in it
            block += line
        return block

    def list_of(self, block: List) -> nodes.Element:
        """Write a list."""
        node: nodes.Element
        if block.start is None:
            node = nodes.bullet_list(bullet="*", classes=_classes("list", block.kind))
        else:
            node = nodes.enumerated_list(
                enumtype="arabic", prefix="", suffix=".", classes=_classes("list", block.kind)
            )
            if block.start != 1:
                node["start"] = block.start
        node.extend(self.item(item) for item in block.items)
        return node

    def item(self, item: ListItem) -> nodes.Element:
        """Write an entry of a list, its check box as a sign in front of its words."""
        node = make_record(nodes.list_item, item.records)
        node += [*_target(item.anchor), *self.blocks(item.blocks)]
        if item.done is not None:
            node["classes"] += _classes("task", "task-done" if item.done else "task-open")
            box = nodes.inline("", self.spell(BOXES[item.done]), classes=_classes("box"))
            first = next((n for n in node.children if isinstance(n, nodes.TextElement)), None)
            if isinstance(first, nodes.paragraph):
                first.insert(0, box)
            else:
                node.insert(0, nodes.paragraph("", "", box, **PLAIN))
        return node

    def table(self, table: Table) -> nodes.Element:
        """Write a table with a row of headings."""
        width = max(len(cells) for cells in (table.header, *(row.cells for row in table.rows)))
        group = nodes.tgroup(cols=width)
        cells = [table.header, *(row.cells for row in table.rows)]
        group += [nodes.colspec(colwidth=_width(cells, column)) for column in range(width)]
        head = self.row(Row(table.header), width, table.numeric)
        rows = [self.row(row, width, table.numeric) for row in table.rows]
        if rows:
            group += nodes.thead("", head)
            group += nodes.tbody("", *rows)
        else:
            group += nodes.tbody("", head)
        classes = ["colwidths-auto", *_classes("table", table.kind)]
        return nodes.table("", group, classes=classes)

    def row(self, row: Row, width: int, numeric: tuple[int, ...]) -> nodes.Element:
        """Write a row, as wide as its table."""
        node = make_record(nodes.row, row.records)
        about = {record.cell: replace(record, cell=None) for record in row.records}
        for index in range(width):
            cell = row.cells[index] if index < len(row.cells) else ()
            entry = nodes.entry(classes=_classes("num") if index in numeric else [])
            if cell:
                words = self.paragraph(cell)
                if index in about:
                    whole = make_record(nodes.inline, (about[index],))
                    whole += words.children
                    words.children = [whole]
                    whole.parent = words
                entry += words
            if index == 0 and row.anchor:
                entry.insert(0, list(_target(row.anchor)))
            node += entry
        return node

    def inlines(self, children: Iterable[Inline]) -> list[nodes.Node]:
        """Write inlines."""
        return [node for child in children for node in self.inline(child)]

    def inline(self, child: Inline) -> Iterator[nodes.Node]:
        """Write one inline."""
        match child:
            case Text(text=text):
                yield nodes.Text(self.spell(text))
            case Label() | Date():
                yield nodes.Text(self.spell(self.say(child)))
            case Strong():
                yield nodes.strong("", "", *self.inlines(child.children))
            case Emphasis():
                yield nodes.emphasis("", "", *self.inlines(child.children))
            case Strike():
                yield nodes.inline(
                    "", "", *self.inlines(child.children), classes=_classes("strike")
                )
            case Code(text=text):
                text = self.spell(text)
                yield nodes.literal(text, text)
            case LineBreak():
                yield nodes.Text(" ")
            case Badge(kind=kind):
                classes = _classes("badge", f"badge-{kind}")
                yield nodes.inline("", "", *self.inlines(child.children), classes=classes)
            case Link() | Ref():
                yield from self.connect(child, self.inlines(child.children))


PLAIN = {"translatable": False, "support_smartquotes": False}
"""What every element with words of a log carries: no translation, no curled quotes and dashes.

It never goes on an inline: Sphinx would take that out of its paragraph.
"""


@lru_cache(maxsize=256)
def lexer_name(language: str) -> str:
    """Give the name of a lexer that Pygments has, `text` for any other word."""
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return "text"
    return language


def _classes(*names: str) -> list[str]:
    return [f"sessionlog-{name}" for name in names if name]


def _target(anchor: str | None) -> Iterator[nodes.Node]:
    """Write an anchor as a target, since ids of paragraphs and list items are lost in LaTeX."""
    if anchor:
        yield nodes.target("", "", ids=[anchor])


def _width(rows: Iterable[tuple[tuple[Inline, ...], ...]], column: int) -> int:
    """Give the width of a column in characters: builders of plain text go by it."""
    cells = (row[column] for row in rows if column < len(row))
    return min(max((len(plain(cell)) for cell in cells), default=1) + 2, WIDEST)


def _lines(children: Iterable[Inline]) -> list[list[Inline]]:
    lines: list[list[Inline]] = [[]]
    for child in children:
        if isinstance(child, LineBreak):
            lines.append([])
        else:
            lines[-1].append(child)
    return lines
