"""Parts of a page and a budget of words in, the sections that fit out; what is cut is counted."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar, overload

from sessionlog_core.blocks import (
    Block,
    Inline,
    Label,
    List,
    ListItem,
    Paragraph,
    Ref,
    RefKind,
    Section,
    Table,
    Text,
    plain,
)
from sessionlog_core.records import record

__all__ = ["FULL", "NOTHING_CUT", "Made", "Part", "shared_out", "words_of"]

R = TypeVar("R")

FULL = "continue-here-in-full"
"""The page that shows everything, however long."""

NOTHING_CUT = 10_000_000
"""A budget of words that no page reaches."""

FLOOR = 2
"""Entries that a section shows before the rest of the budget is shared out, in order."""


@record(frozen=True, slots=True)
class Part:
    """A section of the page: entries that can be cut one by one, in the order of their weight.

    Of many entries few are shown, so that they may be `Made` when they are asked for.
    """

    anchor: str
    title: Label
    entries: Sequence[ListItem | Block]
    hint: tuple[Inline, ...] = ()
    floor: int = FLOOR
    in_turn: bool = False


class Made(Sequence[ListItem]):
    """Entries that are made of records, each when it is asked for the first time."""

    def __init__(self, records: Sequence[R], make: Callable[[R], ListItem]) -> None:
        self._makers = [partial(make, record) for record in records]
        self._made: dict[int, ListItem] = {}

    def __len__(self) -> int:
        return len(self._makers)

    @overload
    def __getitem__(self, index: int) -> ListItem: ...

    @overload
    def __getitem__(self, index: slice) -> list[ListItem]: ...

    def __getitem__(self, index: int | slice) -> ListItem | list[ListItem]:
        if isinstance(index, slice):
            return [self[i] for i in range(len(self))[index]]
        if index not in self._made:
            self._made[index] = self._makers[index]()
        return self._made[index]


def shared_out(parts: Sequence[Part], budget: int) -> Iterator[Block]:
    """Give each part its first entries, then more until the words are used up.

    What is to be done comes first as a whole; what may be done, and what was left, take turns.
    """
    counts = _counts(parts, budget)
    cut = 0
    for part, number in zip(parts, counts, strict=True):
        yield _section(part, number)
        cut += len(part.entries) - number
    if cut:
        text = "Cut to about {budget} words; {n} more entries stand on the page"
        label = Label(text, (("budget", str(budget)), ("n", str(cut))))
        link = Ref(RefKind.PAGE, FULL, (Label("Continue here, in full"),))
        yield Paragraph((label, Text(" "), link, Text(".")), "cut")


def _counts(parts: Sequence[Part], budget: int) -> list[int]:
    """Say how many entries of each part are shown."""
    if budget >= NOTHING_CUT:  # nothing has to be counted
        return [len(part.entries) for part in parts]
    counts = [min(part.floor, len(part.entries)) for part in parts]
    left = budget - sum(words_of(x.entries[:n]) for x, n in zip(parts, counts, strict=True))
    todo = deque(range(len(parts)))
    while todo:
        i = todo.popleft()
        part, number = parts[i], counts[i]
        cost = words_of(part.entries[number : number + 1])
        if number < len(part.entries) and cost <= left:
            left -= cost
            counts[i] += 1
            if part.in_turn:
                todo.append(i)
            else:
                todo.appendleft(i)
    return counts


def _section(part: Part, number: int) -> Section:
    inner: list[Block] = [Paragraph(part.hint, "hint")] if part.hint else []
    items: list[ListItem] = []
    for x in part.entries[:number]:
        if isinstance(x, ListItem):
            items.append(x)
        else:
            inner.append(x)
    if items:
        inner.append(List(tuple(items), kind="steps"))
    if rest := len(part.entries) - number:
        more = Label("and {n} more", (("n", str(rest)),))
        inner.append(Paragraph((Ref(RefKind.PAGE, FULL, (more,)),), "more"))
    return Section((part.title,), tuple(inner), part.anchor, "continue")


def words_of(pieces: Iterable[ListItem | Block]) -> int:
    """Count the words of blocks."""
    total = 0
    for piece in pieces:
        match piece:
            case Paragraph(children=children):
                total += len(plain(children).split())
            case ListItem(blocks=inner):
                total += words_of(inner)
            case List(items=items):
                total += words_of(items)
            case Section(title=title, blocks=inner):
                total += len(plain(title).split()) + words_of(inner)
            case Table(header=header, rows=rows):
                cells = [c for row in (header, *(r.cells for r in rows)) for c in row]
                total += sum(len(plain(c).split()) for c in cells)
            case _:
                total += _others(piece)
    return total


def _others(piece: object) -> int:
    inner = getattr(piece, "blocks", ())
    return len(getattr(piece, "text", "").split()) + words_of(inner)
