"""A session in, the inlines and blocks with which it stands in a list, a table or on a page out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sessionlog_core.blocks import (
    Badge,
    Block,
    Code,
    Date,
    Emphasis,
    Inline,
    Label,
    LineBreak,
    Link,
    Paragraph,
    Ref,
    RefKind,
    Strike,
    Strong,
    Text,
    plain,
)
from sessionlog_core.body import unlinked as unlinked
from sessionlog_core.figures import Figure, signed, written
from sessionlog_core.model import Item, Session, Span, Withheld
from sessionlog_core.patterns import later
from sessionlog_core.views.lookup import Lookup, place
from sessionlog_core.views.selection import state_of

STATES = {
    "open": Label("open"),
    "closed": Label("closed"),
    "planned": Label("planned"),
    "done": Label("done"),
    "in-progress": Label("in progress"),
}
"""States as words."""

FIGURES = {
    "tests": "{figure} tests",
    "tests_failed": "{figure} tests failed",
    "coverage": "{figure} coverage",
    "tasks": "{figure} tasks",
    "phases": "{figure} phases",
    "progress": "{figure} of the way",
}
"""Figures as words."""

ONE = {"tests": "1 test", "tests_failed": "1 test failed"}
"""The same for a single one."""

SENTENCE_END = later(r"[.!?…](?=\s+[^\sa-z])|[。！？]")
"""The end of a sentence: a full stop before a small letter is that of an abbreviation."""

WORD = later(r"\w+")
"""A word, as lines of evidence are compared by."""

LINES = 24
"""Lines of a paragraph that are looked at for the one that is evidence."""

SHORT, LONG = 24, 240
"""Letters of a sentence: below the first it is none yet, above the second it is cut at a word."""


def title(session: Session, find: Lookup) -> tuple[Inline, ...]:
    """Give the name of a session: its title, else its number, else the word for a session."""
    if found := find.title(session):
        return found
    if session.number:
        return (Label("Session {number}", (("number", session.number),)),)
    return (Label("Session"),)


def date(session: Session) -> tuple[Inline, ...]:
    """Give the date of a session, with its end where it has one, or words for none."""
    if session.date is None:
        return (Label("undated"),)
    found: tuple[Inline, ...] = (Date(session.date, session.date),)
    if session.date_end and session.date_end != session.date:
        found += (Text(" – "), Date(session.date_end, session.date_end))
    return found


def reference(session: Session, find: Lookup) -> Ref:
    """Give a link to a session with its title."""
    return Ref(RefKind.SESSION, session.key, title(session, find))


def named(session: Session, find: Lookup) -> tuple[Inline, ...]:
    """Give the date and the linked title of a session."""
    return (*date(session), Text(" "), reference(session, find))


def badge(state: str | None) -> tuple[Inline, ...]:
    """Give a state as a word that stands out, or nothing."""
    return (Badge(state, (STATES.get(state) or Text(state),)),) if state else ()


def duration(minutes: int) -> Label:
    """Give a length of time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    values = (("hours", str(hours)), ("minutes", str(rest)))
    if not hours:
        return Label("{minutes} min", values[1:])
    return Label("{hours} h {minutes} min", values) if rest else Label("{hours} h", values[:1])


def counted(number: int, one: str, many: str) -> Label:
    """Give a number with its noun: `one` has no place for the number, `many` has `{n}`."""
    return Label(one) if number == 1 else Label(many, (("n", str(number)),))


def joined(parts: Iterable[Iterable[Inline]], between: str = " · ") -> tuple[Inline, ...]:
    """Put parts in a row with a sign between them."""
    out: list[Inline] = []
    for part in parts:
        if out:
            out.append(Text(between))
        out.extend(part)
    return tuple(out)


def meta(session: Session) -> tuple[Inline, ...]:
    """Give duration, branch and the places where a session is told, parted by dots."""
    parts: list[Iterable[Inline]] = []
    if session.duration_minutes is not None:
        parts.append((duration(session.duration_minutes),))
    if session.branch:
        parts.append((Label("branch"), Text(" "), Code(session.branch)))
    parts.append((place(session.source),))
    if session.twins:
        twins = joined(((place(span),) for span in session.twins), ", ")
        parts.append((Label("also told in"), Text(" "), *twins))
    return joined(parts)


def summary(session: Session, find: Lookup) -> tuple[Inline, ...]:
    """Give the author's own sentence about a session, of its summary, else the first thing done."""
    for item in (*session.summary[:1], *session.done[:1]):
        if words := find.words(item.text, session.source.path):
            return sentence(words)
    return ()


def changes(session: Session, figures: Sequence[Figure] = ()) -> tuple[Inline, ...]:
    """Give what a session changed, in numbers: its figures first, then counts."""
    counts = (
        (count_done(session.done), "1 thing done", "{n} things done"),
        (len(session.decisions), "1 decision", "{n} decisions"),
        (len(session.next_steps), "1 next step", "{n} next steps"),
        (len(session.commits), "1 commit", "{n} commits"),
        (len(session.files), "1 file", "{n} files"),
    )
    parts: list[Iterable[Inline]] = [figure_words(f) for f in figures]
    parts.extend((counted(n, one, many),) for n, one, many in counts if n)
    return joined(parts)


def count_done(items: Iterable[Item]) -> int:
    """Count the entries of what was done, without those whose box is empty."""
    return sum(1 for item in items if item.done is not False)


