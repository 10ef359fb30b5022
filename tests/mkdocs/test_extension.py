"""The Markdown extension by itself, in pages that other extensions work on too."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from mkdocs_sessionlog import SessionlogExtension
from mkdocs_sessionlog.edition import Edition, load_edition
from sessionlog_core.options import Options
from tests.mkdocs.conftest import LITERAL, write_project


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return load_edition(write_project(tmp_path_factory.mktemp("extension")), Options())


def render(edition: Edition, text: str, *extensions: Any, **configs: Any) -> str:
    md = Markdown(
        extensions=[*extensions, SessionlogExtension([edition])], extension_configs=configs
    )
    return md.convert(text)


FENCE = "```{sessionlog} sessions\n```\n"


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@pytest.mark.parametrize("name", ["alone", "fenced_code", "pymdownx.superfences"])
@pytest.mark.parametrize(
    ("page", "inside"),
    [
        (FENCE, "body"),
        (f"- item\n\n{indented(FENCE)}", "li"),
        (f"- item\n\n    - inner\n\n{indented(indented(FENCE))}", "li li"),
        (f"1. {FENCE.replace(chr(10), chr(10) + '   ')}\n", "li"),
        (f"!!! note\n\n{indented(FENCE)}", "div.admonition"),
        (f"??? note\n\n{indented(FENCE)}", "details"),
        (f'=== "A"\n\n{indented(FENCE)}\n=== "B"\n\n    b\n', "div.tabbed-set"),
        (f"> {FENCE.replace(chr(10), chr(10) + '> ')}\n", "blockquote"),
        (f'<div class="x" markdown>\n\n{FENCE}\n</div>\n', "div.x"),
        (f"text[^1]\n\n[^1]:\n{indented(FENCE)}", "div.footnote"),
    ],
)
def test_fence_renders_where_it_stands(edition: Edition, page: str, inside: str, name: str) -> None:
    others = ["admonition", "pymdownx.details", "pymdownx.tabbed", "md_in_html", "footnotes"]
    others += [] if name == "alone" else [name]
    html = BeautifulSoup(f"<body>{render(edition, page, *others)}</body>", "html.parser")
    assert html.select(f"{inside} table"), html
    assert "{sessionlog}" not in html.text


@pytest.mark.parametrize(
    "page",
    [
        f"````\n{FENCE}````\n",
        f"~~~~markdown\n{FENCE}~~~~\n",
        f"- item\n\n{indented(f'````{chr(10)}{FENCE}````')}",
        indented(FENCE),
        f"<pre>\n{FENCE}</pre>\n",
    ],
)
@pytest.mark.parametrize("name", ["fenced_code", "pymdownx.superfences"])
def test_fence_is_shown_as_code(edition: Edition, page: str, name: str) -> None:
    html = BeautifulSoup(render(edition, page, name), "html.parser")
    # Only superfences knows fences in lists; Python-Markdown's own leaves them as code in a line.
    code = html.select_one("pre" if "superfences" in name else "pre, code")
    assert "{sessionlog} sessions\n" in code.text
    assert not html.select("table")


def test_headings_continue_those_of_the_page(edition: Edition) -> None:
    page = "# A\n\n```{sessionlog} session\n```\n\n## B\n\n```{sessionlog} decisions\n```\n"
    html = BeautifulSoup(render(edition, page, "toc"), "html.parser")
    levels = [(int(h.name[1]), h.text) for h in html.find_all(re.compile("h[1-6]"))]
    assert levels[0] == (1, "A")
    assert levels[1][0] == 2
    after = levels[levels.index((2, "B")) + 1 :]
    assert not after or min(level for level, _ in after) == 3


def test_headings_are_in_the_table_of_contents_with_exact_words(edition: Edition) -> None:
    md = Markdown(extensions=["toc", SessionlogExtension([edition])])
    html = md.convert("# A\n\n```{sessionlog} session\n:session: 2026-01-20-2\n```\n")
    names = [token["name"] for token in md.toc_tokens[0]["children"]]  # type: ignore[attr-defined]
    assert any('Tide 2 &lt; 3 &amp; "more"' in name for name in names), names
    assert "Tide 2 &lt; 3 &amp; " in html


def test_ids_are_unique_on_a_page(edition: Edition) -> None:
    page = "```{sessionlog} session\n```\n\n" * 2 + "```{sessionlog} timeline\n```\n\n" * 2
    html = BeautifulSoup(render(edition, page), "html.parser")
    ids = [e["id"] for e in html.select("[id]")]
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("literal", LITERAL)
def test_log_text_comes_out_as_written(edition: Edition, literal: str) -> None:
    others = ["toc", "abbr", "attr_list", "pymdownx.snippets", "pymdownx.superfences", "md_in_html"]
    page = "[TOC]\n\n*[HTML]: Hyper\n\n```{sessionlog} session\n```\n"
    html = BeautifulSoup(render(edition, page, *others), "html.parser")
    assert literal in html.text


def test_list_that_python_markdown_would_flatten_is_nested(edition: Edition) -> None:
    html = BeautifulSoup(render(edition, "```{sessionlog} session\n```\n"), "html.parser")
    assert html.find(
        lambda e: e.name == "li" and "nested by three blanks" in e.text and e.find("li")
    )


def test_unknown_view_gives_a_box_and_a_warning(
    edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    html = BeautifulSoup(render(edition, "```{sessionlog} nonsense\n```\n"), "html.parser")
    box = html.select_one("div.admonition.error")
    assert "unknown view: nonsense, expected one of timeline, continue" in box.text
    assert [r.levelname for r in caplog.records] == ["WARNING"]


def test_wrong_option_gives_a_box_that_names_the_allowed(
    edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    page = "```{sessionlog} timeline\n:colour: red\n:limit: many\n```\n"
    html = BeautifulSoup(render(edition, page), "html.parser")
    text = html.select_one("div.admonition.error").text
    assert "unknown option: colour, expected one of" in text
    assert "option limit: not a whole number from 1: 'many'" in text
    assert len(caplog.records) == 2


def test_a_fault_of_ours_does_not_end_the_page(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("mkdocs_sessionlog.extension.make_resolve", fail)
    html = render(edition, f"before\n\n{FENCE}\nafter")
    assert "before" in html
    assert "after" in html
    told = "the view could not be shown: a fault of Sessionlog itself (RuntimeError at "
    assert told in html
    assert told in caplog.text
    # An exception may quote a log, and what it quotes was not masked.
    assert "boom" not in html + caplog.text


def test_control_characters_of_a_page_do_not_call_for_a_fence(edition: Edition) -> None:
    html = render(edition, f"\x02sessionlog:0\x03\n\n\x02wzxhzdk:0\x03\n\n{FENCE}")
    assert html.count("<table>") == 1
    assert "sessionlog:0" in html


def test_project_is_read_when_nobody_gives_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_project(tmp_path))
    md = Markdown(extensions=["sessionlog"])
    assert "Ferry board" in md.convert(FENCE)
    log = tmp_path / "session-log.md"
    log.write_text(log.read_text("utf-8").replace("Ferry board", "Boat board"), "utf-8")
    md.reset()
    assert "Boat board" in md.convert(FENCE)


def test_options_of_the_extension_and_wrong_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(write_project(tmp_path, {"notes/a.md": "## 2026-03-01\n\n- did it\n"}))
    options = {"logs": ["notes/*.md"], "colour": "red"}
    html = Markdown(extensions=["sessionlog"], extension_configs={"sessionlog": options}).convert(
        "```{sessionlog} timeline\n```\n"
    )
    assert "2026-03-01" in html
    assert "Ferry board" not in html
    assert "unknown option: colour" in caplog.text


def test_two_sites_of_one_project_do_not_take_turns_in_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_project(tmp_path, {"notes/a.md": "## 2026-03-01\n\n- did it\n"}))
    read: list[tuple[str, ...]] = []

    def counted(root: Path, options: Options, *memory: Any) -> Edition:
        read.append(options.logs)
        return load_edition(root, options, *memory)

    monkeypatch.setattr("mkdocs_sessionlog.shelf.load_edition", counted)
    sites: list[dict[str, Any]] = [{}, {"logs": ["notes/*.md"]}]
    for site in sites * 3:
        configs = {"sessionlog": site}
        html = Markdown(extensions=["sessionlog"], extension_configs=configs).convert(FENCE)
        assert ("Ferry board" in html) == (not site)
    assert read == [(), ("notes/*.md",)]
