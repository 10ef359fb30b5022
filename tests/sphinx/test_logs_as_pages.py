"""Logs that are documents of the site itself: pages of ours with their names, never their text."""

import re
from pathlib import Path

import pytest

from tests.sphinx.sites import Site

pytestmark = pytest.mark.slow

TOKEN = "gh" + "p_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"
LATER = "gh" + "p_" + "zY3xW5vU7tS9rQ1pO3nM5lK7jI9hG1fE3dC5"

RST = f"""\
Tide log
========

2026-01-10 Buoys
----------------

* Used {TOKEN} once
* |nosuch| and :doc:`nowhere`

2026-01-11 Anchors
------------------

* Wrote the second
"""

MARKDOWN = f"""\
# Harbour log

## 2026-02-10 Cranes

- Took {TOKEN} and <script>alert(1)</script>

## 2026-02-11 Ropes

- Coiled them
"""

BUILDERS = ("html", "dirhtml", "singlehtml", "epub", "latex", "text", "xml", "man", "gettext")


def bytes_with(folder: Path, *words: str) -> list[str]:
    """Give the files below a folder that hold one of `words`."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    wanted = [word.encode() for word in words]
    return [x.name for x in files if any(word in x.read_bytes() for word in wanted)]


@pytest.fixture
def with_logs(site: Site) -> Site:
    site.write("docs/session-log.rst", RST)
    index = "Tidebook\n========\n\n.. toctree::\n   :glob:\n\n   sessionlog/index\n   session*\n"
    site.write("docs/index.rst", index)
    return site


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_builder_parses_or_copies_one(with_logs: Site, builder: str) -> None:
    built = with_logs.build(builder)
    assert "masked as a credential" in built.warnings
    assert [line for line in built.warnings.splitlines() if "[sessionlog.secret]" not in line] == []
    assert bytes_with(with_logs.root / "_build", TOKEN) == []


def test_its_page_shows_its_sessions_and_links_lead_to_the_archive(with_logs: Site) -> None:
    built = with_logs.build()
    page = built.text("session-log.html")
    assert "<title>Tide log" in page
    assert "Anchors" in page
    assert "(masked:github-token)" in page
    assert "|nosuch|" in page
    assert "Reader for station files" not in page
    assert 'href="session-log.html"' in built.text("index.html")
    assert "2026-01.html#session-2026-01-10" in built.text("sessionlog/index.html")
    copied = sorted(path.name for path in (built.out / "_sources").iterdir() if path.is_file())
    assert copied == ["index.rst.txt", "session-log.sessionlog-page.txt"]
    copy = built.text("_sources/session-log.sessionlog-page.txt")
    assert copy.startswith("# Tide log\n")
    assert "Coiled" not in copy
    assert "Wrote the second" in copy
    places = built.search_index()["alltitles"]["2026-01-11 Anchors"]
    assert [anchor for _page, anchor in places] == ["session-2026-01-11"]


def test_an_edit_reads_that_page_again_and_equals_a_clean_build(with_logs: Site) -> None:
    with_logs.build()
    assert with_logs.build().read == []
    with_logs.edit("docs/session-log.rst", "Wrote the second", f"Wrote the third with {LATER}")
    again = with_logs.build()
    assert again.read == ["session-log", "sessionlog/2026-01", "sessionlog/index"]
    assert "Wrote the third" in again.text("session-log.html")
    assert bytes_with(with_logs.root / "_build", TOKEN, LATER) == []
    clean = with_logs.build(out="clean", doctrees="doctrees-clean", parallel=4)
    for path in sorted(clean.out.rglob("*.html")):
        name = path.relative_to(clean.out).as_posix()
        assert again.text(name) == clean.text(name), name


def test_what_an_earlier_build_showed_and_copied_goes(with_logs: Site) -> None:
    first = with_logs.build(sessionlog_exclude=["docs/session-log.rst"])
    assert (first.out / "_sources/session-log.rst.txt").is_file()
    assert TOKEN in first.text("session-log.html")
    now = with_logs.build()
    assert "session-log" in now.read
    assert bytes_with(now.out, TOKEN) == []
    assert bytes_with(with_logs.root / "_build/doctrees", TOKEN) == []
    back = with_logs.build(sessionlog_exclude=["docs/session-log.rst"])
    assert TOKEN in back.text("session-log.html")
    (with_logs.root / "docs/session-log.rst").unlink()
    gone = with_logs.build()
    assert "session-log" not in gone.app.env.all_docs


def test_in_markdown_by_a_link_and_withheld_as_a_whole(site: Site) -> None:
    pytest.importorskip("myst_parser")
    site.write("docs/session-log.md", MARKDOWN)
    site.write("logs/session-log.md", MARKDOWN.replace("2026-02", "2026-05"))
    (site.root / "docs/linked.md").symlink_to("../logs/session-log.md")
    site.write("docs/work-journal.md", MARKDOWN.replace("Cranes", "Unspeakable"))
    site.write("docs/session-notes.md", f"# How we keep notes\n\nNever write {TOKEN}.\n")
    site.write("docs/dev-notes.md", "# How we develop\n\n```{note}\nOurs\n```\n")
    built = site.build(
        extensions=["sphinx_sessionlog", "myst_parser"],
        sessionlog_withhold=["docs/work-journal.md"],
    )
    assert "Coiled them" in built.text("session-log.html")
    assert "Coiled them" in built.text("linked.html")
    assert "&lt;script&gt;" in built.text("session-log.html")
    journal = built.text("work-journal.html")
    assert "Not for publication" in journal
    assert "Unspeakable" not in re.sub("<[^>]+>", "", journal)
    assert "How we keep notes" in built.text("session-notes.html")
    assert 'class="admonition note"' in built.text("dev-notes.html")
    assert bytes_with(site.root / "_build", TOKEN, "Unspeakable") == []


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Log\n===\n\n.. toctree::\n\n   other\n\n", False),
        ("Log\n===\n\nA text::\n\n   .. toctree::\n\n", True),
    ],
)
def test_a_page_that_leads_to_others_stays_the_users(site: Site, text: str, ours: bool) -> None:
    site.write("docs/sessions/other.rst", ":orphan:\n\nOther\n=====\n")
    sessions = RST.partition("2026")[2].replace("|nosuch| and :doc:`nowhere`", "Saw")
    site.write("docs/sessions/session-log.rst", f":orphan:\n\n{text}2026{sessions}")
    built = site.build()
    assert (TOKEN in built.text("sessions/session-log.html")) == (not ours)
    told = "docs/sessions/session-log.rst: is a page of the site too"
    assert (told in built.warnings) == (not ours)


@pytest.mark.parametrize("builder", BUILDERS)
def test_the_first_page_of_the_site_that_is_a_log(site: Site, builder: str) -> None:
    site.write("docs/index.rst", RST)
    built = site.build(builder, sessionlog_logs=["docs/index.rst"])
    assert "shows what was masked" not in built.warnings
    assert [line for line in built.warnings.splitlines() if "[sessionlog.secret]" not in line] == []
    assert bytes_with(site.root / "_build", TOKEN) == []
    if builder == "html":
        assert "Wrote the second" in built.text("index.html")
        assert 'href="sessionlog/index.html"' in built.text("index.html")
        assert site.build(builder, sessionlog_logs=["docs/index.rst"]).read == []


@pytest.mark.parametrize("line", [".. include:: contents.txt", "   .. only:: html", ".. _a:\n"])
def test_the_first_page_with_a_directive_stays_the_users(site: Site, line: str) -> None:
    site.write("docs/contents.txt", "")
    site.write("docs/index.rst", f"{RST}\n{line}\n")
    built = site.build(sessionlog_logs=["docs/index.rst"])
    ours = "::" not in line
    assert (TOKEN in built.text("index.html")) == (not ours)
    assert ("docs/index.rst: is a page of the site too" in built.warnings) == (not ours)
