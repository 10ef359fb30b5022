"""Markdown or plain text of a log in, the tree of its blocks out: markdown-it's block tokens, and label lines.

Settings were found on real logs: underlined headings off (a ruler under a line of text is a ruler),
reference definitions off (`[#26]: x` is text), HTML off (`<name>` is a placeholder, and stays), lists
that do not start at 1 begin after a line that ends in a colon. The inline rules are not run.
"""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.token import Token

from sessionlog_core.labels import find_label
from sessionlog_core.outline import Node, NodeKind, Outline
from sessionlog_core.problems import Code, Problem

NESTING = 24
"""Levels of lists and quotes that markdown-it follows (a list and its item are two); deeper ones are flattened."""

PLAIN_SUFFIXES = (".txt", ".log", ".text")
"""Files in which an indented line is just that, and no code."""

BOXES = {
    "x": True, "X": True, "✅": True, "✔": True, "✔️": True, "✓": True, "☑": True, "☑️": True, "v": True,
    " ": False, "": False, "-": False, "~": False, "!": False, "⏳": False, "🔄": False, "❌": False, "/": False,
    ">": False, "?": False, "🚧": False, "⚠️": False, "⬜": False, ".": False,
}  # fmt: skip
"""What stands between the brackets of a check box, and whether it is ticked."""

SIGNS = {
    "☐": False,
    "☑": True,
    "☒": True,
    "⬜": False,
    "🔲": False,
    "✅": None,
    "□": False,
    "■": True,
}
"""Signs that are a check box without brackets; None for those that say as often something else."""

