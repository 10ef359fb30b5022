"""A journal in, its sessions by log, branch and milestone out: filters that need no script."""

from collections.abc import Iterator

from sessionlog_core.blocks import (
    Block,
    Code,
    Fold,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Ref,
    RefKind,
    Section,
    Strong,
    Text,
)
from sessionlog_core.body import Slugs, unlinked
from sessionlog_core.model import Journal, Session
from sessionlog_core.records import record
from sessionlog_core.views import entry
from sessionlog_core.views.lookup import Lookup
from sessionlog_core.views.selection import state_of

__all__ = ["Group", "group_anchors", "group_lines", "group_sections", "groups"]

KINDS = {
    "state": Label("By state"),
    "log": Label("By log"),
    "branch": Label("By branch"),
    "milestone": Label("By milestone"),
}

STATES = {x: entry.STATES[x] for x in ("open", "planned", "closed")} | {
    "unstated": Label("not stated")
}
"""States of a session, in the order in which they are looked for."""

ALONE = frozenset({"state", "log"})
"""Kinds of which every session has one: a single group would hold them all, and tell nothing."""

IN_LINE = 6
"""Groups of one kind that the line on top of the timeline names."""


UNFOLDED = 12
"""Sessions of a group that stand unfolded."""


@record(frozen=True, slots=True)
class Group:
    """Sessions, newest first, that have something in common. `key` is its anchor's end."""

    kind: str
    key: str
    title: tuple[Inline, ...]
    sessions: tuple[Session, ...]


def groups(journal: Journal, find: Lookup) -> tuple[Group, ...]:
    """Give the groups that tell sessions apart, the largest of a kind first, states in order."""
    slugs = Slugs()
    out: list[Group] = []
    for kind, members in (
        ("state", _by_state(journal)),
        ("log", _by_log(journal)),
        ("branch", _by_branch(journal)),
        ("milestone", _by_milestone(journal, find)),
    ):
        found = [(words, title, tuple(s)) for words, (title, s) in members.items() if s]
        if kind in ALONE and len(found) < 2:
            continue
        if kind != "state":
            found.sort(key=lambda x: (-len(x[2]), x[0]))
        out.extend(Group(kind, slugs.take(words, prefix=kind), t, s) for words, t, s in found)
    return tuple(out)


def group_lines(journal: Journal, find: Lookup) -> tuple[tuple[Inline, ...], ...]:
    """Give links to the largest groups, a line for each kind, for the top of a page."""
    parts: list[tuple[Inline, ...]] = []
    found = groups(journal, find)
    for kind, title in KINDS.items():
        of_kind = [g for g in found if g.kind == kind]
        links = [_link(g) for g in of_kind[:IN_LINE]]
        if len(of_kind) > IN_LINE:
            rest = Label("{n} more", (("n", str(len(of_kind) - IN_LINE)),))
            links.append((Ref(RefKind.PAGE, "sessions", (rest,)),))
        if links:
            parts.append((title, Text(": "), *entry.joined(links, ", ")))
    return tuple(parts)


def group_sections(journal: Journal, find: Lookup) -> Iterator[Section]:
    """Give each group with its sessions, for the page of sessions."""
    found = groups(journal, find)
    for kind, title in KINDS.items():
        inner = tuple(_item(g, find) for g in found if g.kind == kind)
        if inner:
            yield Section((title,), (List(inner, kind="groups"),), f"by-{kind}", "groups")


def group_anchors(journal: Journal, find: Lookup) -> Iterator[tuple[str, str]]:
    """Give the key of each group and its anchor on the page of sessions."""
    for group in groups(journal, find):
        yield group.key, f"sessions-{group.key}"


def _link(group: Group) -> tuple[Inline, ...]:
    return (Ref(RefKind.GROUP, group.key, group.title), Text(f" ({len(group.sessions)})"))


def _item(group: Group, find: Lookup) -> ListItem:
    """Give a group as an entry: a project has many branches, and a heading each would bury them."""
    anchor, number = f"sessions-{group.key}", len(group.sessions)
    if number == 1:
        words = (Strong(group.title), Text(" · "), *entry.named(group.sessions[0], find))
        return ListItem((Paragraph(words, "group"),), anchor=anchor)
    count = entry.counted(number, "1 session", "{n} sessions")
    head = Paragraph((Strong(group.title), Text(" · "), count), "group")
    items = tuple(ListItem((Paragraph(entry.named(s, find)),)) for s in group.sessions)
    inner: Block = List(items, kind="plain")
    if number > UNFOLDED:
        inner = Fold((Label("Show them"),), (inner,))
    return ListItem((head, inner), anchor=anchor)


Members = dict[str, tuple[tuple[Inline, ...], list[Session]]]


def _by_state(journal: Journal) -> Members:
    out: Members = {state: ((label,), []) for state, label in STATES.items()}
    for s in reversed(journal.sessions):
        out[state_of(s) or "unstated"][1].append(s)
    return out


def _by_log(journal: Journal) -> Members:
    out: Members = {}
    for s in reversed(journal.sessions):
        for path in dict.fromkeys((s.source.path, *(t.path for t in s.twins))):
            out.setdefault(path, ((Code(path),), []))[1].append(s)
    return out


def _by_branch(journal: Journal) -> Members:
    out: Members = {}
    for s in reversed(journal.sessions):
        if s.branch:
            out.setdefault(s.branch, ((Code(s.branch),), []))[1].append(s)
    return out


def _by_milestone(journal: Journal, find: Lookup) -> Members:
    milestone = {item.key: item.milestone_key for item in journal.roadmap}
    titles = {m.key: m for m in journal.milestones}
    keys: dict[str, set[str]] = {}
    for link in journal.links:
        key = milestone.get(link.item)
        if key in titles and link.degree == "worked" and link.how != "words":
            keys.setdefault(key or "", set()).add(link.session)
    out: Members = {}
    order = {s.key: i for i, s in enumerate(journal.sessions)}
    for key, sessions in keys.items():
        m = titles[key]
        words = find.roadmap_words(m.title, m.source.path)
        newest = sorted(sessions & order.keys(), key=order.__getitem__, reverse=True)
        out[key] = unlinked(words), [find.sessions[k] for k in newest]
    return out
