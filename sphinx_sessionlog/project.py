"""A Sphinx project in, what its logs say and what each view shows of it out; read once a build."""

import gc
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from sessionlog_core.autolinks import Linker, make_linker
from sessionlog_core.backlinks import write_backlinks
from sessionlog_core.blocks import Block, Inline, Paragraph, RefKind
from sessionlog_core.discover import find_root
from sessionlog_core.faults import attempt, box
from sessionlog_core.files import Look, fingerprint, look_at
from sessionlog_core.journal import mend_journal
from sessionlog_core.model import Journal, Session
from sessionlog_core.options import Options
from sessionlog_core.pages import Page, Site, log_pages, page_blocks, page_looks_at, plan_site
from sessionlog_core.problems import Code, Problem
from sessionlog_core.project import (
    Memory,
    Project,
    collecting_later,
    describe,
    load_project,
)
from sessionlog_core.query import read_query
from sessionlog_core.views import VIEWS
from sessionlog_core.views.decisions import decision_keys
from sphinx_sessionlog import configuration, problems
from sphinx_sessionlog.domain import Key, Shown, domain_of
from sphinx_sessionlog.framing import NOTHING, Inventory, cut, renamed, take_inventory
from sphinx_sessionlog.nodes import Run

__all__ = ["BACKLINKS", "EVENT", "PAGE", "Content", "Known", "end", "load", "prepare"]

logger = logging.getLogger(__name__)

T = TypeVar("T")

PAGE, BACKLINKS = "page", "backlinks"
"""What a page may show besides views: that it is a generated page; lines at items of a roadmap."""

ARCHIVE_IN_TOCTREE = 120
"""So many pages of the archive stand in a toctree at most: every page of the site pays for each."""

CACHE = "sessionlog-read"
"""A folder beside the doctrees, which holds the logs as they were read."""

EVENT = "sessionlog-journal-read"
"""The event `(app, journals)` when all logs are read and nothing is shown yet. `journals` holds the
journal, and a handler may put another in its place, as with Sphinx's own `source-read`."""

Change = Callable[[Journal], Journal]

RARELY = 100_000
"""So many new objects more than gone ones, and Python searches for cycles of garbage; by itself it
does so at 700, and a tenth of a build with a long log goes into looking at what stays anyway."""

