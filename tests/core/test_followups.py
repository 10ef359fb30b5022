"""What became of next steps."""

import random
from pathlib import Path

import pytest

from sessionlog_core import followups
from sessionlog_core.followups import _Board, _Shares
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
    board.answered = _Shares(0.3)
    found = 0
    for place, line in enumerate(lines):
        span = Span("log.md", place + 1, place + 1)
        board.add(f"s{place}", place // 8, Item(line, place + 1, place + 1), span, "plan")
        terms = read_terms(chance.choice(lines))
        for shares, own in ((board.answered, 0.0), (board.unsaid, board.rarity.mass(terms))):
            steps = board._sharing(terms, shares, own)
            numbers = sorted({n for term in terms for n in board.by_term.get(term, ())})
            shared = [board.rarity.mass(board.steps[n].terms.intersection(terms)) for n in numbers]
            assert steps == [
                (board.steps[n], mass)
                for n, mass in zip(numbers, shared, strict=True)
                if mass >= shares.part * (shares.sizes[n] + own)
            ]
            found += len(steps)
    assert found > 100
    assert any(a < 0.3 * b for a, b in zip(board.answered.least, board.answered.sizes, strict=True))
    assert len(board.common) > 5
