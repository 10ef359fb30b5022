"""The MkDocs plugin, in real builds."""

import gc
import json
import re
import tempfile
import weakref
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from mkdocs_sessionlog import edition
from sessionlog_core import terms
from sessionlog_core.autolinks import Linker
from sessionlog_core.model import Session
from tests.mkdocs.conftest import LITERAL, LOG, Built, build, write_files, write_project

pytestmark = pytest.mark.slow


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def links(built: Built) -> list[tuple[str, str]]:
    """Give every link of every page that leads nowhere within the site."""
    broken = []
    pages = {path: soup(path.read_text("utf-8")) for path in built.site.rglob("*.html")}
    ids = {path: {e["id"] for e in page.select("[id]")} for path, page in pages.items()}
    for path, page in pages.items():
        if path.name == "404.html":
            continue
        for a in page.select("a[href]"):
            href = a["href"]
            if re.match(r"[a-z]+:|//", href) or href in ("#", "", "."):
                continue
            target, _, anchor = href.partition("#")
            file = (path.parent / target).resolve() if target else path
            file = file / "index.html" if file.is_dir() else file
            known = file.exists() and (not anchor or file not in ids or anchor in ids[file])
            if not known and not anchor.startswith("__"):
                broken.append((path.relative_to(built.site).as_posix(), href))
    return broken


@pytest.fixture(scope="module", params=["mkdocs", "readthedocs"])
def plain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(write_project(tmp_path_factory.mktemp(request.param), theme=request.param))


def test_strict_build_is_clean(material: Built) -> None:
    assert (material.aborted, material.warnings()) == ("", [])


def test_strict_build_is_clean_in_themes_of_mkdocs(plain: Built) -> None:
    assert (plain.aborted, plain.warnings()) == ("", [])


def test_no_link_leads_nowhere(material: Built, plain: Built) -> None:
    assert links(material) == []
    assert links(plain) == []


def test_one_line_says_what_was_found(material: Built) -> None:
    assert [m for m in material.messages if "session-log.md (3)" in m]


def test_pages_are_in_the_navigation_where_the_user_puts_them(material: Built) -> None:
    nav = soup(material.read("index.html")).select("nav.md-nav--primary a.md-nav__link")
    paths = [a["href"] for a in nav if not a["href"].startswith("#")]
    assert paths.index("plan/") < paths.index("sessionlog/") < paths.index("sessionlog/roadmap/")
    assert "sessionlog/2026-01/" not in paths


def test_archive_pages_are_there_and_linked(material: Built) -> None:
    timeline = soup(material.read("sessionlog/index.html"))
    assert timeline.select('a[href="2026-01/#session-2026-01-20-2"]')
    assert 'id="session-2026-01-20-2"' in material.read("sessionlog/2026-01/index.html")


def test_headings_are_in_the_toc_with_permalinks(material: Built) -> None:
    page = soup(material.read("sessionlog/2026-01/index.html"))
    toc = page.select("nav.md-nav--secondary a")
    assert "#session-2026-01-20-2" in [a["href"] for a in toc]
    heading = page.find(id="session-2026-01-20-2")
    assert heading.name == "h2"
    assert heading.select_one("a.headerlink")["href"] == "#session-2026-01-20-2"


def test_sessions_are_in_the_search(material: Built) -> None:
    index = json.loads(material.read("search/search_index.json"))
    entries = {doc["location"]: doc for doc in index["docs"]}
    assert "Ferry board" in entries["sessionlog/2026-02/#session-2026-02-03-3"]["title"]


@pytest.mark.parametrize("literal", LITERAL)
def test_log_text_comes_out_as_written(material: Built, literal: str) -> None:
    assert literal in soup(material.read("sessionlog/2026-02/index.html")).text


def test_view_on_a_page_of_the_user(material: Built) -> None:
    page = soup(material.read("index.html"))
    assert page.select('a[href="sessionlog/2026-02/#session-2026-02-03-3"]')
    assert page.find(id="timeline-2026-02-03-3")


