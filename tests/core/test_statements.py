"""What a line says of its subject, and what terms it has."""

import json
import random
import re
from dataclasses import asdict, replace

import pytest

from sessionlog_core import statements, terms, units
from sessionlog_core.model import PartKind
from sessionlog_core.reader import read_log
from sessionlog_core.said import read_said
from sessionlog_core.statements import Phrases, Stance, group_words, read_statements, stance_of
from sessionlog_core.terms import (
    find_ids,
    find_word_names,
    fold_words,
    make_rarity,
    read_terms,
    read_words,
    same_words,
    show_terms,
)
from sessionlog_core.units import find_units


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Implemented the reader", Stance.WORK),
        ("The reader reads all stations", Stance.WORK),
        ("✅ Reader", Stance.WORK),
        ("Added a test that is not yet run", Stance.WORK),
        ("⏳ Reader", Stance.PLAN),
        ("The reader will be rewritten", Stance.PLAN),
        ("Outlined the reader", Stance.PLAN),
        ("Reader (25-40 min)", Stance.PLAN),
        ("Leser: noch offen", Stance.PLAN),
        ("Próximos passos: leitor", Stance.PLAN),
        ("下一步：读者", Stance.PLAN),
        ("Static methods are currently rejected", Stance.DENIAL),
        ("The reader is not implemented", Stance.DENIAL),
        ("Persistenz fehlt", Stance.DENIAL),
        ("Tried the reader for old stations, put it aside", Stance.DENIAL),
        ("The reader for old stations was shelved", Stance.DENIAL),
        ("Leser für alte Stationen zurückgestellt", Stance.DENIAL),
        ("Lecteur mis de côté", Stance.DENIAL),
    ],
)
def test_stance(text: str, stance: Stance) -> None:
    assert stance_of(text, PartKind.OTHER) is stance


@pytest.mark.parametrize(
    ("part", "done", "stance"),
    [
        (PartKind.NEXT_STEPS, None, Stance.PLAN),
        (PartKind.NEXT_STEPS, True, Stance.WORK),
        (PartKind.DONE, False, Stance.PLAN),
        (PartKind.BLOCKERS, None, Stance.PLAN),
    ],
)
def test_sections_and_boxes(part: PartKind, done: bool | None, stance: Stance) -> None:
    assert stance_of("The reader", part, done=done) is stance


LOG = """## Session 3 - 2026-01-20

### Recap of the previous session

- Built the reader

### Done

- 2026-01-10: drew the curve
- Painted the wall
  in two colours

| What | State |
|---|---|
| Bell | rings |
| Pier | ✅ done |

```
[ ] T016: stations
[x] T017: tides
print("stations")
```
"""


def test_statements_of_a_session() -> None:
    log = read_log(LOG, "log.md", named=True)
    found = [
        (s.span.line, s.span.end_line, s.text, s.stance)
        for s in read_statements(log.sessions[0])
        if not s.title
    ]
    assert found == [
        (5, 5, "Built the reader", Stance.RECALL),
        (9, 9, "2026-01-10: drew the curve", Stance.RECALL),
        (10, 11, "Painted the wall in two colours", Stance.WORK),
        (13, 13, "What | State", Stance.RECALL),
        (15, 15, "Bell | rings", Stance.RECALL),
        (16, 16, "Pier | ✅ done", Stance.WORK),
        (19, 19, "[ ] T016: stations", Stance.PLAN),
        (20, 20, "[x] T017: tides", Stance.WORK),
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("per ADR-014/ADR-028", "ADR-014 ADR-028"),
        ("T-SEC-002-ROTATION and BACK-AND-FORTH", "T-SEC-002-ROTATION"),
        ("T009-T011: config", "T009… T010… T011…"),
        ("ADR-001 through ADR-099", "ADR-001 ADR-099"),
        ("B2-1, M0.3, #26, FUN_08001A2C", "B2-1 M0.3 #26 FUN_08001A2C"),
        ("UTF-8, SHA-256, ISO-8601, GPT-5, END-TO-END, READ-ONLY", ""),
        ("&#123; a#1 #fff colour, #7; then", "#7"),
        ("v1.2.3 on 2026-01-10", ""),
    ],
)
def test_ids(text: str, ids: str) -> None:
    assert " ".join(f"{name}…" if ranged else name for name, ranged in find_ids(text)) == ids


def test_two_spellings_share_their_terms() -> None:
    one = {*read_terms("Implement the template renderer in `src/tides/render.py`")}
    other = {*read_terms("Implemented rendering of templates (render.py)")}
    assert {"render", "`render.py"} <= one & other
    assert one & other >= {term for term in one if term.startswith("templ") and "+" not in term}


def test_folders_numbers_and_small_words_are_no_terms() -> None:
    assert "src" not in read_terms("Wrote src/tides/render.py for the 12 of them")
    assert not {"the", "12", "of", "for"} & {*read_terms("for the 12 of the tides")}


def test_terms_of_scripts_without_blanks() -> None:
    assert {*read_terms("潮汐曲线")} >= {"潮汐", "汐曲", "曲线"}


def test_rare_terms_weigh_more() -> None:
    lines = [
        read_terms(x) for x in ("harbour bell", "harbour wall", "harbour tide", "harbour pier")
    ]
    rarity = make_rarity(lines)
    assert rarity["harbour"[:7]] < rarity["bell"] == 1.0
    assert rarity["never seen"] == 1.0


