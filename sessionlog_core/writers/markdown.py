"""Blocks in, plain Markdown out: what an agent or a terminal reads."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sessionlog_core.blocks import (
    Badge,
    Block,
    Chart,
    Code,
    CodeBlock,
    Date,
    Emphasis,
    Fold,
    Inline,
    Label,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Ref,
    Section,
    Strike,
    Strong,
    Table,
    Text,
)
from sessionlog_core.patterns import later
from sessionlog_core.urls import safe

Resolve = Callable[[Ref | Link], str | None]
Say = Callable[[Label | Date], str]

SPECIAL = later(
    r"[`*]"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash that would take the meaning of what follows it
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore within a word is no markup
    r"|~(?=~)|(?<=~)~"
    r"|\](?=[(:\[])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=[#A-Za-z])"
)
"""Characters that would be markup where they stand; others stay as they are, for readability."""

SIGN = later(r"[`*\\_~\]<&\n]")
"""Any character with which `SPECIAL` begins, or a line ends: most texts hold none."""

LINE_START = later(
    r"^((?:#{1,6}|[-+])(?=\s|$)|>|={2,}\s*$|-(?=[-:| \t]*$)|[|:](?=[:| \t]*-[-:| \t]*$)"
    r"|\[(?=[ xX]\]))"
)
"""What would be a heading, a list, a quotation, the rule of a table or a box at the start of a
line."""

NUMBER_START = later(r"^(\d{1,9})([.)])(?=\s|$)")
"""What would be a numbered list at the start of a line."""

HEADING_END = later(r"(?<![^\s])(#+)$")
"""Signs at the end of a heading, which would close it."""

BARE_BAR, BAR = later(r"(?<!\\)\|"), r"\|"
"""A bar that would end a cell, also within a code span, and the bar that does not."""

NAME = later(r"[\w+#.-]+")
"""What may stand behind a fence as the name of a language."""

BREAK = "  \n"
"""A hard line break."""


def write(
    blocks: Iterable[Block],
    resolve: Resolve,
    *,
    level: int = 2,
    say: Say = str,
    anchors: bool = False,
) -> str:
    """Write blocks as Markdown, their first headings at `level`.

    With `anchors` every id of the blocks stands before what bears it, as an empty `<a id>`.
    """
    writer = _Writer(resolve, say, anchors=anchors)
    text = "\n\n".join(writer.blocks(blocks, level))
    return text + "\n" if text else ""


class _Writer:
    def __init__(self, resolve: Resolve, say: Say, *, anchors: bool) -> None:
        self._resolve = resolve
        self._say = say
        self._anchors = anchors

    def blocks(self, blocks: Iterable[Block], level: int) -> list[str]:
        """Give blocks as texts that stand apart by an empty line."""
        return [text for x in blocks if (text := self.block(x, level))]

    def block(self, block: Block, level: int) -> str:
        return BLOCKS[type(block)](self, block, level)

    def _anchor(self, anchor: str | None) -> str:
        return f'<a id="{anchor}"></a>' if anchor and self._anchors else ""

    def section(self, section: Section, level: int) -> str:
        words = HEADING_END.sub(r"\\\1", self.line(section.title))
        head = f"{'#' * min(level, 6)} {self._anchor(section.anchor)}{words}"
        return "\n\n".join([head, *self.blocks(section.blocks, level + 1)])

    def paragraph(self, block: Paragraph, _level: int) -> str:
        """Write inlines that may take several lines."""
        text = self.inlines(block.children)
        if BREAK not in text:
            return _start(text.strip(" ")).strip()
        return BREAK.join(_start(x.strip(" ")) for x in text.split(BREAK)).strip()

    def list_(self, block: List, level: int) -> str:
        lines: list[str] = []
        for number, item in enumerate(block.items, block.start or 1):
            mark = "- " if block.start is None else f"{number}. "
            lines.append(_prefixed(self._item(item, level), mark, " " * len(mark)))
        return "\n".join(lines)

    def _item(self, item: ListItem, level: int) -> str:
        mark = self._anchor(item.anchor) + _box(item.done)
        out = ""
        before: Block | None = None
        for block in item.blocks:
            text = self.block(block, level)
            if text:
                out += _between(before, block) + text
                before = block
        # A block of lines such as code begins a line of its own.
        own_line = mark and item.blocks and not isinstance(item.blocks[0], Paragraph)
        return f"{mark.rstrip()}\n\n{out}" if own_line else mark + out

    def table(self, table: Table, _level: int) -> str:
        rule = ["---:" if i in table.numeric else "---" for i in range(len(table.header))]
        rows = [[self._cell(c) for c in table.header], rule]
        for row in table.rows:
            cells = [self._cell(c) for c in row.cells]
            cells[0] = self._anchor(row.anchor) + cells[0]
            rows.append(cells)
        return "\n".join([f"| {' | '.join(row)} |" for row in rows])

    def _cell(self, children: Iterable[Inline]) -> str:
        words = self.line(children)
        return BARE_BAR.sub(BAR, words) if "|" in words else words

    def code_block(self, block: CodeBlock, _level: int) -> str:
        fence = "`" * max(3, _longest_run(block.text) + 1)
        info = block.language if NAME.fullmatch(block.language) else ""
        return f"{fence}{info}\n{block.text.rstrip()}\n{fence}"

    def quote(self, block: Quote, level: int) -> str:
        return _prefixed("\n\n".join(self.blocks(block.blocks, level)), "> ", "> ")

    def fold(self, block: Fold, level: int) -> str:
        if block.repeats:
            return ""
        head = f"{self._anchor(block.anchor)}**{self.line(block.summary)}**"
        return "\n\n".join([head, *self.blocks(block.blocks, level)])

    def note(self, block: Note, level: int) -> str:
        head = f"**{self.line(block.title)}**"
        return _prefixed("\n\n".join([head, *self.blocks(block.blocks, level)]), "> ", "> ")

    def chart(self, _block: Chart, _level: int) -> str:
        return ""

    def line(self, children: Iterable[Inline]) -> str:
        """Write inlines on one line."""
        return self.inlines(children).replace(BREAK, " ").strip()

    def inlines(self, children: Iterable[Inline]) -> str:
        # Most inlines are words without a sign: they take no further call.
        return "".join(
            [
                x.text
                if type(x) is Text and SIGN.search(x.text) is None
                else INLINES[type(x)](self, x)
                for x in children
            ]
        )

    def text(self, child: Text) -> str:
        return _escape(child.text)

    def label(self, child: Label | Date) -> str:
        return _escape(self._say(child))

    def strong(self, child: Strong | Badge) -> str:
        return _wrapped(self.inlines(_without(Strong, child.children)), "**")

    def emphasis(self, child: Emphasis) -> str:
        return _wrapped(self.inlines(_without(Emphasis, child.children)), "*")

    def strike(self, child: Strike) -> str:
        return _wrapped(self.inlines(_without(Strike, child.children)), "~~")

    def code(self, child: Code) -> str:
        return _code(child.text)

    def line_break(self, _child: LineBreak) -> str:
        return BREAK

    def link(self, child: Link | Ref) -> str:
        href = self._resolve(child)
        href = safe(href) if href else None
        words = self.inlines(child.children)
        return f"[{words}](<{href}>)" if href and words else words


BLOCKS: Mapping[type, Callable[[_Writer, Any, int], str]] = {
    Section: _Writer.section,
    Paragraph: _Writer.paragraph,
    List: _Writer.list_,
    Table: _Writer.table,
    CodeBlock: _Writer.code_block,
    Quote: _Writer.quote,
    Fold: _Writer.fold,
    Note: _Writer.note,
    Chart: _Writer.chart,
}
INLINES: Mapping[type, Callable[[_Writer, Any], str]] = {
    Text: _Writer.text,
    Label: _Writer.label,
    Strong: _Writer.strong,
    Emphasis: _Writer.emphasis,
    Strike: _Writer.strike,
    Code: _Writer.code,
    LineBreak: _Writer.line_break,
    Date: _Writer.label,
    Badge: _Writer.strong,
    Link: _Writer.link,
    Ref: _Writer.link,
}
"""How each kind is written: to look it up takes a fraction of the time of comparing it in turn."""


def _escape(text: str) -> str:
    if SIGN.search(text) is None:
        return text
    return SPECIAL.sub(_literal, " ".join(text.split("\n")))


def _literal(match: re.Match[str]) -> str:
    # As a reference, so that no file holds what a tag begins with, whoever reads it as what.
    return "&lt;" if match[0] == "<" else f"\\{match[0]}"


def _start(line: str) -> str:
    """Take its meaning from what would be markup at the start of a line."""
    if line[:1].isalpha():  # as nearly all lines, and no markup begins with a letter
        return line
    if LINE_START.match(line):
        line = f"\\{line}"
    found = NUMBER_START.match(line)
    return f"{found[1]}\\{line[found.end(1) :]}" if found else line


def _box(done: bool | None) -> str:  # noqa: FBT001  a state of three
    return "" if done is None else ("[x] " if done else "[ ] ")


def _between(before: Block | None, after: Block) -> str:
    """Give what parts two blocks of an entry: a break where that is enough, else an empty line."""
    match before, after:
        case None, _:
            return ""
        case Paragraph(), Paragraph():
            return BREAK
        case Paragraph() | List(), List(start=None):
            return "\n"
        case _:
            return "\n\n"


def _without(
    kind: type[Strong] | type[Emphasis] | type[Strike], children: tuple[Inline, ...]
) -> tuple[Inline, ...]:
    """Take emphasis out of the same emphasis: it adds nothing, and marks within marks are none."""
    out: list[Inline] = []
    for child in children:
        if isinstance(child, kind):
            out.extend(_without(kind, child.children))
        else:
            out.append(child)
    return tuple(out)


def _wrapped(text: str, mark: str) -> str:
    """Put marks around text, inside of the blanks at its ends, where they would not be marks."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{mark}{core}{mark}{text[start + len(core) :]}"


def _code(text: str) -> str:
    if not text.strip():
        return text
    ticks = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _longest_run(text: str) -> int:
    if "`" not in text:
        return 0
    return max((len(x) for x in re.findall(r"`+", text)), default=0)


def _prefixed(text: str, first: str, rest: str) -> str:
    if "\n" not in text:
        return first + text
    lines = text.split("\n")
    out = [first + lines[0], *((rest + x) if x else rest.rstrip() for x in lines[1:])]
    return "\n".join(out)
