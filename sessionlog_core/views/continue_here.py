"""A journal in, where to continue out: what is open, by whom it was said, and how old it is.

The page is short by default: a budget of words is shared out, and what is cut is said.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sessionlog_core.blocks import (
    Block,
    Code,
    Emphasis,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Ref,
    RefKind,
    Section,
    Strong,
    Table,
    Text,
    plain,
)
from sessionlog_core.body import blocks
from sessionlog_core.figures import find_figures, signed, written
from sessionlog_core.model import FollowUp, Item, Journal, PartKind, RoadmapItem, Session, Span
from sessionlog_core.outline import Node
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.lookup import Lookup, lookup, place
from sessionlog_core.views.metrics import HEADS
from sessionlog_core.views.nothing import no_session
from sessionlog_core.views.roadmap import item_words, progress_line
from sessionlog_core.views.selection import is_open, select

__all__ = ["FULL", "continue_here"]

FULL = "continue-here-in-full"
"""The page that shows everything, however long."""

FLOOR = 2
"""Entries that each section shows before the rest of the budget is shared out, in order."""

STEP = 320
"""Letters of one entry; a longer one is cut, and its place says where it goes on."""

CODE: tuple[tuple[Label, Callable[[Session], list[str]], int], ...] = (
    (Label("Branch:"), lambda s: [s.branch] if s.branch else [], 1),
    (Label("Commits:"), lambda s: [c.sha for c in s.commits][::-1], 5),
    (Label("Files:"), lambda s: [f.path for f in s.files], 8),
)
"""What is told of the code, how a session says it, and how many names are given."""


def continue_here(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show where to continue."""
    newest_first = replace(query, order="newest")
    chosen = [s for s in select(journal, newest_first) if not s.planned]
    if not chosen:
        return no_session(journal, query)
    page = _Page(journal, lookup(journal), chosen[0], chosen, query)
    return (*page.state(), *_shared_out(page.parts(), query.budget))


# --- the budget --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A section of the page: entries that can be cut one by one, in the order of their weight."""

    anchor: str
    title: Label
    entries: tuple[ListItem | Block, ...]
    hint: tuple[Inline, ...] = ()
    rest: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """A blocker and its session."""

    session: Session
    item: Item
    source: Span


def _shared_out(parts: Sequence[_Part], budget: int) -> Iterator[Block]:
    """Give each part its first entries, then the rest in order until the words are used up."""
    costs = [[words_of((x,)) for x in part.entries] for part in parts]
    counts = [min(FLOOR, len(part.entries)) for part in parts]
    left = budget - sum(sum(cost[:n]) for cost, n in zip(costs, counts, strict=True))
    for i, cost in enumerate(costs):
        while counts[i] < len(cost) and cost[counts[i]] <= left:
            left -= cost[counts[i]]
            counts[i] += 1
    cut = 0
    for part, number in zip(parts, counts, strict=True):
        yield _section(part, number)
        cut += len(part.entries) - number
    if cut:
        text = "Cut to about {budget} words: {n} entries are left out."
        label = Label(text, (("budget", str(budget)), ("n", str(cut))))
        link = Ref(RefKind.PAGE, FULL, (Label("Everything"),))
        yield Paragraph((label, Text(" "), link), "cut")


def _section(part: _Part, number: int) -> Section:
    inner: list[Block] = [Paragraph(part.hint, "hint")] if part.hint else []
    items: list[ListItem] = []
    for x in part.entries[:number]:
        if isinstance(x, ListItem):
            items.append(x)
        else:
            inner.append(x)
    if items:
        inner.append(List(tuple(items), kind="steps"))
    if rest := len(part.entries) - number:
        more = Label("and {n} more", (("n", str(rest)),))
        words = part.rest or (Ref(RefKind.PAGE, FULL, (more,)),)
        inner.append(Paragraph(words, "more"))
    return Section((part.title,), tuple(inner), part.anchor, "continue")