def test_reasons_are_told_in_the_words_of_the_line() -> None:
    text = "Implemented no-shadowing enforcement for `nested scopes`, see T016"
    assert show_terms(text, read_terms(text)) == (
        "T016, nested scopes, Implemented, shadowing, enforcement, see"
    )


def test_one_step_in_two_spellings() -> None:
    assert same_words("3. **Draw** the `curve`!") == same_words("draw the curve")


@pytest.mark.parametrize(
    "text",
    [
        "A-" * 20_000,
        "T" * 50_000,
        "`" * 50_000,
        " ".join("`" * length for length in range(400)),
        "a/" * 30_000,
        "~~" * 30_000,
        "Phase 1." * 8_000,
    ],
)
def test_long_lines_take_linear_time(text: str) -> None:
    find_ids(text)
    read_terms(text)
    stance_of(text, PartKind.OTHER)
    show_terms(text, ())


SCRAPS = (
    *" -_.,/#:()[]`~&",
    *"aZ5é潮",
    *("T016", "ADR-", "-014", "ADR-001 to ADR-003", "B2-1", "M0.3", "T-PIER-WALL", "FUN_08A2"),
    *("2026-01-10", "https://a.b/T1", "](x)", "src/tides.py", "Phase 5", "slice#2", " step ", "12"),
)
"""What names, paths, dates and links are made of, and what makes them none."""


def made_up_lines(count: int) -> list[str]:
    chance = random.Random(4)
    return ["".join(chance.choices(SCRAPS, k=chance.randint(1, 9))) for _ in range(count)]


@pytest.mark.parametrize(
    ("patterns", "guard"),
    [
        ((terms.ID, terms.RANGE, terms.WORD_NAME), terms.MAYBE_ID),
        ((units.UNIT,), units.FIGURE),
        ((terms.PATH,), re.compile(r"[./]")),
        ((terms.NAME,), re.compile(r"[._$]")),
        ((terms.LINK,), re.compile(r"\]\(|://")),
        ((terms.DATE,), re.compile("-")),
    ],
    ids=["ids", "units", "paths", "names", "links", "dates"],
)
def test_what_a_closer_look_finds_no_first_look_hides(
    patterns: tuple[re.Pattern[str], ...], guard: re.Pattern[str]
) -> None:
    found = [text for text in made_up_lines(20_000) if any(p.search(text) for p in patterns)]
    assert len(found) > 100
    assert all(guard.search(text) for text in found)


def test_names_are_found_piece_by_piece_as_in_the_whole() -> None:
    lines = made_up_lines(20_000)
    assert sum(bool(find_ids(text)) for text in lines) > 1000
    for text in lines:
        words = read_words(text)
        found = find_ids(text), find_word_names(text), find_units(text)
        assert (words.ids, words.names, words.units) == found


def test_plain_words_are_those_of_the_pattern() -> None:
    lines = [text for text in made_up_lines(20_000) if terms._unlinked(text) is text]
    assert any(text.isascii() and text != text.lower() for text in lines)
    for text in lines:
        assert fold_words(text) == " ".join(terms.WORD.findall(text.casefold()))


def test_what_terms_weigh_together_is_the_same_in_every_order() -> None:
    chance = random.Random(1)
    lines = [[f"term{chance.randrange(400)}" for _ in range(30)] for _ in range(500)]
    rarity = make_rarity(set(line) for line in lines)
    assert len({*rarity.values()}) > 20
    for line in lines:
        assert len({rarity.mass(chance.sample(line, len(line))) for _ in range(20)}) == 1


def test_phrases_are_for_small_letters() -> None:
    phrases = [value for value in vars(statements).values() if isinstance(value, Phrases)]
    patterns = [pattern for p in phrases for pattern in (p.spaced, p.unspaced)]
    patterns += [statements.TOLD, statements.PREPARES, statements.GOAL, statements.SPAN_OF_TIME]
    assert len(phrases) == 4
    for pattern in patterns:
        words = re.sub(r"\\.", "", pattern.pattern)
        assert words == words.lower()
    assert all(p.unspaced.search(sign) is None for p in phrases for sign in map(chr, range(128)))


@pytest.mark.parametrize(
    "text",
    ["next step", "needed to", "needs to", "need two", "set aside", "put a", "priority", "top two",
     "tape", "étape", "not done", "nor done", "todo list", "to do", "a future", "in a later one"],
)  # fmt: skip
def test_words_grouped_by_their_first_letter_are_found_in_the_same_texts(text: str) -> None:
    words = (
        r"next steps?|need(?:s|ed)? to|é?tape|(?:put|set) aside|(?:top )?priorit(?:y|ies)|"
        r"not (?:yet )?(?:done|seen|work(?:s|ing))|to[ -]?do\b(?! list)|in a (?:later|future)"
    )
    plain, grouped = (re.compile(rf"\b(?:{x})") for x in (words, group_words(words)))
    assert bool(grouped.search(text)) == bool(plain.search(text))
    assert grouped.pattern.count("n(?:") == 1


def test_what_a_session_says_is_plain_data_and_does_not_hang_on_its_key() -> None:
    session = read_log(LOG, "log.md", named=True).sessions[0]
    said = read_said(session)
    assert len(said.statements) == 11
    assert len(said.lines) == 2
    assert said == read_said(replace(session, key="2026-01-20-3", twin_of="2026-01-20"))
    assert json.loads(json.dumps(asdict(said)))["statements"][2]["text"] == "Built the reader"
