"""Logs and roadmaps in, the journal of the project out: one order, stable keys, twins, follow-ups and links."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sessionlog_core.followups import follow_up
from sessionlog_core.links import link
from sessionlog_core.model import Journal, Log, Session
from sessionlog_core.problems import Code, Problem
from sessionlog_core.roadmap import Roadmap, join_roadmaps
from sessionlog_core.slugs import slug


def make_journal(
    logs: Sequence[Log],
    roadmaps: Sequence[Roadmap] = (),
    *,
    aliases: Mapping[str, str] | None = None,
) -> Journal:
    """Join all logs and roadmaps of a project.

    `aliases` says by hand which words of a log mean which item or milestone of a roadmap.
    """
    logs = sorted(logs, key=lambda log: log.path)
    keyed = [name_sessions(log) for log in logs]
    keyed = _qualify(keyed)
    sessions = order_sessions(keyed)
    road = join_roadmaps(roadmaps)
    problems = [p for log in keyed for p in log.problems]
    problems += road.problems
    problems += check_numbers(keyed)
    problems += check_states(sessions)
    links, more = link(sessions, road, aliases=aliases or {})
    problems += more
    return Journal(
        logs=tuple(keyed),
        sessions=tuple(sessions),
        milestones=road.milestones,
        roadmap=road.items,
        links=links,
        followups=follow_up(sessions, keyed),
        problems=tuple(problems),
    )


def _base(session: Session, stem: str) -> str:
    date = session.date or ""
    number = slug(session.number or "")
    if date:
        return slug(f"{date}-{number}" if number else date)
    return number or slug(session.title or "") or slug(stem) or "session"


def name_sessions(log: Log) -> Log:
    """Give the sessions of a log their keys: date and number, and an ordinal where that is not enough.

    Ordinals count from the oldest session on, so that a session that is added at the top of a
    file with the newest first changes no other key.
    """
    stem = re.sub(r".*/|\.[^.]*$", "", log.path)
    turned = newest_first(log.sessions)
    taken: set[str] = set()
    keys: dict[int, str] = {}
    span = range(len(log.sessions))
    for i in reversed(span) if turned else span:
        base = key = _base(log.sessions[i], stem)
        count = 1
        while key in taken:
            count += 1
            key = f"{base}.{count}"
        taken.add(key)
        keys[i] = key
    named = tuple(replace(s, key=keys[i]) for i, s in enumerate(log.sessions))
    return replace(log, sessions=named)


def newest_first(sessions: Sequence[Session]) -> bool:
    """Say whether a file has its newest session on top, by most of its neighbouring dates, then numbers."""
    for marks in ([_when(s) for s in sessions if s.date], [_order(s) for s in sessions]):
        known = [m for m in marks if m is not None]
        pairs = list(zip(known, known[1:], strict=False))
        down = sum(a > b for a, b in pairs)
        up = sum(a < b for a, b in pairs)
        if down != up:
            return down > up
    return False


def _when(session: Session) -> tuple[str, str]:
    return session.date or "", session.time or ""


def _order(session: Session) -> tuple[int, ...] | None:
    found = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,9}))?", session.number or "")
    return tuple(int(x) for x in found.groups(default="0")) if found else None


def _qualify(logs: Sequence[Log]) -> list[Log]:
    """Make keys unique among files: the later file's key gets the name of its file."""
    taken: set[str] = set()
    out = []
    for log in logs:
        stem = slug(re.sub(r".*/|\.[^.]*$", "", log.path)) or "log"
        named = []
        for session in log.sessions:
            key = session.key
            if key in taken:
                key = f"{session.key}-{stem}"
                count = 1
                while key in taken:
                    count += 1
                    key = f"{session.key}-{stem}.{count}"
            taken.add(key)
            named.append(replace(session, key=key))
        out.append(replace(log, sessions=tuple(named)))
    return out


def order_sessions(logs: Sequence[Log]) -> list[Session]:
    """Give all sessions oldest first: by date, then by time, by number, or as their file has them.

    A session without a date stays with the one before it. Times and numbers order the sessions of a
    day in one file, and only where all of them have one.
    """
    days: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for log in logs:
        sessions = log.sessions[::-1] if newest_first(log.sessions) else log.sessions
        date = next((s.date for s in sessions if s.date), "") or ""
        for session in sessions:
            date = session.date or date
            days[(date, log.path)].append(session)
    out: list[Session] = []
    for _, sessions_of_day in sorted(days.items(), key=lambda day: day[0]):
        out.extend(_order_day(sessions_of_day))
    return out


def _order_day(sessions: list[Session]) -> list[Session]:
    times = [s.time for s in sessions]
    if all(times) and len(set(times)) == len(times):
        return sorted(sessions, key=lambda s: s.time or "")
    numbers = [_order(s) for s in sessions]
    if all(numbers) and len(set(numbers)) == len(numbers):
        return sorted(sessions, key=lambda s: _order(s) or ())
    return sessions


def check_numbers(logs: Sequence[Log]) -> list[Problem]:
    """Report two sessions of a file with one number."""
    problems = []
    for log in logs:
        first: dict[str, Session] = {}
        for session in log.sessions:
            if session.number is None:
                continue
            other = first.setdefault(session.number, session)
            if other is not session:
                problems.append(
                    Problem(
                        Code.NUMBER,
                        f"two sessions with number {session.number}, the other at line {other.source.line}",
                        log.path,
                        session.source.line,
                        grave=False,
                    )
                )
    return problems


def check_states(sessions: Sequence[Session]) -> list[Problem]:
    """Report open sessions that have newer ones above them."""
    return []
