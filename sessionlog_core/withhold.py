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
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.terms import fold_words

__all__ = ["withhold", "withholds_log"]

MARK = later(
    r"<!--[ \t]{0,20}(?P<end>/|end[ -]?)?[ \t]?private\b[^<>\n]{0,200}?-->|"
    r"^\.\.[ \t]{1,4}(?P<end_rst>/|end[ -]?)?[ \t]?private\b:{0,2}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The comments around a private passage."""

FILE = later(r"[/*]|^[^\s]+\.[A-Za-z0-9]{1,8}$")
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
    sections = (Withheld("section", Span(path, start, end)) for start, end in spans)
    return text, (*passages, *sections), problems


def _private(text: str, path: str) -> tuple[str, tuple[Withheld, ...], tuple[Problem, ...]]:
    """Blank what stands between the comments, line by line, and tell of those without a partner."""
    kept: list[str] = []
    found: list[Withheld] = []
    problems: list[Problem] = []
    opened: int | None = None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        at, out = 0, []
        for mark in MARK.finditer(line) if "private" in line.casefold() else ():
            closes = mark["end"] or mark["end_rst"]
            if closes and opened is not None:
                found.append(Withheld("passage", Span(path, opened, number)))
                at, opened = mark.end(), None
            elif closes:
                message = "end of a private passage that does not begin"
                problems.append(Problem(Code.WITHHELD, message, path, number))
            elif opened is None:
                out.append(line[at : mark.start()])
                opened = number
        kept.append("".join(out) + (line[at:] if opened is None else ""))
    if opened is not None:
        message = "private passage is never closed, all that follows is withheld"
        problems.append(Problem(Code.WITHHELD, message, path, opened))
        found.append(Withheld("passage", Span(path, opened, len(lines))))
    return "\n".join(kept) if found else text, tuple(found), tuple(problems)


def _sections(text: str, path: str, titles: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Find the lines of sections with one of `titles`; what stands within one is not looked at."""
    outline, _ = read_outline(text, path)
    opened: Node | None = None
    for node in outline.nodes:
        if opened is not None:
            if not _ends(opened, node):
                continue
            yield opened.line, node.line - 1
            opened = None
        title = node.text if node.kind is NodeKind.HEADING else node.label
        if node.kind in (NodeKind.HEADING, NodeKind.LABEL) and _is_titled(title, titles):
            opened = node
        else:
            yield from _entries(node, titles)
    if opened is not None:
        yield opened.line, text.count("\n") + 1


def _ends(opened: Node, node: Node) -> bool:
    """Say whether `node` ends the section that `opened` began."""
    if opened.kind is NodeKind.LABEL:
        return node.kind in ENDS
    return node.kind is NodeKind.HEADING and node.level <= opened.level


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
