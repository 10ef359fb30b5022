"""Text of an Org file in, the same text with the headings of Markdown out, line for line.

Org and Markdown agree on lists and check boxes; what differs are headings (`* One`), their
keywords, stamps of time (`<2026-03-02 Mon>`), blocks, and the indentation below a heading.
"""

import re

__all__ = ["to_markdown"]

HEADING = re.compile(r"(\*{1,12})\s+(?:(TODO|DONE|NEXT|WAITING|CANCELLED)\s+)?(.*?)\s*$")
KEYWORD = re.compile(r"#\+([A-Za-z_]{1,30}):\s*(.*)$")
FENCE = re.compile(r"\s*#\+(?:begin|end)_(?:src|example|quote)\b\s*([\w-]{0,30})", re.I)
STAMP = re.compile(r"[<\[](\d{4}-\d\d-\d\d)(?:\s([^\W\d_]{2,9})\.?)?([^<>\[\]\n]{0,40})[>\]]")
"""A stamp of time: its date, the day of the week, and what follows."""
DEEPEST = 6
"""The lowest level of headings in Markdown."""


def to_markdown(text: str) -> str:
    """Write headings, stamps and blocks as Markdown has them; the lines keep their numbers."""
    out: list[str] = []
    body: list[str] = []
    for line in text.split("\n"):
        heading = HEADING.match(line)
        if heading is None:
            body.append(_line(line))
            continue
        out.extend(_dedent(body))
        body = []
        state = f" ({heading[2]})" if heading[2] else ""
        level = min(len(heading[1]), DEEPEST)
        words = STAMP.sub(_stamp, heading[3])
        out.append(f"{'#' * level} {words}{state}")
    out.extend(_dedent(body))
    return "\n".join(out)


def _stamp(match: re.Match[str]) -> str:
    day = f" ({match[2]})" if match[2] else ""
    return f"{match[1]}{day}{match[3]}"


def _line(line: str) -> str:
    fence = FENCE.match(line)
    if fence:
        return f"```{fence[1]}" if "begin" in line.lower() else "```"
    keyword = KEYWORD.match(line)
    return f"{keyword[1]}: {keyword[2]}" if keyword else STAMP.sub(_stamp, line)


def _dedent(lines: list[str]) -> list[str]:
    """Take out the blanks with which all lines below a heading begin."""
    depth = min((len(x) - len(x.lstrip(" ")) for x in lines if x.strip()), default=0)
    return [x[depth:] if x.strip() else x for x in lines]
