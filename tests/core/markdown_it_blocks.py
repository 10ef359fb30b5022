"""Blocks as markdown-it reads them, in a form that can be held against our own."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sessionlog_core.outline import Node, NodeKind

Flat = tuple[int, str, int, str]
"""Depth, kind, line, text: lines of text without the blanks around them."""


def parser() -> MarkdownIt:
    """Give markdown-it with what we read as well, and without what we leave as text."""
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable("table")
    return md.disable(["lheading", "reference", "html_block", "inline", "text_join"])


def flatten(nodes: tuple[Node, ...] | list[Node], depth: int = 0) -> Iterator[Flat]:
    """Give our nodes as rows."""
    for node in nodes:
        text = node.text if node.kind is not NodeKind.RULE else ""
        yield depth, node.kind.value, node.line, squeeze(text)
        yield from flatten(node.children, depth + 1)


BOX = re.compile(r"(?:\[.{0,2}\](?:\s+|$)|[☐☑☒⬜🔲□■]\s*)")
"""A check box, which we take out of the text."""


def squeeze(text: str) -> str:
    text = BOX.sub("", text.strip(), count=1)
    return "\n".join(x.strip() for x in text.strip().split("\n"))


def read(text: str) -> list[Flat]:
    """Give the blocks of markdown-it as rows."""
    return list(_rows(parser().parse(text)))


OPEN = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "tr_open": "row",
}


def _rows(tokens: list[Token]) -> Iterator[Flat]:
    depth = 0
    kind = "paragraph"
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.type in OPEN:
            yield depth, OPEN[token.type], line, ""
            depth += 1
        elif token.nesting < 0 and token.type.removesuffix("close") + "open" in OPEN:
            depth -= 1
        elif token.type in ("paragraph_open", "heading_open"):
            kind = token.type.removesuffix("_open")
        elif token.type in ("td_open", "th_open"):
            kind = "cell"
        elif token.type == "inline":
            yield depth, kind, line, squeeze(token.content)
        elif token.type == "hr":
            yield depth, "rule", line, ""
        elif token.type in ("fence", "code_block"):
            yield depth, "code", line, squeeze(token.content)