def test_relative_links_of_a_log_lead_to_pages_of_the_site(material: Built) -> None:
    page = soup(material.read("sessionlog/2026-01/index.html"))
    assert page.select('a[href="../../plan/"]')
    assert not page.select('a[href*="gone"]')


def test_style_sheet_is_shipped(material: Built) -> None:
    assert "sessionlog" in material.read("assets/sessionlog.css")
    assert "../assets/sessionlog.css" in material.read("sessionlog/index.html")


def test_pages_appear_without_a_navigation(tmp_path: Path) -> None:
    built = build(write_project(tmp_path))
    assert "sessionlog/roadmap/" in built.read("index.html")
    assert not built.aborted


def test_pages_stand_in_our_order_where_nobody_wrote_a_navigation(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"docs/sessionlog/a-page.md": "# Mine\n"})
    built = build(root)
    page = soup(built.read("index.html"))
    ours = [a["href"] for a in page.select('.dropdown-menu a[href^="sessionlog/"]')]
    names = ["continue-here", "roadmap", "metrics", "decisions", "sessions", "notes", "a-page"]
    assert ours == ["sessionlog/", *(f"sessionlog/{name}/" for name in names)]
    assert "Session log" in page.text
    assert "Sessionlog" not in page.text
    first = soup(built.read("sessionlog/index.html"))
    assert first.select_one("a[rel=next]")["href"] == "continue-here/"
    assert not built.aborted


def test_an_empty_file_fails_a_strict_build_only_where_it_was_named(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"SESSION_LOG.md": ""})
    built = build(root)
    assert (built.aborted, built.warnings()) == ("", [])
    assert any("SESSION_LOG.md: is empty" in message for message in built.messages)
    write_files(root, {"sessionlog.toml": 'logs = ["session-log.md", "SESSION_LOG.md"]\n'})
    assert build(root).aborted


def test_pages_are_appended_to_a_navigation_that_does_not_name_them(tmp_path: Path) -> None:
    strict = {"omitted_files": "warn"}
    root = write_project(tmp_path, nav=["index.md", "plan.md"], validation={"nav": strict})
    built = build(root)
    assert (built.aborted, built.warnings()) == ("", [])
    assert "sessionlog/roadmap/" in built.read("index.html")


def test_navigation_may_name_single_pages_and_give_titles(tmp_path: Path) -> None:
    nav: list[Any] = [{"Start": "index.md"}, {"Where we are": "sessionlog/continue-here.md"}]
    built = build(write_project(tmp_path, nav=nav))
    page = soup(built.read("index.html"))
    assert page.find("a", string=re.compile("Where we are"))
    assert not page.select('a[href="sessionlog/roadmap/"]')
    assert (built.site / "sessionlog/roadmap/index.html").exists()
    nav = ["index.md", "plan.md", {"Inner": [{"Diary": "sessionlog/"}]}]
    built = build(write_project(tmp_path, nav=nav))
    assert "Diary" in built.read("index.html")


def test_page_of_the_user_wins(tmp_path: Path) -> None:
    files = {"docs/sessionlog/roadmap.md": "# Mine\n"}
    built = build(write_project(tmp_path, files))
    assert "Mine" in built.read("sessionlog/roadmap/index.html")
    assert not built.aborted


def test_without_directory_urls(tmp_path: Path) -> None:
    built = build(write_project(tmp_path, use_directory_urls=False))
    assert 'href="2026-01.html#session-2026-01-20-2"' in built.read("sessionlog/index.html")
    assert links(built) == []


@pytest.mark.parametrize("url", ["", "https://example.org/a/b/"])
def test_site_url_does_not_change_links(tmp_path: Path, url: str) -> None:
    built = build(write_project(tmp_path, site_url=url))
    assert 'href="2026-01/#session-2026-01-20-2"' in built.read("sessionlog/index.html")


