"""Rendered pages in, links of logs to a place that a page lacks out: they lead to the page then.

Which ids a page has is known when all pages are rendered, and a link is written before. So each
page notes its links with a fragment, and those that lead nowhere are mended in the HTML.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from sessionlog_core.blocks import Link
from sessionlog_core.escape import escape
from sessionlog_core.patterns import later

__all__ = ["Fragment", "mend_links"]

_LINK = later(r'(?<=<a href=")[^"]*(?=")')
"""An address as our writer writes it, which escapes the first of these signs in text."""

_HYPHENS = later("-{2,}")

_DIRECTIVE = ":~:"
"""What follows it tells a browser which words to show, and is no id."""


class Fragment(NamedTuple):
    """A link with a fragment: the page on which it stands, its address there, the page it means."""

    page: str
    href: str
    target: str
    link: Link


def mend_links(fragments: Iterable[Fragment], files: Any) -> list[Link]:
    """Take the fragment off links to pages without that id; give these links.

    The name that a heading has on a forge becomes the one that it has here. `files` are those of
    MkDocs or ProperDocs.
    """
    known = cache(lambda path: _ids(path, files))
    mended: dict[str, dict[str, str]] = defaultdict(dict)
    dead = []
    for here, href, target, link in sorted(fragments, key=lambda x: (x.link.path, x.link.href)):
        address, _sign, name = href.partition("#")
        ids = known(target)
        if ids is None or _DIRECTIVE in name or name in ids or unquote(name) in ids:
            continue
        # Forges keep a hyphen for each blank around a sign (`set-up--now`), Python-Markdown one.
        near = _HYPHENS.sub("-", unquote(name))
        if near in ids:
            address = f"{address}#{near}"
        else:
            dead.append(link)
        mended[here][escape(href)] = escape(address)
    for path, addresses in mended.items():
        file = files.get_file_from_path(path)
        if file is not None and file.page is not None:
            file.page.content = _put(addresses, file.page.content or "")
    return dead


def _put(addresses: Mapping[str, str], html: str) -> str:
    return _LINK.sub(lambda found: addresses.get(found[0], found[0]), html)


def _ids(path: str, files: Any) -> frozenset[str] | None:
    """Give the ids of a page, as written last where this build leaves it; None if not known."""
    file = files.get_file_from_path(path)
    if file is None or file.page is None or not file.is_documentation_page():
        return None
    html = file.page.content
    if html is None:
        html = Path(file.abs_dest_path).read_text("utf-8", "replace")
    reader = _Ids()
    try:
        reader.feed(html)
    except AssertionError:  # so older versions of Python answer a declaration like `<![new]>`
        return None
    return frozenset(reader.found)


class _Ids(HTMLParser):
    """Gathers all names to which an address of a page may lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update(
            value
            for name, value in attrs
            if value and (name == "id" or (tag, name) == ("a", "name"))
        )
