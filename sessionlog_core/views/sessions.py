"""A journal in, a table of its sessions with its groups, or sessions whole, out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from sessionlog_core.blocks import (
    Badge,
    Block,
    Code,
    Inline,
    Label,
    Paragraph,
    Ref,
    RefKind,
    Row,
    Section,
    Table,
    Text,
)
from sessionlog_core.body import blocks
from sessionlog_core.model import Journal, Link, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.groups import group_sections, groups
from sessionlog_core.views.lookup import Lookup, lookup
from sessionlog_core.views.nothing import no_session
from sessionlog_core.views.noticed import ODD, noticed
from sessionlog_core.views.records import session_record
from sessionlog_core.views.selection import chooses, limited, select, state_of

COLUMNS: tuple[tuple[str, Label], ...] = (
    ("state", Label("State")),
    ("duration", Label("Duration")),
    ("branch", Label("Branch")),
    ("done", Label("Done")),
    ("next", Label("Next steps")),
    ("tests", Label("Tests")),
)
"""Columns that a table of sessions has when one of its sessions has something in them."""

NUMERIC = frozenset({"duration", "done", "next", "tests"})


def sessions(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show a table of sessions, and below it the same by log, branch and milestone."""
    chosen = select(journal, query)
    found = limited(chosen, query)
    if not found:
        return no_session(journal, query)
    find = lookup(journal)
    out: list[Block] = [_table(found, find)]
    if len(found) < len(chosen):
        words = entry.counted(len(chosen) - len(found), "1 session more", "{n} sessions more")
        out.append(Paragraph((Ref(RefKind.PAGE, "sessions", (words,)),), "more"))
    if not chooses(query):
        out.extend(group_sections(journal, find))
        out.extend(_odd(journal))
        if journal.withheld:
            gone = entry.withheld(journal.withheld)
            title = (Label("Not for publication"),)
            out.append(Section(title, (gone,), "sessions-withheld"))
    return tuple(out)


def sessions_looks_at(journal: Journal, query: Query) -> object:
    """Give all that `sessions` makes its blocks of: as long as it is the same, so are they."""
    chosen = select(journal, query)
    if not chosen:
        return None
    find = lookup(journal)
    own = [
        (
            *(s.key, s.number, s.title, s.date, s.date_end, state_of(s), s.branch),
            *(s.duration_minutes, entry.count_done(s.done), len(s.next_steps)),
            *(s.source.path, s.source.line),
        )
        for s in journal.sessions
    ]
    below: tuple[object, ...] = ()
    if not chooses(query):
        found = groups(journal, find)
        shown = [(g.kind, g.key, g.title, [s.key for s in g.sessions]) for g in found]
        below = (shown, tuple(_odd(journal)), journal.withheld)
    keys = [s.key for s in chosen]
    return keys, query.limit, own, _tests(find), dict(find.markup), below


def _odd(journal: Journal) -> Iterator[Section]:
    """Give what is odd in the logs."""
    return noticed(
        journal,
        ODD,
        title=Label("What is odd in the logs"),
        hint=Label("Numbers, states, dates and merges that contradict themselves."),
        anchor="sessions-odd",
    )


def _tests(find: Lookup) -> dict[str, str]:
    """Give the number of tests of each session that states one, by its key."""
    return {
        key: next((str(f.metric.value) for f in row if f.metric.name == "tests"), "")
        for key, row in find.figures.by_session.items()
    }


def _table(found: Sequence[Session], find: Lookup) -> Table:
    tests = _tests(find)
    rows = [(s, _cells(s, tests.get(s.key, ""))) for s in found]
    used = [(name, label) for name, label in COLUMNS if any(cells[name] for _, cells in rows)]
    header: list[tuple[Inline, ...]] = [(Label("Date"),), (Label("Session"),)]
    header += [(label,) for _, label in used]
    return Table(
        tuple(header),
        tuple(
            Row(
                (
                    entry.date(s),
                    (entry.reference(s, find),),
                    *(cells[name] for name, _ in used),
                ),
                records=(session_record(s),),
            )
            for s, cells in rows
        ),
        tuple(i for i, (name, _) in enumerate(used, 2) if name in NUMERIC),
        "sessions",
    )


