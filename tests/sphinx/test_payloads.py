"""Hostile logs in built sites, in a browser: nothing runs, nothing is asked of another host."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import served
from tests.payloads import HARMLESS, PROVOKE, RESULTS, WORDS, hostile_project, provoked
from tests.sphinx.sites import CONF, Site, make_site

pytestmark = pytest.mark.slow

THEMES = ("alabaster", "furo", "sphinx_rtd_theme")
EXTENSIONS = 'extensions += ["myst_parser"]\nmyst_enable_extensions = ["substitution"]\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = make_site(tmp_path_factory.mktemp("payloads"), conf=CONF + EXTENSIONS)
    (made.root / "session-log.txt").unlink()
    for name, text in hostile_project().items():
        made.write(name, text)
    return made


@pytest.fixture(scope="module", params=THEMES)
def built(project: Site, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Build the project with a theme; the pages are read once for all of them."""
    pytest.importorskip(request.param)
    made = project.build(
        out=request.param, html_theme=request.param, html_baseurl="https://cargo.example/"
    )
    assert "fault of Sessionlog" not in made.warnings
    return made.out


@pytest.fixture
def tab(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    with provoked(browser) as opened:
        yield opened


def test_nothing_runs(built: Path, tab: tuple[Any, list[str]]) -> None:
    page, fired = tab
    with served(built) as url:
        for path in sorted((built / "sessionlog").glob("*.html")):
            page.goto(f"{url}/{path.relative_to(built).as_posix()}")
            found = page.evaluate(PROVOKE)
            page.wait_for_timeout(100)
            assert found == HARMLESS, path
            assert fired == [], path


def test_nothing_runs_in_the_search(built: Path, tab: tuple[Any, list[str]]) -> None:
    page, fired = tab
    with served(built) as url:
        for word in WORDS:
            page.goto(f"{url}/search.html?q={word}")
            page.wait_for_function("document.querySelectorAll('.search li').length > 0")
            page.wait_for_timeout(500)
            assert page.evaluate(RESULTS % ".search") == [], word
            assert fired == [], word
