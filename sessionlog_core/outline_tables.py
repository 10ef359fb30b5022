"""Lines of a table in, its rows and cells out: a row needs a bar, and a cell keeps its words."""

import csv
from collections.abc import Sequence

from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later

__all__ = ["begins_table", "csv_table", "read_row"]

DASHES = later(r":?-+:?")
BAR = later(r"(?<!\\)\|")

OPTION = later(r"\s*:([\w-]{1,30}):(?:\s+(.*))?$")
ELSEWHERE = frozenset({"file", "url"})
"""Options of a `csv-table` whose rows stand in another file."""

DELIMITERS = {"tab": "\t", "space": " "}


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
    cells = tuple([Node(Kind.CELL, number, number, x) for x in _cells(line)])
    return Node(Kind.ROW, number, number, children=cells)


def csv_table(body: Sequence[str], first: int) -> Node | None:
    """Read the options and rows of the directive `csv-table`, the first on line `first`.

    None where it has no header, or is none: then it is text as it is written.
    """
    options: dict[str, tuple[str, int]] = {}
    start, name = 0, ""
    for start, line in enumerate(body):
        if not line.strip():
            break
        if match := OPTION.match(line):
            name = match[1]
            options[name] = match[2] or "", first + start
        elif name and line[:1].isspace():
            options[name] = f"{options[name][0]}\n{line}", options[name][1]
        else:
            break
    given = options.get("delim", (",", 0))[0].strip()
    delimiter = DELIMITERS.get(given, given)
    if not ELSEWHERE.isdisjoint(options) or len(delimiter) != 1:
        return None
    header, at = options.get("header", ("", 0))
    rows = [
        *_csv_rows(header.split("\n"), at, delimiter),
        *_csv_rows(body[start:], first + start, delimiter),
    ]
    if len(rows) < 2 or (not header and "header-rows" not in options):
        return None
    return Node(Kind.TABLE, rows[0].line, rows[-1].end_line, children=tuple(rows))


def _csv_rows(lines: Sequence[str], first: int, delimiter: str) -> list[Node]:
    """Read rows; a cell in quotes may run over several lines."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, skipinitialspace=True)
    rows: list[Node] = []
    at = 0
    try:
        for cells in reader:
            line, end, at = first + at, first + reader.line_num - 1, reader.line_num
            if cells:
                texts = (" ".join(cell.split()) for cell in cells)
                made = tuple(Node(Kind.CELL, line, end, text) for text in texts)
                rows.append(Node(Kind.ROW, line, end, children=made))
    except csv.Error:  # a cell of more than 131,072 characters
        return []
    return rows


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