NO_NAMES: frozenset[str] = frozenset()
NO_BLOCKS: tuple[tuple[Block, ...], frozenset[str]] = (), NO_NAMES


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a build for the next one: where `mark` is the same, no log is read."""

    mark: str
    said: str
    problems: tuple[Problem, ...]
    pages: tuple[tuple[str, Page], ...]
    logs: tuple[tuple[str, Page], ...]


class Content:
    """What a build shows. The logs are read when something of them is asked for, and only once.

    `change` gives the journal as other extensions want it. `cache` is a folder that keeps the logs
    as they were read, for the next build.
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
    ) -> None:
        self.root = root
        self._look = look
        self._tell = tell
        self._cache = cache
        self._change = change
        self.options = options
        self.is_unchanged = known is not None
        self._known = known
        self.documents: dict[str, Page] = {}
        """Documents of the site that are logs, and the page of ours in place of each; filled when
        Sphinx looks for documents."""
        self._made: dict[Shown, tuple[Block, ...]] = {}
        self._names: dict[Shown, frozenset[str]] = {}
        self._texts: dict[Shown, str] = {}
        self._inventories: dict[Shown, Inventory] = {}
        self._runs: dict[tuple[Shown, bool], tuple[tuple[Block, ...], ...]] = {}

    @cached_property
    def project(self) -> Project:
        """Give the logs, read and joined."""
        with collecting_later():
            memory = Memory(self._cache)
            project = load_project(self.root, self.options, memory=memory, look=self._look)
            # The records stay until the build ends: no search for garbage needs to look at them.
            gc.freeze()
        return replace(project, journal=self._change(project.journal))

    @cached_property
    def site(self) -> Site:
        """Give the plan of the generated pages."""
        site = plan_site(self.project.journal, self.options)
        self._tell(site.problems)
        return site

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Give page of the site -> generated page; no log is read for it where none changed."""
        if self._known is not None:
            return dict(self._known.pages)
        return {f"{self.options.folder}/{page.name}": page for page in self.site.pages}

    @cached_property
    def logs(self) -> tuple[tuple[str, Page], ...]:
        """Give each log, and the page in its place where its file is a document of the site."""
        if self._known is not None:
            return self._known.logs
        return tuple(log_pages(self.project.journal).items())

    def path_of(self, log: str) -> Path:
        """Give the file of a log."""
        return self.root / log if self._known is not None else self.project.path_of(log)

    def page(self, docname: str) -> Page | None:
        """Give the page of ours that is the document `docname`, or None."""
        return self.pages.get(docname) or self.documents.get(docname)

    @cached_property
    def records(self) -> Mapping[str, tuple[Key, str]]:
        """Give anchor -> record and title, for all that has a place of its own in the site."""
        nothing: Mapping[str, tuple[Key, str]] = {}
        return self._attempt(self._records, nothing, "named", what="the sessions")

    def _records(self) -> Mapping[str, tuple[Key, str]]:
        journal = self.project.journal
        titles: dict[Key, str] = {
            (str(RefKind.SESSION), s.key): _title(s) for s in journal.sessions
        }
        titles |= {(str(RefKind.ITEM), item.key): item.text for item in journal.roadmap}
        titles |= {(str(RefKind.MILESTONE), m.key): m.title for m in journal.milestones}
        for session in journal.sessions:
            for key, decision in decision_keys(session):
                titles[str(RefKind.DECISION), key] = decision.title
        records = {f"{kind}-{key}": ((kind, key), title) for (kind, key), title in titles.items()}
        for (kind, key), (_page, anchor) in self.site.targets.items():
            if anchor and anchor not in records:
                record = str(kind), key
                records[anchor] = record, titles.get(record, "")
        return records

    @cached_property
    def roadmaps(self) -> frozenset[Path]:
        """Give the files of the roadmaps."""
        journal = self.project.journal
        paths = {milestone.source.path for milestone in journal.milestones}
        paths |= {item.source.path for item in journal.roadmap}
        return frozenset((self.root / path).resolve() for path in paths)

    @cached_property
    def linker(self) -> Linker:
        """Give what makes links of names that stand in the logs."""
        return self._attempt(
            lambda: make_linker(self.project.journal, self.options),
            Linker({}, {}, ()),
            "linked",
            what="names in the logs",
        )

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[Inline, ...]]:
        """Give item or milestone -> the line that says in which sessions it was worked on."""
        nothing: Mapping[str, tuple[Inline, ...]] = {}
        return self._attempt(
            lambda: write_backlinks(self.project.journal),
            nothing,
            "written",
            what="links back to sessions",
        )

    def blocks(self, shown: Shown) -> tuple[Block, ...]:
        """Give the blocks of a view or of a generated page; none for one that is gone."""
        if shown not in self._made:
            with collecting_later():
                (blocks, names), faults = attempt(
                    lambda: self._link(shown, self._make(*shown)),
                    NO_BLOCKS,
                    "shown",
                    what=f"the view {_named(shown)}",
                )
            self._tell(faults)
            self._made[shown] = (box(faults),) if faults else blocks
            self._names[shown] = names
        return self._made[shown]

    def run(self, run: Run) -> tuple[Block, ...]:
        """Give the blocks of a node: they are those of when its page was read.

        Else the page would have been read again, see `digest`.
        """
        place = run.shown, run.sections
        if place not in self._runs:
            self._runs[place] = cut(self.blocks(run.shown), sections=run.sections)
        blocks, names = self._runs[place][run.number], dict(run.names)
        return tuple(renamed(block, names) for block in blocks) if names else blocks

    def names(self, shown: Shown) -> frozenset[str]:
        """Give what in the text of a view is the name of something, or may be one day."""
        self.blocks(shown)
        return self._names[shown]

    def _link(
        self, shown: Shown, blocks: tuple[Block, ...]
    ) -> tuple[tuple[Block, ...], frozenset[str]]:
        return (blocks, NO_NAMES) if shown[0] == BACKLINKS else self.linker.link_and_name(blocks)

    def _attempt(self, work: Callable[[], T], instead: T, verb: str, *, what: str) -> T:
        """Do work; where a fault of ours ends it, tell it and give `instead`."""
        made, faults = attempt(work, instead, verb, what=what)
        self._tell(faults)
        return made

    def inventory(self, shown: Shown) -> Inventory:
        """Give the anchors and links of what is shown."""
        if shown not in self._inventories:
            blocks = self.blocks(shown)
            self._inventories[shown] = self._attempt(
                lambda: take_inventory(blocks), NOTHING, "linked", what=f"the view {_named(shown)}"
            )
        return self._inventories[shown]

    def _make(self, name: str, options: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
        if name == PAGE:
            page = self.page(dict(options)["docname"])
            return page_blocks(self.project.journal, page) if page else ()
        if name == BACKLINKS:
            return tuple(Paragraph(line) for _, line in sorted(self.backlinks.items()))
        if name not in VIEWS:
            return ()
        query, _ = read_query(dict(options), "", 0)
        return VIEWS[name].function(self.project.journal, query)

    def _told(self, shown: Shown) -> str:
        """Give a digest of the blocks of a view; a page to be read again asks for it twice."""
        if shown not in self._texts:
            told = repr(self.blocks(shown)).encode("utf-8", "backslashreplace")
            self._texts[shown] = sha256(told).hexdigest()
        return self._texts[shown]

    def _looks_at(self, name: str, options: tuple[tuple[str, str], ...]) -> object:
        """Give what the blocks of a view or a generated page are made of, or None."""
        if name == PAGE and (page := self.page(dict(options)["docname"])):
            return page_looks_at(self.project.journal, page)
        if name in VIEWS:
            query, _ = read_query(dict(options), "", 0)
            return VIEWS[name].looks_at(self.project.journal, query)
        return None

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

    def digest(self, shown: Shown, names: frozenset[str]) -> str:
        """Give a name for what is shown: it is the same exactly where nothing changed.

        `names` are those of the text as it was last made.
        """
        with collecting_later():
            looks_at = self._looks_at(*shown)
        parts: tuple[Any, ...]
        if looks_at is None:
            parts = (self._told(shown),)
        else:
            options = (self.options.links, self.options.images)
            parts = (looks_at, self.linker.meaning(names), options, _program())
        if shown[0] == BACKLINKS:
            journal = self.project.journal
            parts += (self.options.backlinks, journal.milestones, journal.roadmap)
        if shown[0] == PAGE and (page := self.page(docname := dict(shown[1])["docname"])):
            parts += (page.title, self.below(docname))
        return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()

    def known(self, mark: str) -> Known:
        """Give what the next build shall know."""
        if self._known is not None:
            return self._known
        said, found = describe(self.project), self.project.journal.problems
        failed = any(problem.code is Code.FAULT for problem in (*found, *self.site.problems))
        # The name of a file in which something was masked is not to be kept.
        nameless = bool(self.project.renamed)
        pages = tuple(self.pages.items())
        return Known("" if failed or nameless else mark, said, found, pages, self.logs)


def load(app: Sphinx) -> None:
    """Find out what the logs say, or that they say the same as at the last build."""
    collect_rarely(app)
    root = find_root(Path(app.confdir))
    options, wrong = configuration.read(app.config, root, (Path(app.outdir), Path(app.doctreedir)))
    domain = domain_of(app.env)
    look = look_at(root, options)
    # What other extensions make of a journal is not known before they made it.
    mark, faults = ("", ()) if app.events.listeners.get(EVENT) else _mark(root, options, look)
    problems.say(faults, app.config)
    known: Known | None = domain.data["known"]
    if known is not None and (not mark or known.mark != mark):
        known = None
    cache = Path(app.doctreedir) / CACHE

    def tell(found: Iterable[Problem]) -> None:
        found = tuple(found)
        problems.say(found, app.config)
        if found and (kept := domain.data["known"]) is not None:
            # The next build shall try again what failed in this one.
            domain.data["known"] = replace(kept, mark="")

    content = Content(root, options, look, known, lambda x: _changed(app, x), cache, tell)
    domain.content, domain.builder = content, app.builder
    domain.data["known"] = known = content.known(mark)
    logger.info("sessionlog: %s", known.said)
    problems.say((*wrong, *known.problems), app.config)


def _changed(app: Sphinx, journal: Journal) -> Journal:
    """Let other extensions see the journal, and put another in its place."""
    if not app.events.listeners.get(EVENT):
        return journal  # Sphinx would write all of it as text for its log of events
    journals = [journal]
    app.events.emit(EVENT, journals)
    return mend_journal(journals[0])


def prepare(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the logs before pages are read: processes that are forked for it inherit them."""
    if docnames:
        domain = domain_of(env)
        domain.has_read = True
        _ = domain.content.records
        problems.say(_shown_as_written(env, domain.content), app.config)


