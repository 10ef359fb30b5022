"""Markdown or plain text of a log in, the tree of its blocks out: one scan over the lines.

The blocks are those of CommonMark with tables, as markdown-it reads them (a test holds the two
together), read without its tokens, which would take most of the time of a whole build. What differs
was found on real logs: underlined headings with `---` are rulers below text; reference definitions
and HTML are text (`[#26]: x`, `<name>`); a line that ends in a colon may have a list right below
it, however far in and whatever its first number; a row of a table needs a bar; a fence that is
never closed ends before the next heading.
"""

import re
from collections.abc import Iterable

from sessionlog_core.checkboxes import SIGNS, read_box
from sessionlog_core.front_matter import read_front_matter
from sessionlog_core.labels import find_label
from sessionlog_core.outline import Kind, Node, Outline
from sessionlog_core.outline_lines import STAMPED, TAG, read_line, split_lines
from sessionlog_core.outline_tables import begins_table, read_row
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.wrappings import (
    COMMENT_AT_MOST,
    HEADING_IN_TEXT,
    cut_comments,
    tell_comments,
    unwrap,
)

NESTING = 24
"""Lists and quotes inside of each other that are followed; deeper ones are flattened."""

LAZY = " " * 120
"""Put before a line that continues a paragraph: so far in it begins nothing."""

PLAIN_SUFFIXES = (".txt", ".log", ".text")
"""Files in which an indented line is just that, and no code."""

STARTERS = frozenset("#`~>-*_+0123456789!?")
"""Signs that may begin something else than text."""
BULLETS = frozenset("-*+")
"""Marks of lists that are not numbered."""
ENDS_RULE = frozenset("-*_ \t")
"""Signs with which a thematic break ends."""
NEXT = frozenset(("- ", "* ", "+ "))
"""How a line begins that is the next item of any list above it."""
FENCES = frozenset(("```", "~~~"))
HEADING = later(r"(#{1,6})(?:[ \t]+|$)")
FENCE = later(r"(`{3,}(?=[^`]*$)|~{3,})(.*)$")
MARKER = later(r"(?:([-+*])|(\d{1,9})([.)]))( +|$|(?=\t))")
ADMONITION = later(r"(?:!!!|\?\?\?\+?) ([A-Za-z]{2,20})(?: [^\n]{0,200})?$")
TITLED = frozenset(("todo", "bug", "question", "done", "success", "failure", "blocked", "next"))
"""Kinds of admonitions that are sections of a log: `!!! todo`."""
CONTAINER = later(r"(?:[\s>*+-]++|\d{1,9}[.)])*+")
"""The marks of quotes and list items at the start of a line."""


def read_markdown(text: str, path: str) -> tuple[Outline, tuple[Problem, ...]]:
    """Read Markdown or plain text; see `sessionlog_core.outline` for the nodes."""
    lines = text.split("\n")
    front, start, problems = read_front_matter(lines, path)
    lines[:start] = [""] * start
    if "<!--" in text:
        cut, unclosed = cut_comments(lines)
        problems += tell_comments(cut, path)
        if unclosed:
            message = f"comment is not closed within {COMMENT_AT_MOST} lines, expected -->"
            problems += (Problem(Code.FENCE, message, path, unclosed, grave=False),)
    unwrap(lines)
    scan = _Scan(path)
    nodes = scan.blocks(lines, 1, 0, labels=True)
    return Outline(tuple(nodes), "markdown", front), (*problems, *scan.problems)


def read_blocks(lines: Iterable[str]) -> list[Node]:
    """Read the blocks of Markdown alone: no front matter, no label lines."""
    return _Scan("").blocks(list(lines), 1, 0, labels=False)


