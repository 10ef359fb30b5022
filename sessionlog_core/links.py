"""Sessions and a roadmap in, the links between them out: asserted by id, suggested by words.

An id that names one item asserts a link wherever a session writes it. A number (`Phase 3`) names
nothing by itself: two plans have two phases 3, so words must agree with it. All else are
suggestions: a line of a session is held against every item with which it shares terms, by how rare
they are, and the best are told, with the line.

The bounds below were found on labelled logs of four projects; see `benchmarks/joins.py`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from sessionlog_core.model import Link, RoadmapItem, Session
from sessionlog_core.problems import Code, Problem
from sessionlog_core.roadmap import Roadmap
from sessionlog_core.roadmap_words import name_of
from sessionlog_core.statements import Says, Stance, Statement, Told
from sessionlog_core.terms import (
    Rarity,
    find_ids,
    fold_words,
    read_terms,
    series_of,
    show_terms,
)

__all__ = ["link"]

DEGREES: Mapping[Stance, str] = {
    Stance.WORK: "worked",
    Stance.PLAN: "planned",
    Stance.RECALL: "mentioned",
    Stance.DENIAL: "mentioned",
}
"""What a statement's stance makes of a link."""

RANK: Mapping[str, int] = {"worked": 0, "planned": 1, "mentioned": 2}
"""Which of two lines is the better evidence of one link."""

LEAST, MOST = 1.75, 4.0
"""What a line must share with an item, in terms that stand once in the project: all of a short one,
so much of a long one."""

ENOUGH = 0.54
"""The part of that from which on a suggestion is told."""

NEAR = 0.75
"""A line suggests the items that score so much of its best one."""

CONTEXT = 0.7
"""What terms of an item's milestone count that the line has too, up to one rare term."""

PLANNED = 0.7
"""What words count in a line that plans: a plan names many things that nobody worked on."""

TELLING = 0.5
"""What the words of an item must weigh to agree or disagree with anything."""

WHOLE = 0.9
"""The part of an item's words that stand in a title which asserts the link."""

AGREES = 0.4
"""The part of an item's words that must agree with a mere number (`Phase 3`), or with an id that
stands for a range."""

PLACES = 20
"""Places of a roadmap at which one thing may be told; an id at more of them is no name."""

COMMON = 400
"""Items that share one term at most for it to be looked up: a term of so many items tells nothing,
and costs time."""


