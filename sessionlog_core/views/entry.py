"""A session in, the inlines and blocks with which it stands in a list, a table or on a page out."""

from collections.abc import Iterable

from sessionlog_core.blocks import (
    Badge,
    Block,
    Code,
    Date,
    Inline,
    Label,
    Link,
    Paragraph,
    Ref,
    RefKind,
    Text,
)
from sessionlog_core.body import inlines, unlinked
from sessionlog_core.model import Item, Journal, Session
from sessionlog_core.views.selection import state_of

STATES = {
    "open": Label("open"),
    "closed": Label("closed"),
    "planned": Label("planned"),
    "done": Label("done"),
    "in-progress": Label("in progress"),
}
"""States as words."""


def markups(journal: Journal) -> dict[str, str]:
    """Give the markup of each log by its path."""
    return {log.path: log.markup for log in journal.logs}


def words(session: Session, text: str, markup: dict[str, str]) -> tuple[Inline, ...]:
    """Read words of a session in the markup of its log."""
    path = session.source.path
    return inlines(text, markup.get(path, "markdown"), path)


def title(session: Session, markup: dict[str, str]) -> tuple[Inline, ...]:
    """Give the name of a session: its title, else its number, else the word for a session."""
    if session.title and (found := unlinked(words(session, session.title, markup))):
        return found
    if session.number:
        return (Label("Session {number}", (("number", session.number),)),)
    return (Label("Session"),)


def date(session: Session) -> tuple[Inline, ...]:
    """Give the date of a session, with its end where it has one, or words for none."""
    if session.date is None:
        return (Label("no date"),)
    found: tuple[Inline, ...] = (Date(session.date, session.date),)
    if session.date_end and session.date_end != session.date:
        found += (Text(" – "), Date(session.date_end, session.date_end))
    return found


def reference(session: Session, markup: dict[str, str]) -> Ref:
    """Give a link to a session with its title."""
    return Ref(RefKind.SESSION, session.key, title(session, markup))


def named(session: Session, markup: dict[str, str]) -> tuple[Inline, ...]:
    """Give the date and the linked title of a session."""
    return (*date(session), Text(" "), reference(session, markup))


def badge(state: str | None) -> tuple[Inline, ...]:
    """Give a state as a word that stands out, or nothing."""
    return (Badge(state, (STATES.get(state) or Text(state),)),) if state else ()


def duration(minutes: int) -> Label:
    """Give a length of time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    values = (("hours", str(hours)), ("minutes", str(rest)))
    if not hours:
        return Label("{minutes} min", values[1:])
    return Label("{hours} h {minutes} min", values) if rest else Label("{hours} h", values[:1])


def meta(session: Session, *, log: bool = True) -> tuple[Inline, ...]:
    """Give state, duration, branch and log of a session, parted by dots."""
    parts: list[Iterable[Inline]] = []
    if state := state_of(session):
        parts.append(badge(state))
    if session.duration_minutes is not None:
        parts.append((duration(session.duration_minutes),))
    if session.branch:
        parts.append((Label("branch"), Text(" "), Code(session.branch)))
    if log:
        where = f"{session.source.path}:{session.source.line}"
        parts.append((Link(session.source.path, (Text(where),)),))
    return joined(parts)


def joined(parts: Iterable[Iterable[Inline]], between: str = " · ") -> tuple[Inline, ...]:
    """Put parts in a row with a sign between them."""
    out: list[Inline] = []
    for part in parts:
        if out:
            out.append(Text(between))
        out.extend(part)
    return tuple(out)


def summary(session: Session, markup: dict[str, str]) -> tuple[Inline, ...]:
    """Give the author's own sentence about a session: of its summary, else its first thing done."""
    item = next(iter(session.summary or session.done), None)
    return words(session, item.text, markup) if item else ()


def changes(session: Session) -> tuple[Inline, ...]:
    """Give what a session changed, in numbers."""
    counts = (
        (count_items(session.done), "{n} done", "{n} done"),
        (count_items(session.next_steps), "{n} next step", "{n} next steps"),
        (len(session.decisions), "{n} decision", "{n} decisions"),
        (len(session.commits), "{n} commit", "{n} commits"),
        (len(session.files), "{n} file", "{n} files"),
    )
    return joined(
        (Label(one if n == 1 else many, (("n", str(n)),)),) for n, one, many in counts if n
    )


def count_items(items: Iterable[Item]) -> int:
    """Count items without those below them."""
    return sum(1 for _ in items)


def block(session: Session, markup: dict[str, str]) -> list[Block]:
    """Give a session as it stands in a list: name, state, summary, numbers."""
    out: list[Block] = [Paragraph(named(session, markup), "entry")]
    for kind, found in (
        ("meta", meta(session)),
        ("summary", summary(session, markup)),
        ("changes", changes(session)),
    ):
        if found:
            out.append(Paragraph(found, kind))
    return out


def empty(*children: Inline) -> tuple[Block, ...]:
    """Give a paragraph that says that there is nothing, and what to do next."""
    return (Paragraph(children, "empty"),)
