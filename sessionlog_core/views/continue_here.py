"""A journal in, where to continue out: what is open, by whom it was said, and how old it is.

The page is short by default: a budget of words is shared out, and what is cut is said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

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
    Strong,
    Text,
)
from sessionlog_core.body import blocks
from sessionlog_core.figures import signed, written
from sessionlog_core.model import FollowUp, Item, Journal, PartKind, RoadmapItem, Session, Span
from sessionlog_core.outline import Node
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.budget import NOTHING_CUT, Made, Part, shared_out
from sessionlog_core.views.lookup import Lookup, keep, lookup, place
from sessionlog_core.views.metrics import HEADS, ODD
from sessionlog_core.views.nothing import no_session
from sessionlog_core.views.records import metric_record, step_record
from sessionlog_core.views.roadmap import doing, item_words, progress_line, worked_links
from sessionlog_core.views.selection import is_open, select, state_of

__all__ = ["continue_here"]

LIVE = frozenset({"open", "repeated", "left"})
"""States of a step of which no line says that it was done."""

ALIKE = 0.6
"""The part of their words that a step and what repeats it share."""

GROUP = 60
"""Letters of the heading above a step, such as `High priority`."""

STEP = 320
"""Letters of one entry; a longer one is cut, and its place says where it goes on."""

CODE: tuple[tuple[Label, Callable[[Session], list[tuple[str, int]]], int], ...] = (
    (Label("Branch:"), lambda s: [(s.branch, s.source.line)] if s.branch else [], 1),
    (Label("Commits:"), lambda s: [(c.sha, c.line) for c in s.commits][::-1], 5),
    (Label("Files:"), lambda s: [(f.path, f.line) for f in s.files], 8),
)
"""What is told of the code, how and in which line a session says it, and how many are named."""


def continue_here(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show where to continue."""
    # The short page, that in full and the file for agents part in their budgets alone.
    whole = replace(query, order="newest", budget=NOTHING_CUT)
    told = keep(journal, ("continue", whole), lambda: _tell(journal, whole))
    if told is None:
        return no_session(journal, query)
    state, parts = told
    return (*state, *shared_out(parts, query.budget))


