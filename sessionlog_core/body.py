"""The outline of a log in, blocks and inlines of a page out.

A walk of our own over outline nodes; inline markup goes through markdown-it's inline parser with
HTML off, or through a small table of patterns for reStructuredText. What is not understood becomes
text as written: no visible word is lost, and nothing of a log is ever taken for markup of a host.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from sessionlog_core.blocks import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Section,
    Strike,
    Strong,
    Table,
    Text,
    plain,
)
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.patterns import later
from sessionlog_core.slugs import slug

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Slugs", "blocks", "inlines", "unlinked"]

MAX_INLINE = 20_000
"""Characters above which the markup of a passage is left as written, so that time stays linear."""

MAX_DEPTH = 16
"""Emphasis in emphasis and blocks in blocks deeper than this are shown side by side."""

IDENTIFIER = later(r"[A-Za-z]\w*")
"""One word between pairs of underscores, as in `db/__init__.py`: a name of code, and not bold."""

LANGUAGE = later(r"[A-Za-z][A-Za-z0-9+#.-]{0,30}")
"""A word of a fence that may name a language."""

BARE_URL = later(r"https?://[^\s<>\"'`|\\^{}\[\]]+")
"""An address that stands in text without markup."""

RST_INLINE = later(
    r"``(?P<code>[^`\n]+)``"
    r"|`(?P<label>[^`<\n]+?)\s*<(?P<href>[^`<>\n]+)>`__?"
    r"|:(?P<role>[a-zA-Z][\w:.-]{0,40}):`(?P<target>[^`\n]+)`"
    r"|`(?P<phrase>[^`\n]+)`_{0,2}"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|(?<![\w*\\])\*(?P<emphasis>[^*\s][^*\n]*)(?<!\\)\*(?![\w*])"
)
"""Inline markup of reStructuredText, one pass: literal, link, role, phrase, strong, emphasis."""

PAIRS: dict[str, type[Strong] | type[Emphasis] | type[Strike]] = {
    "strong_open": Strong,
    "em_open": Emphasis,
    "s_open": Strike,
}


class Slugs:
    """Give words of a heading as an id, unlike all that were given before."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def take(self, words: str, *, prefix: str = "") -> str:
        """Give `prefix-words`, with a number behind it where that is taken."""
        name = "-".join(x for x in (prefix, slug(words) or "part") if x)
        while (number := self._next.get(name, 1)) > 1:
            self._next[name] = number + 1
            name = f"{name}-{number}"
        self._next[name] = 2
        return name


# --- inlines --------------------------------------------------------------------------------


def inlines(text: str, markup: str, path: str) -> tuple[Inline, ...]:
    """Read inline markup as the author wrote it; `path` is the log, to which links are relative."""
    text = text.strip()
    if len(text) > MAX_INLINE:
        return tuple(_lines(text))
    if markup == "rst":
        return tuple(_merge(_rst(text, path)))
    simple = _simple(text)
    if simple is not None:
        return simple
    token = _parser().parseInline(text)[0]
    return tuple(_merge(_markdown(token.children or [], path)))


@cache
def _parser() -> "MarkdownIt":
    """Give the parser of inline markup; its modules take a tenth of a start that may not ask."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


MARKS = later(
    r"\\(?=[!-/:-@\[-`{-~\n]|\Z)"  # an escape; behind the words may come a code span
    r"|\*"
    r"|\](?=\()"  # no link or image is without
    r"|<"
    r"|&(?=#?\w+;)"
    r"|~(?=~)"
    r"|:(?:(?<=http:)|(?<=https:))"
    r"|_(?:(?!\w)|(?<!\w_))"
    r"|\n(?<= \n)"  # a hard break
    r"|\r|\x00"
)
"""Anything that may be markup besides code spans and simple bold words.

