"""Sessions in order and their logs in, what became of each next step out.

Said of a step is no more than what a line says. It is done where its box is ticked, its words are
struck through, the same words come back ticked, or its id comes back in a line that closes it. It
is likely done where a later line tells of work in the rare words of the step: a suggestion, with
the line. An empty box proves nothing.

Each step waits in an index by its terms, and each later line looks there. Lists of one term are
short and steps wait for so many sessions at most, so that the time is linear in the sessions.
"""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sessionlog_core.model import FollowUp, Item, Log, Part, PartKind, Session, Span
from sessionlog_core.patterns import later
from sessionlog_core.statements import (
    DONE,
    PLANS,
    TOLD,
    Says,
    Stance,
    Statement,
    Told,
    make_statement,
)
from sessionlog_core.terms import Rarity, same_words, series_of, show_terms

__all__ = ["follow_up"]

LEAST, MOST = 1.6, 3.5
"""What a line must share with a step, in terms that stand once in the project: all of a short one,
so much of a long one."""

ENOUGH = 0.5
"""The part of that from which on a step is likely done."""

NEAR = 0.75
"""A line answers the steps that score so much of its best one."""

TELLING = frozenset({PartKind.DONE, PartKind.SUMMARY, PartKind.COMMITS})
"""Parts whose lines tell of work by standing there."""

UNTOLD = 0.7
"""What words count in another part's line that has no word of work: it may tell how things are."""

RESTATED = 0.7
"""The part of their words that two steps share when they are one step told again."""

UNSAID = 0.45
"""The part of their words that a step shares with a later line that says it is still to be done."""

CLOSED = 0.8
"""The part of their words that a step shares with a ticked line that closes it for certain."""

RARE = 0.4
"""The weight from which on a term leads from a line to the steps that wait for it."""

WAITING = 24
"""Steps that wait under one term at most: the newest ones."""

BITS = 480
"""Bits for the terms that many lines have. A large project has thousands of them, which share the
bits: to compare thousands of bits takes longer than a closer look at a step now and then."""

ROUNDED = 1e-9
"""More than what sums of a glance are rounded by: it leaves out nothing."""

HORIZON = 60
"""Sessions for which a step waits for words; the same words and ids are known for ever."""

REPEATS = 50
"""Sessions that carry a step over at most, as far as the older ones are told of it."""

STRUCK = later(r"[^\w~]*~~[^~]+~~(?:\W{0,20}$|\s{0,4}[-–—:(✅])")
"""A step that was struck through."""

CLOSING = later(
    r"(?=[-✅☑✔–—:(\[*])(?:[✅☑✔]|(?:[-–—:(\[]\s*|\*\*)(?:done|completed?|fixed|shipped|merged|resolved|closed|"
    r"erledigt|fertig|fait|hecho|feito|concluíd[oa]|fatto|готово|сделано|完成|已完成|完了|"
    r"완료)\b[\s)\].!*]*(?:$|\())",
    re.IGNORECASE,
)
"""How a step is marked as done in its own line."""

CLOSES = later(
    r"^\W*(?:implemented|fixed|closed|completed?|delivered|shipped|merged|resolved|finished|done|"
    r"added|created|built|wrote|removed|erledigt|behoben|umgesetzt|corrigé|implementado|"
    r"concluíd[oa]|corregido)\b",
    re.IGNORECASE,
)
"""How a line begins that closes what it names by id."""


@dataclass(slots=True)
class _Step:
    """A step that waits to be answered."""

    session: str | None
    place: int
    item: Item
    span: Span
    kind: str
    terms: frozenset[str]
    mass: float
    wanted: float
    words: str
    ids: frozenset[str]
    series: frozenset[str]
    state: str = ""
    why: str = ""
    score: float = 0.0
    by: Statement | None = None
    by_place: int = -1
    by_session: str | None = None
    again: list[tuple[int, str]] = field(default_factory=list)


