"""Sessions in order in, the project's own figures out: one for each metric and session.

A session may name many figures: a partial run, a target, the lines of one file. Of each metric in
`COLUMNS` at most one is the project's, with the change since the session before that states one,
and with what does not add up.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sessionlog_core.blocks import Label
from sessionlog_core.model import Metric, Session, Span
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.records import record

__all__ = [
    "COLUMNS",
    "NEEDS_TOTAL",
    "Figure",
    "Figures",
    "Finding",
    "find_figures",
    "metric_problems",
    "number",
    "signed",
    "written",
]

COLUMNS = ("tests", "tests_failed", "coverage", "tasks", "phases", "progress")
"""Metrics that say how a project as a whole stands. All others are figures of a passage."""

WHOLE = later(
    r"\b(?:total|overall|all|whole|full|suite|project|gesamt|insgesamt|alle|todos|toutes?)\b|总|全部|合計",
    re.IGNORECASE,
)
"""Words by which a figure says that it is the whole project's."""

NEEDS_TOTAL = frozenset({"tasks", "phases"})
"""Metrics that say nothing of a project without their total: `3 complete`."""

CLIMBS = frozenset({"tests", "coverage"})
"""Metrics whose fall is worth a word."""

PARTIAL = 0.5
"""Below this part of the last figure, a bare number of tests may be a partial run."""

CONFIRMED = 2
"""Figures among the last five that must be as high, or a high one may have been the mistake."""

HUGE = 1e15
"""A figure from here on is a run of digits, and no figure of a project."""

LATER = 3
"""Later figures that all stay low: then it is a fall, and no partial run."""


@record(frozen=True, slots=True)
class Figure:
    """The project's figure of one metric after a session; `delta` is its change since the last."""

    session: str
    metric: Metric
    delta: float | None = None


@record(frozen=True, slots=True)
class Finding:
    """Something that does not add up; `text` is a sentence about the figure of `metric`."""

    session: str
    metric: Metric
    source: Span
    text: Label


@record(frozen=True, slots=True)
class Figures:
    """The figures by session, in the order of `COLUMNS`, and what does not add up, oldest first."""

    by_session: Mapping[str, tuple[Figure, ...]]
    findings: tuple[Finding, ...]


def find_figures(sessions: Iterable[Session]) -> Figures:
    """Find the project's figures in sessions, oldest first."""
    told = [s for s in sessions if s.metrics and not s.planned]
    stated: dict[str, list[tuple[str, list[Metric]]]] = {name: [] for name in COLUMNS}
    for s in told:
        for name, metrics in _by_name(s.metrics).items():
            stated[name].append((s.key, metrics))
    chosen = {name: _series(name, rows) for name, rows in stated.items()}
    by_session: dict[str, tuple[Figure, ...]] = {}
    findings: list[Finding] = []
    last: dict[str, Metric] = {}
    for session in told:
        row: list[Figure] = []
        for name in COLUMNS:
            metric = chosen[name].get(session.key)
            if metric is None:
                continue
            before = last.get(name)
            span = Span(session.source.path, metric.line, metric.line)
            findings += [Finding(session.key, metric, span, x) for x in _check(metric, before)]
            row.append(Figure(session.key, metric, _delta(metric, before)))
            last[name] = metric
        if row:
            by_session[session.key] = tuple(row)
    return Figures(by_session, tuple(findings))


def metric_problems(sessions: Iterable[Session]) -> tuple[Problem, ...]:
    """Give what does not add up as problems."""
    return tuple(
        Problem(Code.METRIC, str(x.text), x.source.path, x.source.line, grave=False)
        for x in find_figures(sessions).findings
    )


def number(value: float) -> str:
    """Write a figure without needless decimals."""
    return f"{value:.12g}"


def signed(value: float) -> str:
    """Write a change with its sign."""
    return f"+{number(value)}" if value >= 0 else f"−{number(-value)}"


def written(metric: Metric) -> str:
    """Write a figure: `278`, `12/15`, `83%`."""
    total = f"/{number(metric.total)}" if metric.total is not None else ""
    unit = metric.unit or ""
    return f"{number(metric.value)}{total}{unit if unit == '%' else f' {unit}' if unit else ''}"


