"""A journal in, a table of its sessions, or sessions whole, out."""

from sessionlog_core.blocks import Block, Code, Inline, Label, Paragraph, Row, Section, Table, Text
from sessionlog_core.body import blocks
from sessionlog_core.model import Journal, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.selection import limited, select, state_of


def sessions(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show a table of sessions."""
    found = limited(select(journal, query), query)
    if not found:
        return entry.empty(Label("No session was found."))
    markup = entry.markups(journal)
    header = tuple(
        (Label(x),) for x in ("Date", "Session", "State", "Duration", "Branch", "Done", "Next")
    )
    rows = tuple(Row(_cells(s, markup)) for s in found)
    return (Table(header, rows, (5, 6), "sessions"),)


def _cells(session: Session, markup: dict[str, str]) -> tuple[tuple[Inline, ...], ...]:
    minutes = session.duration_minutes
    return (
        entry.date(session),
        (entry.reference(session, markup),),
        entry.badge(state_of(session)),
        (entry.duration(minutes),) if minutes is not None else (),
        (Code(session.branch),) if session.branch else (),
        (Text(str(len(session.done))),) if session.done else (),
        (Text(str(len(session.next_steps))),) if session.next_steps else (),
    )


def session(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show sessions whole: the one with the key asked for, those of a month or log, else the newest."""
    asked = query.session or query.month or query.log
    found = limited(select(journal, query), query)
    if not asked:
        found = [s for s in (journal.newest,) if s is not None]
    if not found:
        return entry.empty(Label("No session was found."))
    markup = entry.markups(journal)
    return tuple(whole(s, markup) for s in found)


def whole(session: Session, markup: dict[str, str]) -> Section:
    """Give a session whole, as the log tells it."""
    path = session.source.path
    anchor = f"session-{session.key}"
    title = (*entry.date(session), Text(" "), *entry.title(session, markup))
    inner: list[Block] = []
    if found := entry.meta(session):
        inner.append(Paragraph(found, "meta"))
    inner.extend(blocks(session.body, markup.get(path, "markdown"), path, anchor=anchor))
    return Section(title, tuple(inner), anchor, "session")
