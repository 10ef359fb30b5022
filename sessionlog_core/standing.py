"""The blocks outside of the sessions in, what they say out.

They say what is to be done, how to go on, and the state of things.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sessionlog_core.items import Cut, Reading, Role, first_line
from sessionlog_core.model import Item, Part, PartKind, Session, Standing
from sessionlog_core.outline import Kind, Node
from sessionlog_core.parts import Kept, read_sections, to_part
from sessionlog_core.patterns import later
from sessionlog_core.vocabulary import Vocabulary
from sessionlog_core.wording import is_nothing

__all__ = ["read_standing"]


def read_standing(
    nodes: tuple[Node, ...],
    vocabulary: Vocabulary,
    sessions: tuple[Session, ...] = (),
) -> Standing:
    """Read the blocks that belong to no session.

    Steps float above or below all `sessions`, on the side of the newest where the dates tell one;
    a block between them counts where there is no other and its whole title says so. Registers of
    what may come some day (a backlog, a table) are no steps. A file that is one session may hold
    its primer inside of it.
    """
    found = tuple(read_sections(nodes, vocabulary))
    parts = tuple(to_part(cut, statements) for cut, statements in found)
    told = (*parts, *(sessions[0].parts if len(sessions) == 1 else ()))
    status = next((p for p in parts if p.kind is PartKind.STATUS and p.items), None)
    return Standing(
        next_steps=_floating(found, sessions, vocabulary),
        primer=tuple(_primers(told)),
        status=status.items[0].text if status else None,
        parts=parts,
    )


REGISTER = later(
    r"\b(?:backlog|ice\s?box|wish\s?list|parking lot|someday|future ideas|ideas|ideen|idées|idee|"
    r"ideias|nápady|идеи)\b|灵感|アイデア|아이디어",
    re.I,
)
"""A title of a register of what may come some day."""


def _floating(
    found: Iterable[tuple[Cut, tuple[Reading, ...]]],
    sessions: tuple[Session, ...],
    vocabulary: Vocabulary,
) -> tuple[Item, ...]:
    """Give the steps of the blocks that stand outside of `sessions`."""
    first = min((s.source.line for s in sessions), default=0)
    last = max((s.source.line for s in sessions), default=0)
    dates = [s.date for s in sessions if s.date and not s.planned]
    turns = [(a > b) - (a < b) for a, b in pairwise(dates)]
    newest_first = sum(turns) > 0
    outside, between = Kept(), Kept()
    register = exact = fresh = False
    blocks = 0
    for cut, statements in found:
        if cut.role is Role.OWN:
            register = REGISTER.search(cut.title or "") is not None
            section = vocabulary.section(cut.title or "")
            exact = section is not None and section.exact
            fresh = True
        if cut.kind is not PartKind.NEXT_STEPS or register:
            continue
        above = cut.line < first
        below = cut.line > last
        kept = outside if above or (below and not newest_first) else between
        if kept is between and sessions and not exact:
            continue
        for statement in statements:
            if statement.header or is_nothing(statement.item.text, loosely=True):
                continue
            kept.take(cut.kind, statement)
            blocks += fresh and kept is between
            fresh = False
    return tuple(outside.next_steps or (between.next_steps if blocks <= 1 else ()))


def _primers(parts: Iterable[Part]) -> Iterator[Item]:
    """Give each primer: the entries of its list where it is one, else all of it as one item."""
    run: list[Part] = []
    for part in (*parts, None):
        if part is not None and part.kind is PartKind.PRIMER:
            run.append(part)
            continue
        if run:
            yield from _primer(run)
        run = []


def _primer(run: list[Part]) -> Iterator[Item]:
    nodes = [n for part in run for n in part.nodes]
    if not nodes:
        return
    if len(run) == 1 and len(nodes) == 1 and nodes[0].kind is Kind.LIST:
        yield from run[0].items
        return
    first = nodes[0]
    if (
        len(nodes) > 1
        and first.kind is Kind.PARAGRAPH
        and first.text.rstrip().endswith((":", "："))
        and nodes[1].kind is Kind.CODE
    ):
        nodes = nodes[1:]
    line = first_line(nodes[0])
    if not run[0].nodes and len(run) > 1:
        line = run[1].line
    text = "\n\n".join(t for node in nodes if (t := _words(node)))
    if not is_nothing(text):
        yield Item(text, line, nodes[-1].end_line)


def _words(node: Node) -> str:
    """Give the texts of a node and of what nests in it, a line each."""
    return "\n".join((*([node.text] if node.text else []), *map(_words, node.children))).strip()
