"""Text of a log in, one tree of headings, label lines, items, tables and code out.

The tree is lossless: every visible word of the text stands in a `text`, an `info` or a `title` of
it, however deep it nests. Only the structure is read here; inline markup stays as the author wrote
it.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from sessionlog_core.problems import Problem
from sessionlog_core.records import members, record


class NodeKind(StrEnum):
    """What a node is; which fields it fills is said at each."""

    __repr__ = str.__repr__  # that of an enumeration takes as long as all else of a node

    HEADING = "heading"
    """`level` 1 to 6, `text`.

    Headings stand in sequence with what follows them; nothing nests in them.
    """
    LABEL = "label"
    """A line that begins with a label (`**Status:** done`, `Next:`).

    `label` is its words (`Status`), `text` the whole line as written, with the lines that continue
    it. A bold line that stands for a heading is a label with nothing behind it.
    """
    PARAGRAPH = "paragraph"
    """`text`, its lines parted by newlines: line i of the text is line `line + i` of the file."""
    LIST = "list"
    """`children` are items. `start` is the first number of a numbered list, else None."""
    ITEM = "item"
    """`children` are its blocks.

    `done` is the state of its check box (which is not in the text), else None; `info` is the mark
    in the box as written (`x`, `-`, a sign), or the sign that stands for a box.
    """
    QUOTE = "quote"
    """`children` are its blocks."""
    CODE = "code"
    """`text` is literal: its first line is `line + 1` of the file for a fence, else `line`.

    `info` is the fence's word.
    """
    TABLE = "table"
    """`children` are rows; the first is the header."""
    ROW = "row"
    """`children` are cells."""
    CELL = "cell"
    """`text`."""
    RULE = "rule"
    """A ruler.

    `text` holds the words of a ruler that has some (`----- Session log starts below -----`).
    """


Kind = members(NodeKind)
"""The same kinds, faster to look up."""


@record(frozen=True, slots=True)
class Node:
    """A block of a log.

    `line` and `end_line` are 1-based and included; `text` is raw inline markup.
    """

    kind: NodeKind
    line: int
    end_line: int
    text: str = ""
    children: tuple["Node", ...] = ()
    level: int = 0
    label: str = ""
    info: str = ""
    start: int | None = None
    done: bool | None = None


@record(frozen=True, slots=True)
class Outline:
    """A whole log: its blocks in order, its markup (`markdown` or `rst`) and its front matter."""

    nodes: tuple[Node, ...]
    markup: str = "markdown"
    front_matter: tuple[tuple[str, str], ...] = ()


def read_outline(text: str, path: str) -> tuple[Outline, tuple[Problem, ...]]:
    """Read the structure of a log.

    The markup follows from the suffix of `path`; text never fails to parse.
    """
    # The readers stand in modules of their own and import the nodes from here.
    from sessionlog_core.outline_markdown import read_markdown

    if path.lower().endswith((".rst", ".rest")):
        from sessionlog_core.outline_rst import read_rst

        return read_rst(text, path)
    if path.lower().endswith(".org"):
        from sessionlog_core.outline_org import to_markdown

        text = to_markdown(text)
    elif path.lower().endswith((".adoc", ".asciidoc")):
        from sessionlog_core.outline_asciidoc import to_markdown

        text = to_markdown(text)
    return read_markdown(text, path)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Give every node below `nodes`, parents first."""
    for node in nodes:
        yield node
        if node.children:
            yield from walk(node.children)
