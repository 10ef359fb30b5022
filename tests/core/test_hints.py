"""What is seen at a glance leaves out no line that a closer look would find something in."""

import random
from itertools import product

import pytest

from sessionlog_core.decisions import BECAUSE, may_tell_why
from sessionlog_core.evidence import GAP, PLAYFUL, _play, may_be_gap
from sessionlog_core.fields import has_no_value
from sessionlog_core.labels import find_label, find_labels
from sessionlog_core.log_words import PLAY_WORDS
from sessionlog_core.metrics import (
    CHANGING,
    COMMAND,
    COUNTER,
    DELTA,
    ENDS_OF_CHANGING,
    IN_COMMANDS,
    IN_TOTALS,
    NUMBER,
    OF,
    START_IN_WORDS,
    START_OF_CHANGE,
    TOTAL,
    may_change,
    numbers_of,
)
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.references import (
    AROUND,
    COMMIT,
    COMMIT_NUMBER,
    COMMIT_WORDS,
    COMPILED,
    HEX,
    IN_NO_COMMIT,
    IN_WORD,
    IS_FILE,
    LABELLED,
    LABELS,
    LIST_OF_COMMITS,
    NO_COMMIT,
    NO_PATH,
    OWN_WORD,
    PULL,
    QUOTED,
    _matches,
    files_of,
    hints_of,
    is_path,
    leads_down,
    may_have_sha,
    may_name,
    may_name_files,
    shas_of,
)
from sessionlog_core.sections import value_of
from sessionlog_core.titles import find_units
from sessionlog_core.vocabulary import (
    DEFAULT,
    DIGIT,
    LETTERS,
    WORD,
    find_figured,
    fold,
    has_digit,
    words_of,
)
from sessionlog_core.wording import (
    DECIDED,
    LEAD,
    NO_WORD,
    PLACEHOLDER,
    POINTER,
    STARTS_OF_BLANK,
    STARTS_OF_DECIDED,
    STARTS_OF_NONE,
    is_decided,
)

