"""What is not for publication is nowhere."""

import json
from pathlib import Path

import pytest

from sessionlog_core.export import no_site, published_files
from sessionlog_core.options import Options, set_options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.project import load_project
from sessionlog_core.query import Query
from sessionlog_core.withhold import withhold, withholds_log
from tests.fixture_files import Case, read_cases

CASES = read_cases(Path(__file__).parent / "fixtures" / "withhold.txt")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_withhold(case: Case) -> None:
    text, withheld, problems = withhold(case.input, "log.md", ["Raw Thinking"])
    assert text.count("\n") == case.input.count("\n")
    told = [f"{x.what} {x.source.line}-{x.source.end_line}" for x in withheld]
    told += [f"{p.line}: {p.message}" for p in problems]
    assert "\n".join([text, *told]) == case.expected


@pytest.mark.parametrize(
    ("rule", "path", "whole"),
    [
        ("progress.md", "progress.md", True),
        ("progress.md", "team/progress.md", True),
        ("team/progress.md", "team/progress.md", True),
        ("team/*.md", "team/progress.md", True),
        ("team/", "team/a/progress.md", True),
        ("*.txt", "team/log.txt", True),
        ("progress.md", "other.md", False),
        ("Raw Thinking", "Raw Thinking", False),
        ("team/*.md", "team/a/progress.md", False),
    ],
)
def test_whole_logs(rule: str, path: str, whole: bool) -> None:
    assert withholds_log(path, [rule]) is whole


LOG = """# Log

## Session 1 - 2026-01-10

### Done

- Built the reader <!-- private --> for the sunken fleet <!-- /private -->
- Sold the sunken ship `abcdef1`, see #77 and src/sunken.py

### Raw thinking

- [ ] raise the sunken gold, 12 tests passing

### Next Steps

- [ ] go on

## Session 2 - 2026-01-11

### Done

- More
"""


def test_nothing_that_is_published_holds_what_is_withheld(tmp_path: Path) -> None:
    text = LOG.replace("Sold the sunken ship", "Sold the ship").replace("src/sunken", "src/ship")
    (tmp_path / "session-log.md").write_text(text, "utf-8")
    (tmp_path / "progress.md").write_text(LOG.replace("Session", "Sunken session"), "utf-8")
    (tmp_path / "ROADMAP.md").write_text(
        "# Roadmap\n\n## Alpha\n\n- [ ] Reader <!-- private -->sunken<!-- /private -->\n", "utf-8"
    )
    values = {"withhold": ["Raw Thinking", "progress.md"]}
    options, problems = set_options(Options(), values, "test")
    assert problems == []
    project = load_project(tmp_path, options)
    journal = project.journal
    assert [log.path for log in journal.logs] == ["session-log.md"]
    assert [item.text for item in journal.roadmap] == ["Reader"]
    said = [repr(journal), repr(project.silent)]
    said += published_files(journal, Query(), no_site).values()
    said += [repr(page_blocks(journal, page)) for page in plan_site(journal, options).pages]
    for words in said:
        assert "sunken" not in words.casefold()
    counts = json.loads(published_files(journal, Query(), no_site)["sessionlog.json"])["withheld"]
    assert counts == {"logs": 1, "sections": 1, "passages": 1, "lines": counts["lines"]}


def test_many_passages_take_linear_time() -> None:
    text = "<!-- private --> a <!-- /private -->\n" * 20_000
    shown, withheld, _ = withhold(text, "log.md", [])
    assert not shown.strip()
    assert len(withheld) == 20_000
