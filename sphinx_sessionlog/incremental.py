"""What pages showed at the last build in, those that are stale now out.

A page is read again exactly when the blocks that it shows changed. It is written again, without
being read, when something that it refers to moved, or when this builder wrote it before it was read
last: builders may share what was read.
"""

import gc
import time
from collections.abc import Iterable, Iterator, Set
from hashlib import sha256

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sessionlog_core.garbage import collecting_later
from sphinx_sessionlog.content import Content
from sphinx_sessionlog.domain import PAGE, Key, SessionlogDomain, Stand, domain_of
from sphinx_sessionlog.outputs import output_of
from sphinx_sessionlog.pages import is_generated
from sphinx_sessionlog.roadmap_pages import find_unmarked

__all__ = ["find_outdated", "find_unwritten"]


def find_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: Set[str],
    changed: Set[str],
    removed: Set[str],
) -> Iterable[str]:
    """Give the pages to read again: they show something else, or a real file came or went."""
    domain = domain_of(env)
    left = env.all_docs.keys() - added - changed - removed
    stale = {doc for doc in left if _was_generated(domain, doc) != is_generated(app, doc)}
    if domain.data["navigation"] not in (None, navigation := _navigation(domain)):
        stale.add(app.config.root_doc)
    domain.data["navigation"] = navigation
    if not domain.content.is_unchanged:
        stale |= left.intersection(find_unmarked(env))
        with collecting_later():
            for docname in (left - stale) & domain.shown.keys():
                seen = domain.shown[docname]
                if any(domain.content.views.digest(x.shown, x.names) != x.digest for x in seen):
                    stale.add(docname)
            gc.freeze()  # the blocks stay until the build ends, as the records do
    return sorted(stale)


def _navigation(domain: SessionlogDomain) -> tuple[bool, str]:
    """Give what the first page of the site shows of us."""
    options = domain.content.options
    return options.navigation, options.folder


def find_unwritten(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Give the pages to write again although they need not be read."""
    domain = domain_of(env)
    now = time.time_ns() // 1_000  # the unit in which Sphinx notes when it read a page
    domain.relinked.update(dict.fromkeys(_relinked(domain), now))
    content = domain.content
    names = [name for name in (*content.pages, *content.documents) if name in env.titles]
    pages = tuple((name, env.titles[name].astext()) for name in names)
    if domain.data["pages"] not in (None, pages):
        domain.data["replanned"] = now
    domain.data["pages"] = pages
    domain.relinked.update(dict.fromkeys(_below_changed_headings(env, domain), now))
    _leave_out_of_toctrees(env, content)
    return sorted(doc for doc in env.all_docs if _is_behind(app, env, domain, doc))


def _was_generated(domain: SessionlogDomain, docname: str) -> bool:
    return any(seen.shown[0] == PAGE for seen in domain.shown.get(docname, ()))


def _relinked(domain: SessionlogDomain) -> Iterator[str]:
    """Give the pages with a link to a record that moved, came or went since the last build."""
    domain.settle()
    before: dict[Key, Stand | None] = domain.data["resolved"]
    now = {key: domain.find(key) for uses in domain.uses.values() for key in uses}
    domain.data["resolved"] = now
    moved = {key for key in now if key in before and now[key] != before[key]}
    for docname, uses in domain.uses.items():
        if not uses.isdisjoint(moved):
            yield docname


def _below_changed_headings(env: BuildEnvironment, domain: SessionlogDomain) -> set[str]:
    """Give the pages below one whose headings changed: their sidebar shows the way down to them."""
    below: set[str] = set()
    for docname in domain.content.pages:
        if docname not in env.tocs or not env.toctree_includes.get(docname):
            continue
        toc = sha256(env.tocs[docname].pformat().encode("utf-8", "backslashreplace")).hexdigest()
        if domain.headings.get(docname, toc) != toc:
            below |= _below(env, docname)
        domain.headings[docname] = toc
    return below


def _leave_out_of_toctrees(env: BuildEnvironment, content: Content) -> None:
    """Keep Sphinx from writing the page above the archive again with each page of that.

    The toctree of the archive is for books, which are made as a whole, and is seen on no page.
    """
    for docname, page in content.pages.items():
        if not page.listed and docname in env.files_to_rebuild:
            env.files_to_rebuild[docname].discard(f"{content.options.folder}/sessions")


def _below(env: BuildEnvironment, docname: str) -> set[str]:
    found: set[str] = set()
    left = [docname]
    while left:
        for name in env.toctree_includes.get(left.pop(), ()):
            if name not in found:
                found.add(name)
                left.append(name)
    return found


def _is_behind(app: Sphinx, env: BuildEnvironment, domain: SessionlogDomain, docname: str) -> bool:
    """Say whether the output of a page is older than what it is made of.

    A generated page that came or went stands in the sidebar and beside "next" of all others.
    """
    due = max(
        domain.data["replanned"],
        domain.relinked.get(docname, 0),
        env.all_docs[docname] if docname in domain.shown else 0,
    )
    path = output_of(app.builder, docname)
    try:
        return path is not None and path.stat().st_mtime_ns // 1_000 < due
    except OSError:
        return False  # never written: the builder knows that by itself
