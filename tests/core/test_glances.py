"""What is seen at a glance of a title leaves out no title that a closer look finds something in."""

import random
import re
from itertools import pairwise

import pytest

from sessionlog_core import (
    dates,
    evidence,
    labels,
    outline_lines,
    outline_markdown,
    titles,
    vocabulary,
)
from sessionlog_core.entries import _pairs, may_be_numbered
from sessionlog_core.log_words import LOG_WORDS, OTHER_WORDS, TEMPLATE_WORDS
from sessionlog_core.marks import _firsts, _pattern, last_of, says
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.titles import _has_gap, _is_continued, _units_in, _without_signs, find_units
from sessionlog_core.vocabulary import DEFAULT, LETTERS, WORD, fold, read_rows

SAID = """
    Monday mon. Lundi, segunda-feira (Fri) 月曜日 7 Feb February März 2026-01-09 2026-01-12, 12:30
    09:15 (1h30) 2 h 45 min [DATE] (date) <Topic> YYYY-MM-DD MM/DD/YYYY XX xxx {{ }} {n} (continued)
    cont. Cont'd suite 続き status: estado= 状态： DONE done BLOCKED ✅ ☑ 🚧 · | — – - → ( ) [ ]
    ` * ** __ _ ~ : ： ; , . & + / and und と template how to how_to Rules-for log LOG sessions
    handoff roadmap plan Session 12 session Sprint entry Next steps next Lessons learned in progress
    in Decisions What changed 日志 次のステップ 変更 :Date: *Date*: **Status:** __Next__ Agenda 🎯
    12:00:01 INFO ERROR Date: quest Ünïcode ﬁn ſession \ufe0f
""".split()


def lines(count: int) -> list[str]:
    """Make titles of such pieces, with and without blanks between them."""
    chance = random.Random(7)
    return [
        "".join(
            f"{chance.choice(SAID)}{chance.choice(('', ' ', ' ', chr(160)))}"
            for _ in range(chance.randint(1, 9))
        )
        for _ in range(count)
    ]


TITLES = lines(6_000)
PHRASES = (LOG_WORDS, OTHER_WORDS, TEMPLATE_WORDS)


@pytest.mark.parametrize("phrases", PHRASES, ids=["log", "other", "template"])
def test_a_phrase_is_found_as_its_pattern_finds_it(phrases) -> None:
    found = [line for line in TITLES if _pattern(phrases).search(line)]
    assert found
    assert found == [line for line in TITLES if says(line, phrases)]
    assert all(LETTERS.fullmatch(first) for first in _firsts(phrases) if first.isascii())


@pytest.mark.parametrize("phrases", PHRASES, ids=["log", "other", "template"])
def test_the_last_phrase_is_the_one_that_ends_last(phrases) -> None:
    for line in TITLES[:4_000]:
        text = f" {' '.join(WORD.findall(fold(line)))} "
        ends = [text.rfind(f" {p} ") + len(p) for p in phrases if f" {p} " in text]
        assert last_of(WORD.findall(fold(line)), phrases) == max(ends, default=-1)


def test_units_are_found_as_their_pattern_finds_them() -> None:
    units = find_units(DEFAULT)
    whole = [[m.span() for m in units.pattern.finditer(line)] for line in TITLES]
    assert any(whole)
    assert whole == [[m.span() for m in _units_in(line, units)] for line in TITLES]


@pytest.mark.parametrize(
    ("pattern", "seen"),
    [
        (titles.PLACEHOLDER, _has_gap),
        (titles.CONTINUED, _is_continued),
        (dates.DAY_BEFORE, dates._day_before),
    ],
    ids=["gap", "continued", "day before"],
)
def test_a_closer_look_is_taken_wherever_its_pattern_matches(pattern, seen) -> None:
    found = [line for line in TITLES if pattern.search(line)]
    assert found
    assert found == [line for line in TITLES if seen(line)]


def test_a_day_behind_a_date_is_found_as_its_pattern_finds_it() -> None:
    names = [name for rows in vocabulary.WEEKDAY_NAMES.values() for _, name in read_rows(rows)]
    shapes = (
        "{}",
        "({})",
        ", {}",
        " ({}.) x",
        "{}. 12:30",
        " {}12:30",
        "{}s",
        ", {} - x",
        "（{}）",
    )
    drawn = [shape.format(name) for shape in shapes for name in (*names, *map(str.upper, names))]
    found = [text for text in (*drawn, *TITLES) if dates.DAY_AFTER.match(text)]
    assert len(found) > len(names)
    assert found == [text for text in (*drawn, *TITLES) if dates._day_after(text, 0)]


