"""A journal in, its sessions by log, branch and milestone out: filters that need no script."""

from collections.abc import Iterator
from dataclasses import dataclass

from sessionlog_core.blocks import (
    Block,
    Code,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Ref,
    RefKind,
    Section,
    Text,
)
from sessionlog_core.body import Slugs, unlinked
from sessionlog_core.model import Journal, Session
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

IN_LINE = 6
"""Groups of one kind that the line on top of the timeline names."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions, newest first, that have something in common. `key` is its anchor's end."""

    kind: str
    key: str
    title: tuple[Inline, ...]
    sessions: tuple[Session, ...]


def groups(journal: Journal, find: Lookup) -> tuple[Group, ...]:
    """Give the groups that tell sessions apart, the largest of each kind first."""
    slugs = Slugs()
    out: list[Group] = []
    for kind, members in (
        ("state", _by_state(journal)),
        ("log", _by_log(journal)),
        ("branch", _by_branch(journal)),
        ("milestone", _by_milestone(journal, find)),
    ):
        found = [(words, title, tuple(s)) for words, (title, s) in members.items() if s]
        if kind == "log" and len(found) < 2:
            continue
        found.sort(key=lambda x: (-len(x[2]), x[0]))
        out.extend(Group(kind, slugs.take(words, prefix=kind), t, s) for words, t, s in found)
    return tuple(out)


def group_lines(journal: Journal, find: Lookup) -> tuple[tuple[Inline, ...], ...]:
    """Give links to the largest groups, a line for each kind, for the top of a page."""
    parts: list[tuple[Inline, ...]] = []
    found = [g for g in groups(journal, find) if g.kind != "state"]
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
        inner = tuple(_section(g, find) for g in found if g.kind == kind)
        if inner:
            yield Section((title,), inner, f"by-{kind}", "groups")


def group_anchors(journal: Journal, find: Lookup) -> Iterator[tuple[str, str]]:
    """Give the key of each group and its anchor on the page of sessions."""
    for group in groups(journal, find):
        yield group.key, f"sessions-{group.key}"


def _link(group: Group) -> tuple[Inline, ...]:
    return (Ref(RefKind.GROUP, group.key, group.title), Text(f" ({len(group.sessions)})"))


def _section(group: Group, find: Lookup) -> Section:
    items = tuple(ListItem((Paragraph(entry.named(s, find)),)) for s in group.sessions)
    blocks: tuple[Block, ...] = (List(items, kind="plain"),)
    return Section(group.title, blocks, f"sessions-{group.key}", "group")


Members = dict[str, tuple[tuple[Inline, ...], list[Session]]]


def _by_state(journal: Journal) -> Members:
    """Give what is open or planned; closed is the rule and needs no list."""
    out: Members = {}
    for state in ("open", "planned"):
        found = [s for s in reversed(journal.sessions) if state_of(s) == state]
        out[state] = ((entry.STATES[state],), found)
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
