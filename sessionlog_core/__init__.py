"""Read session logs into records and show them: the names that hosts and other programs may use.

    >>> from pathlib import Path
    >>> from sessionlog_core import Options, load_project
    >>> project = load_project(Path("my-project"), Options())
    >>> [session.key for session in project.journal.sessions]
    []

Everything else is internal and may move between releases.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sessionlog_core.export import to_json
    from sessionlog_core.model import (
        Commit,
        Decision,
        FileChange,
        FollowUp,
        Item,
        Journal,
        Link,
        Log,
        Metric,
        Milestone,
        Part,
        PartKind,
        Reference,
        RoadmapItem,
        Session,
        Span,
        Standing,
        Status,
    )
    from sessionlog_core.options import Options, read_options
    from sessionlog_core.pages import page_blocks, plan_site
    from sessionlog_core.problems import Code, Problem
    from sessionlog_core.project import Project, load_project, read_paths
    from sessionlog_core.query import Query, read_query
    from sessionlog_core.reader import read_log
    from sessionlog_core.site import Page, Site
    from sessionlog_core.views import VIEWS, View

__all__ = [
    "VIEWS",
    "Code",
    "Commit",
    "Decision",
    "FileChange",
    "FollowUp",
    "Item",
    "Journal",
    "Link",
    "Log",
    "Metric",
    "Milestone",
    "Options",
    "Page",
    "Part",
    "PartKind",
    "Problem",
    "Project",
    "Query",
    "Reference",
    "RoadmapItem",
    "Session",
    "Site",
    "Span",
    "Standing",
    "Status",
    "View",
    "load_project",
    "page_blocks",
    "plan_site",
    "read_log",
    "read_options",
    "read_paths",
    "read_query",
    "to_json",
]

_NAMES = {
    "export": "to_json",
    "model": "Commit Decision FileChange FollowUp Item Journal Link Log Metric Milestone Part "
    "PartKind Reference RoadmapItem Session Span Standing Status",
    "options": "Options read_options",
    "pages": "page_blocks plan_site",
    "problems": "Code Problem",
    "project": "Project load_project read_paths",
    "query": "Query read_query",
    "reader": "read_log",
    "site": "Page Site",
    "views": "VIEWS View",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import what is asked for: a build in which no log changed needs none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"sessionlog_core.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the names that can be asked for."""
    return sorted({*globals(), *__all__})