def follow_up(told: Told, logs: Sequence[Log], rarity: Rarity) -> tuple[FollowUp, ...]:
    """Say what became of each next step of each session, and of the standing ones."""
    newest = max((i for i, (session, _) in enumerate(told) if not session.planned), default=-1)
    board = _Board(rarity, newest)
    standing = _by_newest(told, logs)
    for place, (session, statements) in enumerate(told):
        board.turn_to(place, statements)
        steps = deque(sorted(_steps(session, statements), key=lambda s: s[1].line))
        for statement in statements:
            while steps and steps[0][1].line < statement.span.line:
                board.add(session.key, place, *steps.popleft())
            stance = statement.stance
            if stance is Says.WORK:
                board.hear(session, place, statement)
            elif stance is not Says.RECALL:
                board.unsay(session, place, statement)
        for step in steps:
            board.add(session.key, place, *step)
        for log in standing.pop(place, ()):
            for item, kind in _standing(log):
                board.add(None, place, item, Span(log.path, item.line, item.end_line), kind)
    board.turn_to(len(told), ())
    for log in standing.pop(-1, ()):
        for item, kind in _standing(log):
            board.add(None, len(told), item, Span(log.path, item.line, item.end_line), kind)
    return tuple(_close(step, newest) for step in board.steps)


def _by_newest(told: Told, logs: Sequence[Log]) -> dict[int, list[Log]]:
    """Give logs by the place of their newest session: what they hold outside of sessions is as old.

    A log without sessions is at -1.
    """
    last: dict[str, int] = {}
    for place, (session, _) in enumerate(told):
        for span in (session.source, *session.twins) if not session.planned else ():
            last[span.path] = place
    found: dict[int, list[Log]] = defaultdict(list)
    for log in logs:
        found[last.get(log.path, -1)].append(log)
    return found


def _terms(told: Statement) -> tuple[str, ...]:
    """Give the terms of a statement, and the pieces of a plan that it names by number as such."""
    if not told.units:
        return told.terms
    return (*told.terms, *(f"#{unit.casefold()}" for unit in told.units))


def _steps(session: Session, statements: Sequence[Statement]) -> Iterator[tuple[Item, Span, str]]:
    """Give what a session promises: next steps, blockers, and plans that it tells in passing."""
    path = session.source.path
    lines: set[int] = set()
    steps = (*session.next_steps, *_closed(session.parts))
    for kind, items in (("next", steps), ("blocker", session.blockers)):
        for item in _flat(items):
            if item.line not in lines:
                lines.update(range(item.line, item.end_line + 1))
                yield item, Span(path, item.line, item.end_line), kind
    for statement in statements:
        if statement.stance is Says.PLAN and statement.span.line not in lines:
            if statement.title or statement.part in (PartKind.NEXT_STEPS, PartKind.BLOCKERS):
                continue
            item = Item(
                statement.text, statement.span.line, statement.span.end_line, statement.done
            )
            yield item, statement.span, "plan"


def _flat(items: Sequence[Item]) -> Iterator[Item]:
    """Give items, and those below them that have a box of their own."""
    for item in items:
        yield item
        if item.items:
            yield from (below for below in _flat(item.items) if below.done is not None)


def _closed(parts: Sequence[Part]) -> Iterator[Item]:
    """Give the steps of lists that are done already, and so are next steps no more."""
    for part in parts:
        for item in part.items if part.kind is PartKind.NEXT_STEPS else ():
            if item.done or STRUCK.match(item.text):
                yield item


def _standing(log: Log) -> Iterator[tuple[Item, str]]:
    lines: set[int] = set()
    for item in _flat((*log.standing.next_steps, *_closed(log.standing.parts))):
        if item.line not in lines:
            lines.add(item.line)
            yield item, "standing"
    for item in log.standing.primer:
        if PLANS.within(item.text.lower()):
            yield item, "plan"


