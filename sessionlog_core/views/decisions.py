"""A journal in, its decisions out, newest first."""

from collections.abc import Iterator

from sessionlog_core.blocks import Block, Inline, Label, Paragraph, Section, Strong, Text
from sessionlog_core.body import unlinked
from sessionlog_core.model import Decision, Journal, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.selection import limited, select


def decision_keys(session: Session) -> Iterator[tuple[str, Decision]]:
    """Give each decision of a session with its key: the key of the session and a number."""
    for number, decision in enumerate(session.decisions, 1):
        yield f"{session.key}-{number}", decision


def decisions(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show decisions."""
    markup = entry.markups(journal)
    rows = [(s, k, d) for s in select(journal, query) for k, d in decision_keys(s)]
    if not rows:
        return entry.empty(Label("No decision was found."))
    return tuple(_decision(s, k, d, markup) for s, k, d in limited(rows, query))


def _decision(session: Session, key: str, decision: Decision, markup: dict[str, str]) -> Section:
    title = unlinked(entry.words(session, decision.title, markup)) or (Label("Decision"),)
    inner: list[Block] = [Paragraph(entry.named(session, markup), "meta")]
    for label, text in (
        (Label("Choice"), decision.choice),
        (Label("Reason"), decision.reason),
        (Label("Rejected"), decision.rejected),
        (Label("Trade-off"), decision.tradeoff),
    ):
        if text:
            head: tuple[Inline, ...] = (Strong((label,)), Text(": "))
            inner.append(Paragraph((*head, *entry.words(session, text, markup))))
    return Section(title, tuple(inner), f"decision-{key}", "decision")
