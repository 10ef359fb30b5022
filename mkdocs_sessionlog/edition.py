"""A project in, its edition for a site out: its pages, ways to records, and what a fence shows."""

import fnmatch
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from mkdocs_sessionlog.fences import Fence
from mkdocs_sessionlog.fragments import Fragment
from mkdocs_sessionlog.place import Place
from sessionlog_core.autolinks import Linker, make_linker
from sessionlog_core.blocks import Block, Link, Ref, RefKind
from sessionlog_core.checks import expected
from sessionlog_core.faults import attempt, box
from sessionlog_core.images import image_of, is_published, where
from sessionlog_core.memory import Memory
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.problems import Code, Problem
from sessionlog_core.project import Project, load_project
from sessionlog_core.query import Query, read_query
from sessionlog_core.records import record
from sessionlog_core.site import Page, Site
from sessionlog_core.stubs import DOWNLOAD
from sessionlog_core.urls import safe
from sessionlog_core.views import VIEWS
from sessionlog_core.writers.html import Picture, Resolve

__all__ = ["FOLDER", "Edition", "load_edition", "make_resolve", "say_dead", "show"]

FOLDER = "folder"
"""The option of a fence that says which edition it shows, where a site has several."""


@record(frozen=True, slots=True)
class Edition:
    """A project as pages of a site, below `options.folder`."""

    project: Project
    site: Site
    linker: Linker
    contents: Mapping[tuple[str, str, Query], Page]
    """The generated pages by name, view and query."""
    images: set[str] = field(default_factory=set, compare=False)
    """Images of the project, by path, to which pages of the build lead; the plugin copies them."""
    fragments: set[Fragment] = field(default_factory=set, compare=False)
    """Links to a place on a page, which the plugin checks when all pages are rendered."""
    told: set[tuple[str, str]] = field(default_factory=set, compare=False)
    """Log and address of links that lead nowhere, of which the build has warned."""

    @property
    def folder(self) -> str:
        """Give the folder of the site in which the pages stand, without slashes around it."""
        return self.project.options.folder


Shown: TypeAlias = tuple[Edition, tuple[Block, ...], list[Problem]]


def load_edition(root: Path, options: Options, memory: Memory | None = None) -> Edition:
    """Read the project in `root`, less what is in `memory`, and plan its pages."""
    project = load_project(root, options, memory=memory)
    site = plan_site(project.journal, project.options)
    linker, faults = attempt(
        lambda: make_linker(project.journal, project.options),
        Linker({}, {}, ()),
        "linked",
        what="names in the logs",
    )
    problems = (*project.journal.problems, *site.problems, *faults)
    project = replace(project, journal=replace(project.journal, problems=problems))
    contents = {(page.name, page.view, page.query): page for page in site.pages}
    return Edition(project, site, linker, contents)


def show(
    editions: Sequence[Edition], fence: Fence, path: str
) -> tuple[Edition, tuple[Block, ...], list[Problem]]:
    """Give what a fence shows, and of which edition; where it cannot, a box that says why.

    It shows the edition whose folder it names, else the first. `path` is the page on which it
    stands: where that is a generated one, it shows what belongs to the page beside the view.
    """
    edition, problems = editions[0], list[Problem]()
    by_folder = {edition.folder: edition for edition in editions}
    options = dict(fence.options)
    folder = options.pop(FOLDER, edition.folder).strip("/")
    if folder in by_folder:
        edition = by_folder[folder]
    else:
        message = f"option {FOLDER}: no such folder: {folder}, {expected(folder, by_folder)}"
        problems.append(Problem(Code.VIEW, message))
    view = VIEWS.get(fence.view)
    if view is None:
        name = fence.view or "(none)"
        problems.append(Problem(Code.VIEW, f"unknown view: {name}, {expected(name, VIEWS)}"))
    query, wrong = read_query(options, "", 0)
    problems += wrong
    if fence.rest:
        first = fence.rest.partition("\n")[0]
        message = f"not an option: {first}, expected lines of the form `:name: value`"
        problems.append(Problem(Code.VIEW, message))
    if view is None or problems:
        return edition, (box(problems),), problems
    journal = edition.project.journal
    name = path.removeprefix(f"{edition.folder}/").removesuffix(".md")
    page = edition.contents.get((name, view.name, query))
    blocks = page_blocks(journal, page) if page else view.function(journal, query)
    return edition, edition.linker.link(blocks), []