@dataclass(slots=True)
class _Shares:
    """How much of its size each step shares with a line that has to do with it.

    `part` is that of the sizes of the step and the line together. `least` is the part of the step's
    own size, without what its terms weigh that lead nowhere since too many steps wait for them.
    """

    part: float
    sizes: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)

    def add(self, size: float) -> None:
        self.sizes.append(size)
        self.least.append(self.part * size)


class _Board:
    """The steps that were told so far, and how to find those that a line may answer."""

    def __init__(self, rarity: Rarity, newest: int) -> None:
        self.rarity = rarity
        self.newest = newest
        self.steps: list[_Step] = []
        self.oldest = 0
        self.answered = _Shares(ENOUGH)
        self.unsaid = _Shares(UNSAID / 2)
        self.restated = _Shares(RESTATED / 2)
        # Not all terms of a step lead to it: of each this has the bits of those that many lines
        # have.
        self.commons: list[int] = []
        self.told: Mapping[str, Statement] = {}
        # Each term that is too common to lead to steps, and its bit: what two lines share of them
        # is counted at once.
        self.common: dict[str, int] = {}
        # Of each the last few are asked for; a queue would take five times the room of a list.
        self.by_term: dict[str, list[int]] = defaultdict(list)
        # The last line, and what it leads to: a step is mostly the line that was heard before.
        self.heard: Sequence[str] | None = None
        self.leading: Mapping[int, float] = {}
        self.bits, self.unseen = 0, 0.0
        self.by_words: dict[str, list[_Step]] = defaultdict(list)
        self.by_id: dict[str, list[_Step]] = defaultdict(list)

    def turn_to(self, place: int, statements: Sequence[Statement]) -> None:
        """Take what was read of a session's lines: its steps are mostly lines of it.

        Steps that have waited for too long wait no more.
        """
        self.told = {statement.text: statement for statement in statements}
        self.heard = None
        while self.oldest < len(self.steps) and place - self.steps[self.oldest].place > HORIZON:
            self.oldest += 1

    def add(self, session: str | None, place: int, item: Item, span: Span, kind: str) -> None:
        """Let a step wait; it may repeat older ones."""
        told = self.told.get(item.text) or make_statement(span, item.text, Stance.PLAN)
        line = _terms(told)
        terms = frozenset(line)
        weights = list(map(self.rarity.__getitem__, terms))
        words = same_words(item.text)
        ids = frozenset([term for term in line if term[0] == "#"])
        series = frozenset(map(series_of, ids)) if ids else ids
        mass = sum(weights)
        wanted = min(max(mass, LEAST), MOST)
        step = _Step(session, place, item, span, kind, terms, mass, wanted, words, ids, series)
        if item.done:
            step.state, step.why = "done", "ticked"
        elif STRUCK.match(item.text):
            step.state, step.why = "done", "struck through"
        elif item.done is not False and CLOSING.search(item.text):
            step.state, step.why = "done", "marked as done"
        if kind in ("next", "standing"):
            self._repeat(step, line)
        number = len(self.steps)
        self.steps.append(step)
        self.commons.append(0)
        self.answered.add(wanted)
        self.unsaid.add(mass)
        self.restated.add(mass)
        if step.state == "done":
            return
        self.by_words[words].append(step)
        for name, _ in told.ids:
            self.by_id[name].append(step)
        commons, known = 0, self.common
        for term, weight in zip(terms, weights, strict=True):
            if weight < RARE:
                bit = known.get(term)
                if bit is None:
                    bit = known[term] = 1 << len(known) % BITS
                commons |= bit
                continue
            waiting = self.by_term[term]
            waiting.append(number)
            if len(waiting) > WAITING:
                lost = waiting.pop(0)
                for shares in (self.answered, self.unsaid, self.restated):
                    shares.least[lost] -= weight
        self.commons[number] = commons
        self.heard = None

    def _repeat(self, new: _Step, terms: Sequence[str]) -> None:
        """Mark older steps that `new` tells again; if it is ticked, they are done."""
        told = self.by_words.get(new.words, ())[-REPEATS:] if new.words else ()
        same = [s for s in told if s.place < new.place]
        near = self._sharing(terms, self.restated, new.mass)
        same += (step for step, _ in near if step.place < new.place)
        for step in same:
            if step.state == "done":
                continue
            if new.state == "done":
                if step.words == new.words or _alike(step, new, self.rarity) >= CLOSED:
                    step.state, step.why = "done", f"told again: {new.why}"
                    step.by_place, step.by_session = new.place, new.session
                    step.by = _statement(new)
            else:
                key = (new.place, new.session or "")
                if key not in step.again:
                    step.again.append(key)

    def _listen(self, terms: Sequence[str]) -> None:
        """Find the steps to which rare terms of a line lead, and the bits of its common ones."""
        leading: dict[int, float] = {}
        oldest, rarity, by_term = self.oldest, self.rarity, self.by_term
        for term in by_term.keys() & terms:
            weight, waiting = rarity[term], by_term[term]
            while waiting and waiting[0] < oldest:
                del waiting[0]
            if not waiting:
                del by_term[term]
            elif leading:
                for number in waiting:
                    leading[number] = leading.get(number, 0.0) + weight
            else:
                leading = dict.fromkeys(waiting, weight)
        self.heard, self.leading = terms, leading
        if not leading:
            return
        common, shared = 0, self.common.keys() & terms
        for term in shared:
            common |= self.common[term]
        # Where terms of the line have one bit, each of them may be shared.
        self.bits, self.unseen = common, RARE * (len(shared) - common.bit_count())

    def _sharing(
        self, terms: Sequence[str], shares: _Shares, own: float = 0.0
    ) -> list[tuple[_Step, float]]:
        """Give the steps that share rare terms, in the order in which they were told, and how much.

        `own` is the size of the line, where that counts. What leads to a step is added up on the
        way, and of its common terms those are counted that the line has: few steps are left for a
        closer look.
        """
        if self.heard != terms:
            self._listen(terms)
        if not self.leading:
            return []
        part, least, commons, common = shares.part, shares.least, self.commons, self.bits
        more = part * own - self.unseen - ROUNDED
        near = [
            number
            for number, weight in self.leading.items()
            if weight + RARE * (commons[number] & common).bit_count() >= least[number] + more
        ]
        found = []
        for number in sorted(near):
            step = self.steps[number]
            mass = self.rarity.mass(step.terms.intersection(terms))
            if mass >= part * (shares.sizes[number] + own):
                found.append((step, mass))
        return found

    def hear(self, session: Session, place: int, statement: Statement) -> None:
        """Let a line that tells of work answer the steps that wait."""
        terms = _terms(statement)
        near = self._sharing(terms, self.answered)
        if not near and not statement.ids:
            return
        found = [(step, mass, mass / step.wanted) for step, mass in near]
        ticked = statement.done is True or CLOSING.search(statement.text[:4]) is not None
        tells = ticked or statement.part in TELLING or DONE.within(statement.text.lower())
        if not tells:
            less = ((step, mass, score * UNTOLD) for step, mass, score in found)
            found = [(step, mass, score) for step, mass, score in less if score >= ENOUGH]
        best = min(max((score for *_, score in found), default=0.0), 1.0)
        own = self.rarity.mass(terms)
        for step, mass, score in found:
            if score < NEAR * best or step.state == "done":
                continue
            if not ticked and score <= step.score:
                continue  # an answer that was found is as good
            both = mass * 2 / (step.mass + own)
            if place == step.place and not self._same_session(
                place, statement, ticked=ticked, both=both
            ):
                continue
            if _other(step, terms):
                continue
            if not ticked and _names_only(step.terms.intersection(terms)):
                continue
            if ticked and both >= CLOSED and not PLANS.within(statement.text.lower()):
                self._answer(step, session, place, statement, "done", "ticked in the same words")
            elif score > step.score:
                self._answer(step, session, place, statement, "likely-done", "")
                step.score = score
        if statement.ids and (ticked or CLOSES.match(statement.text)):
            for name, ranged in statement.ids:
                for step in () if ranged else self.by_id.get(name, ())[-REPEATS:]:
                    if step.state != "done" and _leads(step.item.text, name):
                        self._answer(step, session, place, statement, "done", name)

    def unsay(self, session: Session, place: int, statement: Statement) -> None:
        """Take back what seemed likely: a later line tells the step as still to be done."""
        terms = _terms(statement)
        mass = self.rarity.mass(terms)
        for step, _ in self._sharing(terms, self.unsaid, mass):
            if step.place == place or _other(step, terms):
                continue
            if step.state == "likely-done":
                step.state, step.why, step.by, step.score = "", "", None, 0.0
            if (place, session.key) not in step.again:
                step.again.append((place, session.key))

    def _same_session(self, place: int, statement: Statement, *, ticked: bool, both: float) -> bool:
        """Say whether a line may answer a step of its own session: it tells of work."""
        if place == self.newest:
            return ticked and both >= RESTATED
        told = statement.part in (PartKind.DONE, PartKind.COMMITS) or TOLD.match(
            statement.text.lower()
        )
        return ticked or bool(told) or CLOSING.search(statement.above) is not None

    def _answer(
        self, step: _Step, session: Session, place: int, by: Statement, state: str, why: str
    ) -> None:
        step.state, step.why, step.by = state, why, by
        step.by_place, step.by_session = place, session.key


