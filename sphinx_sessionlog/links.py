"""Links of blocks in, where they lead in the site out: as a reference, as an address, or None."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from sessionlog_core.blocks import Link, Ref, RefKind
from sessionlog_core.images import image_of, where
from sessionlog_core.paths import find_real
from sessionlog_core.problems import Code, Problem
from sessionlog_core.urls import safe
from sessionlog_core.writers.html import Picture
from sphinx_sessionlog.domain import FRAGMENT, IMAGE, SessionlogDomain, refer
from sphinx_sessionlog.problems import say

__all__ = ["address_of", "page_of", "reference_to"]

SITES = ("html", "dirhtml", "singlehtml")
"""Builders that write files beside their pages."""


def page_of(link: Link, root: Path, env: BuildEnvironment) -> tuple[str, str] | None:
    """Give the page and the fragment that a relative link of a log means, existing or not."""
    try:
        parts = urlsplit(link.href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    try:
        target = find_real((root / link.path).parent.joinpath(unquote(parts.path)))
        docname = env.path2doc(target) if target else None
    except (OSError, ValueError):
        return None
    if docname is None or docname.startswith(("/", "..")) or Path(docname).is_absolute():
        return None
    return docname, parts.fragment


def reference_to(
    link: Ref | Link,
    docname: str,
    builder: Builder,
    domain: SessionlogDomain,
    children: Sequence[nodes.Node],
) -> nodes.reference | None:
    """Make the reference of a link on the page `docname`; None for one that leads nowhere."""
    match link:
        case Ref(kind=RefKind.FILE, key=name):
            return _to_file(name, docname, builder, domain, children)
        case Ref(kind=kind, key=key):
            stand = domain.find((str(kind), key))
        case Link(href=href):
            url = safe(href)
            if url and url.split(":", 1)[0].lower() in ("http", "https", "mailto"):
                return nodes.reference("", "", *children, internal=False, refuri=url)
            page = page_of(link, domain.content.root, domain.env)
            stand = domain.find((str(RefKind.DOC), page[0])) if page else None
            if stand and page and page[1]:
                place = domain.find((FRAGMENT, "#".join(page)))
                if place is None and domain.content.options.dead_links == "warn":
                    _warn(link, domain)
                stand = place or stand
            image = None if stand else image_of(link)
            if image and domain.find((IMAGE, image)):
                made = _to_file(where(image), docname, builder, domain, children)
                if made and link.image and domain.content.options.images == "show":
                    made["refuri"] = Picture(made["refuri"])
                return made
            if stand is None and domain.content.options.dead_links == "warn":
                _warn(link, domain)
    return refer(builder, docname, stand, children) if stand else None


def _to_file(
    name: str,
    docname: str,
    builder: Builder,
    domain: SessionlogDomain,
    children: Sequence[nodes.Node],
) -> nodes.reference | None:
    """Make a link to a file beside the generated pages, where a builder has such."""
    if builder.name not in SITES:
        return None
    here = builder.get_target_uri(docname).partition("#")[0]
    path = relative_uri(here, f"{domain.content.options.folder}/{name}")
    return nodes.reference("", "", *children, internal=True, refuri=path)


def _warn(link: Link, domain: SessionlogDomain) -> None:
    """Say once that a link leads nowhere."""
    if (link.path, link.href) not in domain.told:
        domain.told.add((link.path, link.href))
        path, line = domain.content.views.places.find(link) or (link.path, None)
        problem = Problem(Code.LINK, f"a link that leads nowhere: {link.href}", path, line)
        say((problem,), domain.env.config)


def address_of(
    link: Ref | Link, docname: str, builder: Builder, domain: SessionlogDomain
) -> str | None:
    """Give the address of a link on the page `docname`, as a `Picture` where that is shown."""
    made = reference_to(link, docname, builder, domain, [])
    if made is None:
        return None
    attributes: dict[str, Any] = made.attributes
    return f"#{attributes['refid']}" if "refid" in attributes else attributes.get("refuri")
