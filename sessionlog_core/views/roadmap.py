"""A journal in, its roadmap out: milestones with progress, items and the sessions on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sessionlog_core.blocks import (
    Block,
    Chart,
    Code,
    Emphasis,
    Fold,
    Inline,
    Label,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Point,
    Ref,
    RefKind,
    Section,
    Text,
)
from sessionlog_core.followups import CLOSES
from sessionlog_core.model import Item, Journal, Link, Milestone, RoadmapItem
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code as ProblemCode
from sessionlog_core.query import Query
from sessionlog_core.records import record
from sessionlog_core.views import entry
from sessionlog_core.views.lookup import Lookup, lookup, place
from sessionlog_core.views.nothing import advice
from sessionlog_core.views.noticed import UNCLEAR, noticed
from sessionlog_core.views.records import item_record, milestone_record
from sessionlog_core.views.selection import chooses, select

__all__ = ["doing", "item_words", "progress_line", "roadmap", "worked_links"]

SESSIONS = 3
"""Sessions that are named at an item, the newest ones."""

SPOKEN = {"planned": Label("Planned in"), "mentioned": Label("Mentioned in")}
"""What a session may say of an item without working on it."""

QUOTE = 120
"""Letters of a line that suggests a link."""

STATED = later(r"\([^()]{2,20}\)\W*$")
"""A state in brackets at the end of an item's own words."""

UNFOLDED = 8
"""Items of a list of contradictions that stand unfolded."""


