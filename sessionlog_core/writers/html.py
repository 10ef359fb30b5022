"""Blocks in, HTML out: the only place where HTML is written, with every text escaped.

No element or attribute comes from a log: names of classes are ours, ids are keys that were made
from letters, digits, dots and hyphens, and an address is written only when `resolve` gave it and
`urls.safe` lets it pass.
"""

import re
from collections.abc import Callable, Iterable, Mapping

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
from sessionlog_core.escape import escape
from sessionlog_core.urls import safe
from sessionlog_core.writers import svg


class Picture(str):
    """The address of an image of the site that is to be shown; to other writers an address."""

    __slots__ = ()


Resolve = Callable[[Ref | Link], str | None]
"""Gives the address to which a link leads; a `Picture` is shown in place of the link."""

Say = Callable[[Label], str]
Color = Callable[[CodeBlock], str]


WORDS: Mapping[str, tuple[tuple[str, Label], ...]] = {
    "files": (("data-copy", Label("Copy")), ("data-copied", Label("Copied"))),
    "sessions": (("data-filter", Label("Filter: title, branch, log, state")),),
    "decided": (("data-filter", Label("Filter: name, reason, session")),),
    "overview": (("data-filter", Label("Filter: title, branch, log, state")),),
}
"""What the script of the pages says, by the kind of the block at which it says so."""

NAME = re.compile(r"[\w+#.-]+")
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

    `say` translates our own words; `color` writes code in the colours of a host, escaped.
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


def _classes(*names: str) -> str:
    return " ".join(f"sessionlog-{name}" for name in names if name)


def _code(block: CodeBlock) -> str:
    name = f"language-{block.language}" if NAME.fullmatch(block.language) else None
    return f"<pre><code{_attributes(class_=name)}>{escape(block.text)}</code></pre>"


def _picture(src: str, alt: str) -> str:
    """Write an image; a search finds its words by their place, right behind the name."""
    rest = _attributes(class_=_classes("image"), loading="lazy", src=src)
    return f'<img alt="{escape(alt)}"{rest} />'