def test_letters_of_scripts_without_blanks_are_those_of_three_ranges() -> None:
    wide = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
    letters = map(chr, range(0x11000))
    assert all(vocabulary.has_wide(x) == (wide.match(x) is not None) for x in letters)
    assert all(vocabulary.has_wide(line) == (wide.search(line) is not None) for line in TITLES)


SIGNS = [
    (labels.PLAIN, r"[:：]"),
    (labels.SLANTED, r"[:：]"),
    (labels.FIELD, r":"),
    (labels.LEAD, r"\A[^\w*]"),
    (titles.LENGTH, r"\d"),
    (titles.LEAD_NUMBER, r"\d"),
    (titles.IN_BRACKETS, r"[\[{<(]"),
    (titles.STATE, r"[(\[（【]"),
    (titles.STATED, r"[:=：]"),
    (titles.TAGGED, r">"),
    (titles.EMPTY, r"[|·]"),
    (titles.DANGLING, r"[:：]"),
    (titles.AFTER_OPEN, r"[(\[（【]"),
    (titles.NOTHING_IN, r"[(\[（【]"),
    (dates.TIME, r"\d:"),
    (dates.PARTIAL, r"\d"),
    (dates.DAY_AFTER, dates.MAY_BE_DAY.pattern),
    (evidence.LEAD, r":|\*\*"),
    (evidence.MACHINE, r":.*:"),
    (vocabulary.BRACKETED, vocabulary.BRACKET.pattern),
    (vocabulary.HEAD, vocabulary.PARTING.pattern),
]


@pytest.mark.parametrize(
    ("pattern", "sign"), SIGNS, ids=lambda x: str(getattr(x, "pattern", ""))[:24]
)
def test_what_a_pattern_matches_has_its_sign(pattern, sign) -> None:
    found = [m[0] for line in TITLES for m in pattern.finditer(line)]
    assert found
    assert all(re.search(sign, text) for text in found)


def test_last_words_in_capitals_end_in_a_letter_that_is_one() -> None:
    tails = [(line, m[1]) for line in TITLES if (m := titles.TAIL.search(line)) and m[1].isupper()]
    assert tails
    assert all(line.rstrip()[-1].isalnum() and not line.rstrip()[-1].islower() for line, _ in tails)


def test_a_date_without_its_year_begins_with_a_figure_or_a_name() -> None:
    found = [line for line in TITLES if dates.PARTIAL.match(line)]
    first = [dates.FIRST_WORD.match(line) for line in found]
    assert any(first)
    assert not all(first)
    assert all(
        word[0].casefold() in dates.CALENDAR if word else line[0].isdigit()
        for word, line in zip(first, found, strict=True)
    )


def test_a_title_that_says_nothing_else_is_found_at_once() -> None:
    phrases = [phrase.upper() for phrase in DEFAULT.sections.whole]
    drawn = [*TITLES, *phrases, *(f"{a} & {b}" for a, b in pairwise(phrases)), "1. Done", "`Done`"]
    said = [section for title in drawn if (section := DEFAULT.section(title)) is not None]
    assert not all(section.exact for section in said)
    for title in drawn:
        section = DEFAULT.section(title)
        known = section.kind if section is not None and section.exact else None
        assert DEFAULT.sections.exact(title) == known, title


def test_what_numbers_a_title_has_its_sign() -> None:
    drawn = [*TITLES, *(f"{n} {line}" for n in ("a)", "IV.", "#", "2.3", "٣") for line in TITLES)]
    found = [line for line in drawn if vocabulary.NUMBERING.search(line)]
    assert found
    assert all(map(vocabulary.may_be_numbered, found))


def test_the_number_of_a_name_is_more_than_its_date() -> None:
    chance = random.Random(3)
    pieces = "session Session sess sprint report 2026-01-09 2026-13-40 7 12 b IV no nob nr. # 12:30"
    names = [
        "".join(f"{chance.choice(pieces.split())}{chance.choice(' -_.')}" for _ in range(4)).strip()
        for _ in range(4_000)
    ]
    numbered = [name for name in [*names, *TITLES] if titles.read_title(name, DEFAULT).number]
    assert len(numbered) > 100
    assert all(map(may_be_numbered, numbered))
    assert not may_be_numbered("SESSION REPORT 2026-01-09")


