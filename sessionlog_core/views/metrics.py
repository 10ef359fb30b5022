"""A journal in, its figures out: a chart of each metric, a table, what does not add up."""

from collections.abc import Iterator, Sequence

from sessionlog_core.blocks import (
    Badge,
    Block,
    Chart,
    Code,
    Date,
    Fold,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Point,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from sessionlog_core.figures import (
    COLUMNS,
    NEEDS_TOTAL,
    Figure,
    Figures,
    signed,
    written,
)
from sessionlog_core.model import Journal, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.lookup import Lookup, lookup, place
from sessionlog_core.views.nothing import advice, no_session
from sessionlog_core.views.records import metric_record
from sessionlog_core.views.selection import limited, select

__all__ = ["HEADS", "ODD", "metrics", "metrics_looks_at"]

HEADS = {
    "tests": Label("Tests"),
    "tests_failed": Label("Tests failed"),
    "coverage": Label("Coverage"),
    "tasks": Label("Tasks"),
    "phases": Label("Phases"),
    "progress": Label("Progress"),
}
"""The names of metrics as heads of columns and charts."""

ODD: tuple[Inline, ...] = (Badge("finding", (Text("≠"),)),)
"""What stands behind a figure that does not add up."""

PASSAGES = 8
"""Other figures of one session that are listed; all stand in the session."""


def metrics(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show how the figures of the project went."""
    chosen = select(journal, query)
    if not chosen:
        return no_session(journal, query)
    find = lookup(journal)
    figures = find.figures
    with_figures = [s for s in chosen if s.key in figures.by_session]
    found = limited(with_figures, query)
    others = tuple(_others(limited(chosen, query), figures, find))
    if not found:
        hints = advice(
            Label("No figure of the project was found."),
            (
                Label("A line such as"),
                Text(" "),
                Code("Tests: 172 passing (+27)"),
                Text(" "),
                Label("or"),
                Text(" "),
                Code("Coverage: 81%"),
                Text(" "),
                Label("in a session is enough."),
            ),
        )
        return (*hints, *others)
    names = [n for n in COLUMNS if any(_of(figures, s, n) for s in found)]
    out: list[Block] = list(_charts(found, names, figures))
    out.append(_table(found, names, figures, find))
    if len(found) < len(with_figures):
        rest = (("n", str(len(with_figures) - len(found))),)
        out.append(Paragraph((Label("and {n} more", rest),), "more"))
    out.extend(_findings(found, figures, find))
    out.extend(others)
    return tuple(out)


def metrics_looks_at(journal: Journal, query: Query) -> object:
    """Give all that `metrics` makes its blocks of: as long as it is the same, so are they."""
    chosen = select(journal, query)
    if not chosen:
        return None
    find = lookup(journal)
    return (
        [s.key for s in chosen if s.metrics or query.limit is not None],
        [
            (
                *(s.key, s.number, s.title, s.date, s.date_end, s.planned, s.metrics),
                *(s.source.path, find.markup.get(s.source.path)),
            )
            for s in journal.sessions
            if s.metrics
        ],
    )


def _of(figures: Figures, session: Session, name: str) -> Figure | None:
    for figure in figures.by_session.get(session.key, ()):
        if figure.metric.name == name:
            return figure
    return None


def _charts(found: Sequence[Session], names: list[str], figures: Figures) -> Iterator[Block]:
    """Give a sentence and a picture for each metric that has a way to show."""
    order = {key: i for i, key in enumerate(figures.by_session)}
    oldest_first = sorted(found, key=lambda s: order[s.key])
    for name in names:
        series = [(s, f) for s in oldest_first if (f := _of(figures, s, name))]
        if len(series) < 2:
            continue
        points = tuple(_point(s, f) for s, f in series)
        first, last = points[0], points[-1]
        values = (
            ("first", first.text),
            ("begin", Date("", first.label)),
            ("last", last.text),
            ("end", Date("", last.label)),
            ("low", min(points, key=lambda p: p.value).text),
            ("high", max(points, key=lambda p: p.value).text),
            ("n", str(len(points))),
        )
        about = Label(
            "{first} ({begin}) to {last} ({end}), lowest {low}, highest {high}, {n} sessions",
            values,
        )
        yield Paragraph((Strong((HEADS[name],)), Text(" "), about), "series")
        yield Chart(HEADS[name], about, points)


def _point(session: Session, figure: Figure) -> Point:
    metric = figure.metric
    value = metric.value
    if metric.name in NEEDS_TOTAL and metric.total:
        value = value / metric.total  # how far each one is, be their totals alike or not
    return Point(session.date or session.key, value, written(metric))


def _table(found: Sequence[Session], names: list[str], figures: Figures, find: Lookup) -> Table:
    marked = {(x.session, x.metric.name) for x in figures.findings}
    header: list[tuple[Inline, ...]] = [(Label("Date"),), (Label("Session"),)]
    header += [(HEADS[n],) for n in names]
    rows = []
    for s in found:
        cells = [_cell(_of(figures, s, name), marked=(s.key, name) in marked) for name in names]
        records = tuple(
            metric_record(s, figure, cell=cell)
            for cell, name in enumerate(names, 2)
            if (figure := _of(figures, s, name)) is not None
        )
        line = (entry.date(s), (entry.reference(s, find),), *cells)
        rows.append(Row(line, records=records))
    return Table(tuple(header), tuple(rows), tuple(range(2, 2 + len(names))), "metrics")


def _cell(figure: Figure | None, *, marked: bool) -> tuple[Inline, ...]:
    if figure is None:
        return ()
    out: tuple[Inline, ...] = (Text(written(figure.metric)),)
    if figure.delta:
        out += (Text(f" ({signed(figure.delta)})"),)
    return (*out, Text(" "), *ODD) if marked else out


def _findings(found: Sequence[Session], figures: Figures, find: Lookup) -> Iterator[Block]:
    """List what does not add up, newest first, each with its line."""
    keys = {s.key for s in found}
    items: list[ListItem] = []
    for x in reversed(figures.findings):
        if x.session not in keys:
            continue
        words = (Strong((HEADS[x.metric.name],)), Text(": "), x.text)
        session = find.sessions[x.session]
        origin = entry.joined([entry.named(session, find), (place(x.source),)])
        items.append(ListItem((Paragraph(words), Paragraph(origin, "meta"))))
    if items:
        lead = Paragraph((Label("Marked ≠ in the table."),), "hint")
        title = (Label("What does not add up"),)
        yield Section(title, (lead, List(tuple(items), kind="findings")), "metrics-findings")


def _others(found: Sequence[Session], figures: Figures, find: Lookup) -> Iterator[Block]:
    """List figures that are not the project's: parts, targets, sizes, times, as written."""
    rows: list[Row] = []
    for s in found:
        own = {f.metric for f in figures.by_session.get(s.key, ())}
        texts = list(dict.fromkeys(m.text.strip() for m in s.metrics if m not in own))
        if not texts:
            continue
        shown: list[tuple[Inline, ...]] = [find.words(x, s.source.path) for x in texts[:PASSAGES]]
        if len(texts) > PASSAGES:
            shown.append((Label("{n} more", (("n", str(len(texts) - PASSAGES)),)),))
        rows.append(Row((entry.date(s), (entry.reference(s, find),), entry.joined(shown))))
    if rows:
        heads = ((Label("Date"),), (Label("Session"),), (Label("As written"),))
        text = Label("Parts, targets, sizes and times; they are not counted as the project's.")
        inner = (Paragraph((text,), "hint"), Table(heads, tuple(rows), (), "others"))
        yield Fold((Label("Other figures"),), inner, "metrics-others")