def test_logs_in_the_docs_folder_are_not_published_raw(tmp_path: Path) -> None:
    files = {
        "docs/notes/work-log.md": "# Work log\n\n## 2026-03-01\n\n- did it\n",
        "docs/devlog.txt": "2026-03-02 - Second\n\n- did it\n",
        "docs/index.md": "# Hi\n\n[log](notes/work-log.md) [text](devlog.txt)\n",
        "sessionlog.toml": 'logs = ["docs/notes/work-log.md", "docs/devlog.txt"]\n',
    }
    built = build(write_project(tmp_path, files))
    assert (built.aborted, built.warnings()) == ("", [])
    assert not (built.site / "devlog.txt").exists()
    page = soup(built.read("notes/work-log/index.html"))
    assert page.find(id="session-2026-03-01")
    assert page.select_one("h1").text.startswith("Work log")


def test_a_withheld_log_in_the_docs_folder_is_a_page_that_says_so(tmp_path: Path) -> None:
    files = {
        "docs/work-log.md": "# Work log\n\n## 2026-03-01\n\n- unspeakable\n",
        "docs/dev-notes.md": "# How we write\n\n!!! note\n    Ours\n",
        "docs/index.md": "# Hi\n\n[log](work-log.md)\n",
        "sessionlog.toml": 'withhold = ["docs/work-log.md"]\n',
    }
    built = build(write_project(tmp_path, files))
    assert "Not for publication" in built.read("work-log/index.html")
    assert "How we write" in built.read("dev-notes/index.html")
    pages = [path.read_bytes() for path in built.site.rglob("*") if path.is_file()]
    assert not any(b"unspeakable" in page for page in pages)


def test_downloads_stand_beside_the_pages(tmp_path: Path) -> None:
    built = build(write_project(tmp_path, site_url="https://example.org/a/"))
    assert json.loads(built.read("sessionlog/sessionlog.json"))["logs"][0]["sessions"]
    assert built.read("sessionlog/metrics.csv").count("\n") > 1
    assert "(<2026-02/#session-2026-02-03-3>)" in built.read("sessionlog/continue-here.md")
    assert 'href="https://example.org/a/sessionlog/2026-02/#session-2026-02-03-3"' in built.read(
        "sessionlog/feed.xml"
    )
    assert "no feeds" not in " ".join(built.messages)
    found = soup(built.read("sessionlog/index.html")).select('head link[rel~="alternate"]')
    assert [x["href"] for x in found if "feed" in x["href"]] == ["feed.xml", "feed.json"]
    assert "feed.xml" not in built.read("sessionlog/roadmap/index.html")
    without = build(write_project(tmp_path, site_url=""))
    assert not without.aborted
    assert " ".join(without.messages).count("no feeds, since site_url does not say where") == 1
    assert not (built.site / "sessionlog/feed.xml").exists()


def test_nothing_is_left_of_the_files_that_wait_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(waiting))
    first = build(write_project(tmp_path / "a"))
    assert list(waiting.iterdir()) == []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not-there"))
    second = build(write_project(tmp_path / "b"))
    for name in ("sessionlog.json", "metrics.csv", "continue-here.md"):
        assert first.read(f"sessionlog/{name}") == second.read(f"sessionlog/{name}") != ""


def test_a_log_in_the_docs_folder_that_is_no_utf8_ends_no_build(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"sessionlog.toml": 'logs = ["docs/work-log.md"]\n'})
    (root / "docs/work-log.md").write_bytes(b"# Log\n\n## 2026-03-01 - One\n\n- caf\xe9 \xff\n")
    built = build(root, strict=False)
    assert built.aborted == ""
    assert "caf\u00e9" in soup(built.read("work-log/index.html")).text


