"""The docutils nodes of the extension, for views that wait for a builder."""

import io
import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from html import unescape
from operator import attrgetter
from typing import Any, cast, get_args

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sessionlog_core.blocks import (
    Block,
    Fold,
    Inline,
    List,
    ListItem,
    Note,
    Point,
    Quote,
    Record,
    Row,
    Section,
    Table,
)

__all__ = [
    "NODES",
    "make_record",
    "record_nodes",
    "sessionlog_decision",
    "sessionlog_item",
    "sessionlog_metric",
    "sessionlog_milestone",
    "sessionlog_record",
    "sessionlog_session",
    "sessionlog_step",
    "view_blocks",
    "view_html",
]

TAG = re.compile("<[^>]*>")


PACKED = (*get_args(Block), *get_args(Inline), ListItem, Point, Record, Row)


def _reducer(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    names = [field.name for field in fields(kind)]
    if len(names) < 2:
        return lambda piece: (kind, tuple(getattr(piece, name) for name in names))
    values = attrgetter(*names)
    return lambda piece: (kind, values(piece))


class _Pickler(pickle.Pickler):
    """Pickles blocks by the values of their fields: three times as fast as what dataclasses do."""

    dispatch_table = {kind: _reducer(kind) for kind in PACKED}  # noqa: RUF012  as pickle wants it


def _pack(blocks: tuple[Block, ...]) -> bytes:
    target = io.BytesIO()
    _Pickler(target, pickle.HIGHEST_PROTOCOL).dump(blocks)
    return target.getvalue()


class view_blocks(nodes.General, nodes.Element):  # noqa: N801  docutils writes node classes so
    """A run of blocks that is written when a builder is known, see `transforms.WriteViews`.

    `docname` is the page on which it stands; in builders that merge pages that is not the page
    being written. `searched` is False where the same words stand on another page, to which a
    search shall lead.
    """

    def __init__(
        self,
        blocks: tuple[Block, ...] = (),
        *,
        docname: str = "",
        searched: bool = True,
        **attributes: Any,
    ) -> None:
        super().__init__(docname=docname, searched=searched, **attributes)
        self._blocks: tuple[Block, ...] | bytes = blocks

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Give the blocks; in a doctree that was read back they are unpacked when asked for."""
        if isinstance(self._blocks, bytes):
            self._blocks = pickle.loads(self._blocks)  # noqa: S301  of Sphinx's own pickle
        return cast("tuple[Block, ...]", self._blocks)

    @blocks.setter
    def blocks(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_blocks": _pack(self.blocks)}

    def copy(self) -> "view_blocks":
        """Give the same node without a parent; docutils copies the attributes only."""
        twin = type(self)(**self.attributes)
        twin._blocks = self._blocks  # noqa: SLF001  of its own class
        twin.source, twin.line = self.source, self.line
        return twin


class view_html(nodes.raw):  # noqa: N801
    """HTML that the core wrote from blocks."""

    def __init__(self, html: str = "", *, searched: bool = True) -> None:
        super().__init__(html, format="html")
        self.searched = searched

    def astext(self) -> str:
        """Give the words, for the search; Sphinx itself would leave the entities in.

        Every `<` that is there begins a tag of ours, and no attribute holds a `>`: all are escaped.
        """
        return unescape(TAG.sub(" ", self.rawsource)) if self.searched else ""


class sessionlog_record(nodes.Element):  # noqa: N801
    """A record that a page shows; `document.findall` with one of the classes below gives all of it.

    The attributes are those of `sessionlog_core.views.records`, as text. In a doctree that was read
    the node stands in a `view_blocks` and has no content yet; in builders other than HTML it is the
    section, entry, row or cell that shows the record.
    """


class sessionlog_session(sessionlog_record):  # noqa: N801
    """A session: `key`, `date`, `number`, `state`, `log`, `line`."""


class sessionlog_step(sessionlog_record):  # noqa: N801
    """A next step: `session`, `state`, `by` (the session that says so), `log`, `line`."""


class sessionlog_decision(sessionlog_record):  # noqa: N801
    """A decision: `key`, `session`, `date`, `log`, `line`."""


class sessionlog_metric(sessionlog_record):  # noqa: N801
    """A figure: `name`, `value`, `total`, `delta`, `unit`, `session`, `date`, `log`, `line`."""


class sessionlog_item(sessionlog_record):  # noqa: N801
    """An item of a roadmap: `key`, `state`, `milestone`, `log`, `line`."""


class sessionlog_milestone(sessionlog_record):  # noqa: N801
    """A milestone of a roadmap: `key`, `state`, `log`, `line`."""


class session_section(sessionlog_session, nodes.section):  # noqa: N801
    pass


class session_container(sessionlog_session, nodes.container):  # noqa: N801
    pass


class session_list_item(sessionlog_session, nodes.list_item):  # noqa: N801
    pass


class session_row(sessionlog_session, nodes.row):  # noqa: N801
    pass


class step_list_item(sessionlog_step, nodes.list_item):  # noqa: N801
    pass


class decision_section(sessionlog_decision, nodes.section):  # noqa: N801
    pass


class decision_container(sessionlog_decision, nodes.container):  # noqa: N801
    pass


class metric_list_item(sessionlog_metric, nodes.list_item):  # noqa: N801
    pass


class metric_inline(sessionlog_metric, nodes.inline):  # noqa: N801
    pass


class item_list_item(sessionlog_item, nodes.list_item):  # noqa: N801
    pass


class milestone_section(sessionlog_milestone, nodes.section):  # noqa: N801
    pass


class milestone_container(sessionlog_milestone, nodes.container):  # noqa: N801
    pass


RECORDS: tuple[type[nodes.Element], ...] = (
    session_section,
    session_container,
    session_list_item,
    session_row,
    step_list_item,
    decision_section,
    decision_container,
    metric_list_item,
    metric_inline,
    item_list_item,
    milestone_section,
    milestone_container,
)

BY_NAME = {kind.__name__: kind for kind in RECORDS}


def make_record(shape: type[nodes.Element], records: tuple[Record, ...]) -> nodes.Element:
    """Make a node of a plain class, or the class made from it that holds the first record."""
    for record in records:
        kind = BY_NAME.get(f"{record.kind}_{shape.__name__}")
        if kind is not None and record.cell is None:
            return kind("", **dict(record.values))
    return shape("")


def record_nodes(blocks: Iterable[Block]) -> Iterator[nodes.Element]:
    """Give a node without content for each record that blocks show."""
    for block in blocks:
        match block:
            case Section(blocks=inner):
                yield from _records(block, nodes.container)
                yield from record_nodes(inner)
            case List(items=items):
                for item in items:
                    yield from _records(item, nodes.list_item)
                    yield from record_nodes(item.blocks)
            case Table(rows=rows):
                for row in rows:
                    yield from _records(row, nodes.row)
            case Quote(blocks=inner) | Note(blocks=inner) | Fold(blocks=inner):
                yield from record_nodes(inner)


def _records(
    piece: Section | ListItem | Row, shape: type[nodes.Element]
) -> Iterator[nodes.Element]:
    for record in piece.records:
        found = shape if record.cell is None else nodes.inline
        if kind := BY_NAME.get(f"{record.kind}_{found.__name__}"):
            yield kind("", **dict(record.values))


def write_html(translator: HTML5Translator, node: view_html) -> None:
    """Put the HTML on the page."""
    translator.body.append(node.rawsource)
    raise nodes.SkipNode


NODES: tuple[tuple[type[nodes.Element], dict[str, Any]], ...] = (
    (view_blocks, {}),
    (view_html, {"html": (write_html, None)}),
    *((kind, {}) for kind in RECORDS),
)
"""Each class with its visitors; a builder without one takes the class that it is made from."""