class _Scan:
    """One reading of a text: its blocks, and the problems met on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.code = not path.lower().endswith(PLAIN_SUFFIXES)
        self.open_fences: dict[str, int] = {}

    def blocks(self, lines: list[str], first: int, depth: int, *, labels: bool) -> list[Node]:
        """Read the blocks of a container whose first line is number `first`.

        `labels` parts label lines from paragraphs.
        """
        out: list[Node] = []
        i, size = 0, len(lines)
        while i < size:
            line = lines[i]
            body = line.lstrip(" ")
            if not body:
                i += 1
                continue
            if body[0] == "\t":
                lines[i] = line = _untab(line)
                body = line.lstrip(" ")
            if not body or body.isspace():
                i += 1
                continue
            sign = body[0]
            if (
                len(line) - len(body) > 3
                and self.code
                and not self._below_colon(body, first + i, out)
            ):
                i = self._indented(lines, i, first, out)
            elif sign in STARTERS:
                i = self._special(lines, i, first, depth, out, labels=labels)
            else:
                i = self._text(lines, i, first, out, labels=labels)
        return out

    def _below_colon(self, body: str, line: int, out: list[Node]) -> bool:
        """Say whether a list stands far in right below a line that announces it."""
        above = out[-1] if out else None
        return (
            above is not None
            and above.end_line == line - 1
            and above.kind in (Kind.PARAGRAPH, Kind.LABEL)
            and MARKER.match(body) is not None
        )

    def _special(
        self, lines: list[str], i: int, first: int, depth: int, out: list[Node], *, labels: bool
    ) -> int:
        """Read the block at a line whose first sign may begin something else than text."""
        line = lines[i]
        body = line.lstrip(" ")
        sign = body[0]
        if sign == "#":
            match = HEADING.match(body)
            if match:
                text = body[match.end() :].strip()
                bare = text.rstrip("#")
                if bare != text and bare[-1:] in ("", " ", "\t"):
                    text = bare.rstrip()
                out.append(Node(Kind.HEADING, first + i, first + i, text, level=len(match[1])))
                return i + 1
        elif sign in "`~":
            match = FENCE.match(body) if body[:3] in FENCES else None
            if match:
                return self._fence(lines, i, first, depth, out, match)
        elif sign == ">":
            return self._quote(lines, i, first, depth, out, labels=labels)
        elif sign in "!?":
            match = ADMONITION.match(body) if labels else None
            if match:
                return self._admonition(lines, i, first, depth, out, match)
        else:
            if sign in "-*_" and body[-1] in ENDS_RULE and _is_rule(body, sign):
                out.append(Node(Kind.RULE, first + i, first + i))
                return i + 1
            if not _is_bold(body) and MARKER.match(body):
                return self._list(lines, i, first, depth, out)
        return self._text(lines, i, first, out, labels=labels)

    def _indented(self, lines: list[str], i: int, first: int, out: list[Node]) -> int:
        """Read indented code."""
        stop = i
        for j in range(i, len(lines)):
            line = lines[j] = _untab(lines[j])
            if line.startswith("    "):
                stop = j + 1 if line.strip() else stop
            elif line.strip():
                break
        text = "".join(f"{x[4:]}\n" for x in lines[i:stop])
        out.append(Node(Kind.CODE, first + i, first + stop - 1, text))
        return stop

    def _fence(
        self,
        lines: list[str],
        i: int,
        first: int,
        depth: int,
        out: list[Node],
        match: re.Match[str],
    ) -> int:
        """Read fenced code."""
        mark = match[1]
        sign, width = mark[0], len(mark)
        indent = len(lines[i]) - len(lines[i].lstrip(" "))
        size = len(lines)
        close = size
        known = self.open_fences.get(sign)
        if depth or known is None or width < known:
            for j in range(i + 1, size):
                body = lines[j].strip()
                if body[:1] == sign and len(body) >= width and not body.strip(sign):
                    deep = len(lines[j]) - len(lines[j].lstrip(" ")) >= 4
                    if not deep:
                        close = j
                        break
        stop = min(close + 1, size)
        if close == size and not depth:
            self.open_fences[sign] = min(width, known or width)
            close = stop = self._recover(lines, i, first, mark)
        text = "".join(f"{_dedent(x, indent)}\n" for x in lines[i + 1 : close])
        end = max(first + stop - 1, first + i)
        while close == stop and end > first + i and not lines[end - first].strip():
            end -= 1
        out.append(Node(Kind.CODE, first + i, end, text, info=match[2].strip()))
        return stop

    def _recover(self, lines: list[str], i: int, first: int, mark: str) -> int:
        """Say where an unclosed fence ends: before the next heading, or with the file."""
        message = f"code fence is never closed, expected a line of {mark}"
        self.problems.append(Problem(Code.FENCE, message, self.path, first + i, grave=False))
        for j in range(i + 1, len(lines)):
            if lines[j][:1] == "#" and HEADING_IN_TEXT.match(lines[j]) and not lines[j - 1].strip():
                return j
        return len(lines)

    def _quote(
        self, lines: list[str], i: int, first: int, depth: int, out: list[Node], *, labels: bool
    ) -> int:
        """Read a quote, with the lines that continue its last paragraph without a mark."""
        inner: list[str] = []
        j = i
        lazy = False
        while j < len(lines):
            body = _untab(lines[j]).lstrip(" ")
            if body[:1] == ">" and (not self.code or len(lines[j]) - len(body) < 4):
                rest = body[1:]
                inner.append(rest[1:] if rest[:1] in (" ", "\t") else rest)
                lazy = _runs_on(inner[-1], before=lazy)
            elif lazy and body and not self._interrupts(lines, j, lazy=True):
                inner.append(LAZY + body)
            else:
                break
            j += 1
        children = self._inside(inner, first + i, depth, labels=labels)
        end = children[-1].end_line if children else first + i
        out.append(Node(Kind.QUOTE, first + i, max(end, first + j - 1), children=tuple(children)))
        return j

    def _admonition(
        self,
        lines: list[str],
        i: int,
        first: int,
        depth: int,
        out: list[Node],
        match: re.Match[str],
    ) -> int:
        """Read an admonition of MkDocs: one that names a section is its label, others are quotes.

        What follows one with such a label stands outside of its section: a ruler says so.
        """
        j = i + 1
        while j < len(lines) and (not lines[j].strip() or _untab(lines[j]).startswith("    ")):
            j += 1
        while not lines[j - 1].strip():
            j -= 1
        inner = [_untab(x)[4:] for x in lines[i + 1 : j]]
        text = lines[i].strip()
        if match[1].lower() not in TITLED:
            head = Node(Kind.PARAGRAPH, first + i, first + i, text)
            below = self._inside(inner, first + i + 1, depth, labels=False)
            out.append(Node(Kind.QUOTE, first + i, first + j - 1, children=(head, *below)))
            return j
        out.append(Node(Kind.LABEL, first + i, first + i, text, label=match[1]))
        out.extend(self._inside(inner, first + i + 1, depth, labels=False))
        behind = next((x for x in lines[j:] if x.strip()), "#")
        if not (HEADING.match(behind) or ADMONITION.match(behind) or find_label(behind)):
            out.append(Node(Kind.RULE, first + j - 1, first + j - 1))
        return j

    def _inside(self, inner: list[str], first: int, depth: int, *, labels: bool) -> list[Node]:
        """Read what a container holds, or flatten it where it nests too deep."""
        if depth < NESTING:
            return self.blocks(inner, first, depth + 1, labels=labels)
        words = [CONTAINER.sub("", x, count=1).strip() for x in inner]
        used = [k for k, x in enumerate(words) if x]
        if not used:
            return []
        message = f"nesting deeper than {NESTING} levels was flattened"
        self.problems.append(Problem(Code.LIMIT, message, self.path, first + used[0], grave=False))
        text = "\n".join(words[used[0] : used[-1] + 1])
        return [Node(Kind.PARAGRAPH, first + used[0], first + used[-1], text)]

    def _list(self, lines: list[str], i: int, first: int, depth: int, out: list[Node]) -> int:
        """Read a list: its items, as long as the kind of their marks stays the same."""
        items: list[Node] = []
        size = len(lines)
        kind = ""
        start: int | None = None
        base = 0
        j = i
        while j < size:
            line = lines[j]
            if "\t" in line:
                lines[j] = line = line.expandtabs(4)
            body = line.lstrip(" ")
            indent = len(line) - len(body)
            number = None
            if body[0] in BULLETS and body[1:2] == " " < body[2:3]:
                # Most marks are a sign and one blank: read without the pattern.
                sign, width, spaces = body[0], 2, 1
            else:
                marker = MARKER.match(body)
                if marker is None:
                    break
                sign, number = marker[1] or marker[3], marker[2]
                width, spaces = marker.end(), len(marker[4])
            if sign in "-*" and body[-1] in ENDS_RULE and _is_rule(body, sign):
                break
            if items and indent - base > 3 and self.code:
                break
            if not items:
                kind = sign
                base = indent if indent > 3 else 0
                start = int(number) if number else None
            elif sign != kind:
                break
            offset = indent + width
            content = line[offset:]
            j += 1
            if (
                content
                and spaces < 5
                and _is_text(content)
                and ((j < size and lines[j][:2] in NEXT) or _ends_item(lines, j, indent, offset))
            ):
                # Most items are one line of text.
                items.append(_item_of_text(content.strip(), first + j - 1))
            else:
                j = self._item(lines, j - 1, first, depth, indent, width, spaces, items)
            while j < size and (not lines[j] or lines[j].isspace()):
                j += 1
        out.append(
            Node(Kind.LIST, first + i, items[-1].end_line, children=tuple(items), start=start)
        )
        return j

    def _item(
        self, lines: list[str], i: int, first: int, depth: int, indent: int, width: int,
        spaces: int, items: list[Node],
    ) -> int:  # fmt: skip
        """Read an item and add it to `items`; give the index of the line behind it.

        `width` is that of its mark with the `spaces` behind it.
        """
        line = lines[i]
        offset = indent + width
        content = line[offset:]
        if not content.strip():
            offset -= spaces - 1
            content = ""
        elif spaces > 4:
            offset -= spaces - 1
            content = line[offset:]
        size = len(lines)
        j = i + 1
        if content and _ends_item(lines, j, indent, offset):
            # Most items are one line: read without a list of lines.
            items.append(self._one_line(content, first + i, depth))
            return j
        inner = [content]
        open_fence = content[:3] in FENCES
        lazy = not open_fence and _runs_on(content, before=True)
        blanks = 0
        while j < size:
            line = lines[j]
            body = line.lstrip(" ")
            if not body or body.isspace():
                if not content and len(inner) == 1 and not any(inner):
                    break
                blanks += 1
                lazy = False
                j += 1
                continue
            if body[0] == "\t":
                line = _untab(line)
                body = line.lstrip(" ")
            if len(line) - len(body) >= offset:
                inner.extend([""] * blanks)
                blanks = 0
                inner.append(line[offset:])
                if body[:3] in FENCES:
                    open_fence = not open_fence
                lazy = not open_fence and _runs_on(line[offset:], before=lazy)
            elif not blanks and lazy and self._runs_into(lines, j, indent):
                inner.append(LAZY + body)
            else:
                break
            j += 1
        children = self._inside(inner, first + i, depth, labels=False)
        items.append(_item_of(children, first + i))
        return j

    def _one_line(self, content: str, line: int, depth: int) -> Node:
        if _is_text(content):
            return _item_of_text(content.strip(), line)
        return _item_of(self._inside([content], line, depth, labels=False), line)

    def _runs_into(self, lines: list[str], j: int, indent: int) -> bool:
        """Say whether line `j`, less far in than an item's text, continues the item all the same.

        In Markdown it does; but a label below a list is one, and in plain text what stands below a
        mark stands below the list.
        """
        line = lines[j]
        at = len(line) - len(line.lstrip(" "))
        if at <= indent and (not self.code or line.startswith(("**", "[20", "</"), at)):
            if not self.code:
                return False
            label = find_label(line)
            if (label is not None and label.bold) or STAMPED.match(line, at):
                return False
            if TAG.fullmatch(line.strip()):
                return False
        return not self._interrupts(lines, j, lazy=True)

    def _interrupts(self, lines: list[str], j: int, *, lazy: bool = False) -> bool:
        """Say whether line `j` begins a block of its own right below a line of text."""
        line = lines[j]
        body = line.lstrip(" ")
        sign = body[0]
        if sign not in STARTERS and "|" not in body:
            return False
        if (
            len(line) - len(body) > 3
            and self.code
            and (lazy or not (sign in "-*+" or sign.isdigit()))
        ):
            return False
        if sign == "#":
            return HEADING.match(body) is not None
        if sign in "`~":
            return FENCE.match(body) is not None
        if sign == ">":
            return True
        if sign in "-*_" and _is_rule(body, sign):
            return True
        marker = MARKER.match(body)
        if marker:
            if lazy:
                return True
            after_colon = j > 0 and lines[j - 1].rstrip(" *_").endswith((":", "："))
            if len(line) - len(body) > 3 and self.code and not after_colon:
                return False
            if not body[marker.end() :].strip() and not after_colon:
                return False
            return marker[2] is None or int(marker[2]) == 1 or after_colon
        return not lazy and begins_table(lines, j)

    def _text(self, lines: list[str], i: int, first: int, out: list[Node], *, labels: bool) -> int:
        """Read a paragraph or a table."""
        if begins_table(lines, i):
            return self._table(lines, i, first, out)
        j = i + 1
        size = len(lines)
        while j < size:
            line = lines[j]
            if not line or line.isspace():
                break
            if line[0] == "\t" or (line[0] == " " and "\t" in line):
                lines[j] = line = _untab(line)
            if self._interrupts(lines, j):
                break
            j += 1
        if j == i + 1:
            text = lines[i].strip()
            if labels:
                out.append(read_line(text, first + i))
                return j
        else:
            text = "\n".join([x.lstrip() for x in lines[i:j]]).rstrip()
        if labels:
            out.extend(split_lines(text, first + i))
        else:
            out.append(Node(Kind.PARAGRAPH, first + i, first + j - 1, text))
        return j

    def _table(self, lines: list[str], i: int, first: int, out: list[Node]) -> int:
        """Read a table; cells beyond the header stay, and a line without a bar ends it."""
        rows = [read_row(lines[i], first + i)]
        j = i + 2
        while j < len(lines):
            body = lines[j].lstrip(" \t")
            if "|" not in body or (
                body[0] in STARTERS and body[0] != "|" and self._interrupts(lines, j, lazy=True)
            ):
                break
            rows.append(read_row(lines[j], first + j))
            j += 1
        out.append(Node(Kind.TABLE, first + i, first + j - 1, children=tuple(rows)))
        return j


def _untab(line: str) -> str:
    """Turn the tabs at the start of a line into blanks."""
    body = line.lstrip(" \t")
    head = line[: len(line) - len(body)]
    return head.expandtabs(4) + body if "\t" in head else line


def _dedent(line: str, indent: int) -> str:
    if not indent:
        return line
    line = _untab(line)
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]


def _is_bold(body: str) -> bool:
    """Say whether a line begins with a word in bold: it is no rule and has no mark of a list."""
    return body[:2] == "**" and body[2:3].isalnum()


def _is_text(line: str) -> bool:
    """Say at a glance whether a line begins with text: a letter, words in bold or code in it."""
    sign = line[0]
    return (
        (sign not in STARTERS and not sign.isspace())
        or (sign == "`" and line[1:2].isalnum())
        or _is_bold(line)
    )


def _is_rule(body: str, sign: str) -> bool:
    """Say whether a line is a thematic break."""
    bare = body.replace(" ", "").replace("\t", "")
    return len(bare) > 2 and not bare.strip(sign)


def _ends_item(lines: list[str], j: int, indent: int, offset: int) -> bool:
    """Say whether an item of one line ends before line `j`, as far as one can tell at a glance."""
    behind = j
    while behind < len(lines) and (not lines[behind] or lines[behind].isspace()):
        behind += 1
    if behind == len(lines):
        return True
    line = lines[behind]
    body = line.lstrip(" ")
    if body[0] == "\t":
        return False
    at = len(line) - len(body)
    if behind > j:
        # Below an empty line nothing goes on that does not stand as far in.
        return at < offset
    if at > indent or at >= offset:
        return False
    return (body[0] in "-*+" and body[1:2] == " ") or (
        body[0].isdigit() and MARKER.match(body) is not None
    )


def _runs_on(line: str, *, before: bool) -> bool:
    """Say whether a line in a container may run on without its mark: it is one of a paragraph.

    `before` says so of the line above: far in below a paragraph is text, elsewhere it is code.
    """
    if not before and line.startswith("    "):
        return False
    if line.lstrip(" ")[:1].isalpha():
        return True
    body = CONTAINER.sub("", line, count=1)
    return (
        bool(body.strip())
        and not (body[0] == "#" and HEADING.match(body))
        and not FENCE.match(body)
    )


def _item_of_text(text: str, line: int) -> Node:
    """Make an item of one line of text."""
    words = Node(Kind.PARAGRAPH, line, line, text)
    if text[0] == "[" or text[0] in SIGNS:
        return _item_of([words], line)
    return Node(Kind.ITEM, line, line, "", (words,))


def _item_of(children: list[Node], line: int) -> Node:
    """Make an item of its blocks, and take its check box out of its text."""
    done, mark = None, ""
    if children:
        first = children[0]
        if first.kind is Kind.PARAGRAPH and (first.text[0] == "[" or first.text[0] in SIGNS):
            done, mark, text = read_box(first.text)
            if mark or done is not None:
                children[0] = Node(Kind.PARAGRAPH, first.line, first.end_line, text)
                if not text:
                    del children[0]
    end = children[-1].end_line if children else line
    return Node(Kind.ITEM, line, max(end, line), children=tuple(children), done=done, info=mark)
