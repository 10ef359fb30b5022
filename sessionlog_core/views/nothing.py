"""A query without a result in, words that say what is missing and what to do next out."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from sessionlog_core.blocks import Block, Code, Inline, Label, List, ListItem, Paragraph, Text
from sessionlog_core.model import Journal
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.selection import chooses

__all__ = ["advice", "no_session"]

SHOWN = 12
"""Files without a session that are listed with what was seen in them."""

HEADING: tuple[Inline, ...] = (
    Label("A session begins with a heading that has a date or a number, such as"),
    Text(" "),
    Code("## 2026-01-31 Parser"),
    Text(" "),
    Label("or"),
    Text(" "),
    Code("## Session 4"),
    Text("."),
)
"""How a log is written, for those who have none yet."""

NEAR = 5
"""Keys of sessions that are told in place of one that does not exist."""


def advice(title: Label, *hints: Sequence[Inline]) -> tuple[Block, ...]:
    """Say that there is nothing, and below it what to do next, a paragraph each."""
    return (Paragraph((title,), "empty"), *(Paragraph(tuple(x), "hint") for x in hints))


def no_session(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Say why no session is shown: none that was asked for, none in the logs, or no log at all."""
    if journal.sessions and query.session not in (None, *(s.key for s in journal.sessions)):
        return _no_such_key(journal, query.session or "")
    if journal.sessions and chooses(query):
        count = (("n", str(len(journal.sessions))),)
        return advice(
            Label("No session matches."),
            (Label("There are {n} in all; leave out an option to see more of them.", count),),
        )
    if journal.logs:
        return (
            *advice(
                Label("No session was found."),
                HEADING,
                _explain(journal.logs[0].path),
                (Label("These files were read:"),),
            ),
            _logs(journal),
        )
    if journal.silent:
        return (
            *advice(
                Label("No session was found."),
                _explain(journal.silent[0]),
                (Label("These files are called like a log, and no session was found in them:"),),
            ),
            _listed((Code(path),) for path in journal.silent),
        )
    gone = (entry.withheld(journal.withheld),) if journal.withheld else ()
    return (
        *gone,
        *advice(
            Label("No session log was found."),
            (
                Label("A file with a well-known name is found by itself:"),
                Text(" "),
                Code("session-log.txt"),
                Text(", "),
                Code("SESSION_LOG.md"),
                Text(", "),
                Code("progress.md"),
                Text("."),
            ),
            (
                Label("Any other name is given in the configuration:"),
                Text(" "),
                Code('[tool.sessionlog] logs = ["notes/*.md"]'),
            ),
            HEADING,
        ),
    )


def _no_such_key(journal: Journal, key: str) -> tuple[Block, ...]:
    """Say that no session has this key, and which keys are like it, else the newest ones."""
    keys = [session.key for session in reversed(journal.sessions)]
    # Keys are short; comparing takes the product of both lengths.
    near = get_close_matches(key[:80], keys, NEAR) or keys[:NEAR]
    known: list[Inline] = [Label("Keys that exist:")]
    for number, one in enumerate(near):
        known += (Text(", " if number else " "), Code(one))
    title = Label("No session has the key {key}.", (("key", key),))
    return advice(title, (*known, Text(", …")) if len(keys) > len(near) else known)


def _explain(path: str) -> tuple[Inline, ...]:
    command = Code(f"sessionlog-docs explain {path}")
    return (Label("How a file was read, line by line:"), Text(" "), command)


def _logs(journal: Journal) -> List:
    """List files that were read, with the first thing that was seen in each."""
    return _listed(
        (Code(log.path), *((Text(f": {'; '.join(log.why)}"),) if log.why else ()))
        for log in journal.logs
    )


def _listed(lines: Iterable[tuple[Inline, ...]]) -> List:
    """List lines, the first few of many."""
    rows = list(lines)
    items = [ListItem((Paragraph(row),)) for row in rows[:SHOWN]]
    if (rest := len(rows) - SHOWN) > 0:
        items.append(ListItem((Paragraph((Label("and {n} more", (("n", str(rest)),)),)),)))
    return List(tuple(items))
