"""What pages gain by the script, in a browser; and that nothing is missed without it."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from sessionlog_core.blocks import Link, Ref, RefKind
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.stubs import DOWNLOAD
from sessionlog_core.writers import html
from tests.core.test_views import journal_of

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.slow

CHROMIUM = Path("/usr/bin/chromium")
STATIC = files("sessionlog_core") / "static"
LOG = "# Session log\n\n" + "".join(
    f"## Session {n} - 2026-01-{n:02} - {'Export' if n % 3 else 'Report'} {n}\n- words\n\n"
    f"### Decisions\n- **Choice number {n}**: a table, as it can be read\n\n"
    for n in range(12, 0, -1)
)


def resolve(link: Ref | Link) -> str | None:
    return link.key if isinstance(link, Ref) and link.kind is RefKind.FILE else None


def resolve_download(link: Ref | Link) -> str | None:
    """Give the address where what is called `.md` would be a page."""
    return f"{key}{DOWNLOAD}" if (key := resolve(link)) else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as play:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        try:
            browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except playwright.Error as error:
            pytest.skip(f"no browser: {error}")
        yield browser
        browser.close()


def open_page(browser: Any, name: str, *, scripts: bool = True, way: html.Resolve = resolve) -> Any:
    """Open a generated page as a site would serve it."""
    journal = journal_of(LOG)
    found = next(p for p in plan_site(journal, Options()).pages if p.name == name)
    body = html.write(page_blocks(journal, found), way)
    style = (STATIC / "sessionlog.css").read_text("utf-8")
    script = (STATIC / "sessionlog.js").read_text("utf-8")
    answers = {
        "/page": ("text/html", f"<style>{style}</style>{body}<script src='/script.js'></script>"),
        "/script.js": ("text/javascript", script),
        "/continue-here.md": ("text/markdown", "# Continue here\n"),
        f"/continue-here.md{DOWNLOAD}": ("text/plain", "# Continue here\n"),
    }
    context = browser.new_context(java_script_enabled=scripts)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix("http://localhost")
        kind, text = answers.get(path, ("text/plain", ""))
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=text)

    page.route("**/*", answer)
    page.goto("http://localhost/page")
    return page


@pytest.mark.parametrize("way", [resolve, resolve_download])
def test_the_button_copies_the_markdown(browser: Any, way: html.Resolve) -> None:
    page = open_page(browser, "continue-here", way=way)
    page.click("button.sessionlog-copy")
    page.wait_for_function("document.querySelector('button').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == "# Continue here\n"


def test_the_field_filters_the_timeline(browser: Any) -> None:
    page = open_page(browser, "index")
    shown = ".sessionlog-timeline > li[id^=timeline-]:visible"
    assert page.locator(shown).count() == 12
    page.fill("input.sessionlog-filter", "report")
    assert page.locator(shown).count() == 4
    assert page.get_by_role("status").inner_text() == "4 / 12"
    page.fill("input.sessionlog-filter", "nothing like it")
    assert page.locator(".sessionlog-month:visible").count() == 0
    page.fill("input.sessionlog-filter", "")
    assert page.locator(shown).count() == 12
    assert page.get_by_role("status").inner_text() == ""


def test_the_field_filters_the_table(browser: Any) -> None:
    page = open_page(browser, "sessions")
    page.fill("input.sessionlog-filter", "2026-01-03")
    assert page.locator(".sessionlog-sessions tbody tr:visible").count() == 1


def test_the_field_filters_the_decisions(browser: Any) -> None:
    page = open_page(browser, "decisions")
    assert page.locator(".sessionlog-decision:visible").count() == 12
    page.fill("input.sessionlog-filter", "number 12")
    assert page.locator(".sessionlog-decision:visible").count() == 1
    page.fill("input.sessionlog-filter", "nothing like it")
    assert page.locator(".sessionlog-month:visible").count() == 0


@pytest.mark.parametrize("name", ["index", "continue-here", "sessions", "decisions"])
def test_without_scripts_there_is_nothing_that_does_nothing(browser: Any, name: str) -> None:
    page = open_page(browser, name, scripts=False)
    assert page.locator("button, input").count() == 0


def test_the_text_of_a_session_unfolds_without_a_script(browser: Any) -> None:
    page = open_page(browser, "index", scripts=False)
    assert page.locator("details[open]").count() == 0
    page.click(".sessionlog-timeline details summary >> nth=0")
    assert page.locator("details[open]").count() == 1
