"""What became of next steps."""

from pathlib import Path

import pytest

from sessionlog_core.model import FollowUp
from tests.core.small_projects import read_project
from tests.fixture_files import Case, read_cases

CASES = read_cases(Path(__file__).parent / "fixtures" / "followups.txt")


def told(one: FollowUp) -> str:
    words = [str(one.source.line), one.state]
    if one.kind != "next":
        words.append(one.kind)
    if one.by is not None:
        words.append(f"by {one.by.line}: {one.why}")
    line = " ".join(words)
    return f"{line}, again {' '.join(one.again)}" if one.again else line


@pytest.mark.parametrize("case", CASES, ids=str)
def test_followups(case: Case) -> None:
    found = read_project(case.input).followups
    lines = [told(one) for one in found if one.kind != "plan"]
    assert "\n".join(lines) == case.expected


def test_a_plan_that_is_told_in_passing_is_no_promise() -> None:
    journal = read_project(
        "=== session-log.md\n## Session 1 - 2026-01-10\n### Done\n"
        "- Outlined the plan for the tide curve\n"
    )
    assert [(x.kind, x.state) for x in journal.followups] == [("plan", "open")]
