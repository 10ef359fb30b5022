"""Text of an Org file in, the same text with the headings of Markdown out, line for line.

Org and Markdown agree on lists and check boxes; what differs are headings (`* One`), their
keywords, stamps of time (`<2026-03-02 Mon>`), blocks, links, literals, slanted words, and the
indentation below a heading.
"""

import re

from sessionlog_core.patterns import later

__all__ = ["STATE_WORD", "to_markdown"]

STATES = "TODO|DONE|NEXT|WAITING|CANCELLED"
HEADING = later(rf"(\*{{1,12}})\s+(?:({STATES})\s+)?(.*?)\s*$")
STATE_WORD = later(rf"\s\((?:{STATES})\)$")
"""The keyword of a heading, as `to_markdown` writes it."""
KEYWORD = later(r"#\+([A-Za-z_]{1,30}):\s*(.*)$")
FENCE = later(r"\s*#\+(?:begin|end)_(?:src|example|quote)\b\s*([\w-]{0,30})", re.I)
STAMP = later(r"[<\[](\d{4}-\d\d-\d\d)(?:\s([^\W\d_]{2,9})\.?)?([^<>\[\]\n]{0,40})[>\]](?!\()")
"""A stamp of time: its date, the day of the week, and what follows."""
INLINE = later(
    r"\[\[(?:file:)?([^\[\]<>\n]{1,500})\](?:\[([^\[\]\n]{1,300})\])?\]"
    r"|(?<![^\s\-({'\"|])(?:=(?!\s)([^=`\n]{1,200})(?<!\s)=|~(?!\s)([^~`\n]{1,200})(?<!\s)~"
    r"|/(?!\s)([^/*\n]{1,200})(?<!\s)/)(?![^\s\-.,:;!?'\")}\[|])"
)
"""A link with its words, a literal between either of its marks, slanted words."""
DEEPEST = 6
"""The lowest level of headings in Markdown."""


def to_markdown(text: str) -> str:
    """Write headings, stamps and blocks as Markdown has them; the lines keep their numbers."""
    out: list[str] = []
    body: list[str] = []
    inside = False
    for line in text.split("\n"):
        heading = HEADING.match(line)
        if heading is None:
            fence = FENCE.match(line)
            if fence:
                inside = "begin" in line.lower()
                body.append(f"```{fence[1]}" if inside else "```")
            else:
                body.append(line if inside else _line(line))
            continue
        out.extend(_dedent(body))
        body = []
        inside = False
        state = f" ({heading[2]})" if heading[2] else ""
        level = min(len(heading[1]), DEEPEST)
        words = _words(heading[3])
        out.append(f"{'#' * level} {words}{state}")
    out.extend(_dedent(body))
    return "\n".join(out)


def _stamp(match: re.Match[str]) -> str:
    day = f" ({match[2]})" if match[2] else ""
    return f"{match[1]}{day}{match[3]}"


def _line(line: str) -> str:
    keyword = KEYWORD.match(line)
    return f"{keyword[1]}: {keyword[2]}" if keyword else _words(line)


def _words(text: str) -> str:
    return STAMP.sub(_stamp, INLINE.sub(_inline, text))


def _inline(match: re.Match[str]) -> str:
    target, words, code, verbatim, slanted = match.groups()
    if target and (target[0] in "*#" or ("." not in target and "/" not in target)):
        return str(words or target.lstrip("*#"))  # a heading of the same file
    if target:
        return f"[{words or target}](<{target}>)"
    return f"*{slanted}*" if slanted else f"`{code or verbatim}`"


def _dedent(lines: list[str]) -> list[str]:
    """Take out the blanks with which all lines below a heading begin."""
    depth = min((len(x) - len(x.lstrip(" ")) for x in lines if x.strip()), default=0)
    return [x[depth:] if x.strip() else x for x in lines]
