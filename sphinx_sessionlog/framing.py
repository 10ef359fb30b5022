"""Blocks in, the nodes of a page that is being read out: real sections, and a node per run between.

What stands between two headings waits in a `view_blocks` until a builder is known.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, fields, is_dataclass, replace
from itertools import count
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref

from sessionlog_core.blocks import (
    Badge,
    Block,
    Emphasis,
    Fold,
    Inline,
    Label,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Ref,
    RefKind,
    Row,
    Section,
    Strike,
    Strong,
    Table,
)
from sessionlog_core.landmarks import count_levels, is_landmark
from sessionlog_core.records import record
from sessionlog_core.writers.html import Say
from sphinx_sessionlog.domain import Shown
from sphinx_sessionlog.nodes import Run, make_record, view_blocks
from sphinx_sessionlog.problems import QUIET
from sphinx_sessionlog.writer import PLAIN, Writer

__all__ = ["Frame", "Inventory", "cut", "renamed", "take_inventory"]


@record(frozen=True, slots=True)
class Frame:
    """Puts blocks on a page, once; `sections` says whether sections may stand there.

    Where the blocks are made of `shown`, the nodes name that in place of the blocks.
    """

    docname: str
    document: nodes.document
    say: Say
    sections: bool = True
    searched: bool = True
    shown: Shown | None = None
    numbers: Iterator[int] = field(default_factory=count)

    def place(self, blocks: tuple[Block, ...], inventory: "Inventory") -> list[nodes.Node]:
        """Make the nodes of `blocks`, their anchors unlike all ids of the page."""
        names = free(inventory.anchors, self.document.ids)
        changed = {anchor: name for anchor, name in names.items() if anchor != name}
        if changed:
            blocks = tuple(renamed(block, changed) for block in blocks)
        depth = count_levels(blocks) if self.sections else 0
        made = self._runs(blocks, depth, tuple(changed.items()))
        first = next((node for node in made if isinstance(node, nodes.Element)), None)
        if first is not None:
            self.document.ids.update(dict.fromkeys(names.values(), first))
        return made

    def _runs(
        self, blocks: tuple[Block, ...], depth: int, names: tuple[tuple[str, str], ...]
    ) -> list[nodes.Node]:
        """Make real sections for `depth` levels, and a node for each run of blocks between."""
        return [
            self._section(piece, depth, names)
            if isinstance(piece, Section)
            else self._run(piece, names)
            for piece in _pieces(blocks, depth)
        ]

    def _run(self, blocks: tuple[Block, ...], names: tuple[tuple[str, str], ...]) -> nodes.Element:
        number = next(self.numbers)
        kept = Run(self.shown, self.sections, number, names) if self.shown else blocks
        return view_blocks(kept, docname=self.docname, searched=self.searched)

    def _section(
        self, section: Section, depth: int, names: tuple[tuple[str, str], ...]
    ) -> nodes.Element:
        writer = Writer(self.say, connect_later)
        title = nodes.title("", "", *writer.inlines(section.title), **PLAIN)
        # What sphinx.ext.autosectionlabel takes for the label: unlike any other of the project.
        title.rawsource = f"{self.docname} {section.anchor}"
        # Else Sphinx looks for it, and writes each title as XML to say so where nobody reads it.
        title.source = self.document.get("source")
        classes = ["sessionlog-section"]
        if section.kind:
            classes.append(f"sessionlog-{section.kind}")
        node = make_record(nodes.section, section.records)
        node["ids"], node["classes"] = [section.anchor], classes
        node += title
        node += self._runs(section.blocks, depth - 1, names)
        return node


def cut(blocks: tuple[Block, ...], *, sections: bool) -> tuple[tuple[Block, ...], ...]:
    """Give the runs of blocks between headings, in the order in which a `Frame` sets them."""
    return tuple(_cut(blocks, count_levels(blocks) if sections else 0))


def _cut(blocks: tuple[Block, ...], depth: int) -> Iterator[tuple[Block, ...]]:
    for piece in _pieces(blocks, depth):
        if isinstance(piece, Section):
            yield from _cut(piece.blocks, depth - 1)
        else:
            yield piece


def _pieces(blocks: tuple[Block, ...], depth: int) -> Iterator[Section | tuple[Block, ...]]:
    """Give sections that are headings of the page, and the runs of blocks between."""
    run: list[Block] = []
    for block in blocks:
        if depth and is_landmark(block):
            if run:
                yield tuple(run)
            run = []
            yield block
        else:
            run.append(block)
    if run:
        yield tuple(run)


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


INSIDE: Mapping[type[Any], Callable[[Any], Iterable[Iterable[Piece]]]] = {
    Section: lambda x: (x.title, x.blocks),
    Note: lambda x: (x.title, x.blocks),
    Fold: lambda x: (x.summary, x.blocks),
    List: lambda x: (x.items,),
    ListItem: lambda x: (x.blocks,),
    Quote: lambda x: (x.blocks,),
    Table: lambda x: (*x.header, x.rows),
    Row: lambda x: x.cells,
    **dict.fromkeys(
        (Paragraph, Strong, Emphasis, Strike, Link, Ref, Badge), lambda x: (x.children,)
    ),
}
"""What stands in a piece, in order, by its class; in the others there is nothing."""

BEARERS = frozenset({Section, Fold, ListItem, Row})
"""Pieces that may have an anchor."""


@record(frozen=True, slots=True)
class Inventory:
    """What blocks hold: anchors, in order, references to records, and links."""

    anchors: tuple[str, ...]
    refs: frozenset[tuple[RefKind, str]]
    links: tuple[Link, ...]


NOTHING = Inventory((), frozenset(), ())
"""What no blocks hold."""


def take_inventory(blocks: Iterable[Block]) -> Inventory:
    """Look once at every piece of `blocks`, in order."""
    anchors: list[str] = []
    refs: set[tuple[RefKind, str]] = set()
    links: list[Link] = []

    def look(pieces: Iterable[Piece]) -> None:
        piece: Any
        for piece in pieces:
            kind = type(piece)
            if kind not in INSIDE:
                continue  # most pieces are words
            if kind is Ref:
                refs.add((piece.kind, piece.key))
            elif kind is Link:
                links.append(piece)
            elif kind in BEARERS and piece.anchor:
                anchors.append(piece.anchor)
            for inside in INSIDE[kind](piece):
                look(inside)

    look(blocks)
    return Inventory(tuple(anchors), frozenset(refs), tuple(links))


def free(anchors: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """Give each anchor a name: its own, with a number behind it where that is taken."""
    used = set(taken)
    names: dict[str, str] = {}
    for anchor in anchors:
        name, number = anchor, 2
        while name in used:
            name, number = f"{anchor}-{number}", number + 1
        names[anchor] = name
    return names


def renamed(piece: Any, names: dict[str, str]) -> Any:
    """Give a piece with other anchors; any field of one may hold further pieces."""
    if isinstance(piece, tuple):
        return tuple(renamed(x, names) for x in piece)
    if not is_dataclass(piece) or isinstance(piece, type | Label):
        return piece
    changed = {f.name: renamed(getattr(piece, f.name), names) for f in fields(piece)}
    if changed.get("anchor"):
        changed["anchor"] = names.get(changed["anchor"], changed["anchor"])
    return replace(piece, **changed)