def _alike(one: _Step, other: _Step, rarity: Rarity) -> float:
    """Give the part of their words that two steps share."""
    return rarity.mass(one.terms & other.terms) * 2 / max(one.mass + other.mass, 0.1)


def _names_only(terms: Collection[str]) -> bool:
    """Say whether terms are names alone: a function examined again is not yet mended."""
    names = {term.lstrip("`#@").casefold() for term in terms if term[0] in "`#@"}
    return bool(names) and all(
        term[0] in "`#@" or any(part in name for name in names)
        for term in terms
        for part in term.split("+")
    )


def _other(step: _Step, terms: Collection[str]) -> bool:
    """Say whether a line names other things than a step does, or few of many."""
    shared = step.ids.intersection(terms)
    if shared or not step.ids:
        return 2 * len(shared) < len(step.ids)
    return any(term[0] == "#" and series_of(term) in step.series for term in terms)


def _leads(text: str, name: str) -> bool:
    """Say whether an id names a step and is no mere mention."""
    return re.match(rf"[^\w#]*{re.escape(name)}\b", text) is not None


def _statement(step: _Step) -> Statement:
    return Statement(step.span, step.item.text, Stance.WORK, PartKind.NEXT_STEPS)


def _close(step: _Step, newest: int) -> FollowUp:
    """Give the fate of a step, now that all is told."""
    state, why, by, by_session = (
        step.state,
        step.why,
        step.by.span if step.by is not None else None,
        step.by_session,
    )
    told = sorted(step.again)
    again = tuple(dict.fromkeys([key for _, key in told if key])) if told else ()
    last = told[-1][0] if told else -1
    if state == "likely-done" and last > step.by_place:
        # Who promises a thing once more has not done it.
        state, by, by_session = "", None, None
    elif state == "likely-done" and step.by is not None:
        # Told of the last answer alone: to find the words takes longer than to find the line.
        why = show_terms(step.by.text, step.terms.intersection(_terms(step.by)))
    if state == "done" and by is None:
        by, by_session = step.span, step.session
    if not state:
        if step.place >= newest or step.kind == "standing":
            state = "open"
        elif step.again:
            state, why = "repeated", ""
        else:
            state = "left"
    return FollowUp(
        step.session, step.item, step.span, state, by_session, by, why, again, step.kind
    )
