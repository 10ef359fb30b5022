"""A journal in, its sessions out: open and planned ones, then by month, newest first, gaps."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from sessionlog_core.blocks import (
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
    Ref,
    RefKind,
    Row,
    Section,
    Table,
    Text,
)
from sessionlog_core.body import blocks
from sessionlog_core.figures import Figures
from sessionlog_core.model import Journal, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.groups import group_lines
from sessionlog_core.views.lookup import Lookup, days_between, lookup
from sessionlog_core.views.nothing import no_session
from sessionlog_core.views.records import session_record
from sessionlog_core.views.selection import (
    chooses,
    is_open,
    limited,
    month_of,
    month_title,
    select,
)

OPEN_ON_TOP = 5
"""Open sessions on top of the page; the others of a log that closes none stay in their month."""

UNFOLDED = 5
"""Sessions whose text can be unfolded in place; the others are one click away, in the archive. A
page with the text of a thousand sessions would be read by nobody."""

GAP = 14
"""Days without a session that are worth a line."""

WEEKS = 160
"""Weeks that a strip can show; a longer history is shown by months."""


def timeline(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show what happened when."""
    chosen = select(journal, query)
    found = limited(chosen, query)
    if not found:
        return no_session(journal, query)
    find = lookup(journal)
    figures = find.figures
    whole = not chooses(query)
    top = [s for s in found if is_open(s)][:OPEN_ON_TOP]
    plans = [s for s in found if s.planned][:OPEN_ON_TOP]
    top_keys = {s.key for s in (*top, *plans)}
    rest = [s for s in found if s.key not in top_keys]
    number = {"newest": UNFOLDED, "all": len(found), "none": 0}[query.text]
    unfold = {s.key for s in (*top, *plans, *rest)[:number]}
    page = _Page(
        find,
        figures,
        unfold,
        _gaps(journal),
        elsewhere=query.text != "all",
        upwards=query.order == "oldest",
    )
    out: list[Block] = []
    if whole:
        out.extend(_overview(journal, find, top))
    if top:
        out.append(Section((Label("Open"),), tuple(page.open(top)), "sessions-open", "open"))
    if plans:
        ahead = tuple(page.open(plans))
        out.append(Section((Label("Planned"),), ahead, "sessions-planned", "planned"))
    out.extend(page.months(rest) if query.group_by == "month" else page.days(rest))
    if len(found) < len(chosen):
        out.append(Paragraph((more(len(chosen) - len(found)),), "more"))
    if whole:
        out.extend(_weeks_table(journal))
    return tuple(out)


def more(number: int) -> Ref:
    """Say how many sessions are not shown, with a link to all."""
    words = entry.counted(number, "1 session more", "{n} sessions more")
    return Ref(RefKind.PAGE, "sessions", (words,))


# --- the top of the page ------------------------------------------------------------------------


def _overview(journal: Journal, find: Lookup, top: Sequence[Session]) -> Iterator[Block]:
    """Give how many sessions there are, from when to when, and ways to fewer of them."""
    yield Paragraph(entry.joined(_counts(journal, top)), "overview")
    if strip := _strip(journal):
        yield strip
    if lines := group_lines(journal, find):
        yield List(tuple(ListItem((Paragraph(x),)) for x in lines), kind="ways")
    if journal.withheld:
        yield entry.withheld(journal.withheld)


