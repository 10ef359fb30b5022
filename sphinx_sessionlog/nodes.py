"""The docutils nodes of the extension, for views that wait for a builder."""

import io
import pickle
import re
from collections.abc import Callable
from dataclasses import fields
from html import unescape
from typing import Any, cast, get_args

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sessionlog_core.blocks import Block, Inline, ListItem, Point, Row

__all__ = ["NODES", "view_blocks", "view_html"]

TAG = re.compile("<[^>]*>")


PACKED = (*get_args(Block), *get_args(Inline), ListItem, Row, Point)


def _reducer(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(kind))
    return lambda piece: (kind, tuple(getattr(piece, name) for name in names))


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


def write_html(translator: HTML5Translator, node: view_html) -> None:
    """Put the HTML on the page."""
    translator.body.append(node.rawsource)
    raise nodes.SkipNode


NODES: tuple[tuple[type[nodes.Element], dict[str, Any]], ...] = (
    (view_blocks, {}),
    (view_html, {"html": (write_html, None)}),
)
"""Each class with its visitors; a builder without one takes the class that it is made from."""
