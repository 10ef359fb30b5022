"""Built sites in a browser: table of contents, search, folds, dark mode, nothing from elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.browser import is_local, served
from tests.mkdocs.conftest import Built, build, write_project
from tests.mkdocs.test_other_hosts import zensical  # noqa: F401  a fixture

pytestmark = pytest.mark.slow


@contextmanager
def watched(browser: Any, **options: Any) -> Iterator[Any]:
    """Open a page that may neither say an error nor ask another host for anything."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: wrong.append(r.url) if not is_local(r.url) else None)
    yield page
    context.close()
    assert wrong == []


PALETTE = [
    {"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "Dark"}},
    {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": "Light"}},
]


@pytest.fixture(scope="module")
def material_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Material with instant navigation, a toggle for the dark mode, and no fonts from elsewhere."""
    root = tmp_path_factory.mktemp("browser")
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    # Instant navigation is for addresses of the site only, so that it must know its own.
    with served(root / "site") as url:
        write_project(
            root,
            theme={**theme, "palette": PALETTE},
            site_url=f"{url}/",
            markdown_extensions=[{"toc": {"permalink": True}}],
        )
        build(root)
        yield url


@pytest.fixture(scope="module", params=["mkdocs", "readthedocs"])
def plain_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    theme = {"name": request.param, "highlightjs": False}
    root = write_project(tmp_path_factory.mktemp(request.param), theme=theme)
    with served(build(root).site) as url:
        yield url


def visible(page: Any, selector: str) -> bool:
    return bool(
        page.evaluate(
            """selector => {
                const box = document.querySelector(selector).getBoundingClientRect();
                return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
            }""",
            selector,
        )
    )


SESSION = "#session-2026-01-05-1"


def test_entry_of_the_table_of_contents_leads_to_the_session(
    browser: Any, material_url: str
) -> None:
    with watched(browser, viewport={"width": 1300, "height": 500}) as page:
        page.goto(f"{material_url}/sessionlog/2026-01/")
        page.click(f'.md-sidebar--secondary a[href$="{SESSION}"]')
        page.wait_for_url(f"**/{SESSION}")
        page.wait_for_timeout(500)
        assert visible(page, SESSION)


def test_search_finds_a_session_and_leads_to_it(browser: Any, material_url: str) -> None:
    with watched(browser, viewport={"width": 1300, "height": 900}) as page:
        page.goto(f"{material_url}/")
        page.click("[data-md-component=search-query]")
        page.type("[data-md-component=search-query]", "ferry board", delay=30)
        found = page.locator(".md-search-result__link", has_text="Ferry board").first
        found.wait_for()
        page.wait_for_timeout(300)
        page.locator('.md-search-result__link[href*="session-2026-02-03-3"]').first.click()
        page.wait_for_url("**/sessionlog/2026-02/**")
        assert "session-2026-02-03-3" in page.url


def test_fold_opens_by_the_address_of_what_is_in_it(browser: Any, material_url: str) -> None:
    with watched(browser) as page:
        page.goto(f"{material_url}/sessionlog/")
        inner = page.evaluate("document.querySelector('details [id], details[id]').id")
        page.goto("about:blank")
        page.goto(f"{material_url}/sessionlog/#{inner}")
        page.wait_for_timeout(500)
        assert page.evaluate("id => document.getElementById(id).closest('details').open", inner)


def test_dark_mode(browser: Any, material_url: str) -> None:
    with watched(browser) as page:
        page.goto(f"{material_url}/sessionlog/")
        colour = "getComputedStyle(document.querySelector('.sessionlog-badge')).color"
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(colour), page.evaluate(ground)
        page.click("label[title=Dark]")
        page.wait_for_timeout(300)
        dark = page.evaluate(colour), page.evaluate(ground)
        assert light[1] != dark[1]
        assert light[0] != dark[0] or light[0] != dark[1]


def test_instant_navigation_keeps_script_and_style(browser: Any, material_url: str) -> None:
    with watched(browser, viewport={"width": 1300, "height": 900}) as page:
        # Material takes over a click once it has read the map of the site.
        page.goto(f"{material_url}/sessionlog/", wait_until="networkidle")
        page.evaluate("window.stays = true")
        page.locator(".md-content a", has_text="Continue here").first.click()
        page.wait_for_url("**/continue-here/")
        page.locator(".sessionlog-copy").wait_for()
        assert page.evaluate("window.stays")


@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("name", ["", "continue-here/", "roadmap/", "metrics/", "sessions/"])
def test_no_page_is_wider_than_the_window(
    browser: Any, material_url: str, name: str, width: int
) -> None:
    with watched(browser, viewport={"width": width, "height": 800}) as page:
        page.goto(f"{material_url}/sessionlog/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["", "continue-here/", "metrics/", "2026-01/"])
def test_themes_of_mkdocs_show_pages_without_errors(
    browser: Any, plain_url: str, name: str
) -> None:
    with watched(browser, viewport={"width": 390, "height": 800}) as page:
        page.goto(f"{plain_url}/sessionlog/{name}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator(".sessionlog").count()


def test_search_of_mkdocs_finds_a_session(browser: Any, plain_url: str) -> None:
    with watched(browser) as page:
        page.goto(f"{plain_url}/search.html?q=ferry")
        if page.title() == "Error response":
            pytest.skip("a theme whose search is no page")
        page.locator('#mkdocs-search-results a[href*="session-2026-02-03-3"]').first.wait_for()


def test_zensical_in_the_browser(browser: Any, zensical: Built) -> None:  # noqa: F811
    with (
        served(zensical.site) as url,
        watched(browser, viewport={"width": 1300, "height": 500}) as page,
    ):
        page.goto(f"{url}/sessionlog/2026-01/")
        page.click(f'.md-sidebar--secondary a[href$="{SESSION}"]')
        page.wait_for_timeout(500)
        assert visible(page, SESSION)