def test_edit_link_of_a_generated_page_leads_to_the_log(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        theme={"name": "material", "features": ["content.action.edit"]},
        repo_url="https://example.org/x/harbour",
        edit_uri="edit/main/docs/",
    )
    page = soup(build(root).read("sessionlog/2026-01/index.html"))
    edit = page.select_one('a[rel="edit"]') or page.select_one("a.md-content__button")
    assert edit["href"] == "https://example.org/x/harbour/edit/main/session-log.md"


def test_several_logs_with_folders_of_their_own(tmp_path: Path) -> None:
    files = {
        "b/devlog.md": "## 2026-04-01 - Elsewhere\n\n- did it\n",
        "docs/index.md": "# Hi\n\n```{sessionlog} timeline\n:folder: other\n```\n",
    }
    plugins = [
        "search",
        {"sessionlog": {"logs": ["session-log.md"]}},
        {"sessionlog": {"logs": ["b/devlog.md"], "folder": "other"}},
    ]
    built = build(write_project(tmp_path, files, plugins=plugins))
    assert (built.aborted, built.warnings()) == ("", [])
    assert "Elsewhere" in built.read("other/index.html")
    assert "Elsewhere" not in built.read("sessionlog/index.html")
    assert "Ferry" in built.read("sessionlog/index.html")
    assert "other/2026-04/#session-2026-04-01" in built.read("index.html")
    assert links(built) == []


def test_extension_and_plugin_may_both_be_named(tmp_path: Path) -> None:
    extensions = ["toc", {"sessionlog": {"pages": "session"}}]
    built = build(write_project(tmp_path, markdown_extensions=extensions))
    assert (built.site / "sessionlog/session-2026-02-03-3/index.html").exists()
    assert not built.aborted


def test_extension_alone(tmp_path: Path) -> None:
    root = write_project(tmp_path, plugins=[], markdown_extensions=["sessionlog"])
    built = build(root)
    assert "Ferry board" in built.read("index.html")
    assert not (built.site / "sessionlog").exists()
    assert (built.aborted, built.warnings()) == ("", [])


def test_every_problem_of_ours_is_counted_once_with_its_line(tmp_path: Path) -> None:
    files = {"docs/index.md": "---\ntitle: A\n---\n\n# A\n\n\n```{sessionlog} nonsense\n```\n"}
    plugins = ["search", {"sessionlog": {"colour": "red", "pages": "weekly"}}]
    root = write_project(tmp_path, files, plugins=plugins)
    built = build(root)
    assert built.aborted == "Aborted with 3 warnings in strict mode!"
    told = "\n".join(built.warnings())
    assert "mkdocs.yml: unknown option: colour, expected one of" in told
    assert "mkdocs.yml: option pages: unknown value: 'weekly', expected one of month" in told
    assert "index.md:8: unknown view: nonsense, expected one of" in told
    assert "unknown view: nonsense" in soup(built.read("index.html")).text
    yml = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    extension = {**yml, "plugins": ["search"], "markdown_extensions": ["sessionlog"]}
    write_files(root, {"mkdocs.yml": yaml.safe_dump(extension)})
    assert build(root).aborted == "Aborted with 1 warnings in strict mode!"


def test_text_of_an_old_log_does_not_fail_a_strict_build(tmp_path: Path) -> None:
    log = "# Log\n\n## 2026-02-30 - No such day\n\n- a\n\n## 2026-03-01 - Two\n\n- b\n\n```\nopen\n"
    built = build(write_project(tmp_path, {"session-log.md": log}))
    assert (built.aborted, built.warnings()) == ("", [])


def test_links_to_anchors_of_ours_are_known_to_mkdocs(tmp_path: Path) -> None:
    page = (
        "# A\n\n[heading](sessionlog/2026-01.md#session-2026-01-20-2)\n"
        "[row](sessionlog/index.md#timeline-2026-01-20-2) [wrong](sessionlog/index.md#nothing)\n"
    )
    root = write_project(tmp_path, {"docs/index.md": page}, validation={"anchors": "warn"})
    warnings = build(root).warnings()
    assert len(warnings) == 1
    assert "#nothing" in warnings[0]


