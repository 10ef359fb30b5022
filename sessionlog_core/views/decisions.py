"""A journal in, its decisions out: by month, newest first, with reason and what was rejected."""

from collections.abc import Iterator

from sessionlog_core.blocks import (
    Block,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Section,
    Strong,
    Text,
    plain,
)
from sessionlog_core.body import unlinked
from sessionlog_core.model import Decision, Item, Journal, Session
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.lookup import Lookup, lookup, place
from sessionlog_core.views.nothing import advice, no_session
from sessionlog_core.views.selection import month_of, month_title, select

__all__ = ["decision_keys", "decisions"]

FIELDS = (
    ("choice", Label("Choice")),
    ("reason", Label("Reason")),
    ("rejected", Label("Rejected")),
    ("tradeoff", Label("Trade-off")),
)
"""The parts of a decision, in the order of reading."""

TITLE = 100
"""Letters of a title; a decision that is one long sentence is cut in the title and whole below."""


def decision_keys(session: Session) -> Iterator[tuple[str, Decision]]:
    """Give each decision of a session with its key: the key of the session and a number."""
    for number, decision in enumerate(session.decisions, 1):
        yield f"{session.key}-{number}", decision


def decisions(journal: Journal, query: Query) -> tuple[Block, ...]:
    """Show what was decided, and why."""
    chosen = select(journal, query)
    if not chosen:
        return no_session(journal, query)
    found = [(s, key, decision) for s in chosen for key, decision in decision_keys(s)]
    if not found:
        return advice(
            Label("No decision was found."),
            (
                Label("A decision is read below a heading or a label such as"),
                Text(" "),
                Strong((Text("Decisions"),)),
                Text(": "),
                Label("a bold name and a sentence, or lines with Choice, Decision and Reason."),
            ),
        )
    find = lookup(journal)
    shown = found if query.limit is None else found[: query.limit]
    by_month: dict[str, list[Block]] = {}
    for s, key, decision in shown:
        by_month.setdefault(month_of(s), []).append(_decision(s, key, decision, find))
    count = entry.counted(len(found), "1 decision", "{n} decisions")
    out: list[Block] = [Paragraph((count,), "overview")]
    if query.group_by == "none" or list(by_month) == ["undated"]:
        out.extend(x for blocks in by_month.values() for x in blocks)
    else:
        for month, blocks in by_month.items():
            title = month_title(month)
            out.append(Section(title, tuple(blocks), f"decisions-{month}", "month"))
    if rest := len(found) - len(shown):
        out.append(Paragraph((Label("and {n} more", (("n", str(rest)),)),), "more"))
    return tuple(out)


def _decision(session: Session, key: str, decision: Decision, find: Lookup) -> Section:
    path = session.source.path
    whole = unlinked(find.words(decision.title, path))
    title = entry.clip(whole, TITLE) or (Label("Decision"),)
    origin = entry.joined([entry.named(session, find), (place_of(session, decision.item),)])
    inner: list[Block] = [Paragraph(origin, "meta")]
    if title != whole and whole:
        inner.append(Paragraph(find.words(decision.title, path)))
    told = {plain(whole)}
    for name, label in FIELDS:
        text = getattr(decision, name)
        if text:
            words = find.words(text, path)
            told.add(plain(words))
            inner.append(Paragraph((Strong((label,)), Text(": "), *words), name))
    inner.extend(_rest(decision.item, path, find, told))
    return Section(title, tuple(inner), f"decision-{key}", "decision")


def place_of(session: Session, item: Item) -> Inline:
    """Give the place of an item of a session."""
    return place(type(session.source)(session.source.path, item.line, item.end_line))


def _rest(item: Item, path: str, find: Lookup, told: set[str]) -> Iterator[Block]:
    """Give the words of a decision that no field holds: its paragraph and what stands below it."""
    words = find.words(item.text, path)
    if len(told) == 1 and not _has(plain(words), told):
        yield Paragraph(words)
    if rest := _below(item, path, find, told):
        yield rest


def _below(item: Item, path: str, find: Lookup, told: set[str]) -> List | None:
    items: list[ListItem] = []
    for child in item.items:
        words = find.words(child.text, path)
        below = _below(child, path, find, told)
        if _has(plain(words), told) and below is None:
            continue
        items.append(ListItem((Paragraph(words), *((below,) if below else ())), child.done))
    return List(tuple(items)) if items else None


def _has(words: str, told: set[str]) -> bool:
    """Tell whether words were told already: as they are, or behind their label."""
    return any(words == x or (x and words.endswith(x)) for x in told)
