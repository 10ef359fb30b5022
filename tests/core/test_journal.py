"""Order, keys and twins of sessions, and what does not add up among them."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from sessionlog_core.journal import make_journal
from sessionlog_core.problems import Code
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import read_roadmap
from tests.core.small_projects import read_project
from tests.fixture_files import Case, read_cases

KEYS = read_cases(Path(__file__).parent / "fixtures" / "keys.txt")


@pytest.mark.parametrize("case", KEYS, ids=str)
def test_keys(case: Case) -> None:
    journal = read_project(case.input)
    lines = []
    for session in journal.sessions:
        also = "".join(f" also {twin.path}:{twin.line}" for twin in session.twins)
        lines.append(f"{session.key} {session.source.path}:{session.source.line}{also}")
    assert "\n".join(lines) == case.expected


LOG = """# Log

## Session 1 - 2026-01-10
### Done
- Built the reader

## 2026-01-10
### Done
- Drew the curve

## Session: The quay
### Done
- Walked along the quay
"""


def keys(text: str) -> list[str]:
    journal = make_journal([read_log(text, "session-log.md", named=True)])
    return [session.key for session in journal.sessions]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Built the reader", "Built the reader and **much** more\n- [ ] and this"),
        ("### Done\n- Drew", "### Next Steps\n- [ ] Draw"),
        ("- Walked along the quay", "Status: closed\n\nDuration: 2h"),
        ("## 2026-01-10\n", "text above\n\n## 2026-01-10\n"),
    ],
)
def test_keys_stay_when_text_inside_a_session_is_edited(old: str, new: str) -> None:
    assert old in LOG
    assert keys(LOG.replace(old, new)) == keys(LOG)


def test_keys_stay_when_a_session_is_added() -> None:
    assert keys(LOG + "\n## Session 9 - 2026-02-01\n### Done\n- More\n")[: len(keys(LOG))] == keys(
        LOG
    )


def test_keys_are_fit_for_anchors() -> None:
    text = "## Session Ä/7 - 2026-01-10 <b>\n### Done\n- x\n\n## 第二阶段\n### Done\n- y\n"
    for key in keys(text):
        assert key
        assert not set(key) - set("abcdefghijklmnopqrstuvwxyz0123456789.-")


def problems(text: str) -> list[tuple[Code, int | None, str]]:
    journal = make_journal([read_log(text, "session-log.md", named=True)])
    assert not any(problem.grave for problem in journal.problems)
    return [(p.code, p.line, p.message) for p in journal.problems]


def test_two_sessions_with_one_number() -> None:
    text = (
        "## Session 7 - 2026-01-10\n### Done\n- a\n\n"
        "## Session 7 - 2026-01-11\n### Done\n- b\n\n"
        "## Session 8 - 2026-01-12\n### Done\n- c\n"
    )
    assert problems(text) == [(Code.NUMBER, 5, "two sessions 7, the other at line 1")]


def test_numbers_out_of_order() -> None:
    text = (
        "## Session 1 - 2026-01-10\n### Done\n- a\n\n"
        "## Session 3 - 2026-01-11\n### Done\n- b\n\n"
        "## Session 2 - 2026-01-12\n### Done\n- c\n\n"
        "## Session 4 - 2026-01-13\n### Done\n- d\n"
    )
    message = "session 2 stands after session 3, expected rising numbers"
    assert problems(text) == [(Code.NUMBER, 9, message)]


def test_newest_first_is_no_disorder() -> None:
    text = (
        "## Session 3 - 2026-01-12\n### Done\n- c\n\n"
        "## Session 2 - 2026-01-11\n### Done\n- b\n\n"
        "## Session 1 - 2026-01-10\n### Done\n- a\n"
    )
    assert problems(text) == []


def test_an_open_session_below_newer_ones() -> None:
    text = (
        "## Session 1 - 2026-01-10\n**Status:** in progress\n\n### Done\n- a\n\n"
        "## Session 2 - 2026-01-11\n**Status:** open\n\n### Done\n- b\n"
    )
    message = "session is open below newer ones, the newest at line 7"
    assert problems(text) == [(Code.STATUS, 1, message)]


def test_planned_sessions_are_never_the_newest() -> None:
    log = read_log(LOG, "session-log.md", named=True)
    planned = replace(log.sessions[0], planned=True, date="2027-01-01", number=None)
    journal = make_journal([replace(log, sessions=(*log.sessions, planned))])
    assert journal.sessions[-1].planned
    assert journal.newest is not None
    assert not journal.newest.planned


def test_nothing_makes_an_empty_journal() -> None:
    journal = make_journal([])
    assert journal.sessions == ()
    assert journal.newest is None


def test_the_order_of_the_files_given_does_not_matter() -> None:
    a = read_log(LOG, "a.md", named=True)
    b = read_log(LOG.replace("Built", "Broke"), "b.md", named=True)
    assert make_journal([a, b]) == make_journal([b, a])


def test_runs_of_backticks_that_grow_are_joined_in_linear_time() -> None:
    plan = read_roadmap("# Roadmap\n\n- [ ] Phase 1: harbour wall\n", "ROADMAP.md")
    times = []
    # Runs of 1, 2, 3 ... backticks: twice as many are four times as long.
    for most in (700, 1_400):
        line = " a1 ".join("`" * length for length in range(1, most))
        log = read_log(f"## Session 1 - 2026-01-10\n### Done\n- {line}\n", "log.md", named=True)
        start = time.process_time()
        journal = make_journal([log], [plan])
        times.append(time.process_time() - start)
        assert len(journal.sessions) == 1
    assert times[1] < 9 * times[0]