class _Writer:
    """The host's ways to find an address and to say our own words."""

    def __init__(self, resolve: Resolve, say: Say, color: Color) -> None:
        self._resolve = resolve
        self._say = say
        self._color = color

    def blocks(self, blocks: Iterable[Block], level: int) -> str:
        return "\n".join([self.block(x, level) for x in blocks])

    def block(self, block: Block, level: int) -> str:
        match block:
            case Section():
                return self._section(block, level)
            case Paragraph(children=children, kind=""):
                return f"<p>{self.inlines(children)}</p>"
            case Paragraph(children=children, kind=kind):
                words = self._words(kind) if kind in WORDS else ""
                return f"<p{_attributes(class_=_classes(kind))}{words}>{self.inlines(children)}</p>"
            case List():
                return self._list(block, level)
            case Table():
                return self._table(block)
            case CodeBlock():
                return self._color(block)
            case Quote(blocks=inner):
                return f"<blockquote>\n{self.blocks(inner, level)}\n</blockquote>"
            case Fold(summary=summary, blocks=inner, anchor=anchor):
                start = f"<details{_attributes(class_='sessionlog-fold', id=anchor)}>"
                head = f"<summary>{self.inlines(summary)}</summary>"
                return f"{start}{head}\n{self.blocks(inner, level)}\n</details>"
            case Note(kind=kind, title=title, blocks=inner):
                start = f"<div{_attributes(class_=f'admonition {kind} sessionlog-note')}>"
                head = f'<p class="admonition-title">{self.inlines(title)}</p>'
                return f"{start}\n{head}\n{self.blocks(inner, level)}\n</div>"
            case Chart():
                return svg.draw(block, say=self._say)

    def _section(self, section: Section, level: int) -> str:
        names = _classes("section", section.kind)
        number = min(level, 6)
        return (
            f"<section{_attributes(class_=names, id=section.anchor)}>\n"
            f"<h{number}>{self.inlines(section.title)}</h{number}>\n"
            f"{self.blocks(section.blocks, level + 1)}\n</section>"
        )

    def _list(self, block: List, level: int) -> str:
        name = "ul" if block.start is None else "ol"
        start = str(block.start) if block.start not in (None, 1) else None
        attributes = _attributes(class_=_classes("list", block.kind), start=start)
        items = "\n".join([self._item(x, level) for x in block.items])
        return f"<{name}{attributes}>\n{items}\n</{name}>"

    def _item(self, item: ListItem, level: int) -> str:
        if item.done is None:
            start = f"<li{_attributes(id=item.anchor)}>" if item.anchor else "<li>"
            return f"{start}{self._tight(item.blocks, '', level)}</li>"
        state, box = ("done", "☑") if item.done else ("open", "☐")
        names = _classes("task", f"task-{state}")
        mark = f'<span class="sessionlog-box">{box}</span> '
        start = f"<li{_attributes(class_=names, id=item.anchor)}>"
        return f"{start}{self._tight(item.blocks, mark, level)}</li>"

    def _tight(self, blocks: tuple[Block, ...], mark: str, level: int) -> str:
        """Write the blocks of an item; a plain first paragraph goes without its element."""
        if blocks and isinstance(first := blocks[0], Paragraph) and not first.kind:
            words = self.inlines(first.children)
            rest = self.blocks(blocks[1:], level) if len(blocks) > 1 else ""
            return f"{mark}{words}\n{rest}\n" if rest else f"{mark}{words}"
        return f"{mark}{self.blocks(blocks, level)}"

    def _table(self, table: Table) -> str:
        head = self._cells(table.header, "th", table.numeric)
        rows = "\n".join(
            [
                f"<tr{_attributes(id=r.anchor)}>{self._cells(r.cells, 'td', table.numeric)}</tr>"
                for r in table.rows
            ]
        )
        words = self._words(table.kind) if table.kind in WORDS else ""
        start = f"<div{_attributes(class_=_classes('table', table.kind))}{words}>"
        return (
            f"{start}<table>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{rows}\n</tbody>\n</table></div>"
        )

    def _cells(
        self, cells: Iterable[tuple[Inline, ...]], name: str, numeric: tuple[int, ...]
    ) -> str:
        scope = "col" if name == "th" else None
        words = f"<{name}{_attributes(scope=scope)}>"
        figure = f"<{name}{_attributes(scope=scope, class_='sessionlog-num')}>"
        return "".join(
            [
                f"{figure if i in numeric else words}{self.inlines(cell)}</{name}>"
                for i, cell in enumerate(cells)
            ]
        )

    def _words(self, kind: str) -> str:
        """Write the words of the script as attributes, in the language of the page."""
        return "".join(f' {name}="{escape(self._say(label))}"' for name, label in WORDS[kind])

    def inlines(self, children: Iterable[Inline]) -> str:
        # Nearly all inlines are plain words: they take no further call.
        return "".join(
            [escape(x.text, quote=False) if type(x) is Text else self.inline(x) for x in children]
        )

    def inline(self, child: Inline) -> str:
        match child:
            case Text(text=text):
                return escape(text, quote=False)
            case Label():
                return escape(self._say(child), quote=False)
            case Strong(children=inner):
                return f"<strong>{self.inlines(inner)}</strong>"
            case Emphasis(children=inner):
                return f"<em>{self.inlines(inner)}</em>"
            case Strike(children=inner):
                return f"<del>{self.inlines(inner)}</del>"
            case Code(text=text):
                return f"<code>{escape(text, quote=False)}</code>"
            case LineBreak():
                return "<br />\n"
            case Date(iso=iso, text=text):
                return f"<time{_attributes(datetime=iso)}>{escape(text, quote=False)}</time>"
            case Badge(kind=kind, children=inner):
                names = f"sessionlog-badge {_classes(f'badge-{kind}')}"
                return f"<span{_attributes(class_=names)}>{self.inlines(inner)}</span>"
            case Link(children=inner) | Ref(children=inner):
                found = self._resolve(child)
                href = safe(found) if found else None
                if href and isinstance(found, Picture):
                    return _picture(href, plain(inner))
                words = self.inlines(inner)
                return f"<a{_attributes(href=href)}>{words}</a>" if href else words
