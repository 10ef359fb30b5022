"""A journal in, its sessions out: open ones first, then by month, newest first."""

from itertools import groupby

from sessionlog_core.blocks import Block, Inline, Label, List, ListItem, Section, Text
from sessionlog_core.model import Journal, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.selection import is_open, limited, month_of, select

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def timeline(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show sessions."""
    found = limited(select(journal, query), query)
    if not found:
        return entry.empty(Label("No session was found."))
    markup = entry.markups(journal)
    open_ = [s for s in found if is_open(s)]
    rest = [s for s in found if not is_open(s)]
    out: list[Block] = []
    if open_:
        out.append(Section((Label("Open"),), (_list(open_, markup),), "sessions-open", "open"))
    if query.group_by == "none":
        return (*out, *((_list(rest, markup),) if rest else ()))
    for month, group in groupby(rest, month_of):
        out.append(Section(month_title(month), (_list(list(group), markup),), f"month-{month}"))
    return tuple(out)


def month_title(month: str) -> tuple[Inline, ...]:
    """Give a month as words: January 2026."""
    if month == "undated":
        return (Label("Undated"),)
    return (Label(MONTHS[int(month[5:]) - 1]), Text(f" {month[:4]}"))


def _list(sessions: list[Session], markup: dict[str, str]) -> List:
    return List(
        tuple(
            ListItem(tuple(entry.block(s, markup)), anchor=f"timeline-{s.key}") for s in sessions
        ),
        kind="timeline",
    )
