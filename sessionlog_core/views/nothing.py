"""A query without a result in, words that say what is missing and what to do next out."""

from collections.abc import Sequence

from sessionlog_core.blocks import Block, Code, Inline, Label, List, ListItem, Paragraph, Text
from sessionlog_core.model import Journal
from sessionlog_core.query import Query
from sessionlog_core.views.selection import chooses

__all__ = ["advice", "no_session"]

SHOWN = 12
"""Files without a session that are listed with what was seen in them."""


def advice(title: Label, *hints: Sequence[Inline]) -> tuple[Block, ...]:
    """Say that there is nothing, and below it what to do next, a paragraph each."""
    return (Paragraph((title,), "empty"), *(Paragraph(tuple(x), "hint") for x in hints))


def no_session(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Say why no session is shown: none that was asked for, none in the logs, or no log at all."""
    if journal.sessions and chooses(query):
        count = (("n", str(len(journal.sessions))),)
        return advice(
            Label("No session is like this."),
            (Label("There are {n} in all; leave out an option to see more of them.", count),),
        )
    if journal.logs:
        return (
            *advice(
                Label("No session was found."),
                (
                    Label("A session begins with a heading that has a date or a number, such as"),
                    Text(" "),
                    Code("## 2026-01-31 Parser"),
                    Text(" "),
                    Label("or"),
                    Text(" "),
                    Code("## Session 4"),
                    Text("."),
                ),
                (
                    Label("How a file was read, line by line:"),
                    Text(" "),
                    Code(f"sessionlog-docs explain {journal.logs[0].path}"),
                ),
                (Label("These files were read:"),),
            ),
            _logs(journal),
        )
    return advice(
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
    )


def _logs(journal: Journal) -> List:
    """List files that were read, with the first thing that was seen in each."""
    items: list[ListItem] = []
    for log in journal.logs[:SHOWN]:
        why: tuple[Inline, ...] = (Text(f": {'; '.join(log.why)}"),) if log.why else ()
        items.append(ListItem((Paragraph((Code(log.path), *why)),)))
    if (rest := len(journal.logs) - SHOWN) > 0:
        items.append(ListItem((Paragraph((Label("and {n} more", (("n", str(rest)),)),)),)))
    return List(tuple(items))