def _by_name(metrics: Iterable[Metric]) -> dict[str, list[Metric]]:
    out: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.name in COLUMNS and metric.value < HUGE:
            if metric.name == "tests" and "tests" in out and not metric.partial:
                # A run that failed, and a later one: `71 passed, 2 failed. Fixed, 73 passed`.
                out["tests_failed"] = [m for m in out.get("tests_failed", ()) if not m.value]
            out.setdefault(metric.name, []).append(metric)
    return {name: stated for name, stated in out.items() if stated}


def _series(name: str, rows: Iterable[tuple[str, Sequence[Metric]]]) -> dict[str, Metric]:
    """Choose the project's figure of a metric in each session that has one."""
    chosen = ((key, _choose(name, metrics)) for key, metrics in rows)
    found = [(key, metric) for key, metric in chosen if metric is not None]
    return dict(_without_parts(found)) if name == "tests" else dict(found)


def _choose(name: str, stated: Sequence[Metric]) -> Metric | None:
    """Choose among the figures of a session: a stated change, then words for the whole, then size.

    Of figures that do not grow with the project the last one counts in place of the largest.
    """
    if name in NEEDS_TOTAL:
        stated = [m for m in stated if m.total is not None]
    if name == "tests":
        return max((m for m in stated if not m.partial), key=_weight, default=None)
    return max(enumerate(stated), key=lambda x: (*_weight(x[1])[:2], x[0]), default=(0, None))[1]


def _without_parts(found: Sequence[tuple[str, Metric]]) -> Iterator[tuple[str, Metric]]:
    """Leave out numbers of tests that are a part of the last one: the level comes back later.

    At the end of a log nobody knows whether it comes back; there the figures before decide.
    """
    highest = [0.0] * (len(found) + 1)
    for i in range(len(found) - 1, -1, -1):
        highest[i] = max(found[i][1].value, highest[i + 1])
    kept: list[float] = []
    for i, (key, metric) in enumerate(found):
        level = kept[-1] * PARTIAL if kept else 0.0
        whole = _changes(metric) or WHOLE.search(metric.text) is not None
        if metric.value < level and not whole:
            confirmed = sum(x >= level for x in kept[-5:]) >= CONFIRMED
            late = len(found) - i - 1 < LATER
            if highest[i + 1] >= level or (confirmed and late):
                continue
        kept.append(metric.value)
        yield key, metric


def _weight(metric: Metric) -> tuple[bool, bool, float]:
    return _changes(metric), WHOLE.search(metric.text) is not None, metric.value


def _changes(metric: Metric) -> bool:
    return metric.before is not None or metric.delta is not None


def _delta(metric: Metric, last: Metric | None) -> float | None:
    """Give the change since the last figure; a total that changed makes figures unlike."""
    if metric.name in NEEDS_TOTAL and last is not None and last.total != metric.total:
        return None
    before = last.value if last is not None else metric.before
    return None if before is None else round(metric.value - before, 6)


def _check(metric: Metric, last: Metric | None) -> Iterable[Label]:
    """Say what does not add up."""
    value, before, delta = metric.value, metric.before, metric.delta
    words = _Words(metric)
    if metric.total is not None and value > metric.total:
        yield words("{value} is more than its total")
    if (metric.unit == "%" or metric.name == "coverage") and value > 100:
        yield words("{value} is more than all")
    if before is not None and delta is not None and not _same(before + delta, value):
        text = "{before} and {delta} make {sum}, stated is {value}"
        yield words(
            text, before=number(before), delta=signed(delta), sum=number(round(before + delta, 6))
        )
    if last is None:
        return
    if before is not None and not _same(before, last.value):
        text = "starts from {before}, the session before ended at {last}"
        yield words(text, before=number(before), last=number(last.value))
    if before is None and delta is not None and not _same(last.value + delta, value):
        text = "stated as {delta}, from {last} to {value} it is {real}"
        real = signed(round(value - last.value, 6))
        yield words(text, delta=signed(delta), last=number(last.value), real=real)
    if metric.name in CLIMBS and value < last.value and not _same(value, last.value):
        yield words("fell from {last} to {value}", last=written(last))


@record(frozen=True, slots=True)
class _Words:
    """Puts the figure's own value into a sentence."""

    metric: Metric

    def __call__(self, text: str, **values: str) -> Label:
        return Label(text, (("value", written(self.metric)), *values.items()))


def _same(first: float, second: float) -> bool:
    """Compare figures; decimals may have been rounded."""
    whole = first % 1 == 0 and second % 1 == 0
    return abs(first - second) < (1e-9 if whole else 0.11)
