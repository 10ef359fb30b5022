"""A journal in, its figures out: a row per session and a column per metric."""

from sessionlog_core.blocks import Block, Inline, Label, Row, Table, Text
from sessionlog_core.model import METRIC_NAMES, Journal, Metric, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.selection import limited, select


def metrics(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show figures."""
    found = [s for s in limited(select(journal, query), query) if s.metrics]
    if not found:
        return entry.empty(Label("No figure was found."))
    markup = entry.markups(journal)
    names = [n for n in METRIC_NAMES if any(m.name == n for s in found for m in s.metrics)]
    header: list[tuple[Inline, ...]] = [(Label("Date"),), (Label("Session"),)]
    header += [(Label(n),) for n in names]
    rows = tuple(Row((*_head(s, markup), *(_cell(s, n) for n in names))) for s in found)
    numeric = tuple(range(2, 2 + len(names)))
    return (Table(tuple(header), rows, numeric, "metrics"),)


def _head(session: Session, markup: dict[str, str]) -> tuple[tuple[Inline, ...], ...]:
    return entry.date(session), (entry.reference(session, markup),)


def _cell(session: Session, name: str) -> tuple[Inline, ...]:
    metric = next((m for m in session.metrics if m.name == name), None)
    return (Text(figure(metric)),) if metric else ()


def figure(metric: Metric) -> str:
    """Give a figure as words: `278`, `12/15`, `83%`."""
    total = f"/{metric.total:g}" if metric.total is not None else ""
    unit = metric.unit or ""
    return f"{metric.value:.12g}{total}{unit}"