BOX = re.compile(r"\[(.{0,2}?)\](?=\s|$)\s*")
RULER = re.compile(r"[-=*_~#+─━═—–·.\s|<>╔╗╚╝╠╣╦╩╬┌┐└┘├┤┏┓┗┛▀▄█▬]{3,}$")
"""A line without a word."""
WORDY_RULER = re.compile(r"([-=*#~_─━═])\1{2,}\s*(\S.*?)\s*\1{3,}$")
"""A ruler around some words: `----- Session log starts below -----`."""
BOXED = re.compile(r"[║┃]\s*(\S.*?)\s*[║┃]?$")
"""A line in a box that is drawn with signs."""
STAMPED = re.compile(r"\[\d{4}-\d\d-\d\d[^\]\n]{0,30}\]")
"""A line that begins with a time in brackets stands for itself."""
UNDERLINE = re.compile(r"={3,}\s*$|[═━]{3,}\s*$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
COMMENT = re.compile(r"<!--.*?-->", re.S)
CONTAINER = re.compile(r"(?:[\s>*+-]|\d{1,9}[.)])*")
"""The marks of quotes and list items at the start of a line."""
HEADING_IN_TEXT = re.compile(r" {0,3}#{1,4} \S")


def read_markdown(text: str, path: str) -> tuple[Outline, tuple[Problem, ...]]:
    """Read Markdown or plain text; see `sessionlog_core.outline` for the nodes."""
    lines = text.split("\n")
    front, start = _front_matter(lines)
    for i in range(start):
        lines[i] = ""
    _cut_comments(lines)
    _unwrap(lines)
    return _Reader(lines, path).read(front)


def _front_matter(lines: list[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """Give the front matter as pairs, and the number of lines that it takes."""
    if not lines or lines[0].rstrip() != "---":
        return (), 0
    for end in range(1, min(len(lines), 200)):
        if lines[end].rstrip() in ("---", "..."):
            break
    else:
        return (), 0
    pairs: list[tuple[str, str]] = []
    keyed = 0
    for line in lines[1:end]:
        key, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[\w .-]+", key):
            keyed += 1
            pairs.append((key.strip(), value.strip().strip("\"'")))
        elif line.strip():
            pairs.append(("", line.strip()))
    if not keyed or any(line.startswith("#") for line in lines[1:end] if line[1:2] == "#"):
        return (), 0
    return tuple(pairs), end + 1


def _cut_comments(lines: list[str]) -> None:
    """Blank HTML comments outside of code fences, and keep the count of lines."""
    fence = ""
    inside = False
    for i, line in enumerate(lines):
        if inside:
            end = line.find("-->")
            lines[i] = "" if end < 0 else line[end + 3 :]
            inside = end < 0
            continue
        match = FENCE.match(line)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
        if fence or "<!--" not in line:
            continue
        line = COMMENT.sub("", line)
        start = line.find("<!--")
        if (
            start >= 0
            and line.count("`", 0, start) % 2 == 0
            and any("-->" in x for x in lines[i + 1 : i + 200])
        ):
            inside = True
            line = line[:start]
        lines[i] = line


def _unwrap(lines: list[str]) -> None:
    """Open a fence that holds the whole file, which a tool has put around it."""
    used = [i for i, line in enumerate(lines) if line.strip()]
    if len(used) < 3:
        return
    first, last = used[0], used[-1]
    match = re.match(r"(`{3,}|~{3,})\s*(markdown|md|text|txt)?\s*$", lines[first])
    if match is None or not re.fullmatch(rf"{match[1]}\s*", lines[last]):
        return
    inner = sum(1 for i in used[1:-1] if FENCE.match(lines[i]))
    if inner % 2 == 0 and (match[2] or any(HEADING_IN_TEXT.match(lines[i]) for i in used[1:-1])):
        lines[first] = lines[last] = ""


def _list_after_colon(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Let a list that starts at any number break a paragraph whose last line ends in a colon."""
    if silent and state.parentType == "paragraph" and start:
        before = state.src[state.bMarks[start - 1] : state.eMarks[start - 1]]
        if before.rstrip(" *_").endswith(":"):
            state.parentType = "root"
            try:
                return list_block(state, start, end, silent)
            finally:
                state.parentType = "paragraph"
    return list_block(state, start, end, silent)


@cache
def _parser(code: bool) -> MarkdownIt:  # noqa: FBT001
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING})
    md.enable("table").disable(["lheading", "reference", "html_block"])
    if not code:
        md.disable("code")
    md.block.ruler.at("list", _list_after_colon, {"alt": ["paragraph", "reference", "blockquote"]})
    return md


class _Reader:
    """One pass over the tokens of a text."""

    def __init__(self, lines: list[str], path: str) -> None:
        self.lines = lines
        self.path = path
        self.problems: list[Problem] = []
        self.code = not path.lower().endswith(PLAIN_SUFFIXES)

    def read(self, front: tuple[tuple[str, str], ...]) -> tuple[Outline, tuple[Problem, ...]]:
        tokens = self._tokens()
        nodes, _ = self._blocks(tokens, 0, None, top=True)
        return Outline(nodes, "markdown", front), tuple(self.problems)

    def _tokens(self) -> list[Token]:
        for _ in range(8):
            tokens: list[Token] = []
            _parser(self.code).block.parse("\n".join(self.lines), _parser(self.code), {}, tokens)
            if not self._close_fence(tokens):
                break
        return tokens

    def _close_fence(self, tokens: list[Token]) -> bool:
        """Close a fence that runs to the end of the file and swallows headings; say whether to read again."""
        if not tokens or tokens[-1].type != "fence" or tokens[-1].map is None:
            return False
        start, end = tokens[-1].map
        last = self.lines[min(end, len(self.lines)) - 1].strip()
        if end - start > 1 and len(last) >= 3 and set(last) == {tokens[-1].markup[0]}:
            return False
        message = "code fence is never closed, expected a line of " + tokens[-1].markup
        self.problems.append(Problem(Code.FENCE, message, self.path, start + 1, grave=False))
        for i in range(start + 1, end):
            if re.match(r"#{1,4} \S", self.lines[i]) and not self.lines[i - 1].strip():
                if i - 1 > start:
                    self.lines[i - 1] = tokens[-1].markup
                else:
                    self.lines[start] = ""
                return True
        return False

    def _blocks(
        self, tokens: list[Token], i: int, close: str | None, *, top: bool
    ) -> tuple[tuple[Node, ...], int]:
        """Give the nodes from token `i` to the one of type `close`, and the index behind it."""
        out: list[Node] = []
        size = len(tokens)
        while i < size:
            token = tokens[i]
            kind = token.type
            if kind == close:
                return tuple(out), i + 1
            line, end = (token.map[0] + 1, token.map[1]) if token.map else (1, 1)
            match kind:
                case "paragraph_open":
                    out.extend(_split(tokens[i + 1].content, line, labels=top))
                    i += 3
                case "heading_open":
                    text = tokens[i + 1].content
                    out.append(Node(NodeKind.HEADING, line, end, text, level=int(token.tag[1])))
                    i += 3
                case "bullet_list_open" | "ordered_list_open":
                    children, i = self._blocks(tokens, i + 1, kind[:-4] + "close", top=False)
                    number = None
                    if kind[0] == "o":
                        number = int(token.attrs.get("start", 1))
                    stop = children[-1].end_line if children else end
                    out.append(Node(NodeKind.LIST, line, stop, children=children, start=number))
                case "list_item_open":
                    children, i = self._blocks(tokens, i + 1, "list_item_close", top=False)
                    out.append(self._item(children or self._flat(line, end), line, end))
                case "blockquote_open":
                    children, i = self._blocks(tokens, i + 1, "blockquote_close", top=top)
                    children = children or self._flat(line, end)
                    out.append(Node(NodeKind.QUOTE, line, end, children=children))
                case "fence":
                    out.append(
                        Node(NodeKind.CODE, line, end, token.content, info=token.info.strip())
                    )
                    i += 1
                case "code_block":
                    out.append(Node(NodeKind.CODE, line, end, token.content))
                    i += 1
                case "table_open":
                    nodes, i = self._table(tokens, i + 1, line)
                    out.extend(nodes)
                case "hr":
                    out.append(Node(NodeKind.RULE, line, end))
                    i += 1
                case _:
                    i += 1
        return tuple(out), i

    def _flat(self, line: int, end: int) -> tuple[Node, ...]:
        """Give the words of a container in which markdown-it read nothing because it nests too deep."""
        words = [CONTAINER.sub("", x, count=1).strip() for x in self.lines[line - 1 : end]]
        while words and not words[-1]:
            words.pop()
        if not any(words):
            return ()
        message = f"nesting deeper than {NESTING} levels was flattened"
        self.problems.append(Problem(Code.LIMIT, message, self.path, line, grave=False))
        first = next(i for i, x in enumerate(words) if x)
        text = "\n".join(words[first:])
        return (Node(NodeKind.PARAGRAPH, line + first, line + len(words) - 1, text),)

    def _item(self, children: tuple[Node, ...], line: int, end: int) -> Node:
        stop = children[-1].end_line if children else line
        done, mark = None, ""
        if children and children[0].kind is NodeKind.PARAGRAPH:
            first = children[0]
            done, mark, text = _box(first.text)
            if mark or done is not None:
                first = Node(NodeKind.PARAGRAPH, first.line, first.end_line, text)
                children = (first, *children[1:]) if text else children[1:]
        return Node(NodeKind.ITEM, line, max(stop, line), children=children, done=done, info=mark)

    def _table(self, tokens: list[Token], i: int, line: int) -> tuple[list[Node], int]:
        """Read a table; rows without a bar are text that stands right below it, and cells beyond the header stay."""
        rows: list[Node] = []
        below: list[Node] = []
        columns = 0
        while tokens[i].type != "table_close":
            if tokens[i].type != "tr_open":
                i += 1
                continue
            number = (tokens[i].map or [line - 1, line])[0] + 1
            cells: list[Node] = []
            while tokens[i].type != "tr_close":
                if tokens[i].type == "inline":
                    cells.append(Node(NodeKind.CELL, number, number, tokens[i].content))
                i += 1
            source = self.lines[number - 1]
            if rows and "|" not in source:
                below.append(Node(NodeKind.PARAGRAPH, number, number, source.strip(" \t>")))
                continue
            columns = columns or len(cells)
            if source.count("|") > columns:
                extra = _cells(source)[columns:]
                cells.extend(Node(NodeKind.CELL, number, number, x) for x in extra)
            rows.append(Node(NodeKind.ROW, number, number, children=tuple(cells)))
        table = Node(NodeKind.TABLE, line, rows[-1].line if rows else line, children=tuple(rows))
        joined = []
        for node in below:
            joined.extend(_split(node.text, node.line, labels=True))
        return [table, *joined], i + 1


def _cells(line: str) -> list[str]:
    cells = [x.replace("\\|", "|").strip() for x in re.split(r"(?<!\\)\|", line.strip(" \t>"))]
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def _box(text: str) -> tuple[bool | None, str, str]:
    """Give the state of the check box at the start of `text`, its mark, and the text without it."""
    if text.startswith("["):
        match = BOX.match(text)
        if match and match[1].strip() in BOXES:
            return BOXES[match[1].strip()], match[1], text[match.end() :]
    elif text[:1] in SIGNS:
        done = SIGNS[text[0]]
        if done is not None:
            return done, text[0], text[1:].lstrip("\ufe0f ")
    return None, "", text


def _split(text: str, line: int, *, labels: bool) -> Iterator[Node]:
    """Part a paragraph into plain lines, label lines with what continues them, rulers and underlined titles."""
    lines = text.split("\n")
    if not labels:
        yield Node(NodeKind.PARAGRAPH, line, line + len(lines) - 1, text)
        return
    start = 0
    label = ""
    out: list[Node] = []

    def flush(stop: int) -> None:
        if stop > start:
            body = "\n".join(lines[start:stop])
            kind = NodeKind.LABEL if label else NodeKind.PARAGRAPH
            out.append(Node(kind, line + start, line + stop - 1, body, label=label))

    for i, raw in enumerate(lines):
        one = raw.strip()
        if RULER.match(one):
            if UNDERLINE.match(one) and i - start == 1 and lines[i - 1].strip():
                title = lines[i - 1].strip()
                out.append(Node(NodeKind.HEADING, line + i - 1, line + i, title, level=1, info="="))
            else:
                flush(i)
                out.append(Node(NodeKind.RULE, line + i, line + i))
            start, label = i + 1, ""
            continue
        if STAMPED.match(one):
            flush(i)
            out.append(Node(NodeKind.PARAGRAPH, line + i, line + i, one))
            start, label = i + 1, ""
            continue
        wordy = WORDY_RULER.match(one) or BOXED.match(one)
        if wordy:
            flush(i)
            out.append(Node(NodeKind.RULE, line + i, line + i, wordy[wordy.lastindex or 0]))
            start, label = i + 1, ""
            continue
        found = find_label(one)
        if found and (found.bold or i == start or label or _begins(one)):
            flush(i)
            start, label = i, found.name
    flush(len(lines))
    yield from out


def _begins(line: str) -> bool:
    """Say whether `line` may be a label line in the midst of a paragraph: it begins like a title."""
    return line[0].isupper() or not line[0].isalpha() or line[0] > "\u2e7f"
