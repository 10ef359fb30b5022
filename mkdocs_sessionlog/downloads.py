"""An edition and the addresses of its pages in, the files that stand beside them out.

JSON and CSV for programs, the continue page as Markdown for agents, and feeds where the site has
an address of its own.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from mkdocs_sessionlog.edition import Edition, make_resolve
from mkdocs_sessionlog.place import Place
from sessionlog_core.blocks import RefKind
from sessionlog_core.export import published_files
from sessionlog_core.feeds import Channel
from sessionlog_core.model import Session
from sessionlog_core.problems import Problem

__all__ = ["Url", "write_downloads"]

Url = Callable[[str], str | None]
"""Gives the address of a page, by its path in the docs folder, as seen from the site's root."""


def write_downloads(
    edition: Edition,
    place: Place,
    *,
    url: Url,
    site: str | None,
    title: str,
    problems: list[Problem],
) -> Mapping[str, str]:
    """Give path in the site -> text. `place` is no page, and sees others as from their folder.

    `site` is the address of the site, if it has one.

    `problems` gets the faults of ours that left a file out.
    """
    query = next(page.query for page in edition.site.pages if page.name == "continue-here")
    resolve = make_resolve(edition, place, frozenset(), publish=True)
    channel = _channel(edition, url, site, title) if site else None
    texts = published_files(edition.project.journal, query, resolve, channel, problems=problems)
    return {f"{edition.folder}/{name}": text for name, text in texts.items()}


def _channel(edition: Edition, url: Url, site: str, title: str) -> Channel:
    """Say where the feeds stand."""

    def page(session: Session) -> str | None:
        found = edition.site.targets.get((RefKind.SESSION, session.key))
        address = url(f"{edition.folder}/{found[0]}.md") if found else None
        return None if found is None or address is None else urljoin(site, f"{address}#{found[1]}")

    home = url(f"{edition.folder}/index.md") or f"{edition.folder}/"
    here = urljoin(site, f"{edition.folder}/")
    return Channel(f"{title}: session log", urljoin(site, home), here, page)
