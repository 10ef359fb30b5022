"""Blocks in, the nodes of a page that is being read out: real sections, and a node per run between.

What stands between two headings waits in a `view_blocks` until a builder is known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref

from sessionlog_core.blocks import (
    Block,
    Fold,
    Inline,
    Label,
    Link,
    List,
    ListItem,
    Note,
    Quote,
    Ref,
    Row,
    Section,
    Table,
)
from sphinx_sessionlog.nodes import view_blocks
from sphinx_sessionlog.problems import QUIET
from sphinx_sessionlog.writer import PLAIN, Writer

PART = "part"
"""The kind of a heading inside of a session. It stays with the text around it: thirty sessions of a
month would fill the table of contents and the search with thirty times "Summary"."""

__all__ = ["Frame", "anchors", "walk"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Puts blocks on a page. `sections`: may sections stand there? `level` is that of the first."""

    docname: str
    document: nodes.document
    say: Any
    sections: bool = True
    searched: bool = True
    level: int = 2

    def place(self, blocks: tuple[Block, ...]) -> list[nodes.Node]:
        """Make the nodes of `blocks`, their anchors unlike all ids of the page."""
        blocks = free(blocks, self.document.ids)
        made = self._runs(blocks, self.level)
        for node in made:
            for inner in node.findall(nodes.Element):
                for name in inner["ids"]:
                    self.document.ids[name] = inner
        return made

    def _runs(self, blocks: tuple[Block, ...], level: int) -> list[nodes.Node]:
        out: list[nodes.Node] = []
        run: list[Block] = []

        def end_run() -> None:
            if run:
                out.append(self._run(tuple(run), level))
                run.clear()

        for block in blocks:
            if isinstance(block, Section) and block.kind != PART and self.sections:
                end_run()
                out.append(self._section(block, level))
            else:
                run.append(block)
        end_run()
        return out

    def _run(self, blocks: tuple[Block, ...], level: int) -> nodes.Element:
        node = view_blocks(blocks, docname=self.docname, level=level, searched=self.searched)
        self.document.ids.update(dict.fromkeys(anchors(blocks), node))
        return node

    def _section(self, section: Section, level: int) -> nodes.Element:
        writer = Writer(self.say, connect_later)
        title = nodes.title("", "", *writer.inlines(section.title), **PLAIN)
        # What sphinx.ext.autosectionlabel takes for the label: unlike any other of the project.
        title.rawsource = f"{self.docname} {section.anchor}"
        classes = ["sessionlog-section"]
        if section.kind:
            classes.append(f"sessionlog-{section.kind}")
        node = nodes.section("", title, ids=[section.anchor], classes=classes)
        node += self._runs(section.blocks, level + 1)
        return node


def connect_later(link: Ref | Link, words: list[nodes.Node]) -> list[nodes.Node]:
    """Make a link in a heading: it is resolved, quietly, with the links of the users' pages."""
    if isinstance(link, Link):
        return words
    node = pending_xref(
        "",
        nodes.inline("", "", *words),
        refdomain="sessionlog",
        reftype=str(link.kind),
        reftarget=link.key,
        refexplicit=True,
        refwarn=False,
        **{QUIET: True},
    )
    return [node]


Piece = Block | ListItem | Row | Inline


def walk(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give every block, entry, row and inline of `pieces`, in order."""
    stack: list[Piece] = list(pieces)[::-1]
    while stack:
        piece = stack.pop()
        yield piece
        stack += list(_inside(piece))[::-1]


def _inside(piece: Piece) -> Iterator[Piece]:
    match piece:
        case Section(title=title, blocks=blocks) | Note(title=title, blocks=blocks):
            yield from title
            yield from blocks
        case Fold(summary=summary, blocks=blocks):
            yield from summary
            yield from blocks
        case List(items=items):
            yield from items
        case ListItem(blocks=blocks) | Quote(blocks=blocks):
            yield from blocks
        case Table(header=header, rows=rows):
            for cell in header:
                yield from cell
            yield from rows
        case Row(cells=cells):
            for cell in cells:
                yield from cell
        case _:
            yield from getattr(piece, "children", ())


def anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """Give each anchor of `blocks`."""
    for piece in walk(blocks):
        if isinstance(piece, Section | Fold | ListItem | Row) and piece.anchor:
            yield piece.anchor


def free(blocks: tuple[Block, ...], taken: Any) -> tuple[Block, ...]:
    """Give `blocks` with a number behind each anchor that is taken: a view may stand twice."""
    used = set(taken)
    names: dict[str, str] = {}
    for anchor in anchors(blocks):
        name, number = anchor, 2
        while name in used:
            name, number = f"{anchor}-{number}", number + 1
        if name != anchor:
            names[anchor] = name
    return tuple(_renamed(block, names) for block in blocks) if names else blocks


def _renamed(piece: Any, names: dict[str, str]) -> Any:
    """Give a piece with other anchors; any field of one may hold further pieces."""
    if isinstance(piece, tuple):
        return tuple(_renamed(x, names) for x in piece)
    if not is_dataclass(piece) or isinstance(piece, type | Label):
        return piece
    changed = {f.name: _renamed(getattr(piece, f.name), names) for f in fields(piece)}
    if changed.get("anchor"):
        changed["anchor"] = names.get(changed["anchor"], changed["anchor"])
    return replace(piece, **changed)