def _tell(journal: Journal, query: Query) -> tuple[tuple[Block, ...], tuple[Part, ...]] | None:
    """Give where the project stands, and all parts; None where there is no session."""
    chosen = [s for s in select(journal, query) if not s.planned]
    if not chosen:
        return None
    page = _Page(journal, lookup(journal), chosen[0], chosen, query)
    return tuple(page.state()), page.parts()


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
        self._last = {s.source.path: s for s in reversed(chosen)}
        self._worked = worked_links(journal)
        self._states = {(x.source.path, x.source.line): x.state for x in journal.followups}
        self._sessions: dict[str, tuple[Inline, ...]] = {}
        self._told_before: dict[str | None, list[FollowUp]] = {}
        for x in journal.followups:
            if x.state == "repeated":
                for key in x.again or (None,):
                    self._told_before.setdefault(key, []).append(x)

    def state(self) -> Iterator[Block]:
        """Say in a sentence where the project stands."""
        find, newest = self._find, self._newest
        state = entry.badge(state_of(newest))
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

    def parts(self) -> tuple[Part, ...]:
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

    def _open(self) -> Part:
        items = [
            ListItem((Paragraph((*self._origin(s, s.source),)),))
            for s in self._chosen
            if is_open(s) and s.key != self._newest.key
        ]
        return Part("continue-open", Label("Sessions still marked open"), tuple(items))

    def _next(self) -> Part:
        """Give the next steps of the newest session, then the standing lists."""
        live = [x for x in self._followups if x.state in LIVE]
        own = [x for x in live if x.session == self._newest.key and x.kind == "next"]
        standing = [x for x in live if x.kind == "standing"]
        items = self._steps((*own, *standing))
        if items:
            return Part("continue-next", Label("Next steps"), items)
        text = Paragraph((Label("The last session names no next step."),), "empty")
        how = (Label("Steps are read below a heading such as"), Text(" "), Code("### Next steps"))
        hint = Paragraph((*how, Text(".")), "hint")
        return Part("continue-next", Label("Next steps"), (text, hint))

    def _likely(self) -> Part:
        found = [
            x for x in reversed(self._followups) if x.state == "likely-done" and x.kind != "plan"
        ]
        hint = (Label("By words only: a later line suggests it, nothing ticks it."),)
        return Part("continue-likely", Label("Likely done"), self._steps(found), hint, in_turn=True)

    def _left(self) -> Part:
        found = [
            x
            for x in reversed(self._followups)
            if x.state == "left" and x.kind != "plan" and x.session not in (None, self._newest.key)
        ]
        hint = (Label("Promised by an older session, and not mentioned again."),)
        return Part("continue-left", Label("Left behind"), self._steps(found), hint, in_turn=True)

    def _blockers(self) -> Part:
        """Give the blockers of the newest session and of those that are open."""
        keys = {s.key for s in self._chosen if is_open(s)} | {self._newest.key}
        found = [
            x
            for x in reversed(self._followups)
            if x.kind == "blocker" and x.session in keys and x.state in LIVE
        ]
        title = Label("Blockers and open questions")
        return Part("continue-blockers", title, self._steps(found))

    def _roadmap(self) -> Part:
        """Give what is in progress, and the first milestone that is not reached."""
        road = self._journal.roadmap
        items = [self._road(x) for x in road if x.state == "in-progress"]
        for milestone in self._journal.milestones:
            below = [x for x in road if x.milestone_key == milestone.key]
            if any(x.state in ("open", "in-progress") for x in below):
                words = self._find.roadmap_words(milestone.title, milestone.source.path)
                ref = Ref(RefKind.MILESTONE, milestone.key, entry.unlinked(words))
                line = (Label("Next milestone:"), Text(" "), ref, Text(" · "))
                head = Paragraph((*line, *progress_line(below)))
                items.append(ListItem((head, self._moved(milestone.source, below))))
                break
        return Part("continue-roadmap", Label("Roadmap"), tuple(items))

    def _road(self, item: RoadmapItem) -> ListItem:
        words = entry.sentence(entry.unlinked(item_words(item, self._find)), 160)
        line = (Ref(RefKind.ITEM, item.key, words), *doing(item))
        return ListItem((Paragraph(line), self._moved(item.source, [item])))

    def _moved(self, source: Span, items: Sequence[RoadmapItem]) -> Paragraph:
        """Say where something stands on a roadmap, and which session worked on it last."""
        keys = {link.session for x in items for link in self._worked.get(x.key, ())[:1]}
        last = min(keys, key=lambda key: self._find.newer.get(key, 0), default=None)
        if last is None:
            return Paragraph(
                entry.joined([(Label("no session worked on it"),), (place(source),)]), "meta"
            )
        session = self._find.sessions[last]
        label = (Label("last worked on in"), Text(" "), *entry.named(session, self._find))
        return Paragraph(
            entry.joined([label, (self._find.age(session),), (place(source),)]), "meta"
        )

    def _metrics(self) -> Part:
        """Give the latest figure of each metric with its session, marked if it does not add up."""
        figures = self._find.figures.by_session
        marked = {(x.session, x.metric.name) for x in self._find.figures.findings}
        latest = {f.metric.name: f for row in figures.values() for f in row}
        items: list[ListItem] = []
        for name, label in HEADS.items():
            if (f := latest.get(name)) is None:
                continue
            delta = f" ({signed(f.delta)})" if f.delta else ""
            odd = (Text(" "), *ODD) if (f.session, name) in marked else ()
            said = (label, Text(f": {written(f.metric)}{delta}"), *odd)
            line: tuple[Inline, ...] = (*said, Text(" · "))
            session = self._find.sessions[f.session]
            records = (metric_record(session, f),)
            span = Span(session.source.path, f.metric.line, f.metric.line)
            words = Paragraph((*line, *self._origin(session, span)))
            items.append(ListItem((words,), records=records))
        return Part("continue-metrics", Label("Latest figures"), tuple(items), floor=len(HEADS))

    def _code(self) -> Part:
        """Give branch, commits and files that were touched last."""
        out: list[ListItem] = []
        for label, read, limit in CODE:
            session = next((s for s in self._chosen if read(s)), None)
            if session is None:
                continue
            told = read(session)
            span = Span(session.source.path, told[0][1], told[0][1])
            names = list(dict.fromkeys(name for name, _ in told))
            shown: list[tuple[Inline, ...]] = [(Code(x),) for x in names[:limit]]
            if len(names) > limit:
                shown.append((Label("{n} more", (("n", str(len(names) - limit)),)),))
            line = (label, Text(" "), *entry.joined(shown, ", "), Text(" · "))
            out.append(ListItem((Paragraph((*line, *self._origin(session, span))),)))
        return Part("continue-code", Label("Where the code stands"), tuple(out), floor=len(CODE))

    def _primer(self) -> Part:
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
        return Part("continue-primer", Label("Primer, as written"), tuple(out), in_turn=True)

    def _as_written(
        self, nodes: Sequence[Node], path: str, line: int, session: Session | None
    ) -> Iterator[Block]:
        found = blocks(nodes, self._find.markup.get(path, "markdown"), path)
        if found:
            span = Span(path, line, line)
            outside = ((Label("outside of the sessions"),), *self._kept(span), (place(span),))
            origin = self._origin(session, span) if session else entry.joined(outside)
            yield Paragraph(origin, "meta")
            for block in found:
                # A list is cut by its entries, so that a long one does not fall as a whole.
                if isinstance(block, List) and len(block.items) > 2:
                    yield from (
                        List((x,), None if block.start is None else block.start + i)
                        for i, x in enumerate(block.items)
                    )
                else:
                    yield block

    # --- entries ---

    def _origin(self, session: Session | None, span: Span | None) -> tuple[Inline, ...]:
        """Say where something comes from: its session, how old that is, and its line."""
        if session is None:
            said = entry.joined(((Label("standing list"),), *self._kept(span)))
        else:
            if session.key not in self._sessions:  # of many steps of one session, made once
                self._sessions[session.key] = self._session(session)
            said = self._sessions[session.key]
        return said if span is None else (*said, Text(" · "), place(span))

    def _session(self, session: Session) -> tuple[Inline, ...]:
        """Name a session and say how old it is; of the newest its age is name enough."""
        age = (self._find.age(session),)
        if session.key == self._newest.key:
            return (Ref(RefKind.SESSION, session.key, age),)
        return entry.joined((entry.named(session, self._find), age))

    def _kept(self, span: Span | None) -> Iterator[tuple[Inline, ...]]:
        """Say how old what stands outside of sessions can be: as the last session of its log."""
        last = self._last.get(span.path) if span else None
        if last is not None and last.key == self._newest.key:
            yield (Label("in the log of the last session"),)
        elif last is not None:
            label = (Label("last session in this log:"), Text(" "), *entry.named(last, self._find))
            yield from (label, (self._find.age(last),))

    def _steps(self, found: Iterable[FollowUp]) -> Made:
        """Give steps; one that stands below another of the list is told there."""
        shown = list(found)
        below = {(x.source.path, child.line) for x in shown for child in x.item.items}
        steps = [x for x in shown if (x.source.path, x.source.line) not in below]
        return Made(steps, self._step)

    def _step(self, x: FollowUp) -> ListItem:
        session = self._find.sessions.get(x.session or "")
        path = x.source.path
        words = entry.clip(self._find.words(x.item.text, path), STEP)
        parts = [self._origin(session, x.source)]
        if x.item.group:
            parts.append(entry.clip(entry.unlinked(self._find.words(x.item.group, path)), GROUP))
        carried, first = self._carried(x)
        if carried and first is not None:
            text = entry.counted(carried, "carried over once", "carried over {n} times")
            parts.append((text, Text(", "), Label("first"), Text(" "), *entry.date(first)))
        inner: list[Block] = [Paragraph(words), Paragraph(entry.joined(parts), "meta")]
        if x.state == "likely-done" and x.by is not None:
            inner.append(self._evidence(x, x.by))
        inner.extend(self._below(x.item, path))
        box = None if x.item.done is None else False
        return ListItem(tuple(inner), box, records=(step_record(x),))

    def _below(self, item: Item, path: str) -> Iterator[Block]:
        """Give the steps below a step, without those that are done."""
        items = [
            ListItem(
                (Paragraph(entry.clip(self._find.words(x.text, path), STEP)),),
                None if x.done is None else False,
            )
            for x in item.items
            if x.done is not True and self._states.get((path, x.line), "open") in LIVE
        ]
        if items:
            yield List(tuple(items))

    def _carried(self, x: FollowUp) -> tuple[int, Session | None]:
        """Count how often a step was carried over, and give the session that had it first."""
        told = self._told_before.get(x.session)
        if not told:
            return 0, None
        words = _word_set(x.item.text)
        keys = dict.fromkeys(
            before.session
            for before in told
            if before.session and _alike(words, _word_set(before.item.text))
        )
        sessions = [self._find.sessions[k] for k in keys if k in self._find.sessions]
        newer = self._find.newer
        return len(sessions), max(sessions, key=lambda s: newer.get(s.key, 0), default=None)

    def _evidence(self, x: FollowUp, by: Span) -> Paragraph:
        """Quote the line that suggests that a step was done."""
        session = self._find.sessions.get(x.by_session or "")
        text = ""
        if session:
            by, text = entry.nearest_line(session, by, x.item.text)
        words = entry.clip(entry.unlinked(self._find.words(text, by.path)), 200)
        origin: list[tuple[Inline, ...]] = [(place(by),)]
        if session:
            origin.insert(0, entry.named(session, self._find))
        said = (Text(": "), Emphasis(words)) if words else ()
        return Paragraph((Label("see"), Text(" "), *entry.joined(origin), *said), "evidence")


def _word_set(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two steps are one, told again: the journal knows that a session repeats some."""
    return 2 * len(one & other) >= ALIKE * (len(one) + len(other))
