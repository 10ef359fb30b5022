"""A log in reStructuredText in, the tree of its blocks out.

docutils is imported only here, when a `.rst` is read.

Nothing of a log is ever carried out: directives are taken out before docutils sees the text, for in
the process of a host the registry holds whatever its extensions brought; inline markup is not
parsed, so that no role runs; raw and include are refused. What docutils does not give back is put
back as it is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sessionlog_core.outline import Node, NodeKind, Outline, walk
from sessionlog_core.outline_lines import split_lines
from sessionlog_core.outline_markdown import read_markdown
from sessionlog_core.outline_tables import csv_table
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.wrappings import tell_comments

if TYPE_CHECKING:
    from docutils import nodes as docutils_nodes

DIRECTIVE = later(r"( *)\.\. (?:\|[^|\n]{1,60}\| )?([A-Za-z][\w:.+-]{0,60})::(?:\s+(.*))?$")
EXPLICIT = later(r"( *)\.\.(?:\s+(?!\[)|$)")
"""A comment or a target: neither shows."""

COMMENT = later(r" *\.\.(?:\s+(?![_|\[]|(?i:sessionlog:))|$)")
"""What no reader sees: no target, no substitution, no footnote."""

QUOTED = frozenset(
    "note warning tip important hint caution danger error attention admonition seealso todo "
    "versionadded "
    "versionchanged deprecated topic sidebar container rubric list-table table figure".split()
)
"""Directives whose content is read on as blocks."""

LITERAL = frozenset("code code-block sourcecode parsed-literal highlight math csv-table".split())
REFUSED = frozenset("raw include literalinclude".split())

BLOCK = later(r"(?m)(?P<directive>^[ ]*\.\.[ ])|[-*+][ ](?=[-*+|]?[ ])|^[ ]*\S")
"""What begins a block: a line, and each mark of a list on it."""
DIRECTIVE_COSTS = 4
"""Blocks that a directive costs, besides its own."""
BLOCKS, BLOCK_SIZE = 5_000, 25
"""Blocks that are always read, which takes a second, and letters that allow for one more."""

DEPTH = 6
"""Directives inside of each other that are followed."""

MARKERS = later(r"\[([ xX-])\]\s+|(☐|☑|⬜|✅)\s*")


def read_rst(text: str, path: str) -> tuple[Outline, tuple[Problem, ...]]:
    """Read reStructuredText; without docutils it is read as plain text, and that is said."""
    try:
        import docutils.parsers.rst
    except ImportError:
        outline, problems = read_markdown(text, path)
        message = "docutils is not installed, read as plain text: install sessionlog-docs[rst]"
        return outline, (*problems, Problem(Code.LIMIT, message, path, grave=False))
    del docutils
    if _costs_too_much(text):
        outline, problems = read_markdown(text, path)
        message = "is made of too many small blocks for docutils, read as plain text"
        return outline, (*problems, Problem(Code.LIMIT, message, path, grave=False))
    reader = _Reader(path)
    nodes = reader.read(text.split("\n"), 1, 0)
    problems = (*tell_comments(reader.comments, path), *reader.problems)
    return Outline(tuple(nodes), "rst"), problems


def _costs_too_much(text: str) -> bool:
    """Say whether docutils would take long: it takes about 0.2 ms for each block, however small.

    So a file of a few bytes a block would hold up a build for minutes. Logs that people write have
    a tenth of the blocks that are allowed here.
    """
    blocks = sum(1 + DIRECTIVE_COSTS * bool(m["directive"]) for m in BLOCK.finditer(text))
    return blocks > BLOCKS + len(text) // BLOCK_SIZE


class _Reader:
    """One reading of a text."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.comments: list[int] = []

    def read(self, lines: Sequence[str], first: int, depth: int) -> list[Node]:
        """Read the blocks of `lines`, the first of which is line `first` of the file."""
        rest, taken, covered = self._explicit(list(lines), first, depth)
        found = list(_Walk(rest, first).nodes(_parse(rest, self.path)))
        covered.update(n for node in walk(found) for n in range(node.line, node.end_line + 1))
        found += taken
        found += [
            Node(NodeKind.PARAGRAPH, first + i, first + i, line.strip())
            for i, line in enumerate(rest)
            if first + i not in covered and re.search(r"\w", line)
        ]
        return sorted(found, key=lambda n: n.line)

    def _explicit(
        self, lines: list[str], first: int, depth: int
    ) -> tuple[list[str], list[Node], set[int]]:
        """Take directives, comments and targets out of the text; the count of lines stays."""
        taken: list[Node] = []
        covered: set[int] = set()
        i = 0
        while i < len(lines):
            match = DIRECTIVE.match(lines[i])
            mark = match or EXPLICIT.match(lines[i])
            if mark is None:
                i += 1
                continue
            indent = len(mark[1])
            stop = _block_end(lines, i, indent)
            if match:
                taken.extend(self._directive(match, lines[i:stop], first + i, depth))
            elif COMMENT.match(lines[i]) and any(c.isalnum() for x in lines[i:stop] for c in x):
                self.comments.append(first + i)
            covered.update(range(first + i, first + stop))
            for k in range(i, stop):
                lines[k] = ""
            i = stop
        return lines, taken, covered

    def _directive(
        self, match: re.Match[str], block: list[str], line: int, depth: int
    ) -> Iterator[Node]:
        name, argument = match[2], (match[3] or "").strip()
        if name in REFUSED:
            message = f"directive is not carried out, but shown as written: .. {name}::"
            self.problems.append(Problem(Code.DIRECTIVE, message, self.path, line, grave=False))
        body = _dedent(block[1:])
        while block and not block[-1].strip():
            block = block[:-1]
        end = line + len(block) - 1
        if name in QUOTED and depth < DEPTH:
            options = next(
                (k for k, x in enumerate(body) if not re.match(r"\s*:[\w-]+:", x)), len(body)
            )
            body[:options] = [""] * options
            children = self.read([argument, *body], line, depth + 1)
            if children:
                yield Node(NodeKind.QUOTE, line, end, children=tuple(children))
        elif name == "csv-table" and (table := csv_table(body, line + 1)):
            title = Node(NodeKind.PARAGRAPH, line, line, argument)
            children = [title, table] if argument else [table]
            yield Node(NodeKind.QUOTE, line, end, children=tuple(children))
        elif name in LITERAL:
            start = next((k for k, x in enumerate(body) if not x.strip()), 0)
            text = "\n".join(body[start:]).strip("\n")
            yield Node(NodeKind.CODE, line + start, end, f"{text}\n", info=argument)
        else:
            yield Node(NodeKind.CODE, line, end, "\n".join(x.strip() for x in block) + "\n")


