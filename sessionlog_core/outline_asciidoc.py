"""Text of an AsciiDoc file in, the same text with the marks of Markdown out, line for line.

What differs are headings (`== One`), nested list items (`** two`), attributes (`:revdate: x`), and
the rulers around listings.
"""

import re

__all__ = ["to_markdown"]

HEADING = re.compile(r"(={1,6})\s+(?=\S)")
NESTED = re.compile(r"(\*{2,6}|\.{1,6})\s+(?=\S)")
ATTRIBUTE = re.compile(r":([A-Za-z][\w-]{0,40}):\s*(.*)$")
LISTING = re.compile(r"(?:-{4,}|\.{4,})\s*$")
"""The ruler above and below a listing."""


def to_markdown(text: str) -> str:
    """Write headings, lists, attributes and listings as Markdown has them."""
    inside = ""
    out: list[str] = []
    for line in text.split("\n"):
        if LISTING.match(line) and inside in ("", line.strip()):
            inside = "" if inside else line.strip()
            out.append("```")
        else:
            out.append(line if inside else _line(line))
    return "\n".join(out)


def _line(line: str) -> str:
    match = HEADING.match(line)
    if match:
        return f"{'#' * len(match[1])} {line[match.end() :]}"
    match = NESTED.match(line)
    if match:
        marks = match[1]
        sign = "1." if marks[0] == "." else "*"
        return f"{'   ' * (len(marks) - 1)}{sign} {line[match.end() :]}"
    match = ATTRIBUTE.match(line)
    return f"{match[1]}: {match[2]}" if match else line
