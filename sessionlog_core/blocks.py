"""The page before it has a format: blocks and inlines that views give and writers turn into pages.

A closed union of frozen data. Text of a log reaches a page only through these; a writer has a way
to write each kind, adds no words of its own and drops none. Words that Sessionlog itself says are
`Label`, words of a log or a roadmap are `Text`, so that a host can translate the first and leave
the second alone.
"""

from enum import StrEnum
from typing import TypeAlias

from sessionlog_core.records import record

__all__ = [
    "Badge",
    "Block",
    "Chart",
    "Code",
    "CodeBlock",
    "Date",
    "Emphasis",
    "Fold",
    "Inline",
    "Label",
    "LineBreak",
    "Link",
    "List",
    "ListItem",
    "Note",
    "Paragraph",
    "Point",
    "Quote",
    "Record",
    "Ref",
    "RefKind",
    "Row",
    "Section",
    "Strike",
    "Strong",
    "Table",
    "Text",
    "plain",
]


@record(frozen=True, slots=True)
class Text:
    """Words of a log or a roadmap, without markup."""

    text: str


@record(frozen=True, slots=True)
class Date:
    """A date: `iso` for machines, or empty where none asks; `text` for people.

    The text is as the log has it, or ISO: hosts may write the second in the language of the site.
    """

    iso: str
    text: str

    def __str__(self) -> str:
        return self.text


@record(frozen=True, slots=True)
class Label:
    """Words of our own, in English; `{name}` in `text` stands for a value. Hosts may translate."""

    text: str
    values: tuple[tuple[str, str | Date], ...] = ()

    def __str__(self) -> str:
        return self.text.format(**dict(self.values)) if self.values else self.text


@record(frozen=True, slots=True)
class Strong:
    """Strong emphasis."""

    children: tuple["Inline", ...]


@record(frozen=True, slots=True)
class Emphasis:
    """Emphasis."""

    children: tuple["Inline", ...]


@record(frozen=True, slots=True)
class Strike:
    """Struck-through words."""

    children: tuple["Inline", ...]


@record(frozen=True, slots=True)
class Code:
    """A code span."""

    text: str


@record(frozen=True, slots=True)
class LineBreak:
    """A hard line break."""


@record(frozen=True, slots=True)
class Link:
    """A link as a log writes it. `href` is not trusted: writers pass it through `urls.safe`.

    `path` is the log in which it stands, to which a relative `href` is relative. `image` is True
    where the log had an image: it is a link with the image's text, or shown where that is asked.
    """

    href: str
    children: tuple["Inline", ...]
    path: str = ""
    image: bool = False


class RefKind(StrEnum):
    """What a `Ref` leads to."""

    SESSION = "session"
    ITEM = "item"
    MILESTONE = "milestone"
    DECISION = "decision"
    PAGE = "page"
    GROUP = "group"
    """A group on the page of sessions: those of one log, branch or milestone."""
    FILE = "file"
    """A file that is published beside the pages, by its name: `continue-here.md`."""
    DOC = "doc"
    """A page of the users' own, by a path or glob from the folder of the documentation."""


@record(frozen=True, slots=True)
class Ref:
    """A link to a record or a generated page by its key; plain words where it leads nowhere."""

    kind: RefKind
    key: str
    children: tuple["Inline", ...]


@record(frozen=True, slots=True)
class Badge:
    """A short word that stands out, such as a state. `kind` is a CSS class suffix (`open`, ...)."""

    kind: str
    children: tuple["Inline", ...]


Inline: TypeAlias = (
    Text | Label | Strong | Emphasis | Strike | Code | LineBreak | Link | Ref | Date | Badge
)


@record(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `kind` is a CSS class suffix (`meta`, `summary`, `empty`, ...) or empty."""

    children: tuple[Inline, ...]
    kind: str = ""


@record(frozen=True, slots=True)
class Record:
    """What stands here, for programs: `kind` is session, step, decision, metric, item or milestone.

    `values` are its own, by name, as text. `cell` is the index of the cell of a row that it is
    about, where it is not about the row as a whole.
    """

    kind: str
    values: tuple[tuple[str, str], ...]
    cell: int | None = None


@record(frozen=True, slots=True)
class Section:
    """A heading and what stands below it; its level follows from nesting. `anchor` is its id."""

    title: tuple[Inline, ...]
    blocks: tuple["Block", ...]
    anchor: str
    kind: str = ""
    records: tuple[Record, ...] = ()


@record(frozen=True, slots=True)
class ListItem:
    """An entry of a list. `done` is a check box, or None for none. `anchor` is an id, or None."""

    blocks: tuple["Block", ...]
    done: bool | None = None
    anchor: str | None = None
    records: tuple[Record, ...] = ()


@record(frozen=True, slots=True)
class List:
    """A list. `start` is the first number of a numbered list, or None for bullets."""

    items: tuple[ListItem, ...]
    start: int | None = None
    kind: str = ""


@record(frozen=True, slots=True)
class Row:
    """A row of a table: a tuple of inlines for each cell. `anchor` is an id, or None."""

    cells: tuple[tuple[Inline, ...], ...]
    anchor: str | None = None
    records: tuple[Record, ...] = ()


@record(frozen=True, slots=True)
class Table:
    """A table with a row of headings. `numeric` are indices of columns that hold figures."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[Row, ...]
    numeric: tuple[int, ...] = ()
    kind: str = ""


@record(frozen=True, slots=True)
class CodeBlock:
    """Literal text. `language` is the info word of the fence, or empty."""

    text: str
    language: str = ""


@record(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple["Block", ...]


@record(frozen=True, slots=True)
class Fold:
    """Blocks behind a line that unfolds them; shown open where a format cannot fold.

    `anchor` is an id. `repeats` is for blocks that stand in full elsewhere too, where a link before
    the fold leads: a format that cannot fold leaves it out, so that nothing is printed twice.
    """

    summary: tuple[Inline, ...]
    blocks: tuple["Block", ...]
    anchor: str | None = None
    repeats: bool = False


@record(frozen=True, slots=True)
class Note:
    """A box of ours. `kind` is `note`, `warning` or `error`."""

    kind: str
    title: tuple[Inline, ...]
    blocks: tuple["Block", ...]


@record(frozen=True, slots=True)
class Point:
    """A point of a chart: `label` is its place on the axis (a date), `text` its figure as shown."""

    label: str
    value: float
    text: str


@record(frozen=True, slots=True)
class Chart:
    """Figures as a picture, beside a table or a sentence that holds the same ones.

    Formats without pictures leave it out and lose nothing. `kind` is `line`, `bars` (from zero) or
    `progress` (parts of a whole, in order). `title` and `description` are what a screen reader
    says of the picture.
    """

    title: Label
    description: Label
    points: tuple[Point, ...]
    kind: str = "line"


Block: TypeAlias = Section | Paragraph | List | Table | CodeBlock | Quote | Fold | Note | Chart


def plain(children: tuple[Inline, ...]) -> str:
    """Give the words of inlines, without markup."""
    out: list[str] = []
    for child in children:
        match child:
            case Text(text=text) | Code(text=text) | Date(text=text):
                out.append(text)
            case Label():
                out.append(str(child))
            case LineBreak():
                out.append(" ")
            case Strong() | Emphasis() | Strike() | Link() | Ref() | Badge():
                out.append(plain(child.children))
    return "".join(out)
