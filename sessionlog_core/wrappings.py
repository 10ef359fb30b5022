"""The lines of a file in, the same lines out without comments and a fence around the whole file.

Their count stays: what is taken away leaves an empty line.
"""

import re
from collections.abc import Sequence

from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem

__all__ = ["COMMENT_AT_MOST", "HEADING_IN_TEXT", "cut_comments", "tell_comments", "unwrap"]

OPENER = later(r" {0,3}(`{3,}|~{3,})")
COMMENT_AT_MOST = 200
"""Lines of a comment; one that is not closed within them is text."""
WRAPPER = later(r"(`{3,}|~{3,})\s*(markdown|md|text|txt)?\s*$")
HEADING_IN_TEXT = later(r" {0,3}#{1,4} \S")


OWN = later(r"\s*sessionlog:", re.IGNORECASE)
"""The start of a comment that is for us, such as one that waives a false alarm."""


def cut_comments(lines: list[str]) -> tuple[tuple[int, ...], int]:
    """Blank HTML comments outside of code fences, and keep the count of lines.

    Give the lines at which comments with words start, and that of the first not closed, or 0.
    """
    fence = ""
    unclosed = 0
    inside = False
    cut: list[int] = []
    for i, line in enumerate(lines):
        if inside:
            end = line.find("-->")
            inside = end < 0
            line = "" if inside else line[end + 3 :]
        else:
            match = OPENER.match(line)
            if match and (not fence or match[1].startswith(fence)):
                fence = "" if fence else match[1]
        if not fence and "<!--" in line:
            line, comments, left = _cut(line)
            cut += [i + 1] * sum(map(_has_words, comments))
            if left is not None:
                inside = any("-->" in x for x in lines[i + 1 : i + COMMENT_AT_MOST])
                line = line if inside else f"{line}<!--{left}"
                cut += [i + 1] * inside
                unclosed = unclosed or (0 if inside else i + 1)
        lines[i] = line
    return tuple(cut), unclosed


def _cut(line: str) -> tuple[str, list[str], str | None]:
    """Give a line without comments, their words, and what follows the start of one not closed."""
    kept: list[str] = []
    comments: list[str] = []
    at = counted = ticks = 0
    start = line.find("<!--")
    while start >= 0:
        ticks += line.count("`", counted, start)
        counted = start
        if ticks % 2:  # in code
            start = line.find("<!--", start + 4)
            continue
        kept.append(line[at:start])
        end = line.find("-->", start + 4)
        if end < 0:
            return "".join(kept), comments, line[start + 4 :]
        comments.append(line[start + 4 : end])
        at = counted = end + 3
        start = line.find("<!--", at)
    return "".join((*kept, line[at:])), comments, None


def _has_words(comment: str) -> bool:
    return not OWN.match(comment) and any(c.isalnum() for c in comment)


def tell_comments(lines: Sequence[int], path: str) -> tuple[Problem, ...]:
    """Say once of a file that comments were left out; `lines` are those at which they start."""
    if not lines:
        return ()
    many = "a comment" if len(lines) == 1 else f"{len(lines)} comments"
    message = f"left out {many}, which no page of the log would show"
    return (Problem(Code.INVISIBLE, message, path, lines[0], grave=False),)


def unwrap(lines: list[str]) -> None:
    """Open a fence that holds the whole file, which a tool has put around it."""
    opening = next((line for line in lines if line.strip()), "")
    match = WRAPPER.match(opening)
    if match is None:
        return
    used = [i for i, line in enumerate(lines) if line.strip()]
    first, last = used[0], used[-1]
    if len(used) < 3 or not re.fullmatch(rf"{match[1]}\s*", lines[last]):
        return
    inner = sum(1 for i in used[1:-1] if OPENER.match(lines[i]))
    if inner % 2 == 0 and (match[2] or any(HEADING_IN_TEXT.match(lines[i]) for i in used[1:-1])):
        lines[first] = lines[last] = ""
