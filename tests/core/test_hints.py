"""What is seen at a glance leaves out no line that a closer look would find something in."""

import random

import pytest

from sessionlog_core.evidence import GAP, PLAYFUL, SIGNS_OF_GAPS, _play
from sessionlog_core.log_words import PLAY_WORDS
from sessionlog_core.references import (
    COMPILED,
    LABELLED,
    LABELS,
    files_of,
    hints_of,
    may_name,
    may_name_files,
)
from sessionlog_core.titles import find_units
from sessionlog_core.vocabulary import DEFAULT, DIGIT, LETTERS, WORD, fold

PIECES = """
    Phase phases PHASE Phase: **Phase**: Fase Étape Tâche Веха Sprint Task Subtask- Milestone ADR-
    ADR US- UC T M RC- GH- SEC- A- # #A - : . , ( ) [ ] `src/a.py` `x` a.py ./b/c.md README.md
    [a](b.md) ](c) . .. A B 1 2.3 014 123 1-4 第三阶段 フェーズ 2단계 阶段 done of the YYYY-MM-DD
    HH:MM {{ }} [What was done] quest goblin dice loot exam table _ ** `
    ✅ — → Session session-7 SESSION Sprint Séance Сессия セッション S3 Day
""".split()


def lines(count: int) -> list[str]:
    """Make lines of such pieces, with and without blanks between them."""
    chance = random.Random(7)
    return [
        "".join(
            f"{chance.choice(PIECES)}{chance.choice(('', ' ', ' ', chr(160)))}"
            for _ in range(chance.randint(1, 9))
        )
        for _ in range(count)
    ]


LINES = lines(20_000)


def words(line: str) -> list[str]:
    return LETTERS.findall(line.lower())


@pytest.mark.parametrize(("kind", "hints", "pattern"), COMPILED, ids=lambda x: str(x)[:24])
def test_a_pattern_is_tried_wherever_it_matches(kind, hints, pattern) -> None:
    matched = [line for line in LINES if pattern.search(line)]
    missed = [line for line in matched if hints.isdisjoint(hints_of(line, words(line)))]
    assert not missed, f"{kind}: {missed[0]}"


def test_most_names_need_a_figure() -> None:
    named = [
        line
        for line in LINES
        if not DIGIT.search(line) and any(pattern.search(line) for _, _, pattern in COMPILED)
    ]
    assert named
    assert all(may_name(line) for line in named if "-" in line or "hase " in line)


def test_a_figure_alone_names_nothing() -> None:
    bare = [line for line in LINES if not words(line)]
    assert bare
    assert not any(pattern.search(line) for line in bare for _, _, pattern in COMPILED)


def test_a_label_with_a_number_holds_its_word() -> None:
    labelled = [line for line in LINES if LABELLED.search(line)]
    assert labelled
    assert not any(LABELS.isdisjoint(hints_of(line, words(line))) for line in labelled)


def test_a_line_with_a_path_looks_like_one() -> None:
    naming = [line for line in LINES if list(files_of(line))]
    assert naming
    assert all(map(may_name_files, naming))


def test_a_gap_has_one_of_its_signs() -> None:
    gaps = [line for line in LINES if GAP.match(line)]
    assert gaps
    assert all(any(sign in line for sign in SIGNS_OF_GAPS) for line in gaps)


def test_a_unit_is_a_word_of_its_title() -> None:
    units = find_units(DEFAULT)
    named = [line for line in LINES if units.pattern.search(line)]
    latin = [line for line in named if "".join(words(line)).isascii()]
    assert any(not line.isascii() for line in latin)
    assert not any(units.names.isdisjoint(words(line)) for line in latin)


def test_words_of_play_are_counted_as_if_all_words_were() -> None:
    for line in map(fold, LINES):
        known = sorted(PLAY_WORDS.intersection(WORD.findall(line)))
        assert _play(line) == known or len(known) < PLAYFUL