def figure_words(figure: Figure) -> tuple[Inline, ...]:
    """Give a figure with its name and its change: 278 tests (+39)."""
    metric = figure.metric
    text = ONE.get(metric.name, "") if metric.value == 1 and metric.total is None else ""
    text = text or FIGURES[metric.name]
    words: tuple[Inline, ...] = (Label(text, (("figure", written(metric)),)),)
    return (*words, Text(f" ({signed(figure.delta)})")) if figure.delta else words


def head(session: Session, find: Lookup, *, dated: bool = True) -> Paragraph:
    """Give the line with which a session begins: date, linked title, state in words."""
    name = named(session, find) if dated else (reference(session, find),)
    state = badge(state_of(session))
    return Paragraph((*name, *((Text(" "),) if state else ()), *state), "entry")


def lines(session: Session, find: Lookup, figures: Sequence[Figure] = ()) -> list[Block]:
    """Give what stands below the first line of a session: place, author's sentence, numbers."""
    rows = (
        ("meta", meta(session)),
        ("summary", summary(session, find)),
        ("changes", changes(session, figures)),
    )
    return [Paragraph(words, kind) for kind, words in rows if words]


WITHHELD = {
    "log": ("1 log as a whole, by its name", "{n} logs as a whole, by their names"),
    "section": ("1 section, by its title", "{n} sections, by their titles"),
    "passage": (
        "1 passage that its log marks as private",
        "{n} passages that their logs mark as private",
    ),
}
"""What was taken out, and why."""


def withheld(gone: Sequence[Withheld]) -> Paragraph:
    """Say how much was taken out here and why, and nothing of what it was."""
    counts = Counter(one.what for one in gone)
    kinds = ((counted(counts[what], *words),) for what, words in WITHHELD.items() if counts[what])
    number = sum(one.source.end_line - one.source.line + 1 for one in gone)
    lines = (counted(number, "1 line", "{n} lines"),)
    lead = (Label("Not for publication and left out:"), Text(" "))
    return Paragraph((*lead, *joined((*kinds, lines))), "withheld")


def empty(*children: Inline) -> Paragraph:
    """Give a paragraph that says that there is nothing, and what to do next."""
    return Paragraph(children, "empty")


def line_text(session: Session, line: int) -> str:
    """Give the text of a session that stands at a line of its log, or an empty one."""
    if line == session.source.line:
        return session.title or session.heading
    nodes = session.body
    best = ""
    while node := next((n for n in nodes if n.line <= line <= n.end_line), None):
        if node.text:
            rows = node.text.split("\n")
            best = rows[line - node.line] if 0 <= line - node.line < len(rows) else node.text
        nodes = node.children
    return best


def nearest_line(session: Session, span: Span, text: str) -> tuple[Span, str]:
    """Give the line of a statement that has most of the words of a text, and what it says.

    A paragraph is one statement; the line that is shown as evidence must be the one that speaks of
    the subject. Between lines that say as much it is the first.
    """
    last = min(span.end_line, span.line + LINES - 1)
    if last <= span.line:
        return span, line_text(session, span.line)
    wanted = set(WORD.findall(text.casefold()))
    rows = {n: line_text(session, n) for n in range(span.line, last + 1)}
    shared = {n: wanted & set(WORD.findall(row.casefold())) for n, row in rows.items()}
    line = max(rows, key=lambda n: sum(map(len, shared[n])))
    return Span(span.path, line, line), rows[line]


# --- cutting --------------------------------------------------------------------------------


def sentence(children: tuple[Inline, ...], long: int = LONG) -> tuple[Inline, ...]:
    """Give the first sentence of inlines; a very long one is cut behind a word."""
    words = plain(children)
    end = next(
        (m.end() for m in SENTENCE_END.finditer(words, SHORT, long + 1) if m.end() > SHORT), None
    )
    if end is not None:
        return cut(children, end)
    return clip(children, long)


def clip(children: tuple[Inline, ...], long: int = LONG) -> tuple[Inline, ...]:
    """Give inlines whole, or cut behind a word with dots that say so."""
    words = plain(children)
    if len(words) <= long + 20:
        return children
    end = words.rfind(" ", long // 2, long)
    return (*cut(children, end if end > 0 else long), Label("…"))


def cut(children: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Give the first `length` letters of inlines, in their markup."""
    return _slice(children, 0, length)


def after(children: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Give inlines without their first `length` letters."""
    return _slice(children, length, len(plain(children)))


def _slice(children: tuple[Inline, ...], start: int, end: int) -> tuple[Inline, ...]:
    out: list[Inline] = []
    at = 0
    for child in children:
        size = len(plain((child,)))
        first, last = max(start - at, 0), min(end - at, size)
        if first == 0 and last == size:
            out.append(child)
        elif first < last:
            out.append(_part(child, first, last))
        at += size
        if at >= end:
            break
    return tuple(out)


def _part(child: Inline, first: int, last: int) -> Inline:
    match child:
        case Text(text=text):
            return Text(text[first:last])
        case Code(text=text):
            return Code(text[first:last])
        case Strong(children=inner):
            return Strong(_slice(inner, first, last))
        case Emphasis(children=inner):
            return Emphasis(_slice(inner, first, last))
        case Strike(children=inner):
            return Strike(_slice(inner, first, last))
        case Badge(kind=kind, children=inner):
            return Badge(kind, _slice(inner, first, last))
        case Link(href=href, children=inner, path=path, image=image):
            return Link(href, _slice(inner, first, last), path, image)
        case Ref(kind=ref, key=key, children=inner):
            return Ref(ref, key, _slice(inner, first, last))
        case Label() | LineBreak() | Date():
            return child