PIECES = """
    Phase phases PHASE Phase: **Phase**: Fase Étape Tâche Веха Sprint Task Subtask- Milestone ADR-
    ADR US- UC T M RC- GH- SEC- A- # #A - : . , ( ) [ ] `src/a.py` `x` a.py ./b/c.md README.md
    [a](b.md) ](c) . .. A B 1 2.3 014 123 1-4 第三阶段 フェーズ 2단계 阶段 done of the YYYY-MM-DD
    HH:MM {{ }} [What was done] quest goblin dice loot exam table _ ** `
    4f2a9c1 1234567 #a1b2c3d4 9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c sha256: commit HEAD x9f8e7d6c
    PR PRs pull request Merge Requests MR from to auf -> ~ (+3) (- 12) total overall gesamt 7
    pytest tests/test_a.py -k go test npx test_upload x_test.go a.spec.ts １２ ٣ Ünï Straße
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


ROWS = [f"{number} {kind}" for number, (kind, _, _) in enumerate(COMPILED)]


@pytest.mark.parametrize(("kind", "hints", "pattern"), COMPILED, ids=ROWS)
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
    assert all(map(may_be_gap, gaps))


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
    assert all(word.isascii() and word.isalpha() for word in PLAY_WORDS)


def test_the_words_of_a_line_are_those_of_the_pattern() -> None:
    assert [words_of(line) for line in LINES] == [words(line) for line in LINES]


def test_a_figure_is_seen_in_every_script() -> None:
    assert [has_digit(line) for line in LINES] == [bool(DIGIT.search(line)) for line in LINES]
    assert has_digit("１２")


@pytest.mark.parametrize(("kind", "hints", "pattern"), COMPILED, ids=ROWS)
def test_a_name_is_found_where_its_word_begins(kind, hints, pattern) -> None:
    for line in LINES:
        told = tuple(hints & hints_of(line, words(line)))
        found = {m.span() for m in _matches(pattern, told, line, line.lower())} if told else set()
        assert found == {m.span() for m in pattern.finditer(line)}, line


def test_commits_are_found_where_hex_digits_begin() -> None:
    seen = 0
    for line in LINES:
        expected = [
            m[1] or m[2]
            for m in COMMIT.finditer(line)
            if not NO_COMMIT.search(line[max(0, m.start() - 20) : m.start()])
        ]
        if lead := LIST_OF_COMMITS.match(line):
            expected.append(lead[1] or lead[2])
        expected += [m[1] for m in COMMIT_NUMBER.finditer(line)]
        assert sorted(shas_of(line)) == sorted(expected), line
        seen += len(expected)
    assert seen > 1000


def test_a_number_of_a_commit_stands_behind_one_of_its_words() -> None:
    for line in LINES:
        if COMMIT_NUMBER.search(line):
            assert any(word in line.lower() for word in COMMIT_WORDS)


def test_a_pull_request_has_its_letters() -> None:
    for line in LINES:
        assert not PULL.search(line) or "R" in line or "equest" in line


def paths_in(line: str) -> list[tuple[str, str]]:
    """Give the paths of one line, looked for by the patterns alone, and what is behind each."""
    quoted = [((m[1] or m[2]).partition("#")[0], m.end()) for m in QUOTED.finditer(line)]
    words = [word.strip(AROUND) for word in QUOTED.sub(" ", line).split()]
    plain = [(word, line.find(word) + len(word)) for word in words if IS_FILE.search(word)]
    return [(path, line[end : end + 60]) for path, end in quoted + plain if is_path(path)]


def test_paths_of_many_lines_are_those_of_each() -> None:
    for start in range(0, len(LINES), 8):
        rows = LINES[start : start + 8]
        expected = [(i, *hit) for i, row in enumerate(rows) for hit in paths_in(row)]
        assert files_of("\n".join(rows)) == expected


def test_a_path_through_two_folders_is_none_of_what_is_no_path() -> None:
    chance = random.Random(3)
    drawn = ["".join(chance.choices("/./.ab1-:*io", k=chance.randint(0, 9))) for _ in range(20_000)]
    assert any(NO_PATH.fullmatch(path) for path in drawn)
    assert not any(leads_down(path) and NO_PATH.fullmatch(path) for path in drawn)


def test_lines_with_figures_are_told_at_once() -> None:
    for start in range(0, len(LINES), 8):
        rows = LINES[start : start + 8]
        assert find_figured("\n".join(rows)) == list(map(has_digit, rows))
    assert find_figured("") == [False]
    assert find_figured("\ud800 7\n\ud800") == [True, False]


def test_numbers_are_found_where_signs_or_figures_begin() -> None:
    chance = random.Random(3)
    drawn = ["".join(chance.choices("1234567890+-~<>≥=.,/:#$ a%k(", k=9)) for _ in range(20_000)]
    for line in (*LINES, *drawn):
        expected = [m.span() for m in NUMBER.finditer(line)]
        assert [m.span() for m in numbers_of(line)] == expected, line


def test_a_row_of_hex_digits_is_seen_at_a_glance() -> None:
    assert [may_have_sha(line) for line in LINES] == [bool(HEX.search(line)) for line in LINES]


OTHER_HEX = """
    sha SHA256 md5 hash checksum digest uuid GUID pid restore nonce token color colour addr address
    id ID
