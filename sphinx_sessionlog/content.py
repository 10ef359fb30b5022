"""What the last build knew in, the pages of this one out: known, or of the logs read anew."""

import platform
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sessionlog_core.files import Look
from sessionlog_core.options import Options
from sessionlog_core.problems import Code, Problem
from sessionlog_core.records import record
from sessionlog_core.site import Page

if TYPE_CHECKING:
    from sessionlog_core.model import Journal
    from sphinx_sessionlog.views import Views

__all__ = ["Change", "Content", "Known", "program"]

Change: TypeAlias = Callable[["Journal"], "Journal"]

ARCHIVE_IN_TOCTREE = 120
"""So many pages of the archive stand in a toctree at most: every page of the site pays for each."""


@record(frozen=True, slots=True)
class Known:
    """What is kept of a build for the next one: where `mark` is the same, no log is read."""

    mark: str
    said: str
    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, Page], ...]
    logs: tuple[tuple[str, Page], ...]


class Content:
    """What a build shows. The logs are read when a view is asked for, and only once.

    `change` gives the journal as other extensions want it. `cache` is a folder that keeps the logs
    as they were read, for the next build. `excluded` says which pages the site shall not have.
    """

    def __init__(
        self,
        root: Path,
        options: Options,
        look: Look,
        known: Known | None,
        change: Change,
        cache: Path,
        tell: Callable[[Iterable[Problem]], None],
        excluded: Callable[[str], bool] = lambda _docname: False,
    ) -> None:
        self.root = root
        self._look = look
        self._change = change
        self._cache = cache
        self._tell = tell
        self._excluded = excluded
        self.options = options
        self.is_unchanged = known is not None
        self._known = known
        self.documents: dict[str, Page] = {}
        """Documents of the site that are logs, and the page of ours in place of each; filled when
        Sphinx looks for documents."""

    @cached_property
    def views(self) -> "Views":
        """Give the logs and what the views show of them."""
        # Where no log changed, nothing of what reads and shows them is imported.
        from sphinx_sessionlog.views import Views

        return Views(self, self._look, self._change, self._cache, self._tell)

    def let_go(self) -> None:
        """Forget the logs and what was made of them; who asks for it once more reads them again."""
        if self.__dict__.pop("views", None) is not None:
            from sessionlog_core.terms import forget_words
            from sessionlog_core.views.lookup import forget

            forget()
            forget_words()

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Give page of the site -> generated page; no log is read for it where none changed."""
        return {name: page for name, page in self.planned if not self._excluded(name)}

    @cached_property
    def planned(self) -> tuple[tuple[str, Page], ...]:
        """Give all pages that the logs call for, also those that the site shall not have."""
        if self._known is not None:
            return self._known.pages
        return tuple((f"{self.options.folder}/{x.name}", x) for x in self.views.site.pages)

    @cached_property
    def logs(self) -> tuple[tuple[str, Page], ...]:
        """Give each log, and the page in its place where its file is a document of the site."""
        if self._known is not None:
            return self._known.logs
        return self.views.logs

    def path_of(self, log: str) -> Path:
        """Give the file of a log."""
        return self.root / log if self._known is not None else self.views.project.path_of(log)

    def page(self, docname: str) -> Page | None:
        """Give the page of ours that is the document `docname`, or None."""
        return self.pages.get(docname) or self.documents.get(docname)

    def below(self, docname: str) -> list[str]:
        """Give the pages that stand below one in the sidebar, and behind it in a book."""
        page = self.pages.get(docname)
        match page and page.name:
            case "index":
                return [
                    name for name, page in self.pages.items() if page.listed and name != docname
                ]
            case "sessions":
                archive = [name for name, page in self.pages.items() if not page.listed]
                return archive if len(archive) <= ARCHIVE_IN_TOCTREE else []
            case _:
                return []

    def known(self, mark: str) -> Known:
        """Give what the next build shall know."""
        if self._known is not None:
            return self._known
        views = self.views
        found = views.project.journal.problems
        failed = any(problem.code is Code.FAULT for problem in (*found, *views.site.problems))
        # The name of a file in which something was masked is not to be kept.
        nameless = bool(views.project.renamed)
        kept = "" if failed or nameless else mark
        return Known(kept, views.said, found, self.planned, self.logs)


@cache
def program() -> tuple[str, ...]:
    """Give the versions of what makes pages of logs."""
    return version("sessionlog-docs"), version("markdown-it-py"), platform.python_version()
