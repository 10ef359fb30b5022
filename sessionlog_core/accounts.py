"""The texts of a file in, what they say out: a log for each, whatever happens.

What a fault of our own keeps from being read is shown as it was written.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256

from sessionlog_core.discover import Found
from sessionlog_core.journal import WHOLE
from sessionlog_core.model import Log, Part, PartKind, Session, Span
from sessionlog_core.options import Options
from sessionlog_core.outline import Node, NodeKind, read_outline
from sessionlog_core.problems import Code, Problem, make_fault
from sessionlog_core.reader import read_log
from sessionlog_core.records import record
from sessionlog_core.rows import make_vocabulary
from sessionlog_core.said import Said, read_said
from sessionlog_core.source import Source
from sessionlog_core.texts import Counts, Text, Texts

__all__ = ["Account", "Reading", "Recall", "read_reading"]

Recall = Callable[[Session, str], Session | None]
"""Gives what a session says, if it is known from before, by its blocks and the markup."""


@record(frozen=True, slots=True)
class Reading:
    """A log, and what each of its sessions says; nothing of the latter where nobody asked yet."""

    log: Log
    said: tuple[Said, ...] = ()


@record(frozen=True, slots=True)
class Account:
    """What a file says: a reading of each of its texts, and how much of what is private is in it.

    The texts may be without their words; what is to be said about them is there. `private` is None
    where a fault ended the search.
    """

    file: Texts
    readings: tuple[Reading, ...] = ()
    private: Counts | None = ()

    def logs(self) -> tuple[Log, ...]:
        """Give the logs, with all that is to be said about their texts."""
        return tuple(
            replace(
                reading.log,
                problems=(*text.problems, *reading.log.problems),
                withheld=text.withheld,
            )
            for text, reading in zip(self.file.texts, self.readings, strict=True)
        )


def read_reading(
    text: Text,
    found: Found,
    options: Options,
    recall: Recall | None = None,
    known: Mapping[int, Said] | None = None,
) -> Reading:
    """Read a text of a file. `known` is what sessions say that `recall` gave, by identity."""
    if text.is_withheld:
        return Reading(Log(text.source.path, WHOLE, withheld=text.withheld))
    log = _read_log(text.source, found, options, recall)
    standing = log.standing.next_steps or log.standing.primer
    if not (log.sessions or standing) and (found.named or found.sure):
        log = _as_it_is(log, text.source.text)
    return _with_said(log, known or {})


def _with_said(log: Log, known: Mapping[int, Said]) -> Reading:
    """Read what the sessions of a log say, but for those of which it is known."""
    if any(problem.code is Code.FAULT for problem in log.problems):
        return Reading(log)
    try:
        return Reading(log, tuple(known.get(id(s)) or read_said(s) for s in log.sessions))
    except Exception:
        return Reading(log)  # the journal tells it, where it is read once more


def _read_log(
    source: Source,
    found: Found,
    options: Options,
    recall: Recall | None,
) -> Log:
    try:
        vocabulary = make_vocabulary(options)
        # A file that a team calls SESSION_LOG.md is called a log by them, as one in the options is.
        called = found.named or found.sure
        log = read_log(source.text, source.path, named=called, vocabulary=vocabulary, recall=recall)
    except Exception as error:
        return _as_written(source.text, source.path, make_fault(error, "understood", source.path))
    over = len(log.sessions) - options.max_sessions
    if over <= 0:
        return log
    first, last = log.sessions[0].date or "", log.sessions[-1].date or ""
    kept = log.sessions[:-over] if first > last else log.sessions[over:]
    message = f"holds {len(log.sessions)} sessions, max_sessions shows {options.max_sessions}"
    problem = Problem(Code.LIMIT, message, source.path)
    return replace(log, sessions=kept, problems=(*log.problems, problem))


def _as_written(text: str, path: str, problem: Problem) -> Log:
    """Make a log of one session that shows the whole text, letter by letter."""
    lines = text.count("\n") + 1
    node = Node(NodeKind.CODE, 1, lines, text=text)
    part = Part(PartKind.OTHER, None, 1, lines, nodes=(node,))
    name = path.rsplit("/", 1)[-1]
    session = Session(Span(path, 1, lines), title=name, heading=name, body=(node,), parts=(part,))
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    why = ("a fault of Sessionlog kept it from being read",)
    return Log(path, "as written", why, sessions=(session,), digest=digest, problems=(problem,))


def _as_it_is(log: Log, text: str) -> Log:
    """Make one session of a log in which none was found, so that its text is shown all the same."""
    outline, _ = read_outline(text, log.path)
    lines = text.count("\n") + 1
    name = log.path.rsplit("/", 1)[-1]
    part = Part(PartKind.OTHER, None, 1, lines, nodes=outline.nodes)
    session = Session(
        Span(log.path, 1, lines), title=name, heading=name, body=outline.nodes, parts=(part,)
    )
    said = next((p.message for p in log.problems if p.code is Code.LAYOUT), "no session found")
    message = f"{said}; the text is shown as it is, unless the option exclude leaves it out"
    others = tuple(p for p in log.problems if p.code is not Code.LAYOUT)
    problem = Problem(Code.LAYOUT, message, log.path, 1, grave=False)
    return replace(log, sessions=(session,), problems=(*others, problem))
