"""The blocks of a session in, its parts out, and what they say.

What is said are steps, work, decisions, blockers, figures, names and fields.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sessionlog_core.decisions import read_decision
from sessionlog_core.items import (
    Cut,
    Reading,
    Role,
    find_kind,
    find_lead,
    find_readings,
    looks_done,
)
from sessionlog_core.labels import Label
from sessionlog_core.model import About, Decision, Item, Part, PartKind, Session
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.scan import scan_session
from sessionlog_core.sections import STRONG, WEAK, cut_sections
from sessionlog_core.vocabulary import WORD, Vocabulary
from sessionlog_core.wording import (
    is_decided,
    is_narrated,
    is_nothing,
    is_recorded,
    is_solved,
    is_ticked,
    is_told,
    is_work,
    starts_with_sign,
)

__all__ = ["Kept", "fill", "read_sections", "to_part"]


@dataclass(slots=True)
class Kept:
    """What is gathered from the items of a session."""

    summary: list[Item] = field(default_factory=list)
    done: list[Item] = field(default_factory=list)
    next_steps: list[Item] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    blockers: list[Item] = field(default_factory=list)
    primer: list[Item] = field(default_factory=list)

    def take(self, kind: PartKind, statement: Reading) -> None:
        """Keep an item under its kind, unless it is over and its kind is of what is open."""
        item = statement.item
        over = item.done is True or statement.closed
        match kind:
            case About.NEXT_STEPS:
                if not over and not is_ticked(item.text.split("\n", 1)[0]):
                    self.next_steps.append(item)
            case About.DONE:
                self.done.append(item)
            case About.DECISIONS:
                self.decisions.append(read_decision(statement))
            case About.BLOCKERS:
                if not over and not is_solved(item.text):
                    self.blockers.append(item)
            case About.SUMMARY:
                self.summary.append(item)
            case About.PRIMER:
                self.primer.append(item)
            case _:
                pass


ROUTED = frozenset({About.DONE, About.OTHER, About.SUMMARY, About.STATUS, About.METRICS})
"""Kinds in which an item's own label, box or sign may say that it is something else."""


SHARE = later(
    r"[^\w\n]{0,40}\d{1,6}(?:[.,]\d{1,2})?\s?(?:%|/\s?\d{1,6})(?:\s[^\W\d_]{1,16}){0,2}[.\s]{0,3}"
)
"""A value that is a share alone: `3/64 passing`, or a bar and `60%`."""

STATE_AT_MOST = 2
"""Words of a status that says nothing but the state: `✅ shipped` is no work."""


def route(kind: PartKind, item: Item, lead: Label | None, vocabulary: Vocabulary) -> PartKind:
    """Tell what an item of a section of kind `kind` is: its own words may say something else."""
    if kind not in ROUTED and kind is not About.LESSONS:
        return kind
    sign = starts_with_sign(item.text)
    if sign == "trouble" and kind is not About.OTHER:
        return About.BLOCKERS
    if kind is About.LESSONS:
        return kind
    named = find_kind(lead, vocabulary)
    if named and named[0] in (About.NEXT_STEPS, About.BLOCKERS):
        return named[0]
    if named and named[0] in WEAK and (named[1][:1].isdigit() or not named[1]):
        return named[0]
    if named and SHARE.fullmatch(named[1]):
        return About.METRICS
    if kind is About.METRICS:
        return About.BLOCKERS if sign == "open" else kind
    if kind is About.STATUS and len(WORD.findall(item.text)) <= STATE_AT_MOST:
        return kind
    if sign == "done" and kind in (About.SUMMARY, About.STATUS) and is_told(item.text):
        return About.DONE
    if item.done is not None:
        return About.DONE if item.done else About.NEXT_STEPS
    if sign == "open" and kind is About.DONE:
        return About.NEXT_STEPS
    if kind in (About.DONE, About.OTHER) and is_decided(item.text):
        return About.DECISIONS
    return kind


