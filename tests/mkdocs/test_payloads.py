"""Hostile logs in built sites, in a browser: nothing runs, nothing is asked of another host."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import served
from tests.corpus import needs_threats
from tests.mkdocs.conftest import Built, build, write_files, write_project
from tests.payloads import HARMLESS, PROVOKE, RESULTS, WORDS, hostile_project, provoked
from tests.threats import bad_inputs, write_case

pytestmark = pytest.mark.slow

RICH = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    {"pymdownx.tabbed": {"alternate_style": True}},
    {"toc": {"permalink": True}},
]
THEMES = (
    {"name": "material", "font": False},
    {"name": "readthedocs", "highlightjs": False},
    {"name": "mkdocs", "highlightjs": False},
)


@pytest.fixture(scope="module", params=THEMES, ids=lambda theme: theme["name"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    is_rich = request.param["name"] == "material"
    root = write_project(
        tmp_path_factory.mktemp("payloads"),
        hostile_project(),
        theme=request.param,
        plugins=["search", *(["macros"] if is_rich else []), "sessionlog"],
        markdown_extensions=RICH if is_rich else ["toc"],
        site_url="https://cargo.example/",
        use_directory_urls=not is_rich,
    )
    return build(root, strict=False)


@pytest.fixture
def tab(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    with provoked(browser) as opened:
        yield opened


def test_build_survives(site: Built) -> None:
    assert site.aborted == ""
    assert not [m for m in site.messages if "fault of Sessionlog" in m or "[sessionlog.fault]" in m]


def test_nothing_runs(site: Built, tab: tuple[Any, list[str]]) -> None:
    page, fired = tab
    with served(site.site) as url:
        for path in sorted(site.site.rglob("*.html")):
            page.goto(f"{url}/{path.relative_to(site.site).as_posix()}")
            found = page.evaluate(PROVOKE)
            page.wait_for_timeout(100)
            assert found == HARMLESS, path
            assert fired == [], path


def test_nothing_runs_in_the_search(site: Built, tab: tuple[Any, list[str]]) -> None:
    page, fired = tab
    with served(site.site) as url:
        for word in WORDS:
            results = search(page, url, word)
            page.wait_for_timeout(500)
            assert page.locator(f"{results} a").count(), word
            assert page.evaluate(RESULTS % results) == [], word
            assert fired == [], word


def search(page: Any, url: str, word: str) -> str:
    """Search as a visitor does; give where the results stand."""
    page.goto(url)
    if page.locator("[data-md-component=search-query]").count():
        page.click("[data-md-component=search-query]")
        page.type("[data-md-component=search-query]", word, delay=20)
        page.locator(".md-search-result__link").first.wait_for()
        return ".md-search-result__list"
    if page.goto(f"{url}/search.html?q={word}").status == 404:
        page.goto(f"{url}/?q={word}")
    page.locator("#mkdocs-search-results a").first.wait_for(state="attached")
    return "#mkdocs-search-results"


GROUPS = ("encoding", "file-system", "front-matter", "content", "identity", "size")
CASES = [x for x in bad_inputs() if x.values[0]["group"] in GROUPS and "op" not in x.values[0]]


@needs_threats
@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_spoils_nothing(case: dict[str, Any], tmp_path: Path) -> None:
    names = [file["name"] for file in case["files"]]
    (tmp_path / ".git").mkdir()
    good = "# Log\n\n## Session 1 - 2026-01-02: Good\n\n### Done\n\n- GOODLOG survives\n"
    write_files(tmp_path, {"docs/index.md": "# Hi\n", "good-session-log.md": good})
    logs = json.dumps([*names, "good-session-log.md"], ensure_ascii=False)
    settings = f"site_name: x\ntheme: mkdocs\nplugins: [{{sessionlog: {{logs: {logs}}}}}]\n"
    write_files(tmp_path, {"mkdocs.yml": settings})
    write_case(case, tmp_path)
    built = build(tmp_path, strict=False)
    text = "\n".join(p.read_text("utf-8") for p in built.site.rglob("*.html"))
    assert built.aborted == ""
    assert "GOODLOG" in text
    for words in case["expect"].get("absent", []):
        assert words not in text
