"""The plan of a site: which pages there are and where each record stands."""

import pytest

from sessionlog_core.blocks import Paragraph, Ref, RefKind, Text, plain
from sessionlog_core.model import Journal
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.writers import html
from tests.core.test_views import journal_of

LOGS = """\
=== a.md
# Session log

## Session 2 - 2026-02-11: Second
### Decisions
- **JSON**: every tool reads it

## Session 1 - 2026-01-10: First
- parser

## Session: no date
- nothing
=== docs/b.md
# Session log

How to use: on top.

## 2026-01-12: Third
- writer

## 2026-01-11: Fourth
- writer
=== ROADMAP.md
# Roadmap
## Alpha
- [x] Parser
"""

LISTED = ["index", "continue-here", "roadmap", "metrics", "decisions", "sessions"]


@pytest.mark.parametrize(
    ("kind", "archive"),
    [
        ("month", ["2026-02", "2026-01", "undated"]),
        ("log", ["log-a.md", "log-docs-b.md"]),
        ("none", []),
    ],
)
def test_archive(kind: str, archive: list[str]) -> None:
    site = plan_site(journal_of(LOGS), Options(pages=kind))
    listed = [p.name for p in site.pages if p.listed]
    assert listed[:6] == LISTED
    found = [p.name for p in site.pages if not p.listed and p.name != "continue-here-in-full"]
    assert sorted(x.replace(".", "-") for x in found) == sorted(
        x.replace(".", "-") for x in archive
    )


@pytest.mark.parametrize("kind", ["month", "session", "log", "none"])
def test_each_session_stands_on_one_page(kind: str) -> None:
    journal = journal_of(LOGS)
    site = plan_site(journal, Options(pages=kind))
    names = [p.name for p in site.pages]
    assert len(set(names)) == len(names)
    for session in journal.sessions:
        page, anchor = site.targets[RefKind.SESSION, session.key]
        assert page in names
        assert anchor.endswith(session.key)
    if kind == "session":
        assert sum(n.startswith("session-") for n in names) == len(journal.sessions)


def test_nothing_to_show_has_all_pages_too() -> None:
    site = plan_site(Journal(), Options())
    assert [p.name for p in site.pages if p.listed] == LISTED
    assert all(page_blocks(Journal(), p) for p in site.pages)


def test_the_same_twice() -> None:
    first, second = (plan_site(journal_of(LOGS), Options()) for _ in range(2))
    assert first == second


def test_a_page_without_a_table_names_no_file_of_it() -> None:
    journal = journal_of("# Log\n\n## 2026-01-10 One\n- a\n")
    said = {
        page.name: repr(page_blocks(journal, page)) for page in plan_site(journal, Options()).pages
    }
    assert "sessions.csv" in said["sessions"]
    assert "metrics.csv" not in said["metrics"]


def test_pages_of_the_archive_lead_to_the_newer_the_older_and_up() -> None:
    journal = journal_of(LOGS)
    pages = {page.name: page for page in plan_site(journal, Options()).pages}

    def way(name: str) -> list[str]:
        below = page_blocks(journal, pages[name])[-1]
        assert isinstance(below, Paragraph)
        refs = [x.key for x in below.children if isinstance(x, Ref)]
        return [plain(below.children), *refs]

    assert way("2026-02") == ["Older: January 2026 · Timeline", "2026-01", "index"]
    newer = "Newer: February 2026 · Older: Undated · Timeline"
    assert way("2026-01") == [newer, "2026-02", "undated", "index"]
    assert way("undated") == ["Newer: January 2026 · Timeline", "2026-01", "index"]


def test_sessions_with_a_page_each_lead_to_the_next() -> None:
    pages = plan_site(journal_of(LOGS), Options(pages="session")).pages
    archive = [page for page in pages if page.view == "session"]
    assert [page.older and page.older[0] for page in archive] == [
        *(page.name for page in archive[1:]),
        None,
    ]


def test_what_has_no_date_stands_behind_all_months() -> None:
    journal = journal_of(
        "# Log\n\n## 2026-01-10 One\n- a\n\n## Session 9 (planned)\n- b\n\n## 2026-02-10 Two\n- c\n"
    )
    archive = [p.name for p in plan_site(journal, Options()).pages if p.view == "session"]
    assert archive == ["2026-02", "2026-01", "undated"]


def test_words_of_the_script_come_with_the_page_in_its_language() -> None:
    blocks = (Paragraph((Text("Files"),), "files"), Paragraph((Text("17"),), "overview"))
    page = html.write(blocks, lambda _: None, say=lambda label: f"<{label.text}>")
    assert 'data-copy="&lt;Copy&gt;" data-copied="&lt;Copied&gt;"' in page
    assert 'data-filter="&lt;Filter: title, branch, log, state&gt;"' in page
