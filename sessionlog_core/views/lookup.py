"""A journal in, what every view looks up in it out: markup by log, sessions by key, ages."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from sessionlog_core.blocks import Code, Inline, Label
from sessionlog_core.body import inlines, unlinked
from sessionlog_core.figures import Figures, find_figures
from sessionlog_core.model import Journal, Link, RoadmapItem, Session, Span, Withheld
from sessionlog_core.views.selection import month_of

__all__ = ["Lookup", "days_between", "forget", "keep", "lookup", "place"]

T = TypeVar("T")


@dataclass(frozen=True)
class Lookup:
    """What views look up.

    `newer` is the number of sessions that took place after one, by key. `withheld` is what was
    taken out of a session, by key, or of a log before its first session, by path.
    """

    journal: Journal
    markup: Mapping[str, str]
    sessions: Mapping[str, Session]
    newer: Mapping[str, int]
    items: Mapping[str, RoadmapItem]
    withheld: Mapping[str, Sequence[Withheld]]
    _titles: dict[str, tuple[Inline, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def figures(self) -> Figures:
        """Give the figures of all sessions."""
        return find_figures(self.journal.sessions)

    @cached_property
    def months(self) -> Mapping[str, Sequence[Session]]:
        """Give the sessions of each month, as they stand in the journal."""
        out: dict[str, list[Session]] = defaultdict(list)
        for session in self.journal.sessions:
            out[month_of(session)].append(session)
        return out

    @cached_property
    def worked(self) -> Mapping[str, Sequence[Link]]:
        """Give the links to items of the roadmap on which a session worked, by key."""
        out: dict[str, list[Link]] = defaultdict(list)
        for link in self.journal.links:
            if link.degree == "worked":
                out[link.session].append(link)
        return out

    def words(self, text: str, path: str) -> tuple[Inline, ...]:
        """Read words of the log `path` in its markup."""
        return inlines(text, self.markup.get(path, "markdown"), path)

    def title(self, session: Session) -> tuple[Inline, ...]:
        """Give the title of a session without links; it stands on most pages, and is read once."""
        found = self._titles.get(session.key)
        if found is None:
            words = self.words(session.title, session.source.path) if session.title else ()
            found = self._titles[session.key] = unlinked(words)
        return found

    def roadmap_words(self, text: str, path: str) -> tuple[Inline, ...]:
        """Read words of the roadmap `path`, whose name says its markup."""
        return inlines(text, "rst" if path.endswith(".rst") else "markdown", path)

    def age(self, session: Session) -> Label:
        """Say how old a session is, in sessions and in days between dates of the logs."""
        count = self.newer.get(session.key, 0)
        newest = self.journal.newest
        days = days_between(session.date, newest.date if newest else None)
        if not count:
            return Label("the last session")
        values = (("n", str(count)), ("days", str(days)))
        if days is None:
            return Label("1 session ago" if count == 1 else "{n} sessions ago", values[:1])
        if days == 0:
            one, many = "1 session ago, the same day", "{n} sessions ago, the same day"
            return Label(one if count == 1 else many, values[:1])
        one = "1 session and 1 day ago" if days == 1 else "1 session and {days} days ago"
        many = "{n} sessions and 1 day ago" if days == 1 else "{n} sessions and {days} days ago"
        return Label(one if count == 1 else many, values)


def lookup(journal: Journal) -> Lookup:
    """Give the tables for a journal; of the last one they are there already."""
    return _lookup(_Same(journal))


def keep(journal: Journal, name: Hashable, make: Callable[[], T]) -> T:
    """Give what several pages show of a journal, made for the first of them."""
    kept = _kept(_Same(journal))
    if name not in kept:
        kept[name] = make()
    made: T = kept[name]
    return made


def forget() -> None:
    """Let the tables go, and the journal with them."""
    _lookup.cache_clear()
    _kept.cache_clear()


class _Same:
    """A journal that is equal to itself alone: to compare its records takes as long as to look."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.journal is other.journal

    def __hash__(self) -> int:
        return id(self.journal)


@lru_cache(maxsize=1)
def _lookup(same: _Same) -> Lookup:
    journal = same.journal
    taken = [s for s in journal.sessions if not s.planned]
    return Lookup(
        journal,
        {log.path: log.markup for log in journal.logs},
        {s.key: s for s in journal.sessions},
        {s.key: number for number, s in enumerate(reversed(taken))},
        {item.key: item for item in journal.roadmap},
        _withheld(journal),
    )


@lru_cache(maxsize=1)
def _kept(_same: _Same) -> dict[Hashable, Any]:
    return {}


def _withheld(journal: Journal) -> dict[str, list[Withheld]]:
    """Give what was taken out of sessions, by key, and of logs before their first one, by path."""
    if not journal.withheld:
        return {}
    starts = {
        log.path: sorted((s.source.line, s.key) for s in log.sessions) for log in journal.logs
    }
    out: dict[str, list[Withheld]] = defaultdict(list)
    for one in journal.withheld:
        if one.what != "log":
            sessions = starts.get(one.source.path, [])
            at = bisect_right(sessions, one.source.line, key=lambda x: x[0])
            out[sessions[at - 1][1] if at else one.source.path].append(one)
    return out


def days_between(first: str | None, last: str | None) -> int | None:
    """Give the days from one ISO date to a later one, or None without both or out of order."""
    try:
        days = (dt.date.fromisoformat(last or "") - dt.date.fromisoformat(first or "")).days
    except ValueError:
        return None
    return days if days >= 0 else None


def place(span: Span) -> Code:
    """Give the place where something stands, `path:line`."""
    return Code(f"{span.path}:{span.line}")
