"""A journal in, its decisions out: by month, newest first, with reason and what was rejected."""

import re
from collections.abc import Iterable, Iterator

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
from sessionlog_core.decisions import labelled_lines
from sessionlog_core.model import Decision, Item, Journal, Session, Span
from sessionlog_core.patterns import later
from sessionlog_core.query import Query
from sessionlog_core.views import entry
from sessionlog_core.views.lookup import Lookup, lookup, place
from sessionlog_core.views.nothing import advice, no_session
from sessionlog_core.views.records import decision_record
from sessionlog_core.views.selection import month_of, month_title, select

__all__ = ["decision_keys", "decisions", "decisions_looks_at"]

LABEL = later(r"[^\W\d][\w /-]{1,28}:(?=\s)")
"""A label that an author set in front of a line of a decision, without making it bold."""

LEAD_END = later(r"[\s:.,;–—-]*")
"""What parts the bold name of a decision from its words."""

REJECTS = later(
    r"reject|discard|instead of|rather than|alternativ|verworf|abgelehnt|rechaz|descart|rejeit"
    r"|écart|scart|отклон|отверг|否决|却下",
    re.IGNORECASE,
)
"""Words with which an author says what was rejected."""

TITLE = 110
"""Letters of a name; a decision that is one long sentence is cut in its name and whole below."""


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
    out: list[Block] = [Paragraph((count,), "decided")]
    if query.group_by == "none" or list(by_month) == ["undated"]:
        out.extend(x for blocks in by_month.values() for x in blocks)
    else:
        for month, blocks in by_month.items():
            title = month_title(month)
            out.append(Section(title, tuple(blocks), f"decisions-{month}", "month"))
    if rest := len(found) - len(shown):
        out.append(Paragraph((Label("and {n} more", (("n", str(rest)),)),), "more"))
    return tuple(out)


def decisions_looks_at(journal: Journal, query: Query) -> object:
    """Give all that `decisions` makes its blocks of: as long as it is the same, so are they."""
    chosen = select(journal, query)
    if not chosen:
        return None
    find = lookup(journal)
    return [
        (
            *(s.key, s.number, s.title, s.date, s.date_end, s.decisions),
            *(s.source.path, find.markup.get(s.source.path)),
        )
        for s in chosen
        if s.decisions
    ]


def _decision(session: Session, key: str, decision: Decision, find: Lookup) -> Section:
    """Give a decision: its name, where it stands, and the author's own lines."""
    path = session.source.path
    name = unlinked(find.words(decision.title, path))
    title = entry.sentence(name, TITLE) or (Label("Decision"),)
    source = Span(path, decision.item.line, decision.item.end_line)
    inner: list[Block] = [
        Paragraph(entry.joined([entry.named(session, find), (place(source),)]), "meta")
    ]
    item = decision.item
    if rows := labelled_lines(item.text):
        inner.extend(Paragraph(find.words(row, path)) for row in rows)
    elif words := _after_name(find.words(item.text, path), plain(title)):
        inner.append(Paragraph(words))
    inner.extend(_lines(item.items, path, find))
    if decision.rejected and not any(REJECTS.search(x) for x in _texts(item)):
        words = find.words(decision.rejected, path)
        inner.append(Paragraph((Strong((Label("Rejected"),)), Text(": "), *words), "rejected"))
    records = (decision_record(session, key, decision),)
    return Section(title, tuple(inner), f"decision-{key}", "decision", records)


def _after_name(words: tuple[Inline, ...], name: str) -> tuple[Inline, ...]:
    """Give the words behind the name of a decision; where the name was cut, all of them."""
    text = plain(words)
    if not text.startswith(name):
        return words
    end = LEAD_END.match(text, len(name))
    return entry.after(words, end.end() if end else len(name))


def _lines(items: Iterable[Item], path: str, find: Lookup) -> Iterator[Block]:
    """Give the lines below the name of a decision, each with its label in bold."""
    for item in items:
        words = find.words(item.text, path)
        label = LABEL.match(plain(words))
        if label and isinstance(words[0], Text):
            words = (Strong((Text(label[0]),)), *entry.after(words, label.end()))
        yield Paragraph(words)
        if item.items:
            yield _below(item, path, find)


def _below(item: Item, path: str, find: Lookup) -> List:
    return List(
        tuple(
            ListItem(
                (
                    Paragraph(find.words(x.text, path)),
                    *((_below(x, path, find),) if x.items else ()),
                ),
                x.done,
            )
            for x in item.items
        )
    )


def _texts(item: Item) -> Iterator[str]:
    yield item.text
    for child in item.items:
        yield from _texts(child)