def link(
    told: Told, roadmap: Roadmap, rarity: Rarity, *, aliases: Mapping[str, str]
) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Find which session had to do with which item."""
    settled = frozenset(fold_words(words) for words in aliases)
    plan = _Plan(roadmap.items, rarity, settled)
    by_alias, problems = _aliases(roadmap, aliases)
    found: dict[tuple[str, str], Link] = {}
    for session, statements in told:
        for statement in statements:
            if by_alias:
                _keep(found, plan.by_alias(session, statement, by_alias))
            if statement.ids or statement.names or statement.units:
                _keep(found, plan.by_name(session, statement))
            if statement.stance is not Says.DENIAL and not plan.leads.isdisjoint(statement.terms):
                _keep(found, plan.by_words(session, statement))
    order = {session.key: i for i, (session, _) in enumerate(told)}
    place = {item.key: i for i, item in enumerate(roadmap.items)}
    links = sorted(found.values(), key=lambda x: (order[x.session], place[x.item]))
    return tuple(links), (*plan.problems, *problems)


def _keep(found: dict[tuple[str, str], Link], links: Iterable[Link]) -> None:
    """Keep the best evidence: an assertion before a suggestion, work before plans, then words."""
    for new in links:
        pair = (new.session, new.item)
        have = found.get(pair)
        if have is None or _rank(new) < _rank(have):
            found[pair] = new


def _rank(one: Link) -> tuple[bool, int, float]:
    return one.how == "words", RANK[one.degree], -one.score


class _Plan:
    """The items of a roadmap, ready to be looked up by name and by term."""

    def __init__(
        self, items: Sequence[RoadmapItem], rarity: Rarity, settled: frozenset[str]
    ) -> None:
        self.items = items
        self.rarity = rarity
        self.terms = [frozenset(read_terms(item.text)) for item in items]
        above = (read_terms(item.milestone or "") for item in items)
        self.around = [frozenset(more) - own for more, own in zip(above, self.terms, strict=True)]
        self.milestones = frozenset().union(*self.around)
        self.names = [name_of(item.text) or next(iter(item.ids[:1]), None) for item in items]
        self.mass = [self.rarity.mass(terms) for terms in self.terms]
        self.wanted = [min(max(mass, LEAST), MOST) for mass in self.mass]
        owners = Counter(chain.from_iterable(self.terms))
        self.weighed = [
            frozenset([term for term in terms if owners[term] <= COMMON]) for terms in self.terms
        ]
        self.index: dict[str, list[int]] = defaultdict(list)
        # Of each item, what its terms that lead nowhere may add, and those of its milestone.
        self.rest: list[float] = []
        self.context: list[float] = []
        for i, terms in enumerate(self.weighed):
            context = CONTEXT * min(self.rarity.mass(self.around[i]), 1.0)
            leads, rest = self._split(terms, context, self.wanted[i])
            self.rest.append(rest)
            self.context.append(context)
            for term in leads:
                self.index[term].append(i)
        self.leads = frozenset(self.index)
        self.named, self.cited, self.problems = _names(items, settled)

    def _split(
        self, terms: Collection[str], context: float, wanted: float
    ) -> tuple[list[str], float]:
        """Give the rarest terms of an item, of which a line has one if it suggests the item.

        What the others weigh is given too: with the milestone they are too few.
        """
        weigh = self.rarity.__getitem__
        leads = sorted(terms, key=weigh, reverse=True)
        rest = 0.0
        while leads and (rest + weigh(leads[-1]) + context) / wanted < ENOUGH:
            rest += weigh(leads.pop())
        return leads, rest

    def by_name(self, session: Session, statement: Statement) -> Iterator[Link]:
        """Find items whose id stands in a statement, or whose number does and whose words agree."""
        terms = statement.terms
        for name, ranged in statement.ids:
            owners = self.named.get(name) or ([] if ranged else self.cited.get(name, []))
            for i in owners:
                if not ranged or self._agrees(i, name, terms, AGREES / 2):
                    yield self._link(session, statement, i, "id", name, 1.0)
        for name in statement.names:
            for i in self.named.get(name, []):
                yield self._link(session, statement, i, "id", name, 1.0)
        for name in statement.units:
            for i in self.named.get(name, []):
                if self._agrees(i, name, terms, AGREES):
                    how = "heading" if statement.title else "id"
                    yield self._link(session, statement, i, how, name, 1.0)

    def by_words(self, session: Session, statement: Statement) -> Iterator[Link]:
        """Suggest the items whose rare terms a statement shares."""
        own = statement.terms
        shared: dict[int, float] = {}
        for term in self.leads.intersection(own):
            weight = self.rarity[term]
            for i in self.index[term]:
                shared[i] = shared.get(i, 0.0) + weight
        wanted, rest, around = self.wanted, self.rest, self.context
        most = 0.0 if self.milestones.isdisjoint(own) else 1.0
        near = [
            i
            for i, mass in shared.items()
            if (mass + rest[i] + most * around[i]) / wanted[i] >= ENOUGH
        ]
        recalled = statement.stance is Stance.RECALL
        scores = {}
        for i in near:
            context = self.rarity.mass(self.around[i].intersection(own))
            mass = self.rarity.mass(self.weighed[i].intersection(own))
            score = (mass + CONTEXT * min(context, 1.0)) / wanted[i]
            if statement.stance is Stance.PLAN:
                score *= PLANNED
            if score >= ENOUGH and not self._other(i, session, own, recalled=recalled):
                scores[i] = score
        best = min(max(scores.values(), default=0.0), 1.0)
        for i, score in scores.items():
            if score >= NEAR * best:
                why = show_terms(statement.text, self.terms[i].intersection(own))
                if statement.title and self._entitles(i, own):
                    yield self._link(session, statement, i, "heading", why, 1.0)
                else:
                    yield self._link(session, statement, i, "words", why, min(score / 2, 0.99))

    def by_alias(
        self, session: Session, statement: Statement, aliases: Mapping[str, Sequence[int]]
    ) -> Iterator[Link]:
        """Find the items that the user's own words stand for."""
        folded = f" {fold_words(statement.text)} "
        for words, owners in aliases.items():
            if f" {words} " in folded:
                for i in owners:
                    yield self._link(session, statement, i, "heading", words, 1.0)

    def _link(
        self, session: Session, statement: Statement, i: int, how: str, why: str, score: float
    ) -> Link:
        degree = DEGREES[statement.stance]
        return Link(session.key, self.items[i].key, how, statement.span, why, score, degree)

    def _agrees(self, i: int, name: str, terms: Sequence[str], part: float) -> bool:
        """Say whether a statement shares so much of an item's words beside its name."""
        known = frozenset(read_terms(name))
        words = frozenset(term for term in self.terms[i] - known if "+" not in term)
        mass = self.rarity.mass(words)
        return mass >= TELLING and self.rarity.mass(words.intersection(terms)) >= part * mass

    def _entitles(self, i: int, terms: Sequence[str]) -> bool:
        """Say whether a title is that of an item: it has all its words, and few others."""
        mass = self.mass[i]
        shared = self.rarity.mass(self.terms[i].intersection(terms))
        return mass >= 1.0 and shared >= WHOLE * mass and 2 * mass >= self.rarity.mass(terms)

    def _other(self, i: int, session: Session, own: Sequence[str], *, recalled: bool) -> bool:
        """Say whether a statement is about another item: an id of the series, or another day."""
        date = self.items[i].date
        if date is not None and session.date is not None and date != session.date[:10]:
            return not (recalled and date < session.date[:10])
        name = self.names[i]
        if name is None or f"#{name}" in own:
            return False
        series = series_of(name)
        return any(term[0] == "#" and series_of(term[1:]) == series for term in own)


