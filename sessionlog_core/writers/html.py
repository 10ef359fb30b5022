"""Blocks in, HTML out: the only place where HTML is written, with every text escaped.

No element or attribute comes from a log: names of classes are ours, ids are keys that were made
from letters, digits, dots and hyphens, and an address is written only when `resolve` gave it and
`urls.safe` lets it pass.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

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
    Section,
    Strike,
    Strong,
    Table,
    Text,
    plain,
)
from sessionlog_core.escape import IN_TEXT, escape
from sessionlog_core.patterns import later
from sessionlog_core.urls import safe
from sessionlog_core.writers import svg


class Picture(str):
    """The address of an image of the site that is to be shown; to other writers an address."""

    __slots__ = ()


Resolve = Callable[[Ref | Link], str | None]
"""Gives the address to which a link leads; a `Picture` is shown in place of the link."""

Say = Callable[[Label | Date], str]
"""Gives our own words, and dates, in the language of the site."""

Color = Callable[[CodeBlock], str]


WORDS: Mapping[str, tuple[tuple[str, Label], ...]] = {
    "files": (("data-copy", Label("Copy")), ("data-copied", Label("Copied"))),
    "sessions": (("data-filter", Label("Filter: title, branch, log, state")),),
    "decided": (("data-filter", Label("Filter: name, reason, session")),),
    "overview": (("data-filter", Label("Filter: title, branch, log, state")),),
}
"""What the script of the pages says, by the kind of the block at which it says so."""

NAME = later(r"[\w+#.-]+")
"""What may be the name of a language in a class."""


def write(
    blocks: Iterable[Block],
    resolve: Resolve,
    *,
    level: int = 2,
    say: Say = str,
    color: Color | None = None,
) -> str:
    """Write blocks as HTML, their first headings at `level`.

    `say` translates our own words and dates; `color` writes code in the colours of a host, escaped.
    """
    return _Writer(resolve, say, color or _code).blocks(blocks, level)


def write_inlines(children: Iterable[Inline], resolve: Resolve, *, say: Say = str) -> str:
    """Write inlines as HTML."""
    return _Writer(resolve, say, _code).inlines(children)


def _attributes(**values: str | None) -> str:
    """Write attributes that have a value; `class_` is `class`."""
    out = ""
    for name, value in values.items():
        if value:
            out += f' {name.rstrip("_")}="{escape(value)}"'
    return out


def _id(anchor: str | None) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


@cache
def _class(*names: str) -> str:
    """Write our classes as an attribute; there are few, and each stands on a page many times."""
    return _attributes(class_=_classes(*names))


def _classes(*names: str) -> str:
    return " ".join(f"sessionlog-{name}" for name in names if name)


def _code(block: CodeBlock) -> str:
    name = f"language-{block.language}" if NAME.fullmatch(block.language) else None
    return f"<pre><code{_attributes(class_=name)}>{escape(block.text)}</code></pre>"


def _picture(src: str, alt: str) -> str:
    """Write an image; a search finds its words by their place, right behind the name."""
    rest = _attributes(class_=_classes("image"), loading="lazy", src=src)
    return f'<img alt="{escape(alt)}"{rest} />'


_CELLS = {
    "th": ('<th scope="col">', f'<th scope="col"{_class("num")}>'),
    "td": ("<td>", f"<td{_class('num')}>"),
}
"""How a cell begins: one of words, and one of figures."""


class _Writer:
    """The host's ways to find an address and to say our own words."""

    def __init__(self, resolve: Resolve, say: Say, color: Color) -> None:
        self._resolve = resolve
        self._say = say
        self._color = color
        self._said: dict[tuple[object, ...], str] = {}

    def blocks(self, blocks: Iterable[Block], level: int) -> str:
        return "\n".join([BLOCKS[type(x)](self, x, level) for x in blocks])

    def section(self, section: Section, level: int) -> str:
        number = min(level, 6)
        return (
            f"<section{_class('section', section.kind)}{_id(section.anchor)}>\n"
            f"<h{number}>{self.inlines(section.title)}</h{number}>\n"
            f"{self.blocks(section.blocks, level + 1)}\n</section>"
        )

    def paragraph(self, block: Paragraph, _level: int) -> str:
        kind = block.kind
        if not kind:
            return f"<p>{self.inlines(block.children)}</p>"
        words = self._words(kind) if kind in WORDS else ""
        return f"<p{_class(kind)}{words}>{self.inlines(block.children)}</p>"

    def list_(self, block: List, level: int) -> str:
        name = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        items = "\n".join([self._item(x, level) for x in block.items])
        return f"<{name}{_class('list', block.kind)}{start}>\n{items}\n</{name}>"

    def _item(self, item: ListItem, level: int) -> str:
        if item.done is None:
            return f"<li{_id(item.anchor)}>{self._tight(item.blocks, '', level)}</li>"
        state, box = ("done", "☑") if item.done else ("open", "☐")
        mark = f'<span class="sessionlog-box">{box}</span> '
        start = f"<li{_class('task', f'task-{state}')}{_id(item.anchor)}>"
        return f"{start}{self._tight(item.blocks, mark, level)}</li>"

    def _tight(self, blocks: tuple[Block, ...], mark: str, level: int) -> str:
        """Write the blocks of an item; a plain first paragraph goes without its element."""
        if blocks and isinstance(first := blocks[0], Paragraph) and not first.kind:
            words = self.inlines(first.children)
            rest = self.blocks(blocks[1:], level) if len(blocks) > 1 else ""
            return f"{mark}{words}\n{rest}\n" if rest else f"{mark}{words}"
        return f"{mark}{self.blocks(blocks, level)}"

    def table(self, table: Table, _level: int) -> str:
        head = self._cells(table.header, "th", table.numeric)
        rows = "\n".join(
            [
                f"<tr{_id(r.anchor)}>{self._cells(r.cells, 'td', table.numeric)}</tr>"
                for r in table.rows
            ]
        )
        words = self._words(table.kind) if table.kind in WORDS else ""
        return (
            f"<div{_class('table', table.kind)}{words}><table>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{rows}\n</tbody>\n</table></div>"
        )

    def _cells(
        self, cells: Iterable[tuple[Inline, ...]], name: str, numeric: tuple[int, ...]
    ) -> str:
        words, figure = _CELLS[name]
        return "".join(
            [
                f"{figure if i in numeric else words}{self.inlines(cell)}</{name}>"
                for i, cell in enumerate(cells)
            ]
        )

    def code_block(self, block: CodeBlock, _level: int) -> str:
        return self._color(block)

    def quote(self, block: Quote, level: int) -> str:
        return f"<blockquote>\n{self.blocks(block.blocks, level)}\n</blockquote>"

    def fold(self, block: Fold, level: int) -> str:
        head = f"<summary>{self.inlines(block.summary)}</summary>"
        inner = self.blocks(block.blocks, level)
        return f"<details{_class('fold')}{_id(block.anchor)}>{head}\n{inner}\n</details>"

    def note(self, block: Note, level: int) -> str:
        start = f"<div{_attributes(class_=f'admonition {block.kind} sessionlog-note')}>"
        head = f'<p class="admonition-title">{self.inlines(block.title)}</p>'
        return f"{start}\n{head}\n{self.blocks(block.blocks, level)}\n</div>"

    def chart(self, block: Chart, _level: int) -> str:
        return svg.draw(block, say=self._say)

    def _words(self, kind: str) -> str:
        """Write the words of the script as attributes, in the language of the page."""
        return "".join(f' {name}="{escape(self._say(label))}"' for name, label in WORDS[kind])

    def inlines(self, children: Iterable[Inline]) -> str:
        # Most inlines are words that stand in HTML as they are: they take no further call.
        return "".join(
            [
                x.text
                if type(x) is Text and IN_TEXT.search(x.text) is None
                else INLINES[type(x)](self, x)
                for x in children
            ]
        )

    def text(self, child: Text | Code) -> str:
        return escape(child.text, quote=False)

    def label(self, child: Label) -> str:
        about = child.text, child.values
        if about not in self._said:  # few words of ours, many times
            self._said[about] = escape(self._say(child), quote=False)
        return self._said[about]

    def strong(self, child: Strong) -> str:
        return f"<strong>{self.inlines(child.children)}</strong>"

    def emphasis(self, child: Emphasis) -> str:
        return f"<em>{self.inlines(child.children)}</em>"

    def strike(self, child: Strike) -> str:
        return f"<del>{self.inlines(child.children)}</del>"

    def code(self, child: Code) -> str:
        text = child.text
        return f"<code>{escape(text, quote=False) if IN_TEXT.search(text) else text}</code>"

    def line_break(self, _child: LineBreak) -> str:
        return "<br />\n"

    def date(self, child: Date) -> str:
        words = escape(self._say(child), quote=False)
        return f'<time datetime="{escape(child.iso)}">{words}</time>' if child.iso else words

    def badge(self, child: Badge) -> str:
        return (
            f"<span{_class('badge', f'badge-{child.kind}')}>{self.inlines(child.children)}</span>"
        )

    def link(self, child: Link | Ref) -> str:
        found = self._resolve(child)
        href = safe(found) if found else None
        if href and isinstance(found, Picture):
            return _picture(href, plain(child.children))
        words = self.inlines(child.children)
        return f'<a href="{escape(href)}">{words}</a>' if href else words


BLOCKS: Mapping[type, Callable[[_Writer, Any, int], str]] = {
    Section: _Writer.section,
    Paragraph: _Writer.paragraph,
    List: _Writer.list_,
    Table: _Writer.table,
    CodeBlock: _Writer.code_block,
    Quote: _Writer.quote,
    Fold: _Writer.fold,
    Note: _Writer.note,
    Chart: _Writer.chart,
}
INLINES: Mapping[type, Callable[[_Writer, Any], str]] = {
    Text: _Writer.text,
    Label: _Writer.label,
    Strong: _Writer.strong,
    Emphasis: _Writer.emphasis,
    Strike: _Writer.strike,
    Code: _Writer.code,
    LineBreak: _Writer.line_break,
    Date: _Writer.date,
    Badge: _Writer.badge,
    Link: _Writer.link,
    Ref: _Writer.link,
}
"""How each kind is written: to look it up takes a fraction of the time of comparing it in turn."""