def test_generated_pages_lead_to_the_files_beside_them(material: Built) -> None:
    page = soup(material.read("sessionlog/continue-here/index.html"))
    assert page.select_one(".sessionlog-files a")["href"] == "../continue-here.md"
    assert "Last session" in material.read("sessionlog/continue-here.md")


def test_script_is_shipped(material: Built) -> None:
    assert material.read("assets/sessionlog.js")
    assert "../assets/sessionlog.js" in material.read("sessionlog/index.html")


def test_what_the_user_forbids_ends_the_build_before_the_old_site_is_touched(
    tmp_path: Path,
) -> None:
    root = write_project(tmp_path)
    built = build(root)
    before = built.read("sessionlog/index.html")
    token = "ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8"
    log = f"## 2026-03-01 - One\n\n- set {token}\n"
    settings = 'logs = ["session-log.md"]\nsecrets = "fail"\n'
    write_files(root, {"session-log.md": log, "sessionlog.toml": settings})
    built = build(root, strict=False)
    assert built.aborted
    assert built.read("sessionlog/index.html") == before


def test_records_are_let_go_when_a_build_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[weakref.ref[Linker]] = []
    make = edition.make_linker

    def noted(*values: Any) -> Linker:
        linker = make(*values)
        known.append(weakref.ref(linker))
        return linker

    monkeypatch.setattr(edition, "make_linker", noted)
    files = {"session-log.md": LOG.replace("Ferry board", "Lamps on the quay")}
    root = write_project(tmp_path, files, plugins=[{"sessionlog": {"folder": "harbour"}}])
    gc.disable()  # nothing may need it
    try:
        built = build(root)
        assert "Lamps on the quay" in built.read("harbour/index.html")
        held = [x for x in gc.get_objects() if type(x) is Session]
        assert [session for session in held if session.title == "Lamps on the quay"] == []
        assert [linker() for linker in known] == [None]
        assert terms._pair.cache_info().currsize == 0
    finally:
        gc.enable()


def test_names_in_logs_become_links(tmp_path: Path) -> None:
    files = {
        "session-log.md": LOG.replace(
            "Colours", "ADR-002, ADR-009, Session 1, commit ae9a2c9, #26"
        ),
        "docs/adrs/ADR-002-colours.md": "# Colours\n",
        "sessionlog.toml": (
            'repository_url = "https://example.org/x/y"\n'
            "[links]\n'ADR-(\\d+)' = 'adrs/ADR-{1}*'\n"
        ),
    }
    built = build(write_project(tmp_path, files))
    assert (built.aborted, built.warnings()) == ("", [])
    page = soup(built.read("sessionlog/2026-02/index.html"))
    item = page.find("li", string=None, class_="sessionlog-task-done")
    found = {a.text: a["href"] for a in item.select("a")}
    assert found["ADR-002"] == "../../adrs/ADR-002-colours/"
    assert "ADR-009" not in found
    assert found["Session 1"] == "../2026-01/#session-2026-01-05-1"
    assert found["ae9a2c9"] == "https://example.org/x/y/commit/ae9a2c9"
    assert found["#26"] == "https://example.org/x/y/issues/26"
    assert links(built) == []


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_a_title_with_markup_is_shown_letter_by_letter(tmp_path: Path, theme: str) -> None:
    title = 'The <table> of </title><script>window.x = 1</script> & "tides"'
    files = {"session-log.md": f"# Log\n\n## 2026-02-03: {title}\n\n- did it\n"}
    plugins = ["search", {"sessionlog": {"pages": "session"}}]
    root = write_project(tmp_path, files, plugins=plugins, theme={"name": theme})
    page = soup(build(root).read("sessionlog/session-2026-02-03/index.html"))
    assert title in page.find(id="session-2026-02-03").text
    assert title in page.h1.text
    assert title.replace("</", "<\u2060/") in page.title.text
    assert not [x for x in page.select("script") if x.text.startswith("window.x")]
