"""Text of an AsciiDoc file in, the same text with the marks of Markdown out, line for line.

What differs are headings (`== One`), nested list items (`** two`), attributes (`:revdate: x`), the
rulers around listings, and links.
"""

import re

from sessionlog_core.patterns import later

__all__ = ["to_markdown"]

HEADING = later(r"(={1,6})\s+(?=\S)")
NESTED = later(r"(\*{2,6}|\.{1,6})\s+(?=\S)")
ATTRIBUTE = later(r":([A-Za-z][\w-]{0,40}):\s*(.*)$")
LISTING = later(r"(?:-{4,}|\.{4,})\s*$")
"""The ruler above and below a listing."""
INLINE = later(
    r"`\+([^`\n]{1,200})\+`|`[^`\n]{1,200}`"
    r"|(?<!\w)(?:(?:link|xref):([^\s\[\]<>]{1,500})|(https?://[^\s\[\]<>]{1,500}))"
    r"\[([^\[\]\n]{0,300})\]"
    r"|<<([^<>,\n]{1,100})(?:,\s*([^<>\n]{1,300}))?>>"
)
"""A literal, a link with its words, a reference within the file."""
ROLE = later(r"\^?(?:,\s*\w+=.*)?$")
"""What may stand behind the words of a link: how it opens."""


CHECKED = later(r"([*-]{1,6}\s+)\[\*\](?=\s)")
"""A check box that is ticked with a star."""


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
    match = ATTRIBUTE.match(line)
    if match:
        return f"{match[1]}: {match[2]}"
    line = CHECKED.sub(r"\1[x]", INLINE.sub(_inline, line), count=1)
    match = HEADING.match(line)
    if match:
        return f"{'#' * len(match[1])} {line[match.end() :]}"
    match = NESTED.match(line)
    if match:
        marks = match[1]
        sign = "1." if marks[0] == "." else "*"
        return f"{'   ' * (len(marks) - 1)}{sign} {line[match.end() :]}"
    return line


def _inline(match: re.Match[str]) -> str:
    literal, path, url, words, place, name = match.groups()
    target = path or url
    if target:
        return f"[{ROLE.sub('', words, count=1) or target}](<{target}>)"
    if place:
        return str(name or place)
    return f"`{literal}`" if literal else match[0]
