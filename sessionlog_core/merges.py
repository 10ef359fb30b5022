"""Text of a log in, the text without marks of an unfinished merge and what a merge did to it out.

Two people who add a session at the same place of a log make a conflict, and both ways out of one do
damage: the marks stay, or a block that both sides hold is kept twice. Both are told. The marks are
blanked, since `=======` would turn the line above it into a heading; every other line stays, and so
does their number.
"""

from collections.abc import Iterator

from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem

_MARK = later(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?$")
_FENCE = later(r" {0,3}(?:```|~~~)")
_HEADING = later(r"#{1,6} +\S")

_LINES = 4
_CHARACTERS = 150
"""A block that stands twice is told from this size on: short ones are alike by nature (`Tests: all
passing`)."""


def settle(text: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Blank the marks of conflicts, and tell of them and of blocks that stand twice."""
    lines = text.split("\n")
    problems: list[Problem] = []
    if "<<<<<<<" in text:
        for start, marks in _conflicts(lines):
            for at in marks:
                lines[at] = ""
            message = "merge conflict that nobody resolved, both sides are shown"
            problems.append(Problem(Code.MERGE, message, path, start + 1, grave=False))
    problems += [
        Problem(
            Code.MERGE,
            f"the block of line {first + 1} stands here again, word for word",
            path,
            again + 1,
            grave=False,
        )
        for first, again in _doubled(lines)
    ]
    return "\n".join(lines), tuple(problems)


def _conflicts(lines: list[str]) -> Iterator[tuple[int, list[int]]]:
    """Give the first line and the lines with marks of each conflict that is whole."""
    marks: list[int] = []
    seen = ""
    fenced = False
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        mark = _MARK.match(line)
        if not mark or (fenced and not seen):
            continue
        sign = mark[1][0]
        match seen, sign:
            case _, "<":
                marks, seen = [at], "<"
            case ("<", "|") | (("<" | "|"), "="):
                marks.append(at)
                seen = sign
            case "=", ">":
                yield marks[0], [*marks, at]
                marks, seen = [], ""


def _doubled(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Give where a block begins, from a heading to the next, and where it stands again."""
    seen: dict[str, int] = {}
    starts = [at for at, line in enumerate(lines) if _HEADING.match(line)]
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        told = [line.strip() for line in lines[start:end] if line.strip()]
        block = "\n".join(told)
        if len(told) < _LINES or len(block) < _CHARACTERS:
            continue
        first = seen.setdefault(block, start)
        if first != start:
            yield first, start