def _shown_as_written(env: BuildEnvironment, content: Content) -> Iterable[Problem]:
    """Name files with something to hide that are documents of the user's own all the same."""
    journal = content.project.journal
    paths = {problem.path for problem in journal.problems if problem.code is Code.SECRET}
    paths |= {one.source.path for one in journal.withheld}
    for path in sorted(path for path in paths if path):
        docname = env.path2doc(content.project.path_of(path))
        if docname in env.found_docs and docname not in content.documents:
            message = (
                "is a page of the site too, which shows what was masked or withheld, expected the "
                "log in a file of its own"
            )
            yield Problem(Code.SECRET, message, path)


def collect_rarely(app: Sphinx) -> None:
    """Let Python search for garbage less often until the build ends."""
    before = gc.get_threshold()
    if 0 < before[0] < RARELY:
        gc.set_threshold(RARELY, 50, before[2])
        app.connect("build-finished", lambda _app, _exception: gc.set_threshold(*before))


def end(app: Sphinx, exception: Exception | None) -> None:  # noqa: ARG001
    """Let the records go; a process may build again."""
    gc.unfreeze()


def _mark(root: Path, options: Options, look: Look) -> tuple[str, tuple[Problem, ...]]:
    """Give a name for all that the pages are made from: the logs, the options, the program.

    There is none where a fault keeps it from being made: then the logs are read anew.
    """
    state, faults = attempt(lambda: fingerprint(look, options), "", "looked at", what="the logs")
    if faults:
        return "", faults
    parts: tuple[Any, ...] = (
        state,
        str(root),
        _program(),
    )
    return sha256(repr(parts).encode()).hexdigest(), ()


def _named(shown: Shown) -> str:
    name, options = shown
    return dict(options).get("docname", name)


@cache
def _program() -> tuple[str, ...]:
    """Give the versions of what makes pages of logs."""
    return version("sessionlog-docs"), version("markdown-it-py"), platform.python_version()


def _title(session: Session) -> str:
    """Give the name by which the search and a link without words know a session."""
    words = session.title or (f"Session {session.number}" if session.number else "")
    return " ".join(x for x in (session.date, words or session.heading) if x) or session.key
