"""How a file was read, for a person and for a machine."""

import json
from pathlib import Path

import pytest

from sessionlog_core.cli import main
from sessionlog_core.explain import explain
from sessionlog_core.options import Options, set_options
from sessionlog_core.reader import read_log
from sessionlog_core.rows import make_vocabulary

LOG = """# Progress

## Session 2: Tides (2026-01-10)

**Branch**: `main`

### Done
- [x] Read the tables, 12 tests passing
- Wrote `src/tide.py` in ae9a2c9

<!-- a remark -->
### Next steps
- Charts

## Session Template

### Session X: [DATE]
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# Log\n\n## Session 1 - 2026-01-10\n- a\n", "1 entry, a heading of level 2: Session 1"),
        (
            "## Session 1 - 2026-01-10\n- a\n\n## Session 2 - 2026-01-11\n- b\n",
            "2 entries, most of them headings of level 2: Session 1",
        ),
    ],
)
def test_the_layout_counts_its_entries(text: str, why: str) -> None:
    assert read_log(text, "session-log.md", named=True).why[0].startswith(why)


def test_each_line_says_what_it_was_taken_for() -> None:
    explanation = explain(LOG, "progress.md")
    said = {x.number: (x.block, "; ".join(x.taken), x.why) for x in explanation.lines}
    assert said[1][0] == "heading 1"
    block, taken, why = said[3]
    assert block == "heading 2"
    assert taken.startswith(
        "session 1 of 1, number 2, date 2026-01-10 from its heading, title 'Tides'"
    )
    assert why == "starts a session: it has a session word with a number, a date or a title"
    assert said[7][1] == "section done"
    assert said[8][0] == "item [x]"
    assert "done, ticked" in said[8][1]
    assert "metric tests 12" in said[8][1]
    assert "commit ae9a2c9" in said[9][1]
    assert "file src/tide.py" in said[9][1]
    assert said[11][0] == "ignored"
    assert said[13][1] == "next step"
    assert said[17][2] == "no session: a template, or below one"


def test_a_line_that_was_taken_for_nothing_says_why() -> None:
    text = (
        "---\nstatus: open\n---\n# Diary\n\nKept by hand.\n\n## Session 1 (2026-01-10)\n\n"
        "**Status:** done\n\n### Weather\n\n- Rain\n\n---\n\n### Next steps\n\n"
        "- [x] Charts\n- Buoys,\n  all nine\n"
    )
    said = {x.number: x for x in explain(text, "diary.md").lines}
    assert said[2].why == "front matter is read for a date, a number, a title and a state"
    assert said[6].why == (
        "stands outside of the sessions: 'Diary' above it has no word of a section"
    )
    assert said[10].taken == ("section status", "status 'done'")
    assert said[14].why == "text of session 1: 'Weather' above it has no word of a section"
    assert said[16].why == "parts what stands above it from what stands below"
    assert said[20].why == "text of session 1, ticked: nothing is left to do"
    assert said[22].why == "goes on from line 21"
    assert all(x.taken or x.why for x in said.values() if x.text.strip())


def test_a_file_that_is_no_log_says_why() -> None:
    explanation = explain(
        "# Changelog\n\n## [1.0.0] - 2026-01-01\n\n## [0.9.0] - 2025-01-01\n", "CHANGELOG.md"
    )
    assert explanation.lines[2].why == (
        "no session: it has a date, but it is a list of releases: 2 headings are versions"
    )
    assert explanation.log.layout == "none"
    assert any("releases" in why for why in explanation.log.why)


def test_for_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "progress.md"
    path.write_text(LOG, "utf-8")
    assert main(["explain", str(path)]) == 0
    out = capsys.readouterr().out
    assert "h2 entries (markdown)" in out
    assert "  because its name says that it is a log" in out
    assert "  1 session\n" in out


def test_for_a_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "progress.md"
    path.write_text(LOG, "utf-8")
    assert main(["explain", str(path), "--json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["layout"] == "h2 entries"
    assert file["sessions"] == [{"line": 3, "end_line": 13, "number": "2", "date": "2026-01-10"}]
    assert {"line", "text", "block", "taken_for", "why"} == set(file["lines"][0])


# Rows of the user's own ---------------------------------------------------------------------------

SHIFTS = """Shift A1, 09/01/2026: Engines
Result: landed
Flight plan:
- refuel
Shift A2, 10/01/2026: Wings
velocity 21, see OPS-7
"""


def test_rows_of_the_users_own() -> None:
    options, problems = set_options(
        Options(),
        {
            "dates": "dmy",
            "section_words": {"next_steps": ["flight plan"]},
            "status_words": {"closed": ["landed"]},
            "layouts": {"shift": r"^Shift (?P<number>\w+), (?P<date>[^:]+): (?P<title>.+)$"},
            "metric_patterns": {"velocity": r"velocity (?P<value>\d+)"},
            "reference_patterns": {"ticket": r"OPS-\d+"},
        },
        "pyproject.toml",
    )
    assert problems == []
    assert read_log(SHIFTS, "x.txt").sessions == ()
    first, second = read_log(SHIFTS, "x.txt", vocabulary=make_vocabulary(options)).sessions
    assert (first.number, first.date, first.title) == ("A1", "2026-01-09", "Engines")
    assert [i.text for i in first.next_steps] == ["refuel"]
    assert (second.number, second.date) == ("A2", "2026-01-10")
    assert ("velocity", 21) in [(m.name, m.value) for m in second.metrics]
    assert ("ticket", "OPS-7") in [(r.kind, r.id) for r in second.refs]


def test_a_unit_of_the_users_own() -> None:
    options, _ = set_options(Options(), {"unit_words": ["shift"]}, "pyproject.toml")
    text = "# Log of shifts\n\n## Shift 1 - 2026-01-01\n- a\n\n## Shift 2 - 2026-01-02\n- b\n"
    log = read_log(text, "journal.md", vocabulary=make_vocabulary(options))
    assert [(s.number, s.title) for s in log.sessions] == [("1", None), ("2", None)]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "section_words",
            {"steps": ["x"]},
            "option section_words: unknown kind: 'steps', expected one of",
        ),
        ("section_words", ["x"], "option section_words: not a table: ['x'], expected {summary"),
        ("status_words", {"closed": 3}, "option status_words: not a table"),
        ("unit_words", {"session": [""]}, "option unit_words: not a list of words: ['']"),
        ("dates", "ymd", "option dates: unknown value: 'ymd', expected one of auto, dmy, mdy"),
        (
            "metric_patterns",
            {"v": "v (\\d+)"},
            "option metric_patterns: has no group (?P<value>...)",
        ),
        (
            "metric_patterns",
            {"v": "("},
            "option metric_patterns: not a pattern: '(' of v: missing )",
        ),
        ("reference_patterns", {"t": "x*"}, "option reference_patterns: matches the empty text"),
        ("layouts", {"l": "(?P<day>x)"}, "option layouts: unknown group: day"),
        ("layouts", "x", "option layouts: not a table: 'x', expected {name"),
    ],
)
def test_a_wrong_row_names_its_option(name: str, value: object, message: str) -> None:
    options, problems = set_options(Options(), {name: value}, "pyproject.toml")
    assert options == Options()
    assert len(problems) == 1
    assert problems[0].message.startswith(message)
