"""The docutils nodes of the extension, for views that wait for a builder."""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sessionlog_core.blocks import (
    Block,
    Fold,
    List,
    ListItem,
    Note,
    Quote,
    Record,
    Row,
    Section,
    Table,
)
from sessionlog_core.patterns import later
from sphinx_sessionlog.domain import Shown

__all__ = [
    "NODES",
    "Run",
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

TAG = later('<(?:img alt="([^"]*)")?[^>]*>')
"""A tag, and the words of an image."""


class Run(NamedTuple):
    """Which blocks stand somewhere, without the blocks: they are made of the logs when needed.

    Of what a page shows (`shown`) it is run number `number` between the headings,
    where `sections` says whether there are headings. `names` gives anchors that are called
    otherwise on this page.
    """

    shown: Shown
    sections: bool
    number: int
    names: tuple[tuple[str, str], ...] = ()


class view_blocks(nodes.General, nodes.Element):  # noqa: N801  docutils writes node classes so
    """A run of blocks that is written when a builder is known, see `transforms.WriteViews`.

    `blocks` are the blocks themselves, or the `Run` that says which they are: a doctree that is
    kept holds no text of a log, and is read anew when what it shows changed. `docname` is the page
    on which it stands; in builders that merge pages that is not the page being written. `searched`
    is False where the same words stand on another page, to which a search shall lead.
    """

    def __init__(
        self,
        blocks: tuple[Block, ...] | Run = (),
        *,
        docname: str = "",
        searched: bool = True,
        **attributes: Any,
    ) -> None:
        super().__init__(docname=docname, searched=searched, **attributes)
        self.blocks = blocks

    def copy(self) -> "view_blocks":
        """Give the same node without a parent; docutils copies the attributes only."""
        twin = type(self)(self.blocks, **self.attributes)
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
        return unescape(TAG.sub(r" \1 ", self.rawsource)) if self.searched else ""


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
            node = kind()
            node.attributes.update(record.values)  # docutils would look at each of their names
            yield node


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