def _cells(session: Session, tests: str) -> dict[str, tuple[Inline, ...]]:
    minutes = session.duration_minutes
    done = entry.count_done(session.done)
    return {
        "state": entry.badge(state_of(session)),
        "duration": (entry.duration(minutes),) if minutes is not None else (),
        "branch": (Code(session.branch),) if session.branch else (),
        "done": (Text(str(done)),) if done else (),
        "next": (Text(str(len(session.next_steps))),) if session.next_steps else (),
        "tests": (Text(tests.removesuffix(".0")),) if tests else (),
    }


def session(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show sessions whole: those that the query asks for, or the newest."""
    found = _find(journal, query)
    if not found:
        return no_session(journal, query)
    find = lookup(journal)
    return tuple(_whole(s, find, find.worked.get(s.key, ())) for s in found)


def session_looks_at(
    journal: Journal, query: Query, body_of: Callable[[Session], object] = attrgetter("body")
) -> object:
    """Give all that `session` makes its blocks of: as long as it is the same, so are they.

    Hosts ask for it on each build and for each month of a long archive: it costs a fifth, and next
    to nothing with a `body_of` that gives short names of the bodies. None where the query finds no
    session.
    """
    found = _find(journal, query)
    if not found:
        return None
    find = lookup(journal)
    return tuple(
        (
            *(s.key, s.number, s.title, s.date, s.date_end, s.status, s.planned, s.branch),
            *(s.duration_minutes, s.heading, s.source, s.twins, body_of(s)),
            find.withheld.get(s.key),
            find.markup.get(s.source.path),
            [(link.how, find.items.get(link.item)) for link in find.worked.get(s.key, ())],
        )
        for s in found
    )


def _find(journal: Journal, query: Query) -> Sequence[Session]:
    # A page for each month of a long archive: each looks at its own month alone.
    among = lookup(journal).months.get(query.month, ()) if query.month else None
    found = limited(select(journal, query, among), query)
    if query.log is not None:
        # A session that two logs tell stands whole where it was told first.
        return [s for s in found if query.log in (s.source.path, s.source.path.split("/")[-1])]
    if not chooses(query):
        return [s for s in (journal.newest,) if s is not None]
    return found


def _whole(session: Session, find: Lookup, links: Sequence[Link]) -> Section:
    """Give a session whole, as its log tells it."""
    path = session.source.path
    anchor = f"session-{session.key}"
    title = (*entry.date(session), Text(" "), *entry.title(session, find))
    state = entry.badge(state_of(session))
    parts: list[Iterable[Inline]] = [state] if state else []
    inner: list[Block] = [Paragraph(entry.joined([*parts, entry.meta(session)]), "meta")]
    if gone := find.withheld.get(session.key):
        inner.append(entry.withheld(gone))
    if line := _items(links, find):
        inner.append(Paragraph(line, "meta"))
    inner.extend(blocks(session.body, find.markup.get(path, "markdown"), path, anchor=anchor))
    if len(inner) == 1:
        inner.append(entry.empty(Label("The log says nothing below this heading.")))
    return Section(title, tuple(inner), anchor, "session", (session_record(session),))


ITEMS = 6
"""Items of the roadmap that are named on top of a session."""


def _items(links: Sequence[Link], find: Lookup) -> tuple[Inline, ...]:
    """Name the items of the roadmap that a session worked on; a suggestion is marked as one."""
    names: dict[str, tuple[Inline, ...]] = {}
    for link in sorted(links, key=lambda x: x.how == "words"):
        item = find.items.get(link.item)
        if item is None or link.item in names:
            continue
        words = entry.sentence(find.roadmap_words(item.text, item.source.path), 60)
        ref = Ref(RefKind.ITEM, item.key, entry.unlinked(words))
        perhaps = (Text(" "), Badge("perhaps", (Label("perhaps"),)))
        names[link.item] = (ref, *(perhaps if link.how == "words" else ()))
    if not names:
        return ()
    shown = list(names.values())[:ITEMS]
    if len(names) > ITEMS:
        shown.append((Label("{n} more", (("n", str(len(names) - ITEMS)),)),))
    return (Label("Roadmap:"), Text(" "), *entry.joined(shown))
