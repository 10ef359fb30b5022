"""A journal in, tables for a spreadsheet out, as CSV (RFC 4180): sessions, and figures.

A cell that a spreadsheet would take for a formula begins with an apostrophe: a log is written by
anybody.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from sessionlog_core.figures import COLUMNS
from sessionlog_core.model import Journal, Session
from sessionlog_core.patterns import later
from sessionlog_core.views.lookup import lookup

__all__ = ["metrics_csv", "sessions_csv"]

FORMULA = later(r"\s*[=+\-@\t\r|%]")
"""How a formula begins, for one spreadsheet or another."""

SESSIONS = (
    "key", "date", "date_end", "time", "number", "title", "status", "planned", "branch",
    "duration_minutes", "done", "next_steps", "decisions", "blockers", "commits", "files", "path",
    "line",
)  # fmt: skip
"""The columns of the table of sessions; what can be counted is."""


def sessions_csv(journal: Journal) -> str:
    """Write a row for each session, oldest first."""
    return _write(SESSIONS, (_session(session) for session in journal.sessions))


def _session(session: Session) -> Sequence[object]:
    return (
        session.key,
        session.date,
        session.date_end,
        session.time,
        session.number,
        session.title,
        session.status,
        "yes" if session.planned else "no",
        session.branch,
        session.duration_minutes,
        len(session.done),
        len(session.next_steps),
        len(session.decisions),
        len(session.blockers),
        len(session.commits),
        len(session.files),
        session.source.path,
        session.source.line,
    )


def metrics_csv(journal: Journal) -> str:
    """Write a row for each session that states a figure of the project, oldest first.

    Each metric has four columns: its value, the total of `N/M`, the change since the session
    before, and the line of the log.
    """
    figures = lookup(journal).figures.by_session
    used = [
        name
        for name in COLUMNS
        if any(figure.metric.name == name for row in figures.values() for figure in row)
    ]
    head = ["session", "date", "number", "path"]
    for name in used:
        head += [name, f"{name}_total", f"{name}_change", f"{name}_line"]
    rows: list[list[object]] = []
    for session in journal.sessions:
        if session.key not in figures:
            continue
        of = {figure.metric.name: figure for figure in figures[session.key]}
        row: list[object] = [session.key, session.date, session.number, session.source.path]
        for name in used:
            figure = of.get(name)
            if figure is None:
                row += [None] * 4
            else:
                metric = figure.metric
                row += [metric.value, metric.total, figure.delta, metric.line]
        rows.append(row)
    return _write(head, rows)


def _write(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, int):
        return str(value)
    text = " ".join(str(value).split())
    return f"'{text}" if FORMULA.match(text) else text
