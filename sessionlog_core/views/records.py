"""A record in, what a program is told of it where a view shows it out: its kind and plain values.

Hosts set these beside what people read: as attributes of docutils nodes, of which other Sphinx
extensions make use. What a record does not state is left out.
"""

from collections.abc import Mapping

from sessionlog_core.blocks import Record
from sessionlog_core.figures import Figure
from sessionlog_core.model import Decision, FollowUp, Milestone, RoadmapItem, Session, Span
from sessionlog_core.views.selection import state_of

__all__ = [
    "decision_record",
    "item_record",
    "metric_record",
    "milestone_record",
    "session_record",
    "step_record",
]


def session_record(session: Session) -> Record:
    """Tell of a session: `key`, `date`, `number`, `state`, `log`, `line`."""
    values = {
        "key": session.key,
        "date": session.date,
        "number": session.number,
        "state": state_of(session),
    }
    return _record("session", values | _place(session.source))


def step_record(step: FollowUp) -> Record:
    """Tell of a next step: `session` it stands in, `state`, the session that says so (`by`)."""
    values = {"session": step.session, "state": step.state, "by": step.by_session}
    return _record("step", values | _place(step.source))


def decision_record(session: Session, key: str, decision: Decision) -> Record:
    """Tell of a decision: `key`, `session`, `date`, `log`, `line`."""
    source = Span(session.source.path, decision.item.line, decision.item.end_line)
    values = {"key": key, "session": session.key, "date": session.date}
    return _record("decision", values | _place(source))


def metric_record(session: Session, figure: Figure, *, cell: int | None = None) -> Record:
    """Tell of a figure: `name`, `value`, `total`, `delta`, `unit`, `session`, `date`, its place."""
    metric = figure.metric
    values = {
        "name": metric.name,
        "value": _number(metric.value),
        "total": _number(metric.total),
        "delta": _number(figure.delta),
        "unit": metric.unit,
        "session": session.key,
        "date": session.date,
        "log": session.source.path,
        "line": str(metric.line),
    }
    return _record("metric", values, cell)


def item_record(item: RoadmapItem) -> Record:
    """Tell of an item of a roadmap: `key`, `state`, `milestone`, `log` (the roadmap), `line`."""
    values = {"key": item.key, "state": item.state, "milestone": item.milestone_key}
    return _record("item", values | _place(item.source))


def milestone_record(milestone: Milestone) -> Record:
    """Tell of a milestone: `key`, `state`, `log` (the roadmap), `line`."""
    values = {"key": milestone.key, "state": milestone.state}
    return _record("milestone", values | _place(milestone.source))


def _record(kind: str, values: Mapping[str, str | None], cell: int | None = None) -> Record:
    return Record(kind, tuple([(name, x) for name, x in values.items() if x is not None]), cell)


def _place(span: Span) -> dict[str, str | None]:
    return {"log": span.path, "line": str(span.line)}


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"