""".split()


@pytest.mark.parametrize("word", OTHER_HEX)
def test_what_is_no_commit_is_seen_by_a_part_of_its_word(word: str) -> None:
    assert NO_COMMIT.search(f"the {word}: ")
    assert any(part in word.lower() for part in IN_NO_COMMIT)


def test_a_change_has_its_signs_behind_the_number() -> None:
    for line in LINES:
        assert may_change(line) or not START_OF_CHANGE.match(line)
        assert line[:1].isspace() or not (START_IN_WORDS.match(line) or OF.match(line))
        assert not line.isascii() or not COUNTER.match(line)


def test_the_word_before_an_issue_ends_in_a_sign_of_words() -> None:
    for line in LINES:
        for end in range(0, len(line), 5):
            before = line[:end]
            assert not OWN_WORD.search(before) or IN_WORD.fullmatch(before[-2:-1])


def test_a_label_with_nothing_behind_it_is_no_field() -> None:
    for line in LINES:
        for text in (f"{line}:", f"**{line}:**", f"**{line}**:", f"**Next**：{line}:"):
            if has_no_value(text):
                alone = find_label(text)
                assert alone is None or not alone.value.strip()
                labels = () if "|" in text else find_labels(text.strip(" │║|>"))
                assert not any(label.value.strip() for label in labels)


def test_no_sign_of_a_label_with_marks_is_lost() -> None:
    marks = ("*", "**", "_", "`", " ", "-", "|", "~~", "Tin", "🚀")
    for size in range(1, 5):
        for signs in product(marks, repeat=size):
            for text in ("".join(signs) + ":", "".join(signs) + ":**"):
                label = find_label(text) if has_no_value(text) else None
                assert label is None or not label.value.strip(), text
    node = Node(NodeKind.LABEL, 1, 1, "*Questions:**", label="Questions")
    assert value_of(node) == ("*", 1)


def test_a_blank_of_a_form_begins_with_its_sign() -> None:
    for text in ("[List any]", "<name>", "____", "{what}", "..."):
        assert PLACEHOLDER.fullmatch(text)
        assert text[0] in STARTS_OF_BLANK
    for line in LINES:
        assert not PLACEHOLDER.fullmatch(line) or line[0] in STARTS_OF_BLANK
        assert not line[:1].isalpha() or not LEAD.match(line)


REASONS = """
    because|since|so that|in order to|due to|weil|da|damit|parce que|car|porque|para que|perché|
    protože|потому что|чтобы|因为|因為|以便|ため|때문
"""


@pytest.mark.parametrize("words", [words.strip() for words in REASONS.split("|")])
def test_a_reason_is_seen_by_its_words(words: str) -> None:
    for text in (f"{words} it is tin", f"Tin—{words.upper()}: it bends", f"tin ({words}_7"):
        assert may_tell_why(text) or not BECAUSE.search(text)
    assert BECAUSE.search(f"Tin, {words} it bends")


def test_a_choice_begins_with_two_letters_of_its_words() -> None:
    for rows in DECIDED.values():
        for word in rows.split("|"):
            assert word[:2] in STARTS_OF_DECIDED
    assert is_decided("Decided on tin")
    assert is_decided("**Opted** for tin")
    assert not is_decided("Added tin")


def test_a_command_of_tests_holds_one_of_its_words() -> None:
    matched = [line for line in LINES if COMMAND.search(line)]
    assert len(matched) > 100
    assert all(any(sign in line for sign in IN_COMMANDS) for line in matched)


def test_what_stands_about_a_number_has_its_signs() -> None:
    for line in LINES:
        assert not DELTA.match(line) or "(" in line
        assert not TOTAL.match(line) or any(x in line for x in IN_TOTALS)
        for end in range(0, len(line), 7):
            before = line[:end]
            if CHANGING.search(before[-24:]):
                assert before.rstrip()[-1:] in ENDS_OF_CHANGING


WORDS_OF_NONE = """
    No None nothing NENHUM nada ninguno Keine keinerlei nichts Aucun rien nessuno niente žádné nic
    Нет ничего geen niets brak yok See siehe voir véase ver veja vedi viz См. 参见 见 請參閱
""".split()


@pytest.mark.parametrize("word", WORDS_OF_NONE)
def test_what_says_that_there_is_none_is_seen_by_its_first_letter(word: str) -> None:
    assert NO_WORD.match(word) or POINTER.match(f"{word} `plan.md`")
    assert word[:1].casefold() in STARTS_OF_NONE