def test_a_date_has_a_century_or_two_points() -> None:
    found = [line for line in [*TITLES, "1.2.26", "01.02.26"] if dates.HINT.search(line)]
    assert len(found) > 100
    assert all(map(dates.may_be_dated, found))


@pytest.mark.parametrize("kind", [NodeKind.LABEL, NodeKind.LIST, NodeKind.QUOTE])
def test_labels_with_a_date_are_those_of_all_labels_that_have_one(kind) -> None:
    several = 0
    for text in TITLES:
        line = Node(NodeKind.PARAGRAPH, 1, 1, f"{text}\nDate: {text}")
        item = Node(NodeKind.ITEM, 1, 1, children=(line,))
        node = Node(kind, 1, 1, line.text, (item if kind is NodeKind.LIST else line,))
        dated, every = (
            [pair for pair in pairs if dates.find_dates(pair[1])]
            for pairs in (_pairs(node, dated=True), _pairs(node))
        )
        assert dated == every
        several += len(dated)
    assert several > 20


def test_a_text_without_signs_is_left_as_it_is() -> None:
    assert [_without_signs(x) for x in TITLES] == [titles.SIGN.sub("", x) for x in TITLES]


def test_titles_are_joined_by_a_sign_or_a_word() -> None:
    joined = [fold(line) for line in TITLES if vocabulary.JOINT.search(fold(line))]
    assert joined
    assert all(
        vocabulary.JOINT_SIGN.search(line) or not vocabulary.JOINING.isdisjoint(WORD.findall(line))
        for line in joined
    )


def test_the_longest_phrase_is_found_at_its_first_word() -> None:
    for table in (DEFAULT.states, DEFAULT.units):
        for line in TITLES[:4_000]:
            words = WORD.findall(fold(line))
            runs = (
                " ".join(words[at : at + size])
                for size in range(len(words), 0, -1)
                for at in range(len(words) - size + 1)
            )
            longest = next((table.phrases[run] for run in runs if run in table.phrases), None)
            if longest is not None and len(line) < 200:
                assert table.find(line) == longest


def test_a_line_without_a_sign_of_a_second_label_has_one_at_most() -> None:
    whole = [labels.NEXT.split(line) for line in TITLES]
    several = [line for line, parts in zip(TITLES, whole, strict=True) if len(parts) > 1]
    assert several
    assert all(labels.MAY_GO_ON.search(line) for line in several)


def test_text_that_begins_with_a_letter_runs_on() -> None:
    plain = [line for line in TITLES if line.lstrip(" ")[:1].isalpha()]
    assert plain
    for line in plain:
        body = outline_markdown.CONTAINER.sub("", line, count=1)
        assert body.strip()
        assert not outline_markdown.FENCE.match(body)
        assert body[0] != "#"


def test_a_line_that_begins_with_a_word_in_bold_begins_nothing_else() -> None:
    bold = [line for line in TITLES if outline_markdown._is_bold(line)]
    assert bold
    for line in bold:
        assert not outline_markdown.MARKER.match(line)
        assert not outline_markdown._is_rule(line, "*")
        assert outline_lines._alone(line, 1) is None


def test_a_line_that_is_text_at_a_glance_is_one_paragraph() -> None:
    plain = [line for line in TITLES if outline_markdown._is_text(line)]
    assert any(line.startswith("`") for line in plain)
    assert any(line.startswith("**") for line in plain)
    for line in plain:
        (node,) = outline_markdown.read_blocks([line])
        assert (node.kind, node.text) == (NodeKind.PARAGRAPH, line.strip())


def test_the_mark_of_an_item_is_read_as_its_pattern_reads_it() -> None:
    for line in TITLES:
        for mark in ("-", "*", "+", "1.", "2)"):
            (plain,) = outline_markdown.read_blocks([f"{mark} x{line}"])
            (far,) = outline_markdown.read_blocks([f"{mark}  x{line}"])
            assert plain == far


def test_a_thematic_break_ends_in_its_signs() -> None:
    chance = random.Random(5)
    drawn = ["".join(chance.choices("-*_ \ta#", (6, 2, 2, 3, 1, 1, 1), k=6)) for _ in range(6_000)]
    rules = [x for x in drawn if outline_markdown._is_rule(x, "-")]
    assert rules
    assert all(x[-1] in outline_markdown.ENDS_RULE for x in rules)
