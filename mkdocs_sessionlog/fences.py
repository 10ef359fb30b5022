"""The lines of a Markdown page in, its sessionlog fences out, and the lines with marks for them.

A fence is ```` ```{sessionlog} VIEW ````, with options as MyST writes them: `:name: value` lines,
or `name: value` lines between two `---`. Fences inside longer fences are text that somebody shows,
and are left alone. Marks hold two control characters that Python-Markdown takes out of a page
before we see it, so no page can write one.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from sessionlog_core.patterns import later
from sessionlog_core.records import record

__all__ = ["MARK", "Fence", "find_fences", "mark_fences"]

# "- ```{sessionlog} timeline": quote marks and white space, a list marker, the fence and the rest.
_OPEN = later(
    r"(?P<prefix>[ \t>]*)(?P<marker>(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
    r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)"
)
_CLOSE = later(r"[ \t>]*(?P<fence>`{3,}|~{3,})[ \t]*$")
_INFO = later(r"[ \t]*\{sessionlog\}[ \t]*(?P<view>.*)")
_OPTION = later(r":(?P<name>[\w-]+):(?:[ \t]+(?P<value>.*))?$")
_PAIR = later(r"(?P<name>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?$")

_START, _END = "\x02", "\x03"

MARK = later(f"{_START}sessionlog:(?P<number>[0-9]+){_END}")
"""What stands in the lines in place of a fence; `number` counts from 0."""


@record(frozen=True, slots=True)
class Fence:
    """One fence. `line` is 1-based; `text` is the fence as written, less its indent.

    `rest` is what stands in it beside options, which has no meaning.
    """

    view: str
    options: Mapping[str, str]
    line: int
    text: str
    rest: str = ""


@record(frozen=True, slots=True)
class _Block:
    """A fence of ours among the lines: from `start` to `end`, without the line at `end`."""

    start: int
    end: int
    prefix: str
    marker: str
    fence: Fence


def find_fences(lines: Sequence[str]) -> tuple[Fence, ...]:
    """Give the sessionlog fences of a page in their order."""
    return tuple(block.fence for block in _find(lines)[0])


def mark_fences(lines: Sequence[str]) -> tuple[list[str], tuple[Fence, ...], tuple[int, ...]]:
    """Put a mark in place of each fence; also give the fences, and lines of those never closed."""
    blocks, unclosed = _find(lines)
    out: list[str] = []
    done = 0
    for number, block in enumerate(blocks):
        out += lines[done : block.start]
        # Python-Markdown parts blocks by empty lines; inside a quotation these carry its mark.
        empty = block.prefix.rstrip() if ">" in block.prefix else ""
        mark = f"{block.prefix}{block.marker}{_START}sessionlog:{number}{_END}"
        out += [mark, empty] if block.marker else [empty, mark, empty]
        done = block.end
    out += lines[done:]
    return out, tuple(block.fence for block in blocks), unclosed


def _find(lines: Sequence[str]) -> tuple[list[_Block], tuple[int, ...]]:
    """Walk over all fences, ours and others, since only a walk tells what is inside of another."""
    closers: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if found := _CLOSE.match(line):
            closers.setdefault(found["fence"], []).append(number)
    blocks: list[_Block] = []
    unclosed: list[int] = []
    number = 0
    while number < len(lines):
        opening = _OPEN.match(lines[number])
        if opening is None:
            number += 1
            continue
        ours = _INFO.fullmatch(opening["info"])
        end = _closing(closers, opening["fence"], number)
        if end is None:
            if ours:
                unclosed.append(number + 1)
            number += 1
            continue
        if ours:
            fence = _read(lines[number : end + 1], ours["view"].strip(), opening, number + 1)
            marker = opening["marker"] or ""
            blocks.append(_Block(number, end + 1, opening["prefix"], marker, fence))
        number = end + 1
    return blocks, tuple(unclosed)


def _closing(closers: Mapping[str, list[int]], fence: str, opening: int) -> int | None:
    """Find the next line that closes a fence; as in Python-Markdown, it is as long."""
    lines = closers.get(fence, [])
    place = bisect_right(lines, opening)
    return lines[place] if place < len(lines) else None


def _read(lines: Sequence[str], view: str, opening: re.Match[str], number: int) -> Fence:
    width = len(opening["prefix"]) + len(opening["marker"] or "")
    body = [line.strip(" \t>") for line in lines[1:-1]]
    options: dict[str, str] = {}
    rest: list[str] = []
    pattern, block = _OPTION, False
    for index, line in enumerate(body):
        if not line:
            continue
        if line == "---" and (block or not options):
            pattern, block = (_OPTION, False) if block else (_PAIR, True)
        elif found := pattern.match(line):
            options[found["name"]] = _unquoted(found["value"] or "")
        elif not (block and line.startswith("#")):
            rest = body[index:]
            break
    text = "\n".join([lines[0][width:], *(_cut(line, width) for line in lines[1:])])
    return Fence(view, options, number, text, "\n".join(rest).strip())


def _unquoted(value: str) -> str:
    """Take the quotation marks off that YAML needs around some values."""
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value


def _cut(line: str, width: int) -> str:
    """Take at most `width` characters of indent or quote marks off a line."""
    return line[min(width, len(line) - len(line.lstrip(" \t>"))) :]
