"""Backlinks on a roadmap page that the team has written itself."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.mkdocs.conftest import Built, build, write_project

pytestmark = pytest.mark.slow

LOG = """\
# Session log

## 2026-01-05 - Session 1

### Done

- Finished T001, and T002
- Worked on T004 and T008

## 2026-01-09 - Session 2

### Done

- T001 once more, T004 too
"""

ROADMAP = """\
# Plan

Some words.

## Alpha

- [x] T001: First *tide* table with `code`
- [ ] T002: Ferry board
    - T003: nested below it

- [ ] T004: loose

- [ ] T005: also loose

    with a second paragraph

## Beta

Term T007
:   what it means

| Item | State |
|------|-------|
| T008: in a table | done |
| other | open |

### T009: a section of its own

- [ ] T001: First *tide* table with `code`
"""


def line_of(built: Built, page: str, words: str) -> tuple[Tag, str]:
    """Give the element that bears `words`, and its line."""
    html = BeautifulSoup(built.read(page), "html.parser").select_one("[role=main]")
    lines = [x for x in html.select(".sessionlog-backlinks") if words in (_before(x))]
    assert len(lines) == 1, (words, html)
    return lines[0], lines[0].text.strip()


def _before(line: Tag) -> str:
    bearer = line.parent if line.parent.name in ("li", "td") else line.find_previous_sibling()
    return _own(bearer)


def _own(bearer: Tag) -> str:
    return bearer.text.partition("Worked on")[0].partition("T003")[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("backlinks")
    files = {
        "session-log.md": LOG,
        "docs/roadmap.md": ROADMAP,
        "ROADMAP.md": "",
        "sessionlog.toml": 'roadmap = ["docs/roadmap.md"]\n',
    }
    extensions = ["toc", "tables", "def_list", "pymdownx.tasklist"]
    return build(write_project(root, files, markdown_extensions=extensions))


def test_build_is_clean(built: Built) -> None:
    assert (built.aborted, built.warnings()) == ("", [])


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("T002", "Worked on in 2026-01-05"),
        ("T004", "Worked on in 2 sessions, last 2026-01-09 · 2026-01-05"),
        ("T008", "Worked on in 2026-01-05"),
    ],
)
def test_line_stands_with_its_item(built: Built, words: str, line: str) -> None:
    assert line_of(built, "roadmap/index.html", words)[1] == line


def test_each_of_two_items_of_the_same_words_has_its_own(built: Built) -> None:
    html = BeautifulSoup(built.read("roadmap/index.html"), "html.parser")
    same = [li for li in html.select("li") if "T001: First tide table" in _own(li)]
    assert [bool(li.select(".sessionlog-backlinks")) for li in same] == [True, True]
    assert [li.span["id"] for li in same] == ["item-t001", "item-t001.2"]


def test_links_lead_to_the_sessions(built: Built) -> None:
    line, _ = line_of(built, "roadmap/index.html", "T002")
    assert line.a["href"] == "../sessionlog/2026-01/#session-2026-01-05-1"


def test_line_of_an_item_stands_before_the_items_in_it(built: Built) -> None:
    line, _ = line_of(built, "roadmap/index.html", "T002")
    assert line.find_next_sibling("ul").text.strip().startswith("T003")


def test_items_have_anchors(built: Built) -> None:
    html = BeautifulSoup(built.read("roadmap/index.html"), "html.parser")
    anchors = {x["id"]: x.parent.name for x in html.select(".sessionlog-anchor")}
    assert {"li", "h2"} <= set(anchors.values())
    assert all(name.startswith(("item-", "milestone-")) for name in anchors)


def test_option_switches_off(tmp_path: Path) -> None:
    files = {"session-log.md": LOG, "docs/roadmap.md": ROADMAP, "ROADMAP.md": ""}
    files["sessionlog.toml"] = 'roadmap = ["docs/roadmap.md"]\nbacklinks = false\n'
    assert "sessionlog-backlinks" not in build(write_project(tmp_path, files)).read(
        "roadmap/index.html"
    )


def test_roadmap_that_a_page_includes(tmp_path: Path) -> None:
    files = {
        "session-log.md": LOG,
        "ROADMAP.md": ROADMAP,
        "docs/index.md": '# Hi\n\n--8<-- "ROADMAP.md"\n',
    }
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    built = build(write_project(tmp_path, files, markdown_extensions=[snippets]))
    assert line_of(built, "index.html", "T002")[1] == "Worked on in 2026-01-05"


FORMS = {
    "boxes": "- [x] {0} cache\n- [ ] {1} a *command* line\n",
    "nested": "- {0} cache\n    - {1} a *command* line\n",
    "links": "- [{0}](https://example.org/1) cache\n- [{1}](https://example.org/2) line\n",
    "signs": "- ✅ {0} cache\n- ⬜ {1} a *command* line\n",
    "sections": "### {0} cache\n\nWords.\n\n### {1} a *command* line\n\nWords.\n",
    "definitions": "{0} cache\n:   Words.\n\n{1} a *command* line\n:   Words.\n",
    "id-column": "| Id | Item | Status |\n|---|---|---|\n| {0} | cache | done |\n"
    "| {1} | a *line* | open |\n",
    "item-column": "| Status | Item |\n|---|---|\n| ✅ | {0} cache |\n| ⬜ | {1} a *line* |\n",
    "intro": "{0} cache is what comes first.\n\n- [x] {0} cache\n- [ ] {1} a line\n",
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a roadmap in each form, all below the same headings."""
    files = {"ROADMAP.md": "", "sessionlog.toml": 'roadmap = ["docs/plan-*.md"]\n'}
    log = "# Session log\n"
    for number, (name, form) in enumerate(FORMS.items()):
        ids = f"T{number + 10}1", f"T{number + 10}2"
        files[f"docs/plan-{name}.md"] = f"# Plan\n\n## Alpha\n\n{form.format(*ids)}"
        log += f"\n## 2026-01-{number + 1:02}\n\n### Done\n\n- Finished {ids[0]} and {ids[1]}\n"
    files["session-log.md"] = log
    extensions = ["toc", "tables", "def_list", "pymdownx.tasklist"]
    root = tmp_path_factory.mktemp("forms")
    return build(write_project(root, files, markdown_extensions=extensions))


@pytest.mark.parametrize("name", FORMS)
def test_each_form_of_a_roadmap_has_anchors_and_lines(forms: Built, name: str) -> None:
    number = list(FORMS).index(name)
    html = BeautifulSoup(forms.read(f"plan-{name}/index.html"), "html.parser")
    page = html.select_one("[role=main]")
    ids = [f"item-t{number + 10}{item}" for item in (1, 2)]
    assert [len(page.select(f"#{x}")) for x in ids] == [1, 1]
    lines = [x.text.strip() for x in page.select(".sessionlog-backlinks")]
    assert lines == [f"Worked on in 2026-01-{number + 1:02}"] * 2
    bearers = [x.find_previous(id=True)["id"] for x in page.select(".sessionlog-backlinks")]
    assert [x for x in bearers if x.startswith("item-")] == [x for x in ids if x in bearers]