def _counts(journal: Journal, top: Sequence[Session]) -> Iterator[tuple[Inline, ...]]:
    taken = [s for s in journal.sessions if not s.planned]
    logs = {s.source.path for s in taken}
    yield (
        entry.counted(len(taken), "1 session", "{n} sessions"),
        Text(" "),
        entry.counted(len(logs), "in 1 log", "in {n} logs"),
    )
    dates = sorted(s.date for s in taken if s.date)
    if dates and dates[0] != dates[-1]:
        ends = (("first", Date("", dates[0])), ("last", Date("", dates[-1])))
        yield (Label("{first} to {last}", ends),)
    stated = [s.duration_minutes for s in taken if s.duration_minutes]
    # What few sessions state is no sum of the work; each of them says it itself.
    if 2 * len(stated) > len(taken):
        counts = (("n", str(len(stated))), ("total", str(len(taken))))
        label = Label("time stated in {n} of {total} sessions:", counts)
        if len(stated) == len(taken):
            label = Label("time stated:")
        yield (label, Text(" "), entry.duration(sum(stated)))
    if number := sum(1 for s in journal.sessions if is_open(s)):
        yield (entry.counted(number, "1 is open", "{n} are open"),)
    if number := sum(1 for s in journal.sessions if s.planned):
        yield (entry.counted(number, "1 is planned", "{n} are planned"),)
    if top or taken:
        yield (Ref(RefKind.PAGE, "continue-here", (Label("Continue here"),)),)


