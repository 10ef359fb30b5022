"""The masked text of one file in, its log out: sessions, and what stands outside of them."""

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sessionlog_core.model import Log, Session, Span, Status
from sessionlog_core.outline import NodeKind, read_outline
from sessionlog_core.problems import Code, Problem
from sessionlog_core.vocabulary import DEFAULT, Vocabulary

if TYPE_CHECKING:
    from sessionlog_core.entries import Entry, Layout


def read_log(
    text: str,
    path: str,
    *,
    named: bool = False,
    vocabulary: Vocabulary = DEFAULT,
    recall: Callable[[Session, str], Session | None] | None = None,
) -> Log:
    """Read one file. `named` says that the user named it as a log, which counts as evidence.

    `recall` is asked for each session, with its blocks and the markup: it may know from before what
    the session says, and gives None where it does not.
    """
    # Hundreds of patterns, a third of the time in which a host starts: not where no log changed.
    from sessionlog_core.layout import find_entries
    from sessionlog_core.parts import fill
    from sessionlog_core.standing import read_standing

    outline, problems = read_outline(text, path)
    layout = find_entries(outline, path, vocabulary, named)
    empty = (_session(entry, path) for entry in layout.entries)
    sessions = tuple(
        (recall(one, outline.markup) if recall else None) or fill(one, vocabulary) for one in empty
    )
    title = next((n.text for n in outline.nodes if n.kind is NodeKind.HEADING), None)
    return Log(
        path,
        layout.name,
        layout.why,
        markup=outline.markup,
        title=title,
        sessions=sessions,
        standing=read_standing(layout.standing, vocabulary, sessions),
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        problems=(*problems, *_problems(layout, path, named=named)),
    )


def _problems(layout: "Layout", path: str, *, named: bool) -> Iterator[Problem]:
    """Tell dates that cannot be read, and a named file without a session."""
    for entry in layout.entries:
        if entry.problem:
            yield Problem(Code.DATE, entry.problem, path, entry.line, grave=False)
    if named and not layout.entries and layout.name == "none":
        why = "; ".join(layout.why)
        yield Problem(Code.LAYOUT, f"no session found: {why}", path)


def _session(entry: "Entry", path: str) -> Session:
    title = entry.title
    state = entry.state or ("open" if entry.planned else None)
    status = {"closed": Status.CLOSED, "open": Status.OPEN, "planned": Status.OPEN}.get(state or "")
    return Session(
        Span(path, entry.line, entry.end_line),
        number=entry.number,
        title=title.words or None,
        date=entry.date,
        date_end=entry.date_end,
        time=entry.time,
        date_from=entry.date_from,
        status=status,
        status_text=entry.state_text if status else None,
        duration_minutes=title.duration,
        planned=entry.planned,
        heading=entry.heading,
        body=entry.nodes,
    )