def _block_end(lines: Sequence[str], i: int, indent: int) -> int:
    """Give the index behind the last line of an explicit block that starts at line `i`."""
    stop = i + 1
    for j in range(i + 1, len(lines)):
        line = lines[j]
        if not line.strip():
            continue
        if len(line) - len(line.lstrip(" ")) <= indent:
            break
        stop = j + 1
    return stop


def _dedent(lines: Sequence[str]) -> list[str]:
    used = [len(x) - len(x.lstrip(" ")) for x in lines if x.strip()]
    width = min(used, default=0)
    return [x[width:] for x in lines]


def _parse(lines: Sequence[str], path: str) -> "docutils_nodes.document":
    """Parse blocks alone: inline markup stays text."""
    import io

    import docutils.frontend
    import docutils.nodes
    import docutils.parsers.rst
    import docutils.utils

    class Plain:
        """An inliner that parses nothing."""

        def init_customizations(self, settings: Any) -> None:
            """Take nothing from the settings."""

        def parse(
            self, text: str, lineno: int, memo: Any, parent: Any
        ) -> tuple[list[docutils.nodes.Node], list[docutils.nodes.Node]]:
            """Give the text as it is."""
            del lineno, memo, parent
            return [docutils.nodes.Text(text)], []

    parser = docutils.parsers.rst.Parser(inliner=Plain())  # type: ignore[arg-type]
    settings = docutils.frontend.get_default_settings(docutils.parsers.rst.Parser)
    settings.raw_enabled = False
    settings.file_insertion_enabled = False
    settings.report_level = settings.halt_level = 5
    settings.warning_stream = io.StringIO()
    document = docutils.utils.new_document(path, settings)
    parser.parse("\n".join(lines), document)
    return document


