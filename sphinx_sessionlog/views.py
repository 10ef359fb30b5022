"""The logs of a project in, what each view shows of them out; read and made once a build."""

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from sessionlog_core.autolinks import Linker, make_linker
from sessionlog_core.backlinks import write_backlinks
from sessionlog_core.blocks import Block, Inline, Paragraph, RefKind
from sessionlog_core.faults import attempt, box
from sessionlog_core.files import Look
from sessionlog_core.garbage import collecting_later
from sessionlog_core.memory import Memory, Signs
from sessionlog_core.model import Session
from sessionlog_core.pages import log_pages, page_blocks, page_looks_at, plan_site
from sessionlog_core.places import Places
from sessionlog_core.problems import Problem
from sessionlog_core.project import Project, describe, load_project
from sessionlog_core.query import read_query
from sessionlog_core.site import Page, Site
from sessionlog_core.views import VIEWS
from sessionlog_core.views.decisions import decision_keys
from sphinx_sessionlog.content import Change, Content, program
from sphinx_sessionlog.domain import BACKLINKS, PAGE, Key, Shown
from sphinx_sessionlog.framing import NOTHING, Inventory, cut, renamed, take_inventory
from sphinx_sessionlog.nodes import Run

__all__ = ["Views"]

T = TypeVar("T")

NO_NAMES: frozenset[str] = frozenset()
NO_BLOCKS: tuple[tuple[Block, ...], frozenset[str]] = (), NO_NAMES


class Views:
    """The logs, and what the views make of them.

    `change` gives the journal as other extensions want it. `cache` is a folder that keeps the logs
    as they were read, for the next build. `tell` says what went wrong.
    """

    def __init__(
        self,
        content: Content,
        look: Look,
        change: Change,
        cache: Path,
        tell: Callable[[Iterable[Problem]], None],
    ) -> None:
        self.root = content.root
        self.options = content.options
        self._content = content
        self._look = look
        self._change = change
        self._cache = cache
        self._tell = tell
        self._signs = Signs()
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
            self._signs = memory.signs
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
    def logs(self) -> tuple[tuple[str, Page], ...]:
        """Give each log, and the page in its place where its file is a document of the site."""
        return tuple(log_pages(self.project.journal).items())

    @property
    def said(self) -> str:
        """Say which logs were found."""
        return describe(self.project)

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
    def places(self) -> Places:
        """Give what knows the lines in which links stand."""
        return Places(self.project.journal)

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
            page = self._content.page(dict(options)["docname"])
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
        if name == PAGE and (page := self._content.page(dict(options)["docname"])):
            return page_looks_at(self.project.journal, page, self._signs.tell)
        if name in VIEWS:
            query, _ = read_query(dict(options), "", 0)
            return VIEWS[name].looks_at(self.project.journal, query)
        return None

    def digest(self, shown: Shown, names: frozenset[str]) -> str:
        """Give a name for what is shown: it is the same exactly where nothing changed.

        `names` are those of the text as it was last made.
        """
        with collecting_later():
            looks_at = self._looks_at(*shown)
        parts: tuple[Any, ...]
        if looks_at is None:
            parts = (self._told(shown), program())
        else:
            options = (self.options.links, self.options.images)
            parts = (looks_at, self.linker.meaning(names), options, program())
        if shown[0] == BACKLINKS:
            journal = self.project.journal
            parts += (self.options.backlinks, journal.milestones, journal.roadmap)
        if shown[0] == PAGE and (page := self._content.page(docname := dict(shown[1])["docname"])):
            is_log = docname in self._content.documents
            parts += (page.title, self._content.below(docname), is_log, self.options.search)
        return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _named(shown: Shown) -> str:
    name, options = shown
    return dict(options).get("docname", name)


def _title(session: Session) -> str:
    """Give the name by which the search and a link without words know a session."""
    words = session.title or (f"Session {session.number}" if session.number else "")
    return " ".join(x for x in (session.date, words or session.heading) if x) or session.key
