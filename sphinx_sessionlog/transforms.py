"""Views that wait for a builder in; HTML of the core out, or docutils nodes for other formats."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sessionlog_core.blocks import CodeBlock, Link, Ref
from sessionlog_core.writers import html
from sphinx_sessionlog.domain import domain_of
from sphinx_sessionlog.links import address_of, reference_to
from sphinx_sessionlog.nodes import view_blocks, view_html
from sphinx_sessionlog.translation import say
from sphinx_sessionlog.writer import Connect, Writer, lexer_name

__all__ = ["WriteViews"]


class WriteViews(SphinxPostTransform):
    """Replace each `view_blocks`, before references, images and code are looked at by Sphinx."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Write what waits on the page; the catalogue of messages needs none of it."""
        waiting = list(self.document.findall(view_blocks))
        if not waiting:
            return
        builder = self.env._app.builder  # noqa: SLF001  `env.app` warns since Sphinx 9
        if builder.name == "gettext":
            return
        for node in waiting:
            if builder.format == "html":
                node.replace_self(self.html(node))
            else:
                node.replace_self(Writer(say, self.connector(node)).blocks(node.blocks))

    def html(self, node: view_blocks) -> nodes.Node:
        """Write a run of blocks as HTML."""
        builder, domain = self.env._app.builder, domain_of(self.env)  # noqa: SLF001

        def address(link: Ref | Link) -> str | None:
            return address_of(link, node["docname"], builder, domain)

        level = 1 + sum(isinstance(above, nodes.section) for above in ancestors(node))
        text = html.write(node.blocks, address, level=level, say=say, color=self.color)
        return view_html(text, searched=node["searched"])

    def color(self, block: CodeBlock) -> str:
        """Write code as the builder writes its own, so that themes and copy buttons know it."""
        colored = domain_of(self.env).colored
        if block not in colored:
            language = lexer_name(block.language)
            builder: Any = self.env._app.builder  # noqa: SLF001
            inner = builder.highlighter.highlight_block(block.text, language, force=True)
            colored[block] = f'<div class="highlight-{language} notranslate">{inner}</div>'
        return colored[block]

    def connector(self, node: view_blocks) -> Connect:
        """Give the function that turns links of a run into references."""
        builder, domain = self.env._app.builder, domain_of(self.env)  # noqa: SLF001

        def connect(link: Ref | Link, inside: list[nodes.Node]) -> list[nodes.Node]:
            words = [nodes.inline("", "", *inside)]
            made = reference_to(link, node["docname"], builder, domain, words)
            return inside if made is None else [made]

        return connect


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give what a node stands in, from the inside."""
    while (above := node.parent) is not None:
        yield above
        node = above
