"""Images in the text of logs: links to copies beside the pages."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.mkdocs.conftest import build, write_project

pytestmark = pytest.mark.slow

LOG = """\
# Session log

## 2026-01-05 - Session 1

- ![the board](shots/board.png), [of the site](docs/site.png), [settings](.env), ![gone](no.png)
"""


@pytest.mark.parametrize("directories", [True, False])
def test_images_of_logs_are_links_to_copies(tmp_path: Path, *, directories: bool) -> None:
    files = {
        "session-log.md": LOG,
        ".env": "TOKEN=1",
        "shots/board.png": "one",
        "docs/site.png": "two",
    }
    built = build(write_project(tmp_path, files, use_directory_urls=directories))
    assert (built.aborted, built.warnings()) == ("", [])
    page = "sessionlog/2026-01/index.html" if directories else "sessionlog/2026-01.html"
    html = BeautifulSoup(built.read(page), "html.parser")
    links = {a.text: a["href"] for a in html.select("[role=main] a")}
    found = {text: (built.site / page).parent.joinpath(links[text]).resolve() for text in WORDS}
    assert found == {
        "the board": built.site / "sessionlog/images/shots/board.png",
        "of the site": built.site / "site.png",
    }
    assert all(path.is_file() for path in found.values())
    assert {"settings", "gone"}.isdisjoint(links)
    assert not list(built.site.rglob(".env"))


WORDS = ("the board", "of the site")


@pytest.mark.parametrize("directories", [True, False])
def test_images_of_logs_are_shown_where_asked(tmp_path: Path, *, directories: bool) -> None:
    files = {
        "session-log.md": LOG + "\n- ![shown too](docs/site.png)\n",
        "sessionlog.toml": 'images = "show"\n',
        ".env": "TOKEN=1",
        "shots/board.png": "one",
        "docs/site.png": "two",
    }
    built = build(write_project(tmp_path, files, use_directory_urls=directories))
    assert (built.aborted, built.warnings()) == ("", [])
    page = "sessionlog/2026-01/index.html" if directories else "sessionlog/2026-01.html"
    html = BeautifulSoup(built.read(page), "html.parser")
    found = {
        x["alt"]: (built.site / page).parent / x["src"] for x in html.select("[role=main] img")
    }
    assert {alt: path.read_text() for alt, path in found.items()} == {
        "the board": "one",
        "shown too": "two",
    }
    assert "of the site" in {a.text for a in html.select("[role=main] a")}
    assert {"settings", "gone"}.isdisjoint(a.text for a in html.select("[role=main] a"))
    assert "the board" in built.read("search/search_index.json")


def test_links_that_lead_nowhere_warn_where_asked(tmp_path: Path) -> None:
    files = {"session-log.md": LOG, "sessionlog.toml": 'dead_links = "warn"\n'}
    told = [x for x in build(write_project(tmp_path, files)).warnings() if "leads nowhere" in x]
    assert sorted(x.partition("nowhere: ")[2] for x in told) == [
        ".env [sessionlog.link]",
        "docs/site.png [sessionlog.link]",
        "no.png [sessionlog.link]",
        "shots/board.png [sessionlog.link]",
    ]