def read_sections(
    nodes: tuple[Node, ...], vocabulary: Vocabulary
) -> Iterator[tuple[Cut, tuple[Reading, ...]]]:
    """Give the sections of blocks with their items; a list of finished work is one too."""
    for cut in cut_sections(nodes, vocabulary):
        if cut.kind is About.OTHER and looks_done(cut):
            cut = replace(cut, kind=About.DONE)
        yield cut, tuple(find_readings(cut, vocabulary))


def to_part(cut: Cut, statements: tuple[Reading, ...]) -> Part:
    """Make a part of a section and its items."""
    items = tuple([s.item for s in statements])
    return Part(cut.kind, cut.title, cut.line, cut.end_line, cut.nodes, items)


def _gather(parts: Iterable[tuple[Cut, tuple[Reading, ...]]], vocabulary: Vocabulary) -> Kept:
    kept = Kept()
    told: list[Item] = []
    stated = False
    for cut, statements in parts:
        kind = cut.kind
        stated = stated or (kind is About.DONE and cut.role is Role.OWN)
        if cut.first and cut.role is Role.FREE and kind is About.OTHER:
            kind = About.DONE if any(n.kind is Kind.LIST for n in cut.nodes) else About.SUMMARY
        for statement in statements:
            item = statement.item
            text = item.text
            dropped = statement.closed and item.done is False
            if dropped or is_nothing(text, loosely=kind in STRONG):
                continue
            lead = find_lead(text)
            here = route(kind, item, lead, vocabulary)
            if here is About.OTHER and is_work(text):
                here = About.DONE
            if here is About.DONE and lead and _is_field(text, lead, vocabulary):
                continue
            if here is not kind and here in STRONG:
                statement = _without_label(statement, find_kind(lead, vocabulary))
            kept.take(here, statement)
            if here is About.DONE and is_recorded(text):
                kept.take(About.DECISIONS, statement)
            if here is About.SUMMARY:
                told.append(statement.item)
    if not kept.done:
        kept.done.extend(item for item in told if is_work(item.text) or is_narrated(item.text))
    elif not stated:
        kept.done.extend(item for item in told if is_work(item.text))
    return kept


def _without_label(statement: Reading, named: tuple[PartKind, str] | None) -> Reading:
    """Take the word off an item that alone says what it is: `Next: the gate` is `the gate`."""
    item = statement.item
    if not named or not named[1].strip():
        return statement
    _, newline, rest = item.text.partition("\n")
    return replace(statement, item=replace(item, text=f"{named[1].strip()}{newline}{rest}"))


def _is_field(text: str, lead: Label, vocabulary: Vocabulary) -> bool:
    """Say whether an entry of a list is a field of the session: `- **Branch**: main`."""
    return vocabulary.field(lead.name) is not None and not is_work(text)


def fill(session: Session, vocabulary: Vocabulary) -> Session:
    """Fill the parts of a session and all that is read from them; what its heading says stays."""
    parts = tuple(read_sections(session.body, vocabulary))
    kept = _gather(parts, vocabulary)
    scan = scan_session(session, (cut for cut, _ in parts), vocabulary)
    return replace(
        session,
        parts=tuple([to_part(cut, statements) for cut, statements in parts]),
        summary=tuple(kept.summary),
        done=tuple(kept.done),
        next_steps=tuple(kept.next_steps),
        decisions=tuple(kept.decisions),
        blockers=tuple(kept.blockers),
        metrics=scan.metrics,
        commits=scan.commits,
        refs=scan.refs,
        files=scan.files,
        status=scan.fields.status,
        status_text=scan.fields.status_text,
        # What names its commits took place, whatever an old line of it says.
        planned=session.planned or (scan.fields.planned and not scan.commits),
        branch=scan.fields.branch,
        duration_minutes=scan.fields.duration_minutes,
    )