def _names(
    items: Sequence[RoadmapItem], settled: frozenset[str]
) -> tuple[dict[str, list[int]], dict[str, list[int]], tuple[Problem, ...]]:
    """Say which items an id names, and which merely cite it; one that means two links neither."""
    named: dict[str, list[int]] = defaultdict(list)
    cited: dict[str, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        name = name_of(item.text) or next(iter(item.ids), None)
        ranged = dict(find_ids(item.text))
        for one in item.ids:
            own = one == name and not ranged.get(one) and _leads(item, one)
            (named if own else cited)[one].append(i)
    problems = []
    clear: dict[str, list[int]] = {}
    for name, owners in named.items():
        other = next((o for o in owners[1:] if not _same(items[owners[0]], items[o], name)), None)
        if other is None and len(owners) > PLACES:
            other = owners[-1]
        if other is None:
            clear[name] = owners
        elif fold_words(name) not in settled:
            problems.append(_two(name, "names", items[owners[0]], items[other]))
    alone: dict[str, list[int]] = {}
    for name, owners in cited.items():
        if name in named or not any(c.isdigit() for c in name):
            continue
        if len(owners) == 1:
            alone[name] = owners
        elif fold_words(name) not in settled:
            problems.append(_two(name, "stands in", items[owners[0]], items[owners[1]]))
    return clear, alone, tuple(problems)


def _leads(item: RoadmapItem, name: str) -> bool:
    """Say whether an id names an item and is no mere mention: it stands first, or in a column."""
    return name_of(item.text) == name or name not in item.text


def _two(name: str, verb: str, one: RoadmapItem, other: RoadmapItem) -> Problem:
    where = f"{one.source.path}:{one.source.line}"
    message = f"{name} {verb} two items, the other at {where}: it links neither"
    return Problem(Code.ROADMAP, message, other.source.path, other.source.line, grave=False)


def _same(one: RoadmapItem, other: RoadmapItem, name: str) -> bool:
    """Say whether two items with one id are one thing: their words agree, or the id has words."""
    if name.count("-") > 1 and re.search(r"-[A-Z]{3}", name):
        return True
    a, b = (set(read_terms(item.text.replace(name, " "))) for item in (one, other))
    return not a or not b or len(a & b) * 2 >= min(len(a), len(b))


def _aliases(
    roadmap: Roadmap, aliases: Mapping[str, str]
) -> tuple[dict[str, list[int]], tuple[Problem, ...]]:
    """Say which items aliases stand for: by key, id or text of an item, or by its milestone."""
    out: dict[str, list[int]] = {}
    problems = []
    for words, target in aliases.items():
        wanted = fold_words(target)
        owners = [i for i, item in enumerate(roadmap.items) if target == item.key]
        owners = owners or [
            i
            for i, item in enumerate(roadmap.items)
            if wanted in (fold_words(item.text), *map(fold_words, item.ids))
        ]
        owners = owners or [
            i for i, item in enumerate(roadmap.items) if wanted and _within(wanted, item.text)
        ]
        if not owners:
            keys = {m.key for m in roadmap.milestones if _within(wanted, m.title)}
            owners = [i for i, item in enumerate(roadmap.items) if item.milestone_key in keys]
        if owners:
            out[fold_words(words)] = owners
        else:
            message = f"alias {words!r} leads nowhere: no item or milestone {target!r}"
            problems.append(Problem(Code.OPTION, message, None, None))
    return out, tuple(problems)


def _within(wanted: str, text: str) -> bool:
    return f" {wanted} " in f" {fold_words(text)} "
