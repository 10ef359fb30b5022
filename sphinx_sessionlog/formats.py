"""Blocks in, the same words out, without what a format lacks.

That is SVG in EPUB, lists that stand deep in LaTeX, and in most formats a table within a table.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from sessionlog_core.blocks import (
    Block,
    Chart,
    Inline,
    List,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Text,
)

__all__ = ["DEEPEST", "NESTING", "shallow", "without_charts", "without_tables"]

DEEPEST = 4
"""So many lists and quotes stand within each other at most: LaTeX takes four lists of one kind."""

NESTING = {"latex": 2, "xml": 100, "pseudoxml": 100}
"""Formats in which a table may stand within so many others; in the rest it stands in none."""

MARK = "– "
"""What stands before the words of an entry, for each level from which it was lifted."""

Change = Callable[[tuple[Block, ...]], tuple[Block, ...]]
Cell = tuple[Inline, ...]


def without_charts(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave charts out; the table or the words beside each say the same."""
    return tuple(_within(block, without_charts) for block in blocks if not isinstance(block, Chart))


def without_tables(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Turn each table into a list, a row into an entry with `column: value` for each cell."""
    return tuple(
        _listed(block) if isinstance(block, Table) else _within(block, without_tables)
        for block in blocks
    )


def _listed(table: Table) -> List:
    from sessionlog_core.views.entry import joined  # not for a build that shows no log

    if not table.rows:
        return List((ListItem((Paragraph(joined(x for x in table.header if x)),)),))
    width = max(len(cells) for cells in (table.header, *(row.cells for row in table.rows)))
    heads = _filled(table.header, width)
    rows = [_filled(row.cells, width) for row in table.rows]
    # A column of which a row says nothing is left out there, unless none of them says anything.
    empty = {i for i in range(width) if not any(cells[i] for cells in rows)}
    items: list[ListItem] = []
    for row, cells in zip(table.rows, rows, strict=True):
        told = [_pair(heads[i], cells[i]) for i in range(width) if cells[i] or i in empty]
        words = Paragraph(joined(x for x in told if x))
        items.append(ListItem((words,), anchor=row.anchor, records=row.records))
    return List(tuple(items), kind=table.kind)


def _filled(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells + ((),) * (width - len(cells))


def _pair(head: Cell, words: Cell) -> Cell:
    """Put the name of its column before what a cell says."""
    return (*head, Text(": "), *words) if head and words else head or words


def shallow(blocks: tuple[Block, ...], depth: int = 0) -> tuple[Block, ...]:
    """Lift what stands too deep, in its order; `depth` is how deep the blocks themselves stand."""
    out: list[Block] = []
    for block in blocks:
        match block:
            case Quote() if depth >= DEEPEST:
                out += shallow(block.blocks, depth)
            case List() if depth + 1 >= DEEPEST:
                items = tuple(x for item in block.items for x in _lifted(item))
                out.append(replace(block, items=items))
            case List() | Quote():
                out.append(_within(block, lambda inner: shallow(inner, depth + 1)))
            case _:
                out.append(_within(block, lambda inner: shallow(inner, depth)))
    return tuple(out)


def _lifted(item: ListItem, mark: str = "", number: str = "") -> Iterator[ListItem]:
    """Give an entry, then those that stood in it as entries of the same list, and so on."""
    rest = replace(item, blocks=(), anchor=None, done=None, records=())
    now = item
    own: list[Block] = []
    for block in _unquoted(item.blocks):
        if not isinstance(block, List):
            own.append(block)
            continue
        if own or now is item:
            yield replace(now, blocks=_marked(own, mark + number))
        now, own, number = rest, [], ""
        for place, inner in enumerate(block.items, block.start or 1):
            yield from _lifted(inner, mark + MARK, f"{place}. " if block.start is not None else "")
    if own or now is item:
        yield replace(now, blocks=_marked(own, mark + number))


def _unquoted(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Quote):
            yield from _unquoted(block.blocks)
        elif isinstance(block, List):
            yield block
        else:
            yield _within(block, lambda inner: shallow(inner, DEEPEST))


def _marked(blocks: list[Block], mark: str) -> tuple[Block, ...]:
    """Put a mark before the first words of an entry."""
    if mark and blocks and isinstance(blocks[0], Paragraph):
        first = replace(blocks[0], children=(Text(mark), *blocks[0].children))
        return (first, *blocks[1:])
    return (Paragraph((Text(mark.strip()),)), *blocks) if mark else tuple(blocks)


def _within(block: Block, change: Change) -> Block:
    """Change what stands in a block; one with nothing in it is the very same object."""
    if isinstance(block, List):
        items = tuple(replace(item, blocks=change(item.blocks)) for item in block.items)
        return replace(block, items=items)
    inner: Any = getattr(block, "blocks", None)
    return replace(block, blocks=change(inner)) if inner else block  # type: ignore[arg-type]
