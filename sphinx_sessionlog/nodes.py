"""The docutils nodes of the extension, for views that wait for a builder."""

from typing import Any

from docutils import nodes

from sessionlog_core.blocks import Block

__all__ = ["NODES", "view_blocks", "view_html"]


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
    """HTML that the core wrote from blocks; `words` are what the search finds in it."""

    def __init__(self, html: str = "", words: str = "") -> None:
        super().__init__("", html, format="html")
        self.words = words

    def astext(self) -> str:
        """Give the words; Sphinx takes tags out of raw HTML but leaves entities in."""
        return self.words


NODES: tuple[type[nodes.Element], ...] = (view_blocks, view_html)
