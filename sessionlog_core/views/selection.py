"""A journal and a query in, the sessions and rows that the query asks for out."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from sessionlog_core.blocks import Inline, Label
from sessionlog_core.model import Journal, Session, Status
from sessionlog_core.patterns import later
from sessionlog_core.query import Query

T = TypeVar("T")

MONTH = later(r"\d{4}-(?:0[1-9]|1[0-2])")
"""A month that a page can be named after."""

MONTHS = (
    "January {year}",
    "February {year}",
    "March {year}",
    "April {year}",
    "May {year}",
    "June {year}",
    "July {year}",
    "August {year}",
    "September {year}",
    "October {year}",
    "November {year}",
    "December {year}",
)


def select(
    journal: Journal, query: Query, among: Iterable[Session] | None = None
) -> tuple[Session, ...]:
    """Give the sessions that a query asks for, in the order that it asks for, without its limit.

    `among` are those that come into question, in the order of the journal; else all.
    """
    chosen = _of_milestone(journal, query.milestone)
    found = [
        s
        for s in (journal.sessions if among is None else among)
        if (query.session is None or s.key == query.session)
        and (query.month is None or month_of(s) == query.month)
        and (query.since is None or (s.date_end or s.date or "") >= query.since)
        and (query.until is None or "" < (s.date or "") <= query.until)
        and (query.log is None or in_log(s, query.log))
        and (query.status is None or state_of(s) == query.status)
        and (query.branch is None or s.branch == query.branch)
        and (chosen is None or s.key in chosen)
    ]
    return tuple(found if query.order == "oldest" else reversed(found))


def chooses(query: Query) -> bool:
    """Tell whether a query leaves sessions out."""
    return any(
        value is not None
        for value in (
            query.since,
            query.until,
            query.month,
            query.session,
            query.log,
            query.status,
            query.branch,
            query.milestone,
            query.limit,
        )
    )


def limited(rows: Sequence[T], query: Query) -> Sequence[T]:
    """Give the first rows, as many as the query allows."""
    return rows if query.limit is None else rows[: query.limit]


def month_of(session: Session) -> str:
    """Give the month of a session as `2026-01`, or `undated`."""
    month = (session.date or "")[:7]
    return month if MONTH.fullmatch(month) else "undated"


def month_title(month: str) -> tuple[Inline, ...]:
    """Give a month as words: January 2026."""
    if month == "undated":
        return (Label("Undated"),)
    return (Label(MONTHS[int(month[5:]) - 1], (("year", month[:4]),)),)


def state_of(session: Session) -> str | None:
    """Give `open`, `closed`, `planned`, or None where the log says none."""
    return "planned" if session.planned else (session.status and str(session.status))


def is_open(session: Session) -> bool:
    """Tell whether a session that has taken place is stated to be open."""
    return session.status is Status.OPEN and not session.planned


def in_log(session: Session, name: str) -> bool:
    """Tell whether a session is told in the log `name`, a path or a file name."""
    return any(
        name in (span.path, PurePosixPath(span.path).name)
        for span in (session.source, *session.twins)
    )


def _of_milestone(journal: Journal, title: str | None) -> set[str] | None:
    if title is None:
        return None
    wanted = title.casefold()
    items = {
        item.key
        for item in journal.roadmap
        if wanted in ((item.milestone or "").casefold(), (item.milestone_key or "").casefold())
    }
    return sessions_on(journal, items)


def sessions_on(journal: Journal, items: Iterable[str]) -> set[str]:
    """Give the keys of sessions that worked on one of the roadmap items with these keys."""
    keys = set(items)
    return {x.session for x in journal.links if x.item in keys and x.degree == "worked"}