def words_of(pieces: Iterable[ListItem | Block]) -> int:
    """Count the words of blocks."""
    total = 0
    for piece in pieces:
        match piece:
            case Paragraph(children=children):
                total += len(plain(children).split())
            case ListItem(blocks=inner):
                total += words_of(inner)
            case List(items=items):
                total += words_of(items)
            case Section(title=title, blocks=inner):
                total += len(plain(title).split()) + words_of(inner)
            case Table(header=header, rows=rows):
                cells = [c for row in (header, *(r.cells for r in rows)) for c in row]
                total += sum(len(plain(c).split()) for c in cells)
            case _:
                total += _others(piece)
    return total


def _others(piece: object) -> int:
    inner = getattr(piece, "blocks", ())
    return len(getattr(piece, "text", "").split()) + words_of(inner)


# --- the parts --------------------------------------------------------------------------------


class _Page:
    """What the parts of one page have in common."""

    def __init__(
        self,
        journal: Journal,
        find: Lookup,
        newest: Session,
        chosen: Sequence[Session],
        query: Query,
    ) -> None:
        self._journal = journal
        self._find = find
        self._newest = newest
        self._chosen = chosen
        self._keys = {s.key for s in chosen}
        self._logs = [
            log
            for log in journal.logs
            if query.log in (None, log.path, log.path.rpartition("/")[2])
        ]
        paths = {log.path for log in self._logs}
        self._followups = [
            x
            for x in journal.followups
            if x.session in self._keys or (x.session is None and x.source.path in paths)
        ]
        self._before = {
            (x.by.path, x.by.line): x
            for x in journal.followups
            if x.state == "repeated" and x.by is not None
        }

    def state(self) -> Iterator[Block]:
        """Say in a sentence where the project stands."""
        find, newest = self._find, self._newest
        state = entry.badge("open" if is_open(newest) else None)
        name = (*entry.named(newest, find), *((Text(" "),) if state else ()), *state)
        line = (Strong((Label("Last session:"),)), Text(" "), *name)
        yield Paragraph(line, "state")
        yield Paragraph(entry.meta(newest), "meta")
        if words := entry.summary(newest, find):
            yield Paragraph(words, "summary")
        for log in self._logs:
            if log.standing.status:
                words = entry.sentence(find.words(log.standing.status, log.path))
                yield Paragraph((Code(log.path), Text(": "), *words), "state")

    def parts(self) -> tuple[_Part, ...]:
        """Give the parts that have something to say, in the order of their weight."""
        found = (
            self._open(),
            self._next(),
            self._blockers(),
            self._roadmap(),
            self._likely(),
            self._left(),
            self._metrics(),
            self._code(),
            self._primer(),
        )
        return tuple(part for part in found if part.entries)

    def _open(self) -> _Part:
        items = [
            ListItem((Paragraph((*entry.named(s, self._find), Text(" · "), self._find.age(s))),))
            for s in self._chosen
            if is_open(s) and s.key != self._newest.key
        ]
        return _Part("continue-open", Label("Sessions still marked open"), tuple(items))

    def _next(self) -> _Part:
        """Give the next steps of the newest session, then the standing lists."""
        live = ("open", "repeated", "left")
        own = [x for x in self._followups if x.session == self._newest.key and x.state in live]
        standing = [x for x in self._followups if x.session is None and x.state in live]
        # What keeps one from going on is told once, among the blockers.
        blocked = {(x.source.path, x.source.line) for x in self._held()}
        items = tuple(
            self._step(x)
            for x in (*own, *standing)
            if (x.source.path, x.source.line) not in blocked
        )
        if items or blocked:
            return _Part("continue-next", Label("Next steps"), items)
        text = Label("The last session names no next step.")
        return _Part("continue-next", Label("Next steps"), (Paragraph((text,), "empty"),))

    def _likely(self) -> _Part:
        found = [x for x in reversed(self._followups) if x.state == "likely-done"]
        hint = (Label("By words only: a later line suggests it, nothing ticks it."),)
        items = tuple(self._step(x) for x in found)
        return _Part("continue-likely", Label("Likely done"), items, hint)

    def _left(self) -> _Part:
        found = [
            x
            for x in reversed(self._followups)
            if x.state == "left" and x.session not in (None, self._newest.key)
        ]
        hint = (Label("Promised by an older session, and not mentioned again."),)
        items = tuple(self._step(x) for x in found)
        return _Part("continue-left", Label("Left behind"), items, hint)

    def _blockers(self) -> _Part:
        items = [self._item(x.item, x.session) for x in self._held()]
        return _Part("continue-blockers", Label("Blockers and open questions"), tuple(items))

    def _held(self) -> list[_Held]:
        """Give the blockers of the newest session and of those that are open."""
        return [
            _Held(s, x, Span(s.source.path, x.line, x.end_line))
            for s in self._chosen
            if s.key == self._newest.key or is_open(s)
            for x in s.blockers
            if x.done is not True
        ]

    def _roadmap(self) -> _Part:
        """Give what is in progress, and the first milestone that is not reached."""
        road = self._journal.roadmap
        items = [self._road(x) for x in road if x.state == "in-progress"]
        for milestone in self._journal.milestones:
            below = [x for x in road if x.milestone_key == milestone.key]
            if any(x.state in ("open", "in-progress") for x in below):
                words = self._find.roadmap_words(milestone.title, milestone.source.path)
                ref = Ref(RefKind.MILESTONE, milestone.key, entry.unlinked(words))
                line = (Label("Next milestone:"), Text(" "), ref, Text(" · "))
                items.append(ListItem((Paragraph((*line, *progress_line(below))),)))
                break
        return _Part("continue-roadmap", Label("Roadmap"), tuple(items))

    def _road(self, item: RoadmapItem) -> ListItem:
        words = entry.sentence(entry.unlinked(item_words(item, self._find)), 160)
        line = (Ref(RefKind.ITEM, item.key, words), Text(" "), *entry.badge("in-progress"))
        return ListItem((Paragraph((*line, Text(" · "), place(item.source))),))

    def _metrics(self) -> _Part:
        """Give the latest figure of each metric with its session."""
        figures = find_figures(self._journal.sessions).by_session
        latest = {f.metric.name: f for row in figures.values() for f in row}
        items: list[ListItem] = []
        for name, label in HEADS.items():
            if (f := latest.get(name)) is None:
                continue
            delta = f" ({signed(f.delta)})" if f.delta else ""
            line: tuple[Inline, ...] = (label, Text(f": {written(f.metric)}{delta} · "))
            session = self._find.sessions[f.session]
            items.append(ListItem((Paragraph((*line, *self._origin(session, None))),)))
        return _Part("continue-metrics", Label("Latest figures"), tuple(items))

    def _code(self) -> _Part:
        """Give branch, commits and files that were touched last."""
        out: list[ListItem] = []
        for label, read, limit in CODE:
            session = next((s for s in self._chosen if read(s)), None)
            if session is None:
                continue
            names = list(dict.fromkeys(read(session)))
            shown: list[tuple[Inline, ...]] = [(Code(x),) for x in names[:limit]]
            if len(names) > limit:
                shown.append((Label("{n} more", (("n", str(len(names) - limit)),)),))
            line = (label, Text(" "), *entry.joined(shown, ", "), Text(" · "))
            out.append(ListItem((Paragraph((*line, *self._origin(session, None))),)))
        return _Part("continue-code", Label("Where the code stands"), tuple(out))

    def _primer(self) -> _Part:
        """Give what the team wrote for whoever comes next, as written."""
        out: list[Block] = []
        for s in self._chosen[:1]:
            for part in s.parts:
                if part.kind is PartKind.PRIMER:
                    out.extend(self._as_written(part.nodes, s.source.path, part.line, s))
        for log in self._logs:
            for part in log.standing.parts:
                if part.kind is PartKind.PRIMER:
                    out.extend(self._as_written(part.nodes, log.path, part.line, None))
        return _Part("continue-primer", Label("Primer, as written"), tuple(out))

    def _as_written(
        self, nodes: Sequence[Node], path: str, line: int, session: Session | None
    ) -> Iterator[Block]:
        found = blocks(nodes, self._find.markup.get(path, "markdown"), path)
        if found:
            outside = ((Label("outside of the sessions"),), (place(Span(path, line, line)),))
            origin = self._origin(session, Span(path, line, line)) if session else None
            yield Paragraph(origin or entry.joined(outside), "meta")
            for block in found:
                # A list is cut by its entries, so that a long one does not fall as a whole.
                if isinstance(block, List) and len(block.items) > FLOOR:
                    yield from (
                        List((x,), None if block.start is None else block.start + i)
                        for i, x in enumerate(block.items)
                    )
                else:
                    yield block

    # --- entries ---

    def _origin(self, session: Session | None, span: Span | None) -> tuple[Inline, ...]:
        """Say where something comes from: its session, how old that is, and its line."""
        parts: list[tuple[Inline, ...]] = []
        if session is None:
            parts.append((Label("standing list"),))
        elif session.key == self._newest.key:
            ref = Ref(RefKind.SESSION, session.key, (self._find.age(session),))
            parts.append((ref,))
        else:
            parts += [entry.named(session, self._find), (self._find.age(session),)]
        if span is not None:
            parts.append((place(span),))
        return entry.joined(parts)

    def _step(self, x: FollowUp) -> ListItem:
        session = self._find.sessions.get(x.session or "")
        path = x.source.path
        words = entry.clip(self._find.words(x.item.text, path), STEP)
        inner: list[Block] = [Paragraph(words), *self._below(x.item, path)]
        parts = [self._origin(session, x.source)]
        carried, first = self._carried(x)
        if carried and first is not None:
            text = entry.counted(carried, "carried over once", "carried over {n} times")
            since = (text, Text(", "), Label("first"), Text(" "), *entry.date(first))
            parts.append(since)
        inner.append(Paragraph(entry.joined(parts), "meta"))
        if x.state == "likely-done" and x.by is not None:
            inner.append(self._evidence(x, x.by))
        return ListItem(tuple(inner), None if x.item.done is None else False)

    def _below(self, item: Item, path: str) -> Iterator[Block]:
        """Give the steps below a step, without those that are ticked."""
        items = [
            ListItem(
                (Paragraph(entry.clip(self._find.words(x.text, path), STEP)),),
                None if x.done is None else False,
            )
            for x in item.items
            if x.done is not True
        ]
        if items:
            yield List(tuple(items))

    def _carried(self, x: FollowUp) -> tuple[int, Session | None]:
        """Count how often a step was carried over, and give the session that had it first."""
        count, first = 0, None
        seen = {(x.source.path, x.source.line)}
        while (before := self._before.get((x.source.path, x.source.line))) is not None:
            place_ = (before.source.path, before.source.line)
            if place_ in seen:
                break
            seen.add(place_)
            count, x = count + 1, before
            first = self._find.sessions.get(before.session or "") or first
        return count, first

    def _evidence(self, x: FollowUp, by: Span) -> Paragraph:
        """Quote the line that suggests that a step was done."""
        session = self._find.sessions.get(x.by_session or "")
        text = entry.line_text(session, by.line) if session else ""
        words = entry.clip(self._find.words(text, by.path), 200) or (Text(x.why),)
        origin: list[tuple[Inline, ...]] = [(place(by),)]
        if session:
            origin.insert(0, entry.named(session, self._find))
        line = (Label("see"), Text(" "), *entry.joined(origin), Text(": "), Emphasis(words))
        return Paragraph(line, "evidence")

    def _item(self, item: Item, session: Session) -> ListItem:
        path = session.source.path
        words = entry.clip(self._find.words(item.text, path), STEP)
        origin = self._origin(session, Span(path, item.line, item.end_line))
        meta = Paragraph(origin, "meta")
        return ListItem((Paragraph(words), *self._below(item, path), meta))
