"""Where sessions start, rule by rule; `fixtures/layout.txt` holds a case for each."""

from pathlib import Path

import pytest

from sessionlog_core.layout import find_entries
from sessionlog_core.model import Session
from sessionlog_core.outline import read_outline
from sessionlog_core.problems import Code
from sessionlog_core.reader import read_log
from sessionlog_core.vocabulary import DEFAULT
from tests.corpus import needs_corpus, sources
from tests.fixture_files import Case, read_cases

CASES = read_cases(Path(__file__).parent / "fixtures" / "layout.txt")


def line_of(session: Session) -> str:
    date = session.date or "-"
    date += f"..{session.date_end}" if session.date_end else ""
    date += f" {session.time}" if session.time else ""
    date += f" ({session.date_from})" if session.date else ""
    state = f" {session.status}" if session.status else ""
    planned = " planned" if session.planned else ""
    span = f"{session.source.line}-{session.source.end_line}"
    number = session.number or "-"
    return f"{span} {date} #{number} {session.title or '-'}{state}{planned}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_layout(case: Case) -> None:
    first, _, text = case.input.partition("\n")
    path = first.removeprefix("path: ")
    outline, _ = read_outline(text, path)
    layout = find_entries(outline, path, DEFAULT, named=False)
    log = read_log(text, path)
    found = [layout.name, *(line_of(s) for s in log.sessions)]
    if layout.entries and layout.standing:
        lines = sorted({n for x in layout.standing for n in range(x.line, x.end_line + 1)})
        found.append("standing: " + " ".join(map(str, lines)))
    # The state of a label is the content's to read, and is tested there.
    assert [x.removesuffix(" closed").removesuffix(" open") for x in found] == [
        x.removesuffix(" closed").removesuffix(" open") for x in case.expected.split("\n")
    ]


def test_a_date_that_cannot_be_read_is_told() -> None:
    log = read_log("# Devlog\n\n## 05/01/2026 Setup\n\nwords\n\n## 02/03/2026 More\n", "devlog.md")
    assert [s.date for s in log.sessions] == [None, None]
    assert [(p.code, p.line) for p in log.problems] == [(Code.DATE, 3), (Code.DATE, 7)]
    assert str(log.problems[0]) == (
        "devlog.md:3: day and month cannot be told apart: 05/01/2026 [sessionlog.date]"
    )


def test_a_name_in_the_configuration_is_evidence() -> None:
    text = "# Changes\n\n## [1.2.0] - 2026-02-19\n\n- a\n\n## [1.1.0] - 2026-01-19\n\n- b\n"
    assert read_log(text, "CHANGELOG.md").sessions == ()
    named = read_log(text, "CHANGELOG.md", named=True)
    assert [s.date for s in named.sessions] == ["2026-02-19", "2026-01-19"]


def test_a_named_file_without_sessions_is_told() -> None:
    log = read_log("# Colours\n\nRed and blue.\n", "colours.md", named=True)
    assert log.sessions == ()
    assert [p.code for p in log.problems] == [Code.LAYOUT]
    assert "no session found" in log.problems[0].message


@pytest.mark.parametrize(
    "text", ["", "\n\n", "#", "# ", "-", "```", "|", "\ufeff", "---\n---\n", "> " * 50]
)
def test_next_to_nothing_is_no_log(text: str) -> None:
    log = read_log(text, "session-log.md", named=True)
    assert log.sessions == ()


@pytest.mark.parametrize("item", ["- \u00a0", "- \u3000", "1. \u2003", "- a\n  - \u00a0"])
def test_an_item_of_nothing_but_an_odd_blank_breaks_no_log(item: str) -> None:
    text = f"# Work log\n\n## 2031-05-02\n\n- Oiled it.\n\n{item}\n\n## 2031-05-03\n\n- Lock.\n"
    log = read_log(text, "worklog.md", named=True)
    assert len(log.sessions) == 2
    assert not log.problems


@pytest.mark.parametrize(
    ("path", "sessions"),
    [
        ("example/notes.md", 2),
        ("docs/examples/notes.md", 2),
        ("docs/notes-example.md", 0),
        ("templates/notes.md", 0),
    ],
)
def test_a_folder_of_examples_holds_logs(path: str, sessions: int) -> None:
    text = "# Work log\n\n## 2031-05-02\n\n- Oiled it.\n\n### Next\n\n- Lock.\n\n## 2031-05-03"
    assert len(read_log(text, path).sessions) == sessions


@needs_corpus
def test_every_real_file_is_read() -> None:
    for path, text in sources():
        log = read_log(text, path)
        last = text.count("\n") + 1
        for session in log.sessions:
            assert 1 <= session.source.line <= session.source.end_line <= last, path
        for problem in log.problems:
            assert problem.path == path, problem
