"""A project in, its edition for a site out: its pages, ways to records, and what a fence shows."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mkdocs_sessionlog.fences import Fence
from mkdocs_sessionlog.place import Place
from sessionlog_core.blocks import Block, Label, Link, Note, Paragraph, Ref, Text
from sessionlog_core.options import Options
from sessionlog_core.pages import Site, plan_site
from sessionlog_core.problems import Code, Problem
from sessionlog_core.project import Project, load_project
from sessionlog_core.query import read_query
from sessionlog_core.urls import safe
from sessionlog_core.views import VIEWS
from sessionlog_core.writers.html import Resolve

__all__ = ["Edition", "load_edition", "make_resolve", "show"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A project as pages of a site, below `options.folder`."""

    project: Project
    site: Site

    @property
    def options(self) -> Options:
        """Give the options of the project."""
        return self.project.options


def load_edition(root: Path, options: Options) -> Edition:
    """Read the project in `root` and plan its pages."""
    project = load_project(root, options)
    return Edition(project, plan_site(project.journal, project.options))


def show(
    edition: Edition, fence: Fence, path: str, line: int
) -> tuple[tuple[Block, ...], list[Problem]]:
    """Give what a fence at `path:line` shows; where it cannot be shown, a box that says why."""
    view = VIEWS.get(fence.view)
    if view is None:
        allowed = ", ".join(VIEWS)
        message = f"unknown view: {fence.view or '(none)'}, expected one of {allowed}"
        problem = Problem(Code.VIEW, message, path, line)
        return (_box([problem]),), [problem]
    query, problems = read_query(fence.options, path, line)
    if fence.rest:
        first = fence.rest.partition("\n")[0]
        message = f"not an option: {first}, expected lines of the form `:name: value`"
        problems.append(Problem(Code.VIEW, message, path, line))
    if problems:
        return (_box(problems),), problems
    return view.function(edition.project.journal, query), []


def _box(problems: Sequence[Problem]) -> Note:
    lines = tuple(Paragraph((Text(problem.message),)) for problem in problems)
    return Note("error", (Label("Session log"),), lines)


def make_resolve(edition: Edition, place: Place, here: frozenset[str]) -> Resolve:
    """Make the function that gives the address of a record or of a link, as seen from a page.

    `here` are the ids that the page itself shows.
    """
    targets = edition.site.targets
    folder = edition.options.folder.strip("/")

    def record(ref: Ref) -> str | None:
        found = targets.get((ref.kind, ref.key))
        if found is None:
            return None
        name, anchor = found
        page = f"{folder}/{name}.md"
        end = f"#{anchor}" if anchor else ""
        if page == place.path:
            return end or "#"
        href = place.href(page)
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
        if name.startswith("../"):
            return None
        to = place.href(name)
        return None if to is None else to + (f"#{parts.fragment}" if parts.fragment else "")

    def resolve(target: Ref | Link) -> str | None:
        return record(target) if isinstance(target, Ref) else link(target)

    return resolve
