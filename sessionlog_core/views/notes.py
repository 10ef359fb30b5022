"""A journal in, what its logs hold outside of sessions out: how-tos, floating lists, primers."""

from sessionlog_core.blocks import Block, Code, Label, Section
from sessionlog_core.body import Slugs, blocks
from sessionlog_core.model import Journal, Log
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.lookup import Lookup, lookup
from sessionlog_core.views.nothing import advice

__all__ = ["has_notes", "notes"]


def has_notes(journal: Journal) -> bool:
    """Tell whether a log holds anything outside of its sessions."""
    return any(log.standing.parts for log in journal.logs)


def notes(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show what belongs to no session, by log, as it was written."""
    find = lookup(journal)
    slugs = Slugs()
    logs = [
        log
        for log in journal.logs
        if log.standing.parts and query.log in (None, log.path, log.path.split("/")[-1])
    ]
    whole = [x for x in journal.withheld if x.what == "log" and x.source.path == query.log]
    if not logs and whole:
        return (entry.withheld(whole),)
    if not logs:
        return advice(Label("The logs hold nothing outside of their sessions."))
    return tuple(_log(log, find, slugs.take(log.path, prefix="notes")) for log in logs)


def _log(log: Log, find: Lookup, anchor: str) -> Section:
    nodes: list[Node] = []
    for part in log.standing.parts:
        if part.title:
            text = part.title
            nodes.append(Node(NodeKind.HEADING, part.line, part.line, text, level=1))
        nodes.extend(part.nodes)
    withheld = find.withheld.get(log.path)
    gone = (entry.withheld(withheld),) if withheld else ()
    inner = blocks(nodes, find.markup.get(log.path, "markdown"), log.path, anchor=anchor)
    return Section((Code(log.path),), (*gone, *inner), anchor, "notes")
