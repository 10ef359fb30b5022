"""The generated pages of a site: a journal in, the list of pages and where each record stands out.

Both hosts and the command line make the same pages with the same names and anchors from this list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sessionlog_core.blocks import Block, RefKind
from sessionlog_core.model import Journal
from sessionlog_core.options import Options
from sessionlog_core.query import Query


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page. `name` is its path in the site without ending, below the folder of generated pages
    (`index`, `continue-here`, `2026-01`). `listed` is False for pages of the archive, which are not in the navigation."""

    name: str
    title: str
    view: str
    query: Query
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """The pages, and where the records stand: `(kind, key)` to `(page name, anchor)`; the anchor of a page is empty."""

    pages: tuple[Page, ...]
    targets: Mapping[tuple[RefKind, str], tuple[str, str]]


def plan_site(journal: Journal, options: Options) -> Site:
    """Say which pages the site gets and where each session, item, milestone and decision stands."""
    raise NotImplementedError


def page_blocks(journal: Journal, page: Page) -> tuple[Block, ...]:
    """Give the content of a page below its title."""
    raise NotImplementedError