def _spans(journal: Journal) -> tuple[str, list[tuple[str, int]]]:
    """Give `week` or `month`, and for each of them its begin and its number of sessions."""
    dates: list[dt.date] = []
    for s in journal.sessions:
        if s.date and not s.planned:
            try:
                dates.append(dt.date.fromisoformat(s.date))
            except ValueError:
                continue
    if not dates:
        return "week", []
    first, last = min(dates), max(dates)
    if (last - first).days <= WEEKS * 7:
        monday = first - dt.timedelta(first.weekday())
        weeks = [0] * ((last - monday).days // 7 + 1)
        for date in dates:
            weeks[(date - monday).days // 7] += 1
        return "week", [
            ((monday + dt.timedelta(7 * i)).isoformat(), n) for i, n in enumerate(weeks)
        ]
    months = [0] * ((last.year - first.year) * 12 + last.month - first.month + 1)
    for date in dates:
        months[(date.year - first.year) * 12 + date.month - first.month] += 1
    start = first.year * 12 + first.month - 1
    return "month", [
        (f"{(start + i) // 12:04}-{(start + i) % 12 + 1:02}", n) for i, n in enumerate(months)
    ]


STRIPS = {"week": Label("Sessions per week"), "month": Label("Sessions per month")}


def _strip(journal: Journal) -> Chart | None:
    """Give the activity of the project as a picture."""
    unit, spans = _spans(journal)
    if len(spans) < 3:
        return None
    values = (
        ("first", Date("", spans[0][0])),
        ("last", Date("", spans[-1][0])),
        ("most", str(max(n for _, n in spans))),
    )
    about = Label("From {first} to {last}, at most {most}. The table below has them all.", values)
    points = tuple(Point(x, n, str(n)) for x, n in spans)
    return Chart(STRIPS[unit], about, points, "bars")


def _weeks_table(journal: Journal) -> Iterator[Block]:
    """Give the figures of the strip as a table, without the weeks in which nothing happened."""
    unit, spans = _spans(journal)
    if len(spans) < 3:
        return
    rows = tuple(Row(((Date("", x),), (Text(str(n)),))) for x, n in reversed(spans) if n)
    heads = ((Label("Begin"),), (Label("Sessions"),))
    yield Fold((STRIPS[unit],), (Table(heads, rows, (1,), "weeks"),), "sessions-per-time")


# --- the sessions -------------------------------------------------------------------------------


def _gaps(journal: Journal) -> dict[str, int]:
    """Give the days without a session before a session, by its key, where they are many."""
    dated = sorted((s for s in journal.sessions if s.date and not s.planned), key=_by_date)
    out: dict[str, int] = {}
    for before, after in pairwise(dated):
        days = days_between(before.date_end or before.date, after.date)
        if days is not None and days > GAP:
            out[after.key] = days
    return out


def _by_date(session: Session) -> str:
    return session.date or ""


class _Page:
    """What the entries of one page have in common."""

    def __init__(
        self,
        find: Lookup,
        figures: Figures,
        unfold: set[str],
        gaps: dict[str, int],
        *,
        elsewhere: bool,
        upwards: bool,
    ) -> None:
        self._find = find
        self._figures = figures
        self._unfold = unfold
        self._gaps = gaps
        self._elsewhere = elsewhere
        self._upwards = upwards

    def open(self, sessions: Sequence[Session]) -> Iterator[Block]:
        """Give open or planned sessions, and how many came after each."""
        items = (self._item(s, dated=s.date is not None, aged=is_open(s)) for s in sessions)
        yield List(tuple(items), kind="timeline")

    def months(self, sessions: Sequence[Session]) -> Iterator[Block]:
        """Give sessions below a landmark for each month; those without a date come last."""
        by_month: dict[str, list[Session]] = {}
        for s in sessions:
            by_month.setdefault(month_of(s), []).append(s)
        undated = by_month.pop("undated", [])
        for month, group in by_month.items():
            count = entry.counted(len(group), "1 session", "{n} sessions")
            line = Paragraph((count,), "count")
            yield Section(month_title(month), (line, *self.days(group)), f"month-{month}", "month")
        if undated and not by_month:
            text = Label("No dates were found: the sessions stand in the order of their logs.")
            hint = Label("A date in the heading of a session is enough:")
            example = Code("## 2026-01-31 Parser")
            yield Paragraph((text, Text(" "), hint, Text(" "), example), "hint")
            yield List(tuple(self._item(s, dated=False) for s in undated), kind="timeline")
        elif undated:
            items = List(tuple(self._item(s, dated=False) for s in undated), kind="timeline")
            yield Section(month_title("undated"), (items,), "month-undated", "month")

    def days(self, sessions: Sequence[Session]) -> Iterator[Block]:
        """Give sessions in lists, parted by long gaps; several of one day stand below it."""
        items: list[ListItem] = []
        for date, run in groupby(sessions, lambda s: s.date):
            group = list(run)
            items.append(
                self._item(group[0]) if date is None or len(group) == 1 else self._day(group)
            )
            if date is None:
                items.extend(self._item(s) for s in group[1:])
            gap = max((self._gaps.get(s.key, 0) for s in group), default=0)
            if gap:
                # The gap lies before the session: above it where the oldest stands on top.
                before, after = (items[:-1], items[-1:]) if self._upwards else (items, [])
                if before:
                    yield List(tuple(before), kind="timeline")
                items = after
                yield Paragraph((Label("a gap of {n} days", (("n", str(gap)),)),), "gap")
        if items:
            yield List(tuple(items), kind="timeline")

    def _day(self, group: Sequence[Session]) -> ListItem:
        count = Label("{n} sessions", (("n", str(len(group))),))
        head = Paragraph((*entry.date(group[0]), Text(" · "), count), "day")
        items = tuple(self._item(s, dated=False) for s in group)
        return ListItem((head, List(items, kind="timeline")))

    def _item(self, session: Session, *, dated: bool = True, aged: bool = False) -> ListItem:
        find = self._find
        inner: list[Block] = [entry.head(session, find, dated=dated)]
        if aged and (count := find.newer.get(session.key, 0)):
            words = entry.counted(count, "1 session came after it", "{n} sessions came after it")
            inner.append(Paragraph((words,), "age"))
        inner.extend(entry.lines(session, find, self._figures.by_session.get(session.key, ())))
        if session.key in self._unfold and session.body:
            inner.append(_body(session, find, elsewhere=self._elsewhere))
        anchor = f"timeline-{session.key}"
        return ListItem(tuple(inner), anchor=anchor, records=(session_record(session),))


def _body(session: Session, find: Lookup, *, elsewhere: bool) -> Fold:
    """Give the text of a session to unfold, with ids of its own."""
    path = session.source.path
    anchor = f"timeline-{session.key}"
    inner = blocks(session.body, find.markup.get(path, "markdown"), path, anchor=anchor)
    label = Label("The whole session")
    if not elsewhere:
        return Fold((label,), inner, f"{anchor}-text")
    link = Ref(RefKind.SESSION, session.key, (Label("The whole session on its own"),))
    blocks_ = (*inner, Paragraph((link,), "permalink"))
    return Fold((label,), blocks_, f"{anchor}-text", repeats=True)
