"""What became of next steps."""

import random
from pathlib import Path

import pytest

from sessionlog_core import followups
from sessionlog_core.followups import _Board
from sessionlog_core.model import FollowUp, Item, Span
from sessionlog_core.terms import make_rarity, read_terms
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


@pytest.mark.parametrize("bits", [5, 480])
def test_no_step_is_passed_over_that_shares_enough(
    bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followups, "BITS", bits)
    chance = random.Random(1)
    words = [f"w{n}rd" for n in range(120)]
    lines = [" ".join(chance.choices(words, range(120), k=9)) for _ in range(400)]
    board = _Board(make_rarity(read_terms(line) for line in lines), len(lines))
    found = 0
    for place, line in enumerate(lines):
        span = Span("log.md", place + 1, place + 1)
        board.add(f"s{place}", place // 8, Item(line, place + 1, place + 1), span, "plan")
        terms = read_terms(chance.choice(lines))
        steps = list(board._sharing(terms, place // 8, board.wanted, 0.3))
        numbers = {n for term in terms for n in board.by_term.get(term, ())}
        waiting = [board.steps[n] for n in sorted(numbers)]
        shared = [(s, board.rarity.mass(s.terms.intersection(terms))) for s in waiting]
        assert steps == [(step, mass) for step, mass in shared if mass >= 0.3 * step.wanted]
        found += len(steps)
    assert found > 100
    assert any(board.lost)
    assert len(board.common) > 5
