"""Text of a log in, the same text without what is not for publication out, and how much that was.

It is taken from the text itself, before anything is read from it: no record, page, index, export or
message can hold it. Lines stay in number. Withheld are passages between the comments
`<!-- private -->` and `<!-- /private -->` (in reStructuredText `.. private` and `.. /private`),
sections with a title that the option `withhold` names, and logs whose path it names. Where a
passage is never closed, all that follows is withheld.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from sessionlog_core.globs import fits, has_magic
from sessionlog_core.labels import find_label
from sessionlog_core.model import Span, Withheld
from sessionlog_core.outline import Node, NodeKind, read_outline
from sessionlog_core.problems import Code, Problem
from sessionlog_core.terms import fold_words

__all__ = ["withhold", "withholds_log"]

MARK = re.compile(
    r"<!--[ \t]{0,20}(?P<end>/|end[ -]?)?[ \t]?private\b[^<>\n]{0,200}?-->|"
    r"^\.\.[ \t]{1,4}(?P<end_rst>/|end[ -]?)?[ \t]?private\b:{0,2}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The comments around a private passage."""

FILE = re.compile(r"[/*]|^[^\s]+\.[A-Za-z0-9]{1,8}$")
"""What of the option's words is a path; all others are titles."""

ENDS = (NodeKind.HEADING, NodeKind.LABEL, NodeKind.RULE)
"""What ends a section below a label."""


def withholds_log(path: str, rules: Iterable[str]) -> bool:
    """Say whether the log `path` as a whole is not for publication."""
    for rule in rules:
        if not FILE.search(rule):
            continue
        pattern = rule.strip("/")
        name = path.rpartition("/")[2]
        if fits(pattern, path) or fits(f"{pattern}/**", path):
            return True
        if "/" not in pattern and (fits(pattern, name) if has_magic(pattern) else pattern == name):
            return True
    return False


def withhold(
    text: str, path: str, rules: Sequence[str]
) -> tuple[str, tuple[Withheld, ...], tuple[Problem, ...]]:
    """Take private passages and withheld sections out of `text`."""
    text, passages, problems = _private(text, path)
    titles = frozenset(fold_words(rule) for rule in rules if not FILE.search(rule)) - {""}
    spans = list(_sections(text, path, titles)) if titles else []
    if spans:
        lines = text.split("\n")
        for start, end in spans:
            lines[start - 1 : end] = [""] * (min(end, len(lines)) - start + 1)
        text = "\n".join(lines)
    sections = (Withheld("section", Span(path, start, end)) for start, end in _merged(spans))
    return text, (*passages, *sections), problems


def _private(text: str, path: str) -> tuple[str, tuple[Withheld, ...], tuple[Problem, ...]]:
    out: list[str] = []
    found: list[Withheld] = []
    problems: list[Problem] = []
    at, start, opened = 0, 0, False
    for mark in MARK.finditer(text):
        line = text.count("\n", 0, mark.start()) + 1
        closes = mark["end"] or mark["end_rst"]
        if closes and opened:
            out.append("\n" * text.count("\n", start, mark.end()))
            found.append(_passage(text, path, start, mark.end()))
            at, opened = mark.end(), False
        elif closes:
            message = "end of a private passage that does not begin"
            problems.append(Problem(Code.WITHHELD, message, path, line))
        elif not opened:
            out.append(text[at : mark.start()])
            start, opened = mark.start(), True
    if opened:
        line = text.count("\n", 0, start) + 1
        message = "private passage is never closed, all that follows is withheld"
        problems.append(Problem(Code.WITHHELD, message, path, line))
        out.append("\n" * text.count("\n", start))
        found.append(_passage(text, path, start, len(text)))
        at = len(text)
    out.append(text[at:])
    return "".join(out) if found else text, tuple(found), tuple(problems)


def _passage(text: str, path: str, start: int, end: int) -> Withheld:
    first = text.count("\n", 0, start) + 1
    return Withheld("passage", Span(path, first, first + text.count("\n", start, end)))


def _sections(text: str, path: str, titles: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Find the lines of sections with one of `titles`, in order."""
    outline, _ = read_outline(text, path)
    last = text.count("\n") + 1
    nodes = outline.nodes
    for i, node in enumerate(nodes):
        if node.kind is NodeKind.HEADING and _is_titled(node.text, titles):
            after = (
                n.line
                for n in nodes[i + 1 :]
                if n.kind is NodeKind.HEADING and n.level <= node.level
            )
            yield node.line, next(after, last + 1) - 1
        elif node.kind is NodeKind.LABEL and _is_titled(node.label, titles):
            after = (n.line for n in nodes[i + 1 :] if n.kind in ENDS)
            yield node.line, next(after, last + 1) - 1
        else:
            yield from _entries(node, titles)


def _entries(node: Node, titles: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Find entries of lists that begin with a title as their label, at any depth."""
    stack = [node]
    while stack:
        at = stack.pop()
        if at.kind is NodeKind.ITEM and at.children:
            label = find_label(at.children[0].text.split("\n")[0])
            if label is not None and _is_titled(label.name, titles):
                yield at.line, at.end_line
                continue
        stack.extend(reversed(at.children))


def _is_titled(title: str, titles: frozenset[str]) -> bool:
    """Say whether a title is one of `titles`, or begins with one (`Raw Thinking, part 2`)."""
    words = fold_words(title)
    return words in titles or any(words.startswith(f"{one} ") for one in titles)


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the outermost of nested spans."""
    end = 0
    for start, stop in sorted(spans):
        if start > end:
            yield start, stop
            end = stop
