"""A journal in, what was noticed in its files and contradicts itself out: a list with places."""

from collections.abc import Iterable, Iterator

from sessionlog_core.blocks import (
    Block,
    Code,
    Fold,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Section,
    Text,
)
from sessionlog_core.model import Journal
from sessionlog_core.problems import Code as ProblemCode
from sessionlog_core.views import entry

__all__ = ["ODD", "UNCLEAR", "noticed"]

ODD = (ProblemCode.NUMBER, ProblemCode.STATUS, ProblemCode.MERGE, ProblemCode.DATE)
"""What is odd about the sessions of a log: numbers, states, merges and dates."""

UNCLEAR = (ProblemCode.ROADMAP,)
"""What is odd about roadmaps: ids that mean two things."""

UNFOLDED = 8
"""Entries that stand unfolded."""


def noticed(
    journal: Journal, codes: Iterable[ProblemCode], *, title: Label, hint: Label, anchor: str
) -> Iterator[Section]:
    """Give a section with the problems of some codes that stand at a line, or nothing.

    Only what concerns the text of a log or a roadmap: settings and secrets are no reader's matter.
    """
    wanted = frozenset(codes)
    items = tuple(
        ListItem((Paragraph((Text(_sentence(x.message)),)), Paragraph((Code(x.where),), "meta")))
        for x in journal.problems
        if x.code in wanted and x.line is not None and not x.grave
    )
    if not items:
        return
    entries: Block = List(items, kind="findings")
    if len(items) > UNFOLDED:
        entries = Fold((Label("Show them"),), (entries,))
    lead: tuple[Inline, ...] = (hint, Text(" "), entry.counted(len(items), "1 line", "{n} lines"))
    yield Section((title,), (Paragraph((*lead, Text(".")), "hint"), entries), anchor)


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
