"""The lines of a file in, the same lines out without comments and a fence around the whole file.

Their count stays: what is taken away leaves an empty line.
"""

import re

__all__ = ["COMMENT_AT_MOST", "HEADING_IN_TEXT", "cut_comments", "unwrap"]

OPENER = re.compile(r" {0,3}(`{3,}|~{3,})")
COMMENT_AT_MOST = 200
"""Lines of a comment; one that is not closed within them is text."""
HEADING_IN_TEXT = re.compile(r" {0,3}#{1,4} \S")


def cut_comments(lines: list[str]) -> int:
    """Blank HTML comments outside of code fences, and keep the count of lines.

    Give the line of the first that is not closed, or 0.
    """
    fence = ""
    unclosed = 0
    inside = False
    for i, line in enumerate(lines):
        if inside:
            end = line.find("-->")
            lines[i] = "" if end < 0 else line[end + 3 :]
            inside = end < 0
            continue
        match = OPENER.match(line)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
        if fence or "<!--" not in line:
            continue
        start = line.find("<!--")
        while start >= 0 and line.count("`", 0, start) % 2 == 0:
            end = line.find("-->", start + 4)
            if end < 0:
                inside = any("-->" in x for x in lines[i + 1 : i + COMMENT_AT_MOST])
                line = line[:start] if inside else line
                unclosed = unclosed or (0 if inside else i + 1)
                break
            line = line[:start] + line[end + 3 :]
            start = line.find("<!--")
        lines[i] = line
    return unclosed


def unwrap(lines: list[str]) -> None:
    """Open a fence that holds the whole file, which a tool has put around it."""
    used = [i for i, line in enumerate(lines) if line.strip()]
    if len(used) < 3:
        return
    first, last = used[0], used[-1]
    match = re.match(r"(`{3,}|~{3,})\s*(markdown|md|text|txt)?\s*$", lines[first])
    if match is None or not re.fullmatch(rf"{match[1]}\s*", lines[last]):
        return
    inner = sum(1 for i in used[1:-1] if OPENER.match(lines[i]))
    if inner % 2 == 0 and (match[2] or any(HEADING_IN_TEXT.match(lines[i]) for i in used[1:-1])):
        lines[first] = lines[last] = ""
