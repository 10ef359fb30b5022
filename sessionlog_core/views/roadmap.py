"""A journal in, its roadmap out: milestones with progress, items with the sessions that worked on them."""

from collections import defaultdict

from sessionlog_core.blocks import (
    Block,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Section,
    Text,
)
from sessionlog_core.body import inlines
from sessionlog_core.model import Journal, RoadmapItem, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry


def markup_of(path: str) -> str:
    """Give the markup of a roadmap by its name."""
    return "rst" if path.endswith(".rst") else "markdown"


def roadmap(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show the roadmap."""
    if not journal.roadmap and not journal.milestones:
        return entry.empty(Label("No roadmap was found."))
    markup = entry.markups(journal)
    sessions = {s.key: s for s in journal.sessions}
    worked: dict[str, list[Session]] = defaultdict(list)
    for link in journal.links:
        if link.degree == "worked" and link.session in sessions:
            worked[link.item].append(sessions[link.session])
    below: dict[str | None, list[RoadmapItem]] = defaultdict(list)
    for item in journal.roadmap:
        below[item.milestone_key].append(item)
    out: list[Block] = []
    for milestone in journal.milestones:
        items = below.pop(milestone.key, [])
        title = inlines(
            milestone.title, markup_of(milestone.source.path), milestone.source.path
        ) or (Text(milestone.key),)
        inner = (_progress(items), _items(items, worked, markup)) if items else ()
        out.append(Section(title, inner, f"milestone-{milestone.key}", "milestone"))
    rest = [x for items in below.values() for x in items]
    return (*((_items(rest, worked, markup),) if rest else ()), *out)


def _progress(items: list[RoadmapItem]) -> Paragraph:
    done = sum(1 for x in items if x.state == "done")
    values = (("done", str(done)), ("total", str(len(items))))
    return Paragraph((Label("{done} of {total} done", values),), "progress")


def _items(
    items: list[RoadmapItem], worked: dict[str, list[Session]], markup: dict[str, str]
) -> List:
    return List(tuple(_item(x, worked[x.key], markup) for x in items), kind="roadmap")


def _item(item: RoadmapItem, sessions: list[Session], markup: dict[str, str]) -> ListItem:
    path = item.source.path
    words: tuple[Inline, ...] = inlines(item.text, markup_of(path), path)
    inner: list[Block] = [Paragraph((*words, Text(" "), *entry.badge(item.state)))]
    if sessions:
        names = entry.joined((entry.reference(s, markup),) for s in sessions)
        inner.append(Paragraph((Label("Worked on in"), Text(" "), *names), "meta"))
    return ListItem(tuple(inner), anchor=f"item-{item.key}")
