"""A site as plain data: its generated pages, and where each record stands."""

from collections.abc import Mapping

from sessionlog_core.blocks import Inline, RefKind
from sessionlog_core.problems import Problem
from sessionlog_core.query import Query
from sessionlog_core.records import record

__all__ = ["Page", "Site", "Way"]


@record(frozen=True, slots=True)
class Page:
    """A generated page.

    `name` is its path in the site without ending, below the folder of generated pages (`index`,
    `continue-here`, `2026-01`). `listed` is False for pages of the archive, which are not in the
    navigation; `newer` and `older` lead from one of them to the next, by name and title.
    """

    name: str
    title: str
    view: str
    query: Query
    listed: bool = True
    newer: "Way | None" = None
    older: "Way | None" = None


Way = tuple[str, tuple[Inline, ...]]
"""The name of a page and its title."""


@record(frozen=True, slots=True)
class Site:
    """The pages, and where the records stand: `(kind, key)` to `(page name, anchor)`.

    The anchor of a page as a whole is empty. `problems` says why a site has fewer pages than it
    should: a fault of ours, and nothing else.
    """

    pages: tuple[Page, ...]
    targets: Mapping[tuple[RefKind, str], tuple[str, str]]
    problems: tuple[Problem, ...] = ()
