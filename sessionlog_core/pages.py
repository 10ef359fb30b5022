"""The generated pages of a site: a journal in, the list of pages and where each record stands out.

Both hosts and the command line make the same pages with the same names and anchors from this list.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter

from sessionlog_core.blocks import Block, Code, Inline, Label, Paragraph, Ref, RefKind, Text, plain
from sessionlog_core.body import Slugs
from sessionlog_core.faults import attempt
from sessionlog_core.model import Journal, Session
from sessionlog_core.options import Options
from sessionlog_core.problems import Code as ProblemCode
from sessionlog_core.query import Query
from sessionlog_core.site import Page, Site, Way
from sessionlog_core.views import VIEWS, entry
from sessionlog_core.views.budget import FULL, NOTHING_CUT
from sessionlog_core.views.decisions import decision_keys
from sessionlog_core.views.groups import group_anchors
from sessionlog_core.views.lookup import Lookup, lookup
from sessionlog_core.views.notes import has_notes
from sessionlog_core.views.selection import month_of, month_title, select
from sessionlog_core.views.sessions import session_looks_at

SECRET = ProblemCode.SECRET

LISTED = (
    ("index", "timeline"),
    ("continue-here", "continue"),
    ("roadmap", "roadmap"),
    ("metrics", "metrics"),
    ("decisions", "decisions"),
    ("sessions", "sessions"),
)
"""The pages of the navigation, by the view that they show."""


ON_TOP = frozenset({"continue-here"})
"""Pages that name their files first: whoever hands one to an agent need not read to its end."""

FILES: Mapping[str, tuple[tuple[Label, str], ...]] = {
    "continue-here": ((Label("This page as Markdown, for agents:"), "continue-here.md"),),
    "metrics": ((Label("This table as CSV:"), "metrics.csv"),),
    "sessions": (
        (Label("This table as CSV:"), "sessions.csv"),
        (Label("everything as JSON:"), "sessionlog.json"),
    ),
}
"""Files beside the pages that hold the same, by the page that names them."""


def plan_site(journal: Journal, options: Options) -> Site:
    """Say which pages the site gets and where each session, item, milestone and decision stands.

    Where a fault of ours keeps that from being known, the site has the pages of the navigation,
    and the timeline shows the sessions whole.
    """
    whole = Query(budget=options.budget, text="all")
    listed = (Page(name, VIEWS[view].title, view, whole) for name, view in LISTED)
    site, problems = attempt(
        lambda: _plan(journal, options), Site(tuple(listed), {}), "planned", what="the pages"
    )
    return replace(site, problems=problems)


def _plan(journal: Journal, options: Options) -> Site:
    find = lookup(journal)
    # Without an archive the timeline is the only place where a session stands whole.
    query = Query(budget=options.budget, text="all" if options.pages == "none" else "newest")
    pages = [Page(name, VIEWS[view].title, view, query) for name, view in LISTED]
    if has_notes(journal):
        pages.append(Page("notes", VIEWS["notes"].title, "notes", Query()))
    full = Query(budget=NOTHING_CUT)
    pages.append(Page(FULL, "Continue here, in full", "continue", full, listed=False))
    targets: dict[tuple[RefKind, str], tuple[str, str]] = {}
    for page, session in _archive(journal, find, options.pages):
        if page is None:
            targets[RefKind.SESSION, session.key] = "index", f"timeline-{session.key}"
        else:
            if pages[-1].name != page.name:
                pages.append(page)
            targets[RefKind.SESSION, session.key] = page.name, f"session-{session.key}"
        for key, _ in decision_keys(session):
            targets[RefKind.DECISION, key] = "decisions", f"decision-{key}"
    pages = _in_a_row(pages)
    for milestone in journal.milestones:
        targets[RefKind.MILESTONE, milestone.key] = "roadmap", f"milestone-{milestone.key}"
    for item in journal.roadmap:
        targets[RefKind.ITEM, item.key] = "roadmap", f"item-{item.key}"
    for key, anchor in group_anchors(journal, find):
        targets[RefKind.GROUP, key] = "sessions", anchor
    for page in pages:
        targets[RefKind.PAGE, page.name] = page.name, ""
    return Site(tuple(pages), targets)


def _in_a_row(pages: list[Page]) -> list[Page]:
    """Let each page of the archive lead to the newer and to the older one, as they stand."""
    ways = [_way(page) if _is_of_archive(page) else None for page in pages]
    rows = zip(pages, ways, [None, *ways], [*ways[1:], None], strict=False)
    return [
        replace(page, newer=before, older=after) if here else page
        for page, here, before, after in rows
    ]


def _is_of_archive(page: Page) -> bool:
    return page.query.month is not None or page.query.session is not None


def _way(page: Page) -> Way:
    month = page.query.month
    return page.name, month_title(month) if month else (Text(page.title),)


def log_pages(journal: Journal) -> dict[str, Page]:
    """Give log -> the page that stands in its place where it is a document of the site itself.

    What tells no session, and of which nothing is masked or withheld, stays as it is.
    """
    secret = {problem.path for problem in journal.problems if problem.code is SECRET}
    secret |= {one.source.path for one in journal.withheld}
    titles = dict.fromkeys(one.source.path for one in journal.withheld if one.what == "log")
    titles |= {x.path: x.title for x in journal.logs if x.sessions or x.path in secret}
    told = {session.source.path for log in journal.logs for session in log.sessions}
    return {path: _log_page(path, title or path, path in told) for path, title in titles.items()}


def _log_page(path: str, title: str, has_sessions: bool) -> Page:  # noqa: FBT001
    name = Slugs().take(path, prefix="log")
    view = "session" if has_sessions else "notes"
    return Page(name, title, view, Query(log=path), listed=False)


def page_blocks(journal: Journal, page: Page) -> tuple[Block, ...]:
    """Give the content of a page below its title, with links to other pages and to files."""
    blocks = VIEWS[page.view].function(journal, page.query)
    if _is_of_archive(page):
        return (*blocks, Paragraph(_ways(page), "nav"))
    names = FILES.get(page.name, ())
    if (
        not names
        or not journal.sessions
        or (isinstance(blocks[0], Paragraph) and blocks[0].kind == "empty")
    ):
        return blocks
    links = entry.joined(
        (label, Text(" "), Ref(RefKind.FILE, name, (Code(name),))) for label, name in names
    )
    files = Paragraph(links, "files")
    return (files, *blocks) if page.name in ON_TOP else (*blocks, files)


def logs_on(journal: Journal, page: Page) -> frozenset[str]:
    """Give the logs of whose sessions a page tells, by their paths."""
    month = page.query.month
    among = lookup(journal).months.get(month, ()) if month else None
    return frozenset(s.source.path for s in select(journal, page.query, among))


def page_looks_at(
    journal: Journal, page: Page, body_of: Callable[[Session], object] = attrgetter("body")
) -> object:
    """Give all that `page_blocks` makes its blocks of: as long as it is the same, so are they.

    `body_of` may give a short name in place of a body, see `session_looks_at`. None where only the
    blocks themselves can tell.
    """
    if page.view == "session":
        seen = session_looks_at(journal, page.query, body_of)
    else:
        seen = VIEWS[page.view].looks_at(journal, page.query)
    return None if seen is None else (page, seen)


def _ways(page: Page) -> tuple[Inline, ...]:
    """Give the line below a page of the archive: to the newer page, to the older, and up."""
    newer, older = (
        (label, Text(" "), Ref(RefKind.PAGE, *way)) if way else ()
        for label, way in ((Label("Newer:"), page.newer), (Label("Older:"), page.older))
    )
    up = Ref(RefKind.PAGE, "index", (Label(VIEWS["timeline"].title),))
    return entry.joined([x for x in (newer, older, (up,)) if x])


def _archive(journal: Journal, find: Lookup, kind: str) -> Iterator[tuple[Page | None, Session]]:
    """Give every session with the page on which it stands whole; sessions of one page in a row."""
    newest = list(reversed(journal.sessions))
    match kind:
        case "session":
            for s in newest:
                words = plain(entry.title(s, find))
                yield (
                    Page(f"session-{s.key}", words, "session", Query(session=s.key), listed=False),
                    s,
                )
        case "log":
            slugs = Slugs()
            by_log: dict[str, list[Session]] = {}
            for s in newest:
                by_log.setdefault(s.source.path, []).append(s)
            for path, sessions in sorted(by_log.items()):
                page = Page(
                    slugs.take(path, prefix="log"), path, "session", Query(log=path), listed=False
                )
                yield from ((page, s) for s in sessions)
        case "month":
            by_month: dict[str, list[Session]] = {}
            for s in newest:
                by_month.setdefault(month_of(s), []).append(s)
            # What has no date stands behind all months, wherever its log told it.
            for month, sessions in sorted(by_month.items(), key=lambda x: x[0] == "undated"):
                words = plain(month_title(month))
                page = Page(month, words, "session", Query(month=month), listed=False)
                yield from ((page, s) for s in sessions)
        case _:
            yield from ((None, s) for s in newest)
