"""A paragraph in, its plain lines, label lines, rulers, stamps and underlined titles out."""

import re
from collections.abc import Iterator
from functools import lru_cache

from sessionlog_core.labels import find_label
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later

__all__ = ["STAMPED", "TAG", "read_line", "split_lines"]

RULER = later(r"[-=*_~#+─━═—–·.\s|<>╔╗╚╝╠╣╦╩╬┌┐└┘├┤┏┓┗┛▀▄█▬]{3,}$")
"""A line without a word."""
RULED = frozenset("-=*#~_─━═")
"""Signs of a ruler around some words: `----- Session log starts below -----`."""
BOXED = frozenset("║┃")
"""Signs of a box around some words."""
FIRST = RULED | BOXED | frozenset("[+—–·.|<>╔╗╚╝╠╣╦╩╬┌┐└┘├┤┏┓┗┛▀▄█▬")
"""Signs with which a line begins that may be a ruler, a box or a stamp."""
STAMPED = later(r"\[\d{4}-\d\d-\d\d[^\]\n]{0,30}\]")
"""A line that begins with a time in brackets stands for itself."""
TAG = later(r"</?([a-z]{2,20}(?:_[a-z]{2,20}){1,3})>")
"""A section between tags, as agents write them for each other: `<remaining_work>`."""
BOLDS = ("**", "__")
UNDERLINE = later(r"={3,}\s*$|[═━]{3,}\s*$")


def read_line(one: str, line: int) -> Node:
    """Read a paragraph of one line."""
    bold = one[:2] == "**" and one[2:3].isalnum()  # it does not stand for itself
    alone = _alone(one, line) if one[0] in FIRST and not bold else None
    if alone is not None:
        return alone
    found = find_label(one) if ":" in one or "：" in one or one[:2] in BOLDS else None
    if found and found.name:
        return Node(Kind.LABEL, line, line, one, label=found.name)
    return Node(Kind.PARAGRAPH, line, line, one)


def split_lines(text: str, line: int) -> Iterator[Node]:
    """Part a paragraph into plain lines, label lines, rulers, stamps and underlined titles."""
    lines = text.split("\n")
    start = 0
    label = ""
    for i, raw in enumerate(lines):
        one = raw.strip()
        if not one:
            continue
        alone = _alone(one, line + i) if one[0] in FIRST else None
        if alone is not None:
            title = i - start == 1 and not label and UNDERLINE.match(one)
            if title and alone.kind is Kind.RULE:
                head = lines[start].strip()
                yield Node(Kind.HEADING, line + start, line + i, head, level=1, info="=")
            else:
                if i > start:
                    yield _block(lines, start, i, line, label)
                yield alone
            start, label = i + 1, ""
        elif ":" in one or "：" in one or one[:2] in BOLDS:
            found = find_label(one)
            if found and (
                found.bold
                or i == start
                or label
                or _begins(one)
                or _is_jotted(found.name, lines[i - 1], text)
            ):
                if i > start:
                    yield _block(lines, start, i, line, label)
                start, label = i, found.name
    if len(lines) > start:
        yield _block(lines, start, len(lines), line, label)


def _block(lines: list[str], start: int, stop: int, line: int, label: str) -> Node:
    kind = Kind.LABEL if label else Kind.PARAGRAPH
    text = "\n".join(lines[start:stop])
    return Node(kind, line + start, line + stop - 1, text, label=label)


def _alone(one: str, line: int) -> Node | None:
    """Read a line that stands for itself: a ruler, one around some words, a box, a stamp."""
    if RULER.match(one):
        return Node(Kind.RULE, line, line)
    sign = one[0]
    if sign in BOXED:
        words = one.strip("║┃").strip()
        return Node(Kind.RULE, line, line, words)
    if sign == "<":
        tag = TAG.fullmatch(one)
        label = tag[1].replace("_", " ") if tag else ""
        return Node(Kind.LABEL, line, line, one, label=label) if tag else None
    if sign == "[":
        return Node(Kind.PARAGRAPH, line, line, one) if STAMPED.match(one) else None
    if sign in RULED and one[:3] == one[-3:] == sign * 3:
        words = one.strip(sign).strip()
        return Node(Kind.RULE, line, line, words) if words and sign not in "*_#" else None
    return None


def _begins(line: str) -> bool:
    """Say whether a line amid a paragraph may be a label line: it begins like a title."""
    return line[0].isupper() or not line[0].isalpha() or line[0] > "\u2e7f"


TAGS = frozenset(
    "next todo done blocked blocker decided decision problem "
    "hecho pendiente siguiente feito pendente próximo decisão decisión "
    "erledigt offen weiter entschieden fait ensuite fatto prossimo".split()
)
"""Words that are a label in lower case too, in notes that are jotted down line by line."""

JOTTED = later(rf"^[ \t]*(?:{'|'.join(sorted(TAGS))})[ \t]?[:：]", re.M)
"""A line that begins with such a label; in French a blank stands before the colon."""

WRAPPED = 48
"""Letters of a line from which on its sentence may go on in the next one."""


def _is_jotted(name: str, above: str, text: str) -> bool:
    """Say whether a label in lower case begins a line of its own: it is not the only one.

    One alone may be a word of a sentence that goes on from the line above.
    """
    return name in TAGS and len(above) < WRAPPED and _has_several(text)


@lru_cache(maxsize=1)
def _has_several(text: str) -> bool:
    """Say whether a paragraph has several such lines; each of them asks, and it is sought once."""
    return len(JOTTED.findall(text)) > 1
