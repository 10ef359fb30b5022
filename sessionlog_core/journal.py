"""Logs and roadmaps in, the journal of a project out: order, stable keys, follow-ups, links."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from sessionlog_core.figures import metric_problems
from sessionlog_core.followups import follow_up
from sessionlog_core.links import link
from sessionlog_core.model import Journal, Log, Session, Span, Status
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.roadmap import Roadmap, join_roadmaps
from sessionlog_core.said import Said, read_said
from sessionlog_core.slugs import slug, unique
from sessionlog_core.terms import make_rarity, read_terms
from sessionlog_core.twins import find_twins

WHOLE = "withheld"
"""The layout of a log that is withheld as a whole."""


def make_journal(
    logs: Sequence[Log],
    roadmaps: Sequence[Roadmap] = (),
    *,
    aliases: Mapping[str, str] | None = None,
    read: Callable[[Session], Said] = read_said,
) -> Journal:
    """Join all logs and roadmaps of a project.

    `aliases` says by hand which words of a log mean which item or milestone of a roadmap. `read`
    gives what a session says: who knows it from before need not have it read again.
    """
    logs = sorted(logs, key=lambda log: log.path)
    withheld = tuple(one for log in logs for one in log.withheld)
    shown = [log for log in logs if log.layout != WHOLE]
    said = [read(session) for log in shown for session in log.sessions]
    keyed = _qualify([name_sessions(log) for log in shown], [one.lines for one in said])
    sessions = order_sessions(keyed)
    tellings = [s for log in keyed for s in log.sessions if s.twin_of is not None]
    road = join_roadmaps(roadmaps)
    problems = [p for log in keyed for p in log.problems]
    problems += road.problems
    problems += check_numbers(keyed)
    problems += check_states(sessions)
    problems += metric_problems(sessions)
    keys = [session.key for log in keyed for session in log.sessions]
    statements = {key: one.statements for key, one in zip(keys, said, strict=True)}
    told = [(session, statements[session.key]) for session in sessions]
    retold = [(session, statements[session.key]) for session in tellings]
    lines = (statement.terms for one in said for statement in one.statements)
    rarity = make_rarity([*lines, *(read_terms(item.text) for item in road.items)])
    links, more = link(told, road, rarity, aliases=aliases or {})
    twin_links, _ = link(retold, road, rarity, aliases=aliases or {}) if retold else ((), ())
    problems += more
    return Journal(
        logs=tuple(keyed),
        sessions=tuple(sessions),
        milestones=road.milestones,
        roadmap=road.items,
        links=links,
        twin_links=twin_links,
        withheld=withheld,
        followups=follow_up(told, keyed, rarity),
        problems=tuple(problems),
    )


def mend_journal(journal: Journal) -> Journal:
    """Make a journal whole into which somebody else put sessions and items, or took some out.

    A session without a key of its own gets one; what refers to a session or item that is gone is
    dropped, so that no page looks for it.
    """
    taken: dict[str, int] = {}
    sessions = tuple(
        replace(s, key=unique(s.key or s.date or "session", taken)) for s in journal.sessions
    )
    keys = {s.key for s in sessions}
    items = {item.key for item in journal.roadmap}
    followups = (
        replace(f, again=tuple(key for key in f.again if key in keys))
        for f in journal.followups
        if f.session is None or f.session in keys
    )
    return replace(
        journal,
        sessions=sessions,
        links=tuple(x for x in journal.links if x.session in keys and x.item in items),
        twin_links=tuple(x for x in journal.twin_links if x.item in items),
        followups=tuple(
            f
            if f.by_session is None or f.by_session in keys
            else replace(f, state="open", by_session=None, by=None, why="")
            for f in followups
        ),
    )


def _base(session: Session, stem: str) -> str:
    date = session.date or ""
    number = slug(session.number or "")
    if date:
        return slug(f"{date}-{number}" if number else date)
    return number or slug(session.title or "") or slug(stem) or "session"


def name_sessions(log: Log) -> Log:
    """Give the sessions of a log their keys: date and number, and an ordinal where that is not all.

    Ordinals count from the oldest session on, so that a session that is added at the top of a
    file with the newest first changes no other key.
    """
    stem = _stem(log.path)
    taken: dict[str, int] = {}
    keys = {id(s): unique(_base(s, stem), taken) for _, s in in_time(log.sessions)}
    named = tuple(replace(s, key=keys[id(s)]) for s in log.sessions)
    return replace(log, sessions=named)


def newest_first(sessions: Sequence[Session]) -> bool:
    """Say whether a file has its newest session on top, by most of its dates, else numbers."""
    dates: list[tuple[str | int, ...]] = [(s.date, s.time or "") for s in sessions if s.date]
    numbers: list[tuple[str | int, ...]] = [n for s in sessions if (n := _order(s)) is not None]
    for known in (dates, numbers):
        down = sum(a > b for a, b in pairwise(known))
        up = sum(a < b for a, b in pairwise(known))
        if down != up:
            return down > up
    return False


def _order(session: Session) -> tuple[int, ...] | None:
    found = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,9}))?", session.number or "")
    return tuple(int(x) for x in found.groups(default="0")) if found else None


def _qualify(logs: Sequence[Log], lines: Sequence[Sequence[int]]) -> list[Log]:
    """Make keys unique among files, and join the tellings of one session.

    Who stands for a session has its plain key; another telling, and a session of a later file with
    the same date, get the name of their file behind it.
    """
    flat = [(n, session) for n, log in enumerate(logs) for session in log.sessions]
    twins = find_twins([session for _, session in flat], lines)
    taken: dict[str, int] = {}
    keys: dict[int, str] = {}
    for i in sorted(range(len(flat)), key=lambda i: i in twins):
        n, session = flat[i]
        key = session.key
        if key in taken:
            key = f"{key}-{slug(_stem(logs[n].path)) or 'log'}"
        keys[i] = unique(key, taken)
    told: dict[int, list[Session]] = defaultdict(list)
    places: dict[int, list[Span]] = defaultdict(list)
    for i, first in sorted(twins.items()):
        places[first].append(flat[i][1].source)
    for i, (n, session) in enumerate(flat):
        others = tuple(places.get(i, ()))
        of = keys[twins[i]] if i in twins else None
        if (keys[i], others, of) != (session.key, session.twins, session.twin_of):
            session = replace(session, key=keys[i], twins=others, twin_of=of)
        told[n].append(session)
    return [replace(log, sessions=tuple(told[n])) for n, log in enumerate(logs)]


def _stem(path: str) -> str:
    """Give the name of a file without its folders and its ending."""
    return path.rpartition("/")[2].partition(".")[0]


def order_sessions(logs: Sequence[Log]) -> list[Session]:
    """Give all sessions oldest first, each told once; those of one day file by file."""
    rows = [
        (date, log.path, place, session)
        for log in logs
        for place, (date, session) in enumerate(
            in_time([s for s in log.sessions if s.twin_of is None])
        )
    ]
    return [session for *_, session in sorted(rows, key=lambda row: row[:3])]


def in_time(sessions: Sequence[Session]) -> list[tuple[str, Session]]:
    """Give the sessions of a file oldest first, each with its date or that of the one before it.

    Times and numbers order the sessions of a day, where all of them have one; else their file does.
    """
    sessions = list(reversed(sessions)) if newest_first(sessions) else list(sessions)
    date = next((s.date for s in sessions if s.date), "") or ""
    days: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        date = session.date or date
        days[date].append(session)
    return [(day, session) for day in sorted(days) for session in _order_day(days[day])]


def _order_day(sessions: list[Session]) -> list[Session]:
    """Order the sessions of a day by what all of them have: a time, a number, a counting title."""
    if len(sessions) < 2:
        return sessions
    for words in (
        [CLOCK.match(s.time or "") for s in sessions],
        [COUNT.match(s.number or "") for s in sessions],
        [COUNT.match(s.title or "") for s in sessions],
    ):
        found = [match for match in words if match is not None]
        marks = [tuple(int(x) for x in re.findall(r"\d{1,9}", match[0])) for match in found]
        shapes = {re.sub(r"\d+", "0", match[0]).casefold() for match in found}
        if len(set(marks)) == len(sessions) and len(shapes) == 1:
            order = sorted(range(len(sessions)), key=marks.__getitem__)
            return [sessions[i] for i in order]
    return sessions


CLOCK = later(r"\d{1,2}:\d\d(?::\d\d)?")
"""A time of day."""

COUNT = later(r"[^\W\d_]{0,20} ?\d{1,9}(?:[-.]\d{1,9}){0,3}")
"""A word that counts: `3`, `4.1`, `Beta2-1`, `Session 2`."""


def check_numbers(logs: Sequence[Log]) -> Iterator[Problem]:
    """Report two sessions of a file with one number, and numbers that go against their file."""
    for log in logs:
        sessions = [s for s in log.sessions if s.twin_of is None]
        if newest_first(sessions):
            sessions.reverse()
        first: dict[str, Session] = {}
        before: Session | None = None
        for session in sessions:
            if session.number is None:
                continue
            other = first.setdefault(session.number, session)
            if other is not session:
                where = f"the other at line {other.source.line}"
                yield _advice(Code.NUMBER, f"two sessions {session.number}, {where}", session)
                continue
            last, this = before and _order(before), _order(session)
            if before is not None and last and this and this < last:
                message = f"session {session.number} stands after session {before.number}"
                yield _advice(Code.NUMBER, f"{message}, expected rising numbers", session)
            before = session


def check_states(sessions: Sequence[Session]) -> Iterator[Problem]:
    """Report sessions that are said to be open although their file has newer ones."""
    newest: dict[str, Session] = {s.source.path: s for s in sessions if not s.planned}
    for session in sessions:
        last = newest.get(session.source.path)
        if session.status is Status.OPEN and not session.planned and last is not session and last:
            message = f"session is open below newer ones, the newest at line {last.source.line}"
            yield _advice(Code.STATUS, message, session)


def _advice(code: Code, message: str, session: Session) -> Problem:
    return Problem(code, message, session.source.path, session.source.line, grave=False)
