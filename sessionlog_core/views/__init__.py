"""The table of views: a view is a pure function from the journal and a query to blocks."""

from collections.abc import Callable, Mapping
from dataclasses import field

from sessionlog_core.blocks import Block
from sessionlog_core.model import Journal
from sessionlog_core.query import Query
from sessionlog_core.records import record
from sessionlog_core.views.continue_here import continue_here
from sessionlog_core.views.decisions import decisions, decisions_looks_at
from sessionlog_core.views.metrics import metrics, metrics_looks_at
from sessionlog_core.views.notes import notes
from sessionlog_core.views.roadmap import roadmap
from sessionlog_core.views.sessions import session, session_looks_at, sessions, sessions_looks_at
from sessionlog_core.views.timeline import timeline

__all__ = ["VIEWS", "View"]


@record(frozen=True, slots=True)
class View:
    """A view: the name that users write, the title of its page, a sentence of help, a function.

    `looks_at` gives all that the function makes its blocks of, for views that are on many pages:
    what looks at the same shows the same. None where that is not known more cheaply.
    """

    name: str
    title: str
    help: str
    function: Callable[[Journal, Query], tuple[Block, ...]]
    looks_at: Callable[[Journal, Query], object] = field(default=lambda _journal, _query: None)


VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        View("timeline", "Timeline", "What happened when: open sessions, then by month.", timeline),
        View("continue", "Continue here", "Where to continue, and what was left.", continue_here),
        View("roadmap", "Roadmap", "How far the roadmap is, and which session moved it.", roadmap),
        View(
            "metrics",
            "Metrics",
            "How tests, coverage and other figures went.",
            metrics,
            metrics_looks_at,
        ),
        View("decisions", "Decisions", "What was decided, and why.", decisions, decisions_looks_at),
        View("sessions", "Sessions", "A table of sessions.", sessions, sessions_looks_at),
        View("notes", "Notes", "What the logs hold outside of their sessions.", notes),
        View(
            "session",
            "Session",
            "One session whole, as its log tells it.",
            session,
            session_looks_at,
        ),
    )
}
"""The table of views: name -> what shows it, with a title and a sentence for pages and messages."""