class _Documents:
    """The pages of the users' own, by paths and globs; looked for where a link means one."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._found: dict[str, str | None] = {}

    @cached_property
    def _pages(self) -> dict[str, str]:
        return {path.removesuffix(".md"): path for path in sorted(self._place.pages())}

    def get(self, path: str) -> str | None:
        """Give the page that `path` means, the first of several that a glob fits."""
        if path not in self._found:
            name = path.lstrip("/").removesuffix(".md")
            if name not in self._pages and any(sign in name for sign in "*?["):
                name = next(iter(fnmatch.filter(self._pages, name)), name)
            self._found[path] = self._pages.get(name)
        return self._found[path]


def make_resolve(edition: Edition, place: Place, here: frozenset[str], *, publish: bool) -> Resolve:
    """Make the function that gives the address of a record or of a link, as seen from a page.

    `here` are the ids that the page itself shows. `publish` says whether a plugin ends the
    build: it copies images, and checks links with a fragment where the place is a page.
    """
    targets = edition.site.targets

    documents = _Documents(place)
    page_href = cache(place.href)
    """Thousands of links of a page lead to few pages."""

    def record(ref: Ref) -> str | None:
        if ref.kind is RefKind.FILE:
            # What is called `.md` in the docs folder is a page there, and no file to load.
            path = f"{edition.folder}/{ref.key}"
            address = place.href(f"{path}{DOWNLOAD}")
            return address if address or path.endswith(".md") else place.href(path)
        if ref.kind is RefKind.DOC:
            return place.href(documents.get(ref.key) or "")
        found = targets.get((ref.kind, ref.key))
        if found is None:
            return None
        name, anchor = found
        page = f"{edition.folder}/{name}.md"
        end = f"#{anchor}" if anchor else ""
        if page == place.path:
            return end or "#"
        href = page_href(page)
        if href is not None:
            return href + end
        return end if anchor in here else None

    def link(found: Link) -> str | None:
        href = safe(found.href)
        if not href:
            return None
        parts = urlsplit(href)
        if parts.scheme:
            return href
        if not parts.path or parts.path.startswith("/") or place.docs is None:
            return None
        # A log lies beside the docs folder or in it; a link works where the site has its target.
        target = edition.project.root / posixpath.dirname(found.path) / unquote(parts.path)
        name = posixpath.relpath(posixpath.normpath(target.as_posix()), place.docs.as_posix())
        to = None if name.startswith("../") else place.href(name)
        if to is None or not parts.fragment:
            return to
        to = f"{to}#{parts.fragment}"
        if publish and place.path:
            edition.fragments.add(Fragment(place.path, to, name, found))
        return to

    def image(found: Link) -> str | None:
        path = image_of(found)
        index = place.href(f"{edition.folder}/index.md")
        if not path or index is None or not is_published(path, edition.project.root):
            return None
        edition.images.add(path)
        folder = posixpath.dirname(index) if index.endswith(".html") else index
        return posixpath.join(folder, where(path))

    def resolve(target: Ref | Link) -> str | None:
        if isinstance(target, Ref):
            return record(target)
        made = link(target) or (image(target) if publish else None)
        if made and target.image and edition.project.options.images == "show":
            path = image_of(target)
            return Picture(made) if path and is_published(path, edition.project.root) else made
        if made is None:
            for problem in say_dead(target, edition):
                place.logger.warning("%s", problem)
        return made

    return resolve


def say_dead(link: Link, edition: Edition) -> tuple[Problem, ...]:
    """Say once that a link leads nowhere, where that is asked for."""
    if edition.project.options.dead_links != "warn" or (link.path, link.href) in edition.told:
        return ()
    edition.told.add((link.path, link.href))
    return (Problem(Code.LINK, f"a link that leads nowhere: {link.href}", link.path),)
