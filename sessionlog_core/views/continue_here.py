"""A journal in, where to continue out: state, next steps with their origin, blockers, figures, primer."""

from collections.abc import Sequence

from sessionlog_core.blocks import Block, Inline, Label, List, ListItem, Paragraph, Section, Text
from sessionlog_core.body import inlines
from sessionlog_core.model import FollowUp, Item, Journal, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.selection import is_open


def continue_here(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show where to continue."""
    newest = journal.newest
    if newest is None:
        return entry.empty(Label("No session was found."))
    markup = entry.markups(journal)
    out: list[Block] = [
        Paragraph((Label("Last session:"), Text(" "), *entry.named(newest, markup)), "state")
    ]
    open_ = [s for s in journal.sessions if is_open(s)]
    if open_:
        items = tuple(ListItem((Paragraph(entry.named(s, markup)),)) for s in open_)
        out.append(Section((Label("Open sessions"),), (List(items),), "continue-open"))
    sessions = {s.key: s for s in journal.sessions}
    groups = (
        ("continue-next", Label("Next steps"), ("open", "repeated")),
        ("continue-likely", Label("Likely done"), ("likely-done",)),
        ("continue-left", Label("Left behind"), ("left",)),
    )
    for anchor, title, states in groups:
        found = [x for x in journal.followups if x.state in states]
        if found:
            out.append(Section((title,), (_followups(found, sessions, markup),), anchor))
    if newest.blockers:
        out.append(
            Section((Label("Blockers"),), (_items(newest.blockers, newest, markup),), "continue-b")
        )
    return tuple(out)


def _followups(
    found: Sequence[FollowUp], sessions: dict[str, Session], markup: dict[str, str]
) -> List:
    items: list[ListItem] = []
    for x in found:
        path = x.source.path
        words = inlines(x.item.text, markup.get(path, "markdown"), path)
        origin: tuple[Inline, ...] = (Text(f"{path}:{x.source.line}"),)
        if x.session in sessions:
            origin = entry.named(sessions[x.session], markup)
        items.append(ListItem((Paragraph(words), Paragraph(origin, "meta"))))
    return List(tuple(items))


def _items(items: Sequence[Item], session: Session, markup: dict[str, str]) -> List:
    return List(tuple(ListItem((Paragraph(entry.words(session, x.text, markup)),)) for x in items))
