"""Links of logs to a place on a page: they lead there, or to the page that has no such place."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from mkdocs_sessionlog.fragments import Fragment, mend_links
from sessionlog_core.blocks import Link
from tests.mkdocs.conftest import Built, build, write_files, write_project
from tests.mkdocs.test_serve import Served

pytestmark = pytest.mark.slow

LOG = """\
# Session log

## 2026-01-10 Reader

- [heading](docs/guide.md#setup), [html](docs/guide.md#raw), [name](docs/guide.md#old)
- [umlaut](docs/guide.md#gr%C3%B6%C3%9Fe), [words](docs/guide.md#:~:text=Words)
- [gone](docs/guide.md#no-such), [said](docs/guide.md#said), [odd](docs/guide.md#a&b)
- [page](docs/guide.md), [forge](docs/guide.md#ropes--buoys), `<a href="../guide/#no-such">`
- [file](docs/board.html#no-such), [own](docs/guide.md#view)
"""

GUIDE = """\
# Guide

## Setup

<p id="raw">Raw.</p> <a name="old"></a> <span id='größe'></span>

    id="said"

Words.

## Ropes & buoys

## View { #view }

```{sessionlog} session
:session: 2026-01-10
```
"""

FILES = {"session-log.md": LOG, "docs/guide.md": GUIDE, "docs/board.html": "<p>Board</p>"}
EXTENSIONS = ["attr_list"]

KEPT = {
    "heading": "#setup",
    "html": "#raw",
    "name": "#old",
    "umlaut": "#gr%C3%B6%C3%9Fe",
    "words": "#:~:text=Words",
    "page": "",
    "file": "#no-such",
    "own": "#view",
    "forge": "#ropes-buoys",
}
LOST = {"gone": "", "said": "", "odd": ""}


def fragments(built: Built | Served, page: str) -> dict[str, str]:
    """Give the words of each link of the log on a page, and the fragment of its address."""
    path = Path(built.root / "site" / page)
    html = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    links = {a.text: a["href"] for a in html.select(".sessionlog a") if a.text in KEPT | LOST}
    for words, href in links.items():
        target = path.parent.joinpath(href.partition("#")[0]).resolve()
        target = target / "index.html" if target.is_dir() else target
        name = "board" if words == "file" else "guide"
        assert name in target.as_posix()
        assert target.is_file()
    return {words: "".join(href.partition("#")[1:]) for words, href in links.items()}


@pytest.mark.parametrize("directories", [True, False])
def test_a_fragment_that_a_page_lacks_is_left_out(tmp_path: Path, *, directories: bool) -> None:
    settings = {"use_directory_urls": directories, "markdown_extensions": EXTENSIONS}
    built = build(write_project(tmp_path, FILES, **settings))
    assert (built.aborted, built.warnings()) == ("", [])
    end = "/index.html" if directories else ".html"
    assert fragments(built, f"sessionlog/2026-01{end}") == KEPT | LOST
    assert fragments(built, f"guide{end}") == KEPT | LOST
    shown = BeautifulSoup(built.read(f"sessionlog/2026-01{end}"), "html.parser")
    assert '<a href="../guide/#no-such">' in {code.text for code in shown.select("code")}


def test_it_is_told_once_where_asked(tmp_path: Path) -> None:
    files = FILES | {"sessionlog.toml": 'dead_links = "warn"\n'}
    built = build(write_project(tmp_path, files, markdown_extensions=EXTENSIONS), strict=False)
    told = re.findall(r"leads nowhere: (\S+) \[sessionlog.link\]", "\n".join(built.warnings()))
    assert told == ["docs/guide.md#a&b", "docs/guide.md#no-such", "docs/guide.md#said"]


def test_a_link_of_a_next_step_which_stands_beside_the_pages_too(tmp_path: Path) -> None:
    log = """# Session log

## 2026-01-10 Reader

### Next steps

- Mend [forge](docs/guide.md#ropes--buoys) and [gone](docs/guide.md#no-such)
"""
    # Pages of all names, before and behind that of the files beside the pages.
    guide = GUIDE.replace(":session: 2026-01-10\n", "")
    files = FILES | {"session-log.md": log, "docs/guide.md": guide, "docs/zoo.md": guide}
    built = build(write_project(tmp_path, files, markdown_extensions=EXTENSIONS))
    assert (built.aborted, built.warnings()) == ("", [])
    pages = ("sessionlog/2026-01", "sessionlog/continue-here", "guide", "zoo")
    shown = {page: fragments(built, f"{page}/index.html") for page in pages}
    assert shown == {page: {"forge": "#ropes-buoys", "gone": ""} for page in pages}
    assert "[gone](<../guide/#no-such>)" in built.read("sessionlog/continue-here.md")

    write_files(tmp_path, {"sessionlog.toml": 'dead_links = "warn"\n'})
    told = build(tmp_path)
    assert told.aborted
    (warning,) = told.warnings()
    assert "leads nowhere: docs/guide.md#no-such [sessionlog.link]" in warning
    assert {page: fragments(told, f"{page}/index.html") for page in pages} == shown


def test_a_page_that_is_no_file_of_the_site_is_passed_by() -> None:
    html = '<a href="../guide/#gone">'
    pages = {name: SimpleNamespace(content=html) for name in ("a.md", "c.md", "guide.md")}
    known = {
        name: SimpleNamespace(page=page, is_documentation_page=lambda: True)
        for name, page in pages.items()
    }
    files = SimpleNamespace(get_file_from_path=(known | {"d.md": SimpleNamespace(page=None)}).get)
    link = Link("guide.md#gone", (), "log.md")
    found = [Fragment(f"{x}.md", "../guide/#gone", "guide.md", link) for x in "abcd"]
    assert set(mend_links(found, files)) == {link}
    assert [pages[f"{x}.md"].content for x in "ac"] == ['<a href="../guide/">'] * 2


def test_a_dirty_build_asks_the_page_that_it_leaves_as_it_is(tmp_path: Path) -> None:
    guide = GUIDE.partition("```")[0]
    write_project(tmp_path, FILES | {"docs/guide.md": guide}, markdown_extensions=EXTENSIONS)
    build(tmp_path)
    before = (tmp_path / "site/guide/index.html").stat().st_mtime_ns
    write_files(tmp_path, {"session-log.md": LOG.replace("Reader", "Writer")})
    built = build(tmp_path, strict=False, dirty=True)
    assert (tmp_path / "site/guide/index.html").stat().st_mtime_ns == before
    assert "Writer" in built.read("sessionlog/2026-01/index.html")
    assert fragments(built, "sessionlog/2026-01/index.html") == KEPT | LOST


def test_a_heading_that_comes_while_a_site_is_served(tmp_path: Path) -> None:
    from mkdocs.config.defaults import MkDocsConfig

    cache = MkDocsConfig.plugins.plugin_cache
    before = dict(cache)
    cache.clear()
    try:
        served = Served(write_project(tmp_path, FILES, markdown_extensions=EXTENSIONS))
        assert fragments(served, "sessionlog/2026-01/index.html") == KEPT | LOST
        write_files(tmp_path, {"docs/guide.md": GUIDE.replace("Setup", "No such")})
        served.build()
        now = KEPT | LOST | {"heading": "", "gone": "#no-such"}
        assert fragments(served, "sessionlog/2026-01/index.html") == now
    finally:
        cache.clear()
        cache.update(before)
