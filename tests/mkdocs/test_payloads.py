"""Hostile logs in built sites, in a browser: nothing runs, nothing is asked of another host."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import THREATS, needs_threats
from tests.mkdocs.conftest import Built, build, write_files, write_project
from tests.mkdocs.test_browser import _is_local, browser, served  # noqa: F401  a fixture
from tests.threats import bad_inputs, write_case

pytestmark = [pytest.mark.slow, needs_threats]

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
PLACES = {
    "heading": "## 2026-02-{day:02} - {source}\n\n- words\n",
    "field": "## 2026-02-{day:02} - One\n\n**Status:** {source}\n**Branch:** {source}\n\n- words\n",
    "metric": "## 2026-02-{day:02} - One\n\nTests: {source}\nCoverage: 80% {source}\n",
    "next-steps": "## 2026-02-{day:02} - One\n\n### Next steps\n\n- [ ] {source}\n",
    "table": "## 2026-02-{day:02} - One\n\n| a | b |\n|---|---|\n| {source} | x |\n",
    "file-list": "## 2026-02-{day:02} - One\n\n### Files\n\n- `{source}`\n- {source}\n",
}
BODY = "## 2026-02-{day:02} - Session {n}\n\n{source}\n\n### Decisions\n\n- {source}\n"


def payloads() -> list[dict[str, Any]]:
    return [*map(json.loads, (THREATS / "xss_payloads.jsonl").read_text("utf-8").splitlines())]


def session(payload: dict[str, Any], number: int) -> str:
    place = PLACES.get(payload["position"], BODY)
    source = payload["source"]
    one_line = place is not BODY
    return place.format(
        day=number % 28 + 1, n=number, source=" ".join(source.split()) if one_line else source
    )


@pytest.fixture(scope="module", params=THEMES, ids=lambda theme: theme["name"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    rows = payloads()
    files = {
        "session-log.md": "# Session log\n\n" + "\n\n".join(map(session, rows, range(len(rows)))),
        "ROADMAP.md": "# Roadmap\n\n" + "\n".join(f"- [ ] {x['source']}" for x in rows[:60]),
    }
    # What stands in front matter, or is a name of a file, has a file of its own.
    for number, row in enumerate(rows):
        if row["position"] in ("front-matter", "raw-html"):
            files[f"logs/session-log-{number}.md"] = row["source"] + "\n\n" + session(row, number)
    root = write_project(
        tmp_path_factory.mktemp("payloads"),
        {**files, "sessionlog.toml": 'logs = ["session-log.md", "logs/*.md"]\n'},
        theme=request.param,
        markdown_extensions=RICH if request.param["name"] == "material" else ["toc"],
    )
    return build(root, strict=False)


PROVOKE = """() => {
    addEventListener("click", event => {
        const link = event.target.closest("a[href]");
        if (link && link.protocol !== "javascript:") event.preventDefault();
    }, true);
    const main = document.querySelector("article, [role=main]") || document.body;
    for (const element of main.querySelectorAll("*")) {
        for (const name of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "click"])
            element.dispatchEvent(new MouseEvent(name, {bubbles: true, cancelable: true}));
        if (element.tagName === "DETAILS") element.open = true;
    }
    const odd = [...document.querySelectorAll("*")].flatMap(element =>
        [...element.attributes].filter(x => /^on/i.test(x.name)).map(x => x.name));
    const tags = [...main.querySelectorAll(
        "script, iframe, object, embed, form, base, meta, link, style, marquee, video, audio, img"
    )].filter(x => x.closest(".sessionlog, .sessionlog-section")).map(x => x.tagName);
    const links = [...document.links].map(x => x.protocol)
        .filter(x => !["http:", "https:", "mailto:"].includes(x));
    return {odd: odd.filter(x => x !== "onload"), tags, links};
}"""


@pytest.fixture
def page(browser: Any) -> Iterator[tuple[Any, list[str]]]:  # noqa: F811
    context = browser.new_context()
    fired: list[str] = []
    context.add_init_script(
        "window.alert = window.confirm = window.prompt = x => fired(String(x));"
    )
    context.expose_function("fired", lambda words: fired.append(f"fired: {words}"))
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("dialog", lambda dialog: (fired.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda r: fired.append(f"asked: {r.url}") if not _is_local(r.url) else None)
    yield page, fired
    context.close()


def test_build_survives(site: Built) -> None:
    assert site.aborted == ""
    assert not [m for m in site.messages if "fault of Sessionlog" in m or "[sessionlog.fault]" in m]


def test_nothing_runs(site: Built, page: tuple[Any, list[str]]) -> None:
    tab, fired = page
    with served(site.site) as url:
        for path in sorted(site.site.rglob("*.html")):
            tab.goto(f"{url}/{path.relative_to(site.site).as_posix()}")
            found = tab.evaluate(PROVOKE)
            tab.wait_for_timeout(100)
            assert found == {"odd": [], "tags": [], "links": []}, path
            assert fired == [], path


def test_nothing_runs_in_the_search(site: Built, page: tuple[Any, list[str]]) -> None:
    tab, fired = page
    with served(site.site) as url:
        tab.goto(url)
        if tab.locator("[data-md-component=search-query]").count():
            tab.click("[data-md-component=search-query]")
            tab.type("[data-md-component=search-query]", "alert", delay=20)
            tab.locator(".md-search-result__link").first.wait_for()
        else:
            tab.goto(f"{url}/search.html?q=alert")
        tab.wait_for_timeout(1500)
        assert fired == []


GROUPS = ("encoding", "file-system", "front-matter", "content", "identity", "size")
CASES = [x for x in bad_inputs() if x.values[0]["group"] in GROUPS and "op" not in x.values[0]]


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