class _Walk:
    """One walk over a document tree, with the line reached in the text."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.lines = lines
        self.first = first
        self.at = 0

    def nodes(self, parent: Any, level: int = 1) -> Iterator[Node]:
        """Give the nodes below a node of docutils."""
        for child in parent.children:
            yield from self._node(child, level)

    def _node(self, node: Any, level: int) -> Iterator[Node]:
        match node.tagname:
            case "section":
                title = node.children[0].astext()
                line, _ = self._find(title)
                yield Node(NodeKind.HEADING, line, line, title, level=min(level, 6))
                for child in node.children[1:]:
                    yield from self._node(child, level + 1)
            case "paragraph" if node.parent.tagname in ("section", "document"):
                text = self._text(node.astext())
                yield from split_lines(text.text, text.line)
            case "paragraph" | "term" | "attribution" | "subtitle" | "title":
                yield self._text(node.astext())
            case "bullet_list" | "enumerated_list" | "definition_list":
                yield self._list(node, level)
            case "field_list" | "docinfo":
                for field in node.children:
                    yield from self._field(field)
            case "literal_block" | "doctest_block":
                text = node.astext()
                line, end = self._find(text)
                yield Node(NodeKind.CODE, line, end, f"{text}\n")
            case "table":
                yield self._table(node)
            case "line_block":
                yield self._text(node.astext())
            case "transition":
                line, _ = self._find("")
                yield Node(NodeKind.RULE, line, line)
            case "block_quote" | "footnote" | "citation" | "option_list" | "definition":
                children = tuple(self.nodes(node, level))
                if children:
                    end = children[-1].end_line
                    yield Node(NodeKind.QUOTE, children[0].line, end, children=children)
            case "system_message":
                yield from (
                    n
                    for c in node.children
                    if c.tagname == "literal_block"
                    for n in self._node(c, level)
                )
            case "comment" | "target" | "substitution_definition":
                return
            case _:
                if node.children and hasattr(node.children[0], "tagname"):
                    yield from self.nodes(node, level)

    def _text(self, text: str) -> Node:
        line, end = self._find(text)
        return Node(NodeKind.PARAGRAPH, line, end, text)

    def _list(self, node: Any, level: int) -> Node:
        items: list[Node] = []
        for child in node.children:
            children = tuple(self.nodes(child, level))
            line = children[0].line if children else self.first + self.at
            end = children[-1].end_line if children else line
            done, mark = None, ""
            if children and children[0].kind is NodeKind.PARAGRAPH:
                box = MARKERS.match(children[0].text)
                if box:
                    mark = box[1] or box[2]
                    done = mark in ("x", "X", "☑", "✅")
                    rest = children[0].text[box.end() :]
                    children = (replace(children[0], text=rest), *children[1:])
            items.append(Node(NodeKind.ITEM, line, end, children=children, done=done, info=mark))
        start = int(node.get("start", 1)) if node.tagname == "enumerated_list" else None
        line, end = (items[0].line, items[-1].end_line) if items else (1, 1)
        return Node(NodeKind.LIST, line, end, children=tuple(items), start=start)

    def _field(self, field: Any) -> Iterator[Node]:
        name, body = field.children[0].astext(), field.children[1]
        line, end = self._find(f":{name}:")
        value = body.astext() if body.children else ""
        simple = all(c.tagname == "paragraph" for c in body.children)
        if simple:
            end = max(end, line + value.count("\n"))
            self.at = end - self.first
            text = f":{name}: {value}".rstrip()
            yield Node(NodeKind.LABEL, line, end, text, label=name)
        else:
            yield Node(NodeKind.LABEL, line, end, f":{name}:", label=name)
            yield from self.nodes(body)

    def _table(self, node: Any) -> Node:
        rows: list[Node] = []
        start = self.at
        for row in node.findall(lambda n: n.tagname == "row"):
            cells = []
            line = 0
            for entry in row.children:
                text = " ".join(entry.astext().split())
                if text:
                    saved = self.at
                    found, _ = self._find(entry.astext().split("\n")[0])
                    line = line or found
                    self.at = saved if line != found else self.at
                cells.append(text)
            line = line or self.first + self.at
            rows.append(
                Node(
                    NodeKind.ROW,
                    line,
                    line,
                    children=tuple(Node(NodeKind.CELL, line, line, x) for x in cells),
                )
            )
        end = rows[-1].line if rows else self.first + start
        stop = end - self.first
        while stop + 1 < len(self.lines) and self.lines[stop + 1].strip():
            stop += 1
        self.at = stop
        line = rows[0].line if rows else end
        return Node(NodeKind.TABLE, line, self.first + stop, children=tuple(rows))

    def _find(self, text: str) -> tuple[int, int]:
        """Find the lines on which `text` begins and ends, from the line reached on."""
        head = text.split("\n", 1)[0].strip()
        for i in range(self.at, len(self.lines)):
            line = self.lines[i]
            if head in line if head else line.strip() and not re.search(r"\w", line):
                self.at = i + text.count("\n")
                return self.first + i, self.first + self.at
        return self.first + self.at, self.first + self.at
