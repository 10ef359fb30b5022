"""Lines of a table in, its rows and cells out: a row needs a bar, and a cell keeps its words."""

import re

from sessionlog_core.outline import Node, NodeKind

__all__ = ["begins_table", "read_row"]

DASHES = re.compile(r":?-+:?")
BAR = re.compile(r"(?<!\\)\|")


def begins_table(lines: list[str], i: int) -> bool:
    """Say whether a table begins at line `i`: it has a bar, and the line below is one of dashes."""
    if "|" not in lines[i] or i + 1 >= len(lines):
        return False
    below = lines[i + 1].strip()
    if (
        below[:1] not in ("|", "-", ":")
        or below.strip("|-: \t")
        or "-" not in below
        or len(below) < 2
    ):
        return False
    if below[0] == "-" and below[1] in " \t":
        return False
    columns = below.strip().strip("|").split("|")
    if not all(DASHES.fullmatch(x.strip()) for x in columns):
        return False
    return len(columns) == len(_cells(lines[i]))


def read_row(line: str, number: int) -> Node:
    """Read a row of a table."""
    cells = tuple([Node(NodeKind.CELL, number, number, x) for x in _cells(line)])
    return Node(NodeKind.ROW, number, number, children=cells)


def _cells(line: str) -> list[str]:
    line = line.strip()
    if "\\|" in line:
        cells = [x.replace("\\|", "|").strip() for x in BAR.split(line)]
    else:
        cells = [x.strip() for x in line.split("|")]
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells
