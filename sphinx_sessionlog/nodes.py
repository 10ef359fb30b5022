"""The docutils nodes of the extension, for views that wait for a builder."""

import re
from html import unescape
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sessionlog_core.blocks import Block

__all__ = ["NODES", "view_blocks", "view_html"]


TAG = re.compile("<[^>]*>")


class view_blocks(nodes.General, nodes.Element):  # noqa: N801  docutils writes node classes so
    """A run of blocks that is written when a builder is known, see `transforms.WriteViews`.

    `docname` is the page on which it stands; in builders that merge pages that is not the page
    being written. `level` is the level of a heading that stands below it.
    """

    def __init__(
        self,
        blocks: tuple[Block, ...] = (),
        *,
        docname: str = "",
        level: int = 2,
        **attributes: Any,
    ) -> None:
        super().__init__(docname=docname, level=level, **attributes)
        self.blocks = blocks

    def copy(self) -> "view_blocks":
        """Give the same node without a parent; docutils copies the attributes only."""
        twin = type(self)(self.blocks, **self.attributes)
        twin.source, twin.line = self.source, self.line
        return twin


class view_html(nodes.raw):  # noqa: N801
    """HTML that the core wrote from blocks."""

    def __init__(self, html: str = "") -> None:
        super().__init__(html, format="html")

    def astext(self) -> str:
        """Give the words, for the search; Sphinx itself would leave the entities in.

        Every `<` that is there begins a tag of ours, and no attribute holds a `>`: all are escaped.
        """
        return unescape(TAG.sub(" ", self.rawsource))


def write_html(translator: HTML5Translator, node: view_html) -> None:
    """Put the HTML on the page."""
    translator.body.append(node.rawsource)
    raise nodes.SkipNode


NODES: tuple[tuple[type[nodes.Element], dict[str, Any]], ...] = (
    (view_blocks, {}),
    (view_html, {"html": (write_html, None)}),
)
"""Each class with its visitors; a builder without one takes the class that it is made from."""
