"""A Sphinx project in, what its logs say and what each view shows of it out; read once a build."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from sessionlog_core.blocks import Block, RefKind
from sessionlog_core.discover import find_root
from sessionlog_core.model import Session
from sessionlog_core.pages import Page, Site, page_blocks, plan_site
from sessionlog_core.project import Project, describe, load_project
from sessionlog_core.query import read_query
from sessionlog_core.views import VIEWS
from sphinx_sessionlog import configuration, problems

__all__ = ["Content", "Shown", "digest", "load"]

logger = logging.getLogger(__name__)

Shown = tuple[str, tuple[tuple[str, str], ...]]
"""What a page shows, as plain data: a view and its options, or `page` and a generated page."""

PAGE = "page"


def digest(blocks: tuple[Block, ...]) -> str:
    """Give a name for the content of `blocks`: it is the same exactly where they are."""
    return sha256(repr(blocks).encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(slots=True)
class Content:
    """The project, the plan of its generated pages, and the blocks of each view, made once."""

    project: Project
    site: Site
    docnames: Mapping[str, Page]
    records: Mapping[str, tuple[tuple[str, str], str]]
    made: dict[Shown, tuple[Block, ...]] = field(default_factory=dict)

    def blocks(self, shown: Shown) -> tuple[Block, ...]:
        """Give the blocks of a view or of a generated page; none for one that is gone."""
        if shown not in self.made:
            self.made[shown] = self._make(*shown)
        return self.made[shown]

    def _make(self, name: str, options: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
        journal = self.project.journal
        if name == PAGE:
            page = self.docnames.get(dict(options)["docname"])
            return page_blocks(journal, page) if page else ()
        if name not in VIEWS:
            return ()
        query, _ = read_query(dict(options), "", 0)
        return VIEWS[name].function(journal, query)


def load(app: Sphinx) -> None:
    """Read all logs, before any page is read, so that forked readers inherit what they say."""
    root = find_root(Path(app.confdir))
    options, wrong = configuration.read(app.config, root)
    project = load_project(root, options)
    site = plan_site(project.journal, options)
    docnames = {f"{options.folder}/{page.name}": page for page in site.pages}
    content = Content(project, site, docnames, _records(project, site))
    app.env.get_domain("sessionlog").content = content  # type: ignore[attr-defined]
    logger.info("sessionlog: %s", describe(project))
    problems.say((*wrong, *project.journal.problems), app.config)


def _records(project: Project, site: Site) -> dict[str, tuple[tuple[str, str], str]]:
    """Give anchor -> record and title, for all that has a place of its own in the site."""
    journal = project.journal
    titles = {(str(RefKind.SESSION), s.key): session_title(s) for s in journal.sessions}
    titles |= {(str(RefKind.ITEM), item.key): item.text for item in journal.roadmap}
    titles |= {(str(RefKind.MILESTONE), m.key): m.title for m in journal.milestones}
    records = {f"{kind}-{key}": ((kind, key), title) for (kind, key), title in titles.items()}
    for (kind, key), (_page, anchor) in site.targets.items():
        if anchor and anchor not in records:
            records[anchor] = ((str(kind), key), titles.get((str(kind), key), ""))
    return records


def session_title(session: Session) -> str:
    """Give the name by which the search and a link without words know a session."""
    words = session.title or (f"Session {session.number}" if session.number else "")
    return " ".join(x for x in (session.date, words or session.heading) if x) or session.key