Every way begins with a rare character of its own, and with no blank or letter: that makes the
search ten times as fast.
"""

BOLD = later(r"(?:(?<=\s)|\A)\*\*(\w(?:[^*]*[\w:.)])?)\*\*(?=[\s:.,;)]|\Z)")
BREAK = later(r"\n[ \t]*")


def _simple(text: str) -> tuple[Inline, ...] | None:
    """Read text with no other markup than code spans and bold words, else give None.

    Nineteen of twenty passages of real logs are such, and markdown-it takes ten times as long.
    """
    if "`" not in text and "**" not in text:  # more than half of all
        if MARKS.search(text):
            return None
        return (_words(text),) if text else ()
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return None
    found: list[Inline] = []
    words: list[str] = []
    last = len(parts) - 1
    for number, part in enumerate(parts):
        if number % 2:
            if not part or part[0] == " " or part[-1] == " " or "\n" in part:
                return None
            found.append(Code(part))
        elif not part:
            if 0 < number < last:
                return None
        elif "**" not in part:
            words.append(part)
            found.append(_words(part))
        elif (number and part[0] == "*") or (number < last and part[-1] == "*"):
            return None
        else:
            for place, piece in enumerate(BOLD.split(part)):
                if piece:
                    words.append(piece)
                    found.append(Strong((_words(piece),)) if place % 2 else _words(piece))
    # One look at all words: what parts them is no markup here, and neither letter nor blank.
    return None if MARKS.search("`".join(words)) else tuple(found)


def _words(text: str) -> Text:
    return Text(BREAK.sub(" ", text) if "\n" in text else text)


def unlinked(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """Give inlines with links replaced by their words, to stand inside of a link."""
    out: list[Inline] = []
    for child in children:
        match child:
            case Link():
                out.extend(unlinked(child.children))
            case Strong(children=inner):
                out.append(Strong(unlinked(inner)))
            case Emphasis(children=inner):
                out.append(Emphasis(unlinked(inner)))
            case Strike(children=inner):
                out.append(Strike(unlinked(inner)))
            case LineBreak():
                out.append(Text(" "))
            case _:
                out.append(child)
    return tuple(out)


def _markdown(tokens: "list[Token]", path: str) -> list[Inline]:
    """Turn the flat tokens of markdown-it into a tree; a stack holds what is open."""
    stack: list[tuple[Token | None, list[Inline]]] = [(None, [])]
    for token in tokens:
        here = stack[-1][1]
        if token.nesting == 1:
            stack.append((token, []))
        elif token.nesting == -1 and len(stack) > 1:
            opener, children = stack.pop()
            stack[-1][1].extend(_closed(opener, children, path, depth=len(stack)))
        else:
            here.extend(_leaf(token, path))
    while len(stack) > 1:
        _, children = stack.pop()
        stack[-1][1].extend(children)
    return stack[0][1]


def _closed(
    opener: "Token | None", children: list[Inline], path: str, *, depth: int
) -> Iterable[Inline]:
    merged = tuple(_merge(children))
    if opener is None or depth > MAX_DEPTH:
        return merged
    if opener.type == "link_open":
        href = str(opener.attrs.get("href", ""))
        return (Link(href, unlinked(merged), path),)
    if opener.markup == "__" and IDENTIFIER.fullmatch(words := plain(merged)):
        return (Text(f"__{words}__"),)
    kind = PAIRS.get(opener.type)
    return (kind(merged),) if kind else merged


def _leaf(token: "Token", path: str) -> Iterable[Inline]:
    match token.type:
        case "code_inline":
            return (Code(token.content),)
        case "softbreak":
            return (Text(" "),)
        case "hardbreak":
            return (LineBreak(),)
        case "image":
            words = plain(tuple(_markdown(token.children or [], path))) or token.content
            return (Link(str(token.attrs.get("src", "")), (Text(words),), path, image=True),)
        case _:
            return _urls(token.content, path)


def _urls(text: str, path: str) -> Iterator[Inline]:
    """Split text at addresses that stand in it without markup."""
    at = 0
    for match in BARE_URL.finditer(text):
        href = match[0].rstrip(".,;:!?*_~")
        if href.endswith(")") and href.count("(") < href.count(")"):
            href = href.rstrip(")")
        yield Text(text[at : match.start()])
        yield Link(href, (Text(href),), path)
        at = match.start() + len(href)
    yield Text(text[at:])


def _rst(text: str, path: str) -> Iterator[Inline]:
    at = 0
    text = text.replace("\n", " ")
    for match in RST_INLINE.finditer(text):
        yield from _urls(_unescape(text[at : match.start()]), path)
        at = match.end()
        words = match[match.lastgroup or 0]
        match match.lastgroup:
            case "code":
                yield Code(words)
            case "href":
                yield Link(words, (Text(_unescape(match["label"])),), path)
            case "target":
                yield Code(words)
            case "strong":
                yield Strong((Text(_unescape(words)),))
            case "emphasis":
                yield Emphasis((Text(_unescape(words)),))
            case _:
                yield Emphasis((Text(_unescape(words)),))
    yield from _urls(_unescape(text[at:]), path)


def _unescape(text: str) -> str:
    return re.sub(r"\\([^\s\w])", r"\1", text)


def _lines(text: str) -> Iterator[Inline]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield LineBreak()
        yield Text(line)


def _merge(children: Iterable[Inline]) -> Iterator[Inline]:
    """Join neighbouring texts and drop empty ones."""
    for is_text, group in groupby(children, lambda x: isinstance(x, Text)):
        if not is_text:
            yield from group
        elif words := "".join(x.text for x in group if isinstance(x, Text)):
            yield Text(words)


# --- blocks ---------------------------------------------------------------------------------


def blocks(nodes: Iterable[Node], markup: str, path: str, *, anchor: str = "") -> tuple[Block, ...]:
    """Turn outline nodes into blocks; headings become sections whose ids start with `anchor`.

    Without an `anchor` headings become bold lines: for passages that are quoted out of their log.
    """
    return _Walk(markup, path, anchor).sequence(tuple(nodes))


class _Walk:
    """One walk over the nodes of one body: its markup, its path and the ids that it gave."""

    def __init__(self, markup: str, path: str, anchor: str) -> None:
        self._markup = markup
        self._path = path
        self._anchor = anchor
        self._slugs = Slugs()

    def sequence(self, nodes: tuple[Node, ...]) -> tuple[Block, ...]:
        """Nest what follows a heading below it, by level; a stack holds the open sections."""
        open_: list[tuple[Node | None, list[Block]]] = [(None, [])]

        def close() -> None:
            node, inner = open_.pop()
            if node is not None:
                open_[-1][1].append(self._section(node, tuple(inner)))

        for run in _runs(nodes):
            node = run[0]
            if node.kind is NodeKind.HEADING and self._anchor:
                while (top := open_[-1][0]) is not None and top.level >= node.level:
                    close()
                open_.append((node, []))
            else:
                open_[-1][1].extend(self._block(run, 0))
        while len(open_) > 1:
            close()
        return tuple(open_[0][1])

    def _section(self, node: Node, inner: tuple[Block, ...]) -> Section:
        title = unlinked(self._inlines(node.text)) or (Text("…"),)
        return Section(title, inner, self._slugs.take(plain(title), prefix=self._anchor), "part")

    def _inlines(self, text: str) -> tuple[Inline, ...]:
        return inlines(text, self._markup, self._path)

    def _nested(self, nodes: tuple[Node, ...], depth: int) -> tuple[Block, ...]:
        if not nodes:  # as in nearly every paragraph
            return ()
        out: list[Block] = []
        for run in _runs(nodes):
            out.extend(self._block(run, depth + 1))
        return tuple(out)

    def _block(self, run: list[Node], depth: int) -> Iterable[Block]:
        node = run[0]
        if depth > MAX_DEPTH and node.children and node.kind is not NodeKind.TABLE:
            return self._flat(node)
        if node.kind is NodeKind.LABEL:
            return (Paragraph(self._joined(run), "labels"),)
        return SHOWN.get(node.kind, _Walk.paragraph)(self, node, depth)

    # A way for each kind, in the order of `SHOWN`.

    def paragraph(self, node: Node, depth: int) -> Iterable[Block]:
        words = self._inlines(node.text)
        rest = self._nested(node.children, depth)
        return (Paragraph(words), *rest) if words else rest

    def heading(self, node: Node, _depth: int) -> Iterable[Block]:
        return (Paragraph((Strong(self._inlines(node.text)),), "heading"),)

    def whole_list(self, node: Node, depth: int) -> Iterable[Block]:
        items = tuple([self._item(x, depth) for x in node.children])
        return (List(items, node.start),)

    def item_alone(self, node: Node, depth: int) -> Iterable[Block]:
        return (List((self._item(node, depth),)),)

    def quote(self, node: Node, depth: int) -> Iterable[Block]:
        return (Quote(self._nested(node.children, depth)),)

    def code(self, node: Node, _depth: int) -> Iterable[Block]:
        return (_code(node),)

    def table(self, node: Node, _depth: int) -> Iterable[Block]:
        return (self._table(node),) if node.children else ()

    def rule(self, node: Node, depth: int) -> Iterable[Block]:
        return self.paragraph(node, depth) if node.text else ()

    def _joined(self, run: list[Node]) -> tuple[Inline, ...]:
        """Put label lines that follow each other into one paragraph, a line each."""
        out: list[Inline] = []
        for node in run:
            if out:
                out.append(LineBreak())
            out.extend(self._inlines(node.text))
        return tuple(out)

    def _item(self, node: Node, depth: int) -> ListItem:
        inner = self._nested(node.children, depth)
        if node.text:
            inner = (Paragraph(self._inlines(node.text)), *inner)
        return ListItem(inner, node.done)

    def _flat(self, node: Node) -> Iterator[Block]:
        """Give what nests too deep as paragraphs side by side, in order."""
        todo = [node]
        while todo:
            top = todo.pop()
            match top.kind:
                case NodeKind.CODE:
                    yield _code(top)
                case NodeKind.TABLE if top.children:
                    yield self._table(top)
                    continue
                case _:
                    if words := self._inlines(top.text):
                        yield Paragraph(words)
            todo.extend(reversed(top.children))

    def _table(self, node: Node) -> Table:
        rows = [tuple(self._inlines(c.text) for c in row.children) for row in node.children]
        width = max(len(row) for row in rows)
        full = [row + ((),) * (width - len(row)) for row in rows]
        return Table(full[0], tuple(Row(cells) for cells in full[1:]))


SHOWN: Mapping[NodeKind, Callable[[_Walk, Node, int], Iterable[Block]]] = {
    NodeKind.HEADING: _Walk.heading,
    NodeKind.LIST: _Walk.whole_list,
    NodeKind.ITEM: _Walk.item_alone,
    NodeKind.QUOTE: _Walk.quote,
    NodeKind.CODE: _Walk.code,
    NodeKind.TABLE: _Walk.table,
    NodeKind.RULE: _Walk.rule,
}
"""How a node of a kind is shown, by itself and deep in others; all else is a paragraph."""


def _code(node: Node) -> CodeBlock:
    """Give code with its language: the first word of the fence, where it is a name."""
    word = (node.info.split() or [""])[0]
    return CodeBlock(node.text.rstrip("\n"), word if LANGUAGE.fullmatch(word) else "")


def _runs(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """Give label lines on neighbouring lines together and every other node by itself."""
    run: list[Node] = []
    for node in nodes:
        label = node.kind is NodeKind.LABEL
        if run and label and node.line <= run[-1].end_line + 1:
            run.append(node)
            continue
        if run:
            yield run
            run = []
        if label:
            run = [node]
        else:
            yield [node]
    if run:
        yield run
