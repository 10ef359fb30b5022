"""The tables of a session in, their figures out; and those of reports, and of pairs of sections.

A row's first cell or a column's header is the label of a cell. Columns, or sections, that say
before and after give one figure with both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from sessionlog_core.metric_words import AFTER_WORDS, BEFORE_WORDS, TARGET_WORDS
from sessionlog_core.metrics import (
    NUMBER,
    SUMMANDS,
    find_metrics,
    name_behind,
    name_of_label,
    read_number,
)
from sessionlog_core.model import Metric
from sessionlog_core.outline import Node
from sessionlog_core.patterns import later
from sessionlog_core.vocabulary import MetricPattern, word_set, words_of

__all__ = ["find_coverage", "find_table_metrics", "may_report", "pair_metrics"]

COVERED = later(
    r"\s{0,8}\S[^\n]{0,100}?\s{2,60}\d[^\n%]{0,60}?[\s(](\d{1,3}(?:\.\d{1,2})?)%\)?\s{0,8}(?:[\d\s,>-]{0,80})$"
)
"""A line of a coverage report: a file, counts, and a percentage at the end."""
SUM_CELL = later(SUMMANDS)
"""A sum at the begin of a cell."""
NO_COLUMN = TARGET_WORDS | word_set(
    """
        delta change diff difference improvement missing date line lines# id # no nr
    """
)


def find_table_metrics(
    table: Node, title: str = "", patterns: Iterable[MetricPattern] = ()
) -> tuple[Metric, ...]:
    """Find the figures of a table: a row's first cell or a column's header is the label of a cell.

    A pair of columns that say before and after gives one figure with both. `title` is the
    section's.
    """
    if not table.children:
        return ()
    header = [_plain(c.text) for c in table.children[0].children]
    heads, first, last = _columns(tuple(header))
    found: list[Metric] = []
    for row in table.children[1:]:
        cells = [_plain(c.text) for c in row.children]
        if first is not None and last is not None and max(first, last) < len(cells):
            metric = _of_pair(cells, header, first, last, title, row.line)
            if metric:
                found.append(metric)
            continue
        found.extend(_of_cells(cells, header, heads, title, row.line, patterns))
    return tuple(found)


@lru_cache(maxsize=512)
def _columns(
    header: tuple[str, ...],
) -> tuple[tuple[frozenset[str], ...], int | None, int | None]:
    """Give the words above each column, and which columns say before and after; headers repeat."""
    heads = tuple([frozenset(words_of(h)) for h in header])
    first = next((i for i, h in enumerate(heads) if h & BEFORE_WORDS), None)
    last = next((i for i, h in enumerate(heads) if h & AFTER_WORDS and i != first), None)
    return heads, first, last


def _plain(text: str) -> str:
    return text.replace("*", "").replace("`", "").strip()


def _of_pair(
    cells: list[str], header: list[str], first: int, last: int, title: str, line: int
) -> Metric | None:
    old, new = NUMBER.match(cells[first]), NUMBER.match(cells[last])
    if old is None or new is None:
        return None
    label = next((c for i, c in enumerate(cells) if i not in (first, last) and not c.isdigit()), "")
    unit = new["unit"]
    name = (
        name_of_label(label, unit)
        or name_of_label(header[last], unit)
        or name_of_label(title, unit)
    )
    if name is None:
        name = name_behind(cells[last][new.end() :], unit)[0]
    if name is None and unit == "%":
        name = "progress"
    if name is None:
        return None
    before, value = read_number(old["value"]), read_number(new["value"])
    total = float(new["total"]) if new["total"] else None
    return Metric(name, value, " | ".join(cells), line, total, before, value - before, unit)


def _of_cells(
    cells: list[str],
    header: list[str],
    heads: Sequence[frozenset[str]],
    title: str,
    line: int,
    patterns: Iterable[MetricPattern],
) -> Iterator[Metric]:
    for index, cell in enumerate(cells):
        if not any(c in cell for c in "0123456789") or (
            index < len(heads) and heads[index] & NO_COLUMN
        ):
            continue
        named = find_metrics(cell, line, patterns)
        if named:
            yield from named
        parts = SUM_CELL.match(cell)
        number = NUMBER.match(cell, parts.end() if parts else 0)
        if number is None or any(m.text.startswith(number[0].strip()) for m in named):
            continue
        unit = number["unit"]
        rest = cell[number.end() :].strip(" %)")
        if rest and not rest.startswith(("(", ",", "+", "✅")):
            continue
        label = cells[0] if index else ""
        name = name_of_label(label, unit) if len(label) < 40 else None
        if name is None and index < len(header):
            name = name_of_label(header[index], unit)
            if name is None and (
                "%" in header[index]
                or (unit == "%" and heads[index] & (BEFORE_WORDS | AFTER_WORDS))
            ):
                name = name_of_label(title, unit) or ("progress" if "%" in header[index] else None)
        if name is None or (
            name in ("tasks", "phases", "progress") and not (number["total"] or unit)
        ):
            continue
        total = float(number["total"]) if number["total"] else None
        before, delta = map(read_number, parts.group("before", "delta")) if parts else (None, None)
        value = read_number(number["value"])
        yield Metric(name, value, cell, line, total, before, delta, unit)


def pair_metrics(before: Iterable[Metric], after: Iterable[Metric]) -> tuple[Metric, ...]:
    """Give the figures of a section `After` what the section `Before` says of the same ones."""
    left = list(before)
    paired: list[Metric] = []
    for metric in after:
        old = next((m for m in left if m.name == metric.name), None)
        if old is not None and metric.before is None:
            left.remove(old)
            delta = metric.delta if metric.delta is not None else metric.value - old.value
            metric = replace(metric, before=old.value, delta=delta)
        paired.append(metric)
    return tuple(paired)


def may_report(text: str) -> bool:
    """Say at a glance whether a block of code may be the report of a coverage tool."""
    return "over" in text and "%" in text


def find_coverage(text: str, line: int) -> tuple[Metric, ...]:
    """Find the coverage of each file in the report of a coverage tool that starts at `line`."""
    if not may_report(text):
        return ()
    found: list[Metric] = []
    for offset, row in enumerate(text.split("\n")):
        match = COVERED.match(row)
        if match:
            value = read_number(match[1])
            found.append(Metric("coverage", value, row.strip(), line + offset, unit="%"))
    return tuple(found)