def roadmap(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show how far the roadmap is, and which session moved it."""
    if not journal.roadmap and not journal.milestones:
        silent = [p for p in journal.problems if p.code is ProblemCode.ROADMAP and p.path]
        if silent:
            rows = (
                ListItem((Paragraph((Code(p.path or ""), Text(f": {p.message}"))),)) for p in silent
            )
            return (*advice(Label("No item of a roadmap was found.")), List(tuple(rows)))
        return advice(
            Label("No roadmap was found."),
            (
                Label("A file with a well-known name is found by itself:"),
                Text(" "),
                Code("ROADMAP.md"),
                Text(", "),
                Code("docs/roadmap.rst"),
                Text(". "),
                Label("Any other name is given in the configuration:"),
                Text(" "),
                Code('[tool.sessionlog] roadmap = ["docs/plan.md"]'),
            ),
        )
    find = lookup(journal)
    keys = {s.key for s in select(journal, query)} if chooses(query) else None
    page = _Page(journal, find, keys)
    below: dict[str | None, list[RoadmapItem]] = defaultdict(list)
    for item in journal.roadmap:
        below[item.milestone_key].append(item)
    out: list[Block] = []
    shown = [m for m in journal.milestones if _asked(m, query.milestone)]
    if query.milestone is None:
        out.extend(_overview(journal.roadmap))
    elif not shown:
        return advice(Label("No milestone is called {name}.", (("name", query.milestone),)))
    known = {m.key for m in journal.milestones}
    loose = [x for key, items in below.items() if key not in known for x in items]
    if loose and query.milestone is None:
        out.append(page.items(loose))
    out.extend(page.milestone(m, below[m.key]) for m in shown)
    if query.milestone is None:
        out.extend(page.contradictions())
    return tuple(out)


def _asked(milestone: Milestone, name: str | None) -> bool:
    return name is None or name.casefold() in (milestone.title.casefold(), milestone.key)


def worked_links(journal: Journal) -> dict[str, list[Link]]:
    """Give the links that count as work by item, suggestions too, those of the newest first."""
    order = {s.key: i for i, s in enumerate(journal.sessions)}
    out: dict[str, list[Link]] = defaultdict(list)
    for link in journal.links:
        if link.degree == "worked" and link.session in order:
            out[link.item].append(link)
    for links in out.values():
        links.sort(key=lambda x: -order[x.session])
    return out


def item_words(item: RoadmapItem, find: Lookup) -> tuple[Inline, ...]:
    """Give the words of an item."""
    return find.roadmap_words(item.text, item.source.path) or (Text(item.key),)


def doing(item: RoadmapItem) -> tuple[Inline, ...]:
    """Give the badge of an item in progress, unless its words end with its state already."""
    if item.state != "in-progress" or STATED.search(item.text):
        return ()
    return (Text(" "), *entry.badge("in-progress"))


def progress_line(items: Sequence[RoadmapItem]) -> tuple[Inline, ...]:
    """Say how many of some items are done and in progress."""
    done, doing = (sum(1 for x in items if x.state == s) for s in ("done", "in-progress"))
    values = (("done", str(done)), ("total", str(len(items))))
    parts: list[tuple[Inline, ...]] = [(Label("{done} of {total} done", values),)]
    if doing:
        parts.append((Label("{n} in progress", (("n", str(doing)),)),))
    if silent := sum(1 for x in items if x.state is None):
        parts.append((Label("{n} without a state", (("n", str(silent)),)),))
    return entry.joined(parts)


def _overview(items: Sequence[RoadmapItem]) -> Iterator[Block]:
    if items:
        yield Paragraph(progress_line(items), "overview")
        yield _bar(items)
        by_file: dict[str, list[RoadmapItem]] = defaultdict(list)
        for item in items:
            by_file[item.source.path].append(item)
        if len(by_file) > 1:
            rows = (
                ListItem((Paragraph((Code(path), Text(": "), *progress_line(own))),))
                for path, own in by_file.items()
            )
            yield List(tuple(rows), kind="ways")


def _bar(items: Sequence[RoadmapItem]) -> Chart:
    states = [x.state for x in items]
    done, doing = states.count("done"), states.count("in-progress")
    rest = len(states) - done - doing
    names = (("done", done), ("in progress", doing), ("open", rest))
    points = tuple(Point(name, n, str(n)) for name, n in names)
    values = (("done", str(done)), ("total", str(len(states))))
    return Chart(Label("Progress"), Label("{done} of {total} done", values), points, "progress")


@record(frozen=True, slots=True)
class _Title:
    """A title of a list of contradictions, and what it means."""

    anchor: str
    title: Label
    hint: Label


UNTICKED = _Title(
    "roadmap-unticked",
    Label("Done in a session, not ticked here"),
    Label("A session lists it as done; the roadmap does not say so."),
)
UNTOLD = _Title(
    "roadmap-untold",
    Label("Ticked, and no session worked on it"),
    Label("The roadmap says that it is done; no session says so."),
)
LONG = _Title(
    "roadmap-long",
    Label("In progress"),
    Label("How long, counted from the first session that worked on it."),
)
UNTOUCHED = _Title(
    "roadmap-untouched",
    Label("Touched by no session"),
    Label("Open on the roadmap, and no session worked on it."),
)


class _Page:
    """What the items of one page have in common."""

    def __init__(self, journal: Journal, find: Lookup, keys: set[str] | None) -> None:
        self._journal = journal
        self._find = find
        self._links = worked_links(journal)
        if keys is not None:
            self._links = defaultdict(
                list,
                {k: [x for x in v if x.session in keys] for k, v in self._links.items()},
            )
        self._spoken: dict[str, list[Link]] = defaultdict(list)
        for link in reversed(journal.links):
            if link.degree != "worked" and link.how != "words":
                self._spoken[link.item].append(link)

    def milestone(self, milestone: Milestone, items: Sequence[RoadmapItem]) -> Section:
        """Give a milestone: its progress, and its items."""
        words = self._find.roadmap_words(milestone.title, milestone.source.path)
        title = entry.unlinked(words) or (Text(milestone.key),)
        inner: list[Block] = []
        if items:
            progress = entry.joined([progress_line(items), (place(milestone.source),)])
            inner = [Paragraph(progress, "progress"), _bar(items), self.items(items)]
        elif milestone.state:
            state = entry.joined([entry.badge(milestone.state), (place(milestone.source),)])
            inner = [Paragraph(state, "progress")]
        anchor, records = f"milestone-{milestone.key}", (milestone_record(milestone),)
        return Section(title, tuple(inner), anchor, "milestone", records)

    def items(self, items: Sequence[RoadmapItem]) -> List:
        """Give items with the sessions that worked on them."""
        return List(tuple(self._item(x) for x in items), kind="roadmap")

    def _item(self, item: RoadmapItem) -> ListItem:
        words = item_words(item, self._find)
        head = Paragraph((*words, *doing(item)))
        box = None if item.state is None else item.state == "done"
        blocks = (head, *self._sessions(item))
        return ListItem(blocks, box, f"item-{item.key}", (item_record(item),))

    def _sessions(self, item: RoadmapItem) -> Iterator[Block]:
        links = self._links.get(item.key, [])
        asserted = _by_session([x for x in links if x.how != "words"])
        if asserted:
            count = entry.counted(len(asserted), "Worked on in", "Worked on in {n} sessions, last")
            yield Paragraph((count, Text(" "), *self._named(asserted)), "meta")
        known = {x.session for x in asserted}
        perhaps = _by_session([x for x in links if x.how == "words" and x.session not in known])
        if perhaps:
            yield Paragraph((Label("Perhaps in"), Text(" "), *self._why(item, perhaps)), "perhaps")
        if spoken := list(self._spoken_of(item)):
            yield Paragraph(entry.joined(spoken), "meta")

    def _spoken_of(self, item: RoadmapItem) -> Iterator[tuple[Inline, ...]]:
        """Name the newest session that planned an item, and the one that recalled it: no work."""
        for degree, label in SPOKEN.items():
            found = _by_session([x for x in self._spoken[item.key] if x.degree == degree])
            if found:
                name = entry.named(self._find.sessions[found[0].session], self._find)
                yield (label, Text(" "), *entry.joined([name, *_more(len(found) - 1)], ", "))

    def _named(self, links: Sequence[Link]) -> tuple[Inline, ...]:
        names = [entry.named(self._find.sessions[x.session], self._find) for x in links[:SESSIONS]]
        return entry.joined([*names, *_more(len(links) - SESSIONS)])

    def _why(self, item: RoadmapItem, links: Sequence[Link]) -> tuple[Inline, ...]:
        """Give suggested sessions, each on a line of its own with what suggests it."""
        parts: list[tuple[Inline, ...]] = []
        for link in links[:SESSIONS]:
            name = entry.named(self._find.sessions[link.session], self._find)
            span, text = entry.nearest_line(
                self._find.sessions[link.session], link.evidence, item.text
            )
            parts.append((*name, Text(" · "), place(span), *self._line(text, span.path)))
        out: list[Inline] = []
        for part in (*parts, *_more(len(links) - SESSIONS)):
            out += [LineBreak()] if out else []
            out += part
        return tuple(out)

    def _line(self, text: str, path: str) -> tuple[Inline, ...]:
        """Quote the line that suggests a link."""
        words = entry.clip(entry.unlinked(self._find.words(text, path)), QUOTE)
        return (Text(": "), Emphasis(words)) if words else ()

    def contradictions(self) -> Iterator[Block]:
        """List what the roadmap and the logs see differently."""
        road = self._journal.roadmap
        if not self._journal.sessions:
            return
        done = self._done_lines()
        unticked = [
            (x, link)
            for x in road
            if (
                link := next(
                    (y for y in self._links.get(x.key, ()) if self._ends(x, y, done)), None
                )
            )
        ]
        told = {x.key for x, _ in unticked}
        untold = [x for x in road if x.state == "done" and not self._links.get(x.key)]
        going = [
            x
            for x in road
            if x.state == "in-progress" and x.key not in told and self._links.get(x.key)
        ]
        untouched = [
            x for x in road if x.state in ("open", "in-progress") and not self._links.get(x.key)
        ]
        blocks = [
            *self._listed(UNTICKED, [(x, self._evidence(link)) for x, link in unticked]),
            *self._listed(LONG, [(x, self._since(x)) for x in going]),
            *self._listed(UNTOLD, [(x, (place(x.source),)) for x in untold]),
            *self._listed(UNTOUCHED, [(x, (place(x.source), *doing(x))) for x in untouched]),
            *noticed(
                self._journal,
                UNCLEAR,
                title=Label("Ids that mean two things"),
                hint=Label("A session that writes such an id is linked to none of its items."),
                anchor="roadmap-unclear",
            ),
        ]
        if blocks:
            title = (Label("Roadmap and logs compared"),)
            yield Section(title, tuple(blocks), "roadmap-compared", "compared")

    def _ends(self, item: RoadmapItem, link: Link, done: Mapping[tuple[str, int], bool]) -> bool:
        """Say whether a line lists an item as done; what is in progress needs plain words."""
        ticked = done.get((link.evidence.path, link.evidence.line))
        if link.how == "words" or ticked is None or item.state not in ("open", "in-progress"):
            return False
        if item.state == "open" or ticked:
            return True
        text = entry.line_text(self._find.sessions[link.session], link.evidence.line)
        return CLOSES.match(text) is not None

    def _done_lines(self) -> dict[tuple[str, int], bool]:
        """Give the lines that list something as done, and whether they tick it."""
        out: dict[tuple[str, int], bool] = {}
        for s in self._journal.sessions:
            stack: list[Item] = list(s.done)
            while stack:
                item = stack.pop()
                stack.extend(item.items)
                if item.done is not False:
                    lines = range(item.line, item.end_line + 1)
                    out.update(((s.source.path, n), item.done is True) for n in lines)
        return out

    def _evidence(self, link: Link) -> tuple[Inline, ...]:
        session = self._find.sessions[link.session]
        return entry.joined([entry.named(session, self._find), (place(link.evidence),)])

    def _since(self, item: RoadmapItem) -> tuple[Inline, ...]:
        """Say since when an item is in progress, and how many sessions worked on it."""
        links = _by_session(self._links[item.key])
        first = self._find.sessions[links[-1].session]
        count = entry.counted(len(links), "1 session", "{n} sessions")
        since = (Label("first"), Text(" "), *entry.named(first, self._find))
        return entry.joined([(count,), since, (self._find.age(first),)])

    def _listed(
        self, title: _Title, rows: Sequence[tuple[RoadmapItem, tuple[Inline, ...]]]
    ) -> Iterator[Block]:
        if not rows:
            return
        items: list[ListItem] = []
        for item, line in rows:
            words = entry.sentence(entry.unlinked(item_words(item, self._find)), 120)
            ref = Ref(RefKind.ITEM, item.key, words)
            meta = (Paragraph(line, "meta"),) if line else ()
            items.append(ListItem((Paragraph((ref,)), *meta)))
        count = entry.counted(len(rows), "1 item", "{n} items")
        hint = Paragraph((title.hint, Text(" "), count, Text(".")), "hint")
        entries = List(tuple(items), kind="plain")
        folded = len(rows) > UNFOLDED
        inner = Fold((Label("Show them"),), (entries,)) if folded else entries
        yield Section((title.title,), (hint, inner), title.anchor)


def _by_session(links: Sequence[Link]) -> list[Link]:
    """Give one link of each session."""
    return list({x.session: x for x in reversed(links)}.values())[::-1]


def _more(number: int) -> list[tuple[Inline, ...]]:
    return [(Label("{n} more", (("n", str(number)),)),)] if number > 0 else []
