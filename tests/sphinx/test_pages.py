"""Generated pages are documents of the project, without a file in the source folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx.config import Config

from sphinx_sessionlog.nodes import view_html
from sphinx_sessionlog.pages import excluded
from tests.sphinx.sites import Built, Site
from tests.sphinx.test_incremental import tree

BUILDERS = [
    "html",
    "dirhtml",
    "singlehtml",
    "epub",
    "latex",
    "text",
    "man",
    "texinfo",
    "xml",
    "pseudoxml",
    "gettext",
    "dummy",
]
NAMES = [
    "index",
    "continue-here",
    "roadmap",
    "metrics",
    "decisions",
    "sessions",
    "2026-01",
    "2026-02",
]


@pytest.mark.slow
@pytest.mark.parametrize("builder", BUILDERS)
def test_builder_has_nothing_to_complain_of(shared: Callable[[str], Built], builder: str) -> None:
    assert shared(builder).warnings == ""


@pytest.mark.slow
def test_pages_are_there(shared: Callable[[str], Built]) -> None:
    out = shared("html").out
    assert [name for name in NAMES if not (out / f"sessionlog/{name}.html").is_file()] == []


@pytest.mark.slow
def test_nothing_is_written_into_the_project(site: Site) -> None:
    def files() -> set[Path]:
        return {p for p in site.root.rglob("*") if "_build" not in p.parts}

    before = files()
    site.build()
    assert files() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "pages"),
    [
        ('pages = "month"', {"sessionlog/2026-01"}),
        ('pages = "none"', {"sessionlog/index"}),
        ('search = "all"', {"sessionlog/2026-01", "sessionlog/index"}),
    ],
)
def test_the_search_finds_what_a_session_says_once(
    site: Site, options: str, pages: set[str]
) -> None:
    site.write("sessionlog.toml", f"{options}\n")
    site.edit("session-log.txt", "it lost the last line", "it lost the halyards")
    data = site.build().search_index()
    found = data["terms"]["halyard"]
    assert {data["docnames"][x] for x in ([found] if isinstance(found, int) else found)} == pages


HTML = '<p>a&lt;b <code>one two</code></p>\n<p>two<img alt="of &quot;it&quot;" src="x" /></p>'


def test_the_search_gets_the_words_of_html() -> None:
    assert view_html(HTML).astext().split() == ["a<b", "one", "two", "two", "of", '"it"']
    assert view_html(HTML, searched=False).astext() == ""


@pytest.mark.slow
def test_toctrees_links_and_search_know_the_pages(site: Site) -> None:
    site.write(
        "docs/index.rst",
        "Tidebook\n========\n\n:doc:`sessionlog/continue-here`\n\n"
        ".. toctree::\n   :glob:\n\n   sessionlog/*\n",
    )
    built = site.build()
    assert built.warnings == ""
    page = built.text("index.html")
    assert all(f'href="sessionlog/{name}.html"' in page for name in NAMES)
    assert "station" in built.text("searchindex.js")
    inventory = (built.out / "objects.inv").read_bytes()
    assert inventory


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("sessionlog/metrics*", {"sessionlog/metrics"}),
        ("sessionlog/metrics", {"sessionlog/metrics"}),
        ("sessionlog/metrics.rst", {"sessionlog/metrics"}),
        ("sessionlog/metrics.sessionlog-page", {"sessionlog/metrics"}),
        ("**/metrics*", {"sessionlog/metrics"}),
        ("sessionlog", {"sessionlog/metrics", "sessionlog/2026-01"}),
        ("sessionlog/2026-*", {"sessionlog/2026-01"}),
        ("metrics*", set()),
        (".*", set()),
        ("**/.*", set()),
        ("*.rst", set()),
        ("**/*.rst", set()),
        ("**.rst", set()),
        ("_build", set()),
    ],
)
def test_patterns_name_pages_as_any_document(pattern: str, names: set[str]) -> None:
    config = Config({"exclude_patterns": [pattern]})
    is_excluded = excluded(config)
    assert {x for x in ("sessionlog/metrics", "sessionlog/2026-01") if is_excluded(x)} == names


@pytest.mark.slow
def test_an_excluded_page_is_not_made_and_may_come_back(site: Site) -> None:
    """Links of ours to it are words; an edit later is found as ever."""
    first = tree(site.build().out)
    patterns = ["sessionlog/metrics*", "sessionlog/2026-01"]
    built = site.build(exclude_patterns=patterns)
    assert built.warnings == ""
    for name in ("metrics", "2026-01"):
        assert f"sessionlog/{name}.html" in first
        assert not (built.out / f"sessionlog/{name}.html").exists()
        assert f"sessionlog/{name}" not in built.app.env.found_docs
        assert f"sessionlog/{name}" not in built.search_index()["docnames"]
        assert f'href="{name}.html' not in built.text("sessionlog/index.html")
    assert "Reader for station files" in built.text("sessionlog/index.html")
    site.edit("session-log.txt", "Forecasts are cached", "Forecasts are kept")
    built = site.build(exclude_patterns=patterns)
    assert built.warnings == ""
    assert "sessionlog/2026-01" not in built.read
    clean = site.build(out="clean", doctrees="clean-doctrees", exclude_patterns=patterns)
    assert tree(built.out) == tree(clean.out)
    back = site.build()
    assert back.warnings == ""
    assert tree(back.out).keys() == first.keys()


@pytest.mark.slow
def test_a_real_file_wins_and_may_come_and_go(site: Site) -> None:
    site.build()
    own = site.write("docs/sessionlog/decisions.rst", "Mine\n====\n\nMy own page.\n")
    os_time = own.stat().st_mtime - 1000
    import os

    os.utime(own, (os_time, os_time))
    built = site.build()
    assert built.read == ["sessionlog/decisions"]
    assert "My own page" in built.text("sessionlog/decisions.html")
    own.unlink()
    built = site.build()
    assert "sessionlog/decisions" in built.read
    assert "My own page" not in built.text("sessionlog/decisions.html")
    assert built.warnings == ""


@pytest.mark.slow
@pytest.mark.parametrize("text", ["My own page.\n", "My own page.\n\n.. sessionlog:: continue\n"])
def test_a_page_that_is_called_as_logs_are_wins_too(site: Site, text: str) -> None:
    clean = site.build().search_index()["titles"]
    own = site.write("docs/sessionlog/continue-here.rst", f"Mine\n====\n\n{text}")
    built = site.build()
    assert "My own page" in built.text("sessionlog/continue-here.html")
    assert built.warnings == ""
    assert not (built.out / "sessionlog/undated.html").exists()
    own.unlink()
    built = site.build()
    assert "My own page" not in built.text("sessionlog/continue-here.html")
    assert (built.search_index()["titles"], built.warnings) == (clean, "")


@pytest.mark.slow
def test_a_log_in_the_place_of_a_page_of_the_archive_may_come_and_go(site: Site) -> None:
    clean = found_words(site.build())
    log = site.write("docs/sessionlog/2026-01.md", "# Session 2026-01-20 Gauges\n\nRead gauges.\n")
    assert "Read gauges" in site.build().text("sessionlog/2026-01.html")
    log.unlink()
    built = site.build()
    assert built.warnings == ""
    assert found_words(built) == clean


def found_words(built: Built) -> dict[str, Any]:
    """Give word -> pages; Sphinx keeps a word that no page has any more."""
    return {word: pages for word, pages in built.search_index()["terms"].items() if pages != []}


@pytest.mark.slow
def test_the_source_of_a_page_is_markdown_of_what_it_shows(site: Site) -> None:
    secret = "ghp_" + "a1B2" * 9
    site.edit("session-log.txt", "Duration: 1 h 30 min", f"Duration: 1 h 30 min\nToken: {secret}")
    built = site.build()
    sources = {p.name: p.read_text("utf-8") for p in (built.out / "_sources").rglob("*.txt")}
    assert "- it lost the last line" in sources["2026-01.sessionlog-page.txt"]
    assert not any(secret in text for text in sources.values())
    assert not any(
        secret in p.read_text("utf-8", "replace") for p in built.out.rglob("*.*") if p.is_file()
    )


@pytest.mark.slow
def test_what_a_build_wrote_is_no_log_of_the_next_one(site: Site) -> None:
    first = site.build("text", out="../plain [1]", doctrees="../trees")
    again = site.build("text", out="../plain [1]", doctrees="../trees")
    assert (site.root / "plain [1]/sessionlog/index.txt").is_file()
    assert (again.read, again.written) == ([], [])
    assert again.warnings == first.warnings == ""
    assert again.app.env.domaindata["sessionlog"]["known"].said.count("session-log.txt") == 1
    with (site.root / "session-log.txt").open("a", encoding="utf-8") as file:
        file.write("- [ ] one more\n")
    site.build("text", out="../plain [1]", doctrees="../trees")
    page = (site.root / "plain [1]/sessionlog/index.txt").read_text("utf-8")
    assert "2 sessions" in page
    assert "plain [1]" not in page


def test_a_page_that_nobody_lists_is_reached_from_the_sidebar(site: Site) -> None:
    site.write("docs/index.rst", "Tidebook\n========\n\nWords.\n")
    page = site.build(html_theme="alabaster").text("sessionlog/metrics.html")
    sidebar = page.partition("<h3>Navigation</h3>")[2].partition("</div>")[0]
    for name in ("index", "continue-here", "roadmap", "decisions", "sessions"):
        assert f'href="{name}.html"' in sidebar, name
