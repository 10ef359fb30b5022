"""The outline of a file in, the lines out that may start a session, with level and meaning.

Headings are marks whatever they say, because they end what stands above them. Bold lines, plain
lines, banners and stamps are marks only where they look like the start of a session.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from sessionlog_core.dates import Order, find_dates
from sessionlog_core.labels import find_label, strip_markup
from sessionlog_core.log_words import (
    FILLER_WORDS,
    LOG_WORDS,
    RECAP_WORDS,
    TEMPLATE_WORDS,
    Phrases,
)
from sessionlog_core.outline import Kind, Node
from sessionlog_core.patterns import later
from sessionlog_core.records import members, record
from sessionlog_core.titles import WORK_UNITS, Title, find_units, read_title
from sessionlog_core.vocabulary import (
    DIGIT,
    MONTH_NAMES,
    WORD,
    Vocabulary,
    fold,
    has_digit,
    has_wide,
    word_set,
    words_of,
)

__all__ = [
    "Grade",
    "Grades",
    "Mark",
    "cut_lines",
    "date_labels",
    "find_marks",
    "last_of",
    "open_folds",
    "rest_of",
    "says",
]


class Grade(StrEnum):
    """How a line may start a session, the more certain first."""

    OWN = "own"
    """A layout of the user's own says so."""
    SESSION = "session"
    """A session word with a number or a date, or with a title behind a colon."""
    UNIT = "unit"
    """Another unit with a number: `Sprint 7`, `Iteration 3`."""
    DATE = "date"
    """A date first: `2026-01-09 — topic`."""
    DATED = "dated"
    """A date elsewhere: `Topic (2026-01-09)`."""
    MONTH = "month"
    """A month alone, which holds days."""
    TIME = "time"
    """A time of day first, which needs a date above it."""
    GAP = "gap"
    """A gap to be filled in and nothing else: a template."""
    END = "end"
    """The end of a session: `SESSION_LOG_END`, `=== END SESSION 1 ===`."""
    NONE = ""


Grades = members(Grade)
"""The same grades, faster to look up."""

STRONG = frozenset({Grades.OWN, Grades.SESSION, Grades.UNIT, Grades.DATE})

BANNER, BOLD, LINE, STAMP = 0, 7, 8, 9
"""Levels of marks that are no headings."""

END = later(
    r"(?:session[\s_-])?(?:log[\s_-])?(?:end|ends|ended|fin|ende|fine|konec|конец|结束|終了|종료)(?![\w-])",
    re.I,
)
"""A line that closes a session: `SESSION_LOG_END`, `=== END SESSION 1 ===`."""

LINE_AT_MOST, STAMP_AT_MOST = 160, 2000
"""Letters of a plain line, and of one with a time stamp, that may stand for a heading."""


@record(frozen=True, slots=True)
class Mark:
    """A line that may start a session.

    `index` is its node; `level` orders marks: 0 a banner, 1 to 6 headings, 7 bold lines,
    8 plain lines, 9 stamps. `parent` is the position of the mark that holds it, or -1.
    """

    index: int
    line: int
    level: int
    text: str
    title: Title
    grade: Grade
    parent: int = -1
    template: bool = False


def find_marks(nodes: tuple[Node, ...], vocabulary: Vocabulary, order: Order) -> tuple[Mark, ...]:
    """Give all marks in order."""
    units = find_units(vocabulary)
    marks: list[Mark] = []
    stack: list[int] = []
    for index, node in enumerate(nodes):
        place = _place(node, vocabulary, units.starts)
        if place is None:
            continue
        level, text = place
        title, grade = _own(text, vocabulary, order) if vocabulary.layouts else None, Grades.OWN
        if title is None and level == NEVER:
            continue
        if title is None:
            title, grade = _read(text, level < BOLD, vocabulary, order)
            if level >= BOLD and not _stands_alone(title, grade, level):
                continue
        elif level == NEVER:
            level = LINE
        while stack and marks[stack[-1]].level >= level:
            stack.pop()
        parent = stack[-1] if stack else -1
        if parent >= 0 and level <= HEADING and title.date is None:
            title, grade = _within(title, grade, marks[parent])
        template = (parent >= 0 and marks[parent].template) or (
            grade not in STRONG
            and not (title.unit in WORK_UNITS and title.first == "unit")
            and _tells_how(text, vocabulary)
        )
        template = template or grade is Grades.GAP
        marks.append(Mark(index, node.line, level, text, title, grade, parent, template))
        stack.append(len(marks) - 1)
    if marks and _is_log_of_month(marks[0]) and any(map(_is_of_day, marks)):
        marks[0] = replace(marks[0], grade=Grades.MONTH)
    return tuple(marks)


def _is_log_of_month(mark: Mark) -> bool:
    """Say whether a line names a log and its month: `Session log, March 2026`."""
    title = mark.title
    return (
        mark.grade is Grades.SESSION
        and title.number is None
        and title.date is not None
        and len(title.date) == len("2026-03")
        and not title.words
        and says(title.raw, LOG_WORDS)
    )


def _is_of_day(mark: Mark) -> bool:
    """Say whether a mark starts a session with a number or a day of its own."""
    date = mark.title.date
    return mark.grade in STRONG and bool(mark.title.number or (date and len(date) > 7))


YEAR_ALONE = later(r"(?:19|20)\d\d")
DAY = later(
    r"(?P<day>(?:[^\W\d_]{2,12}\.?,?\s)?(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?)(?=\s?(?:[-–—:|·,]\s|$))(?P<rest>.*)"
)
"""A day of a month that a heading above names: `Sat 7 — topic`."""


def _within(title: Title, grade: Grade, parent: Mark) -> tuple[Title, Grade]:
    """Read a heading by the one above: a month below a year, a day below a month, a time."""
    above = parent.title
    if YEAR_ALONE.fullmatch(parent.text.strip()) and fold(title.raw) in MONTHS:
        date = f"{parent.text.strip()}-{MONTHS[fold(title.raw)]:02}"
        return replace(title, date=date, words="", first="date"), Grades.MONTH
    if parent.grade is Grades.MONTH and above.date and grade is Grades.NONE:
        day = DAY.match(title.raw)
        found = find_dates(f"{above.date}-{int(day['d']):02}") if day else ()
        if day and found and found[0].date:
            words = day["rest"].strip(" -–—:|·,")
            return replace(title, date=found[0].date, words=words, first="date"), Grades.DATE
    whole = above.date is not None and len(above.date) == 10 and not above.words
    if grade is Grades.TIME and whole and above.number is None:
        return title, Grades.DATE
    return title, grade


HEADING = 6
"""The lowest level of headings."""
MONTHS = {name: number for number, names in MONTH_NAMES.items() for name in names}


NEVER = 10
"""The level of a line that starts a session only where a layout of the user's own says so."""


def _place(node: Node, vocabulary: Vocabulary, starts: frozenset[str]) -> tuple[int, str] | None:
    """Give the level and the text of a line that may start a session."""
    kind = node.kind
    if kind is Kind.HEADING:
        return node.level, node.text
    if kind is Kind.RULE:
        return (BANNER, node.text) if node.text else None
    if kind is not Kind.LABEL and kind is not Kind.PARAGRAPH:
        return None
    text = node.text.partition("\n")[0].strip()
    # Most labels have no figure, and what starts a session has one.
    if (kind is Kind.LABEL and not has_digit(text)) or not _may_start(text, starts):
        return (NEVER, text) if vocabulary.layouts else None
    stamped = text.startswith("[")
    if len(text) > (STAMP_AT_MOST if stamped else LINE_AT_MOST):
        return NEVER, text
    if stamped:
        return STAMP, text
    label = find_label(text)
    if label is None:
        return LINE, text
    if label.bold:
        return (NEVER if label.value else BOLD), text
    return (NEVER if vocabulary.field(label.name) else LINE), text


@lru_cache(maxsize=4096)
def _read(
    text: str,
    heading: bool,  # noqa: FBT001
    vocabulary: Vocabulary,
    order: Order,
) -> tuple[Title, Grade]:
    """Read what a line says, and how it may start a session.

    Sections of the same titles stand in each session of a file, and in each file of a project.
    """
    title = read_title(text, vocabulary, order)
    grade = _grade(title, vocabulary)
    if grade is Grades.NONE or not heading or not (":" in text or "：" in text):
        return title, grade
    label = find_label(text)
    metadata = label is not None and vocabulary.field(label.name) is not None
    return title, Grades.NONE if metadata else grade


def _own(text: str, vocabulary: Vocabulary, order: Order) -> Title | None:
    """Read a line by the layouts of the user's own."""
    for layout in vocabulary.layouts:
        match = layout.pattern.search(strip_markup(text))
        if match is None:
            continue
        said = {k: v.strip() for k, v in match.groupdict().items() if v and v.strip()}
        whole = read_title(text, vocabulary, order)
        found = next((f for f in find_dates(said.get("date", ""), order) if f.date), None)
        state = vocabulary.state(said["status"]) if "status" in said else whole.state
        return replace(
            whole,
            words=said.get("title", "" if match.re.groupindex else whole.words),
            number=said.get(
                "number", whole.number if "number" not in match.re.groupindex else None
            ),
            date=found.date if found else whole.date,
            date_end=found.date_end if found else whole.date_end,
            time=said.get("time", whole.time),
            state=state,
            state_text=said.get("status", whole.state_text),
            placeholder=False,
        )
    return None


FIRST_WORD = later(r"[\W_]{0,8}([^\W_]+)")


def _may_start(text: str, starts: frozenset[str]) -> bool:
    """Say at a glance whether a line that is no heading may start a session.

    It has a digit, and begins with one, a unit word, a month or a day of the week.
    """
    match = FIRST_WORD.match(text)
    if match is None:
        return False
    word = match[1].casefold()
    return (
        word in starts
        or word[0].isdigit()
        or word.rstrip("0123456789") in starts
        or has_wide(word[0])
    ) and DIGIT.search(text) is not None


def _stands_alone(title: Title, grade: Grade, level: int) -> bool:
    """Say whether a line without the marks of a heading may start a session all the same."""
    if grade not in STRONG:
        return False
    if level == BOLD:
        return True
    if level == STAMP:
        return title.first == "date"
    if grade is Grades.DATE:
        return title.date is not None and len(title.date) == 10
    return title.first in ("unit", "date") and (title.number is not None or title.date is not None)


def _grade(title: Title, vocabulary: Vocabulary) -> Grade:
    known = title.number is not None or title.date is not None
    if title.unit == "session" and END.match(title.raw):
        return Grades.END
    if title.placeholder and not known and not title.words:
        return Grades.GAP
    if title.date and len(title.date) == 7 and not title.words and title.unit is None:
        return Grades.MONTH
    if title.number and "-" in title.number and title.date is None and _sums_up(title):
        return Grades.NONE
    if title.unit and title.unit not in WORK_UNITS and (known or title.placeholder):
        grade = Grades.SESSION if title.unit == "session" else Grades.UNIT
        if title.first in ("unit", "date") and (grade is Grades.SESSION or title.number):
            return grade
        if title.bracket and title.number:
            return grade
        if title.date and not title.phrase and not vocabulary.section(title.words):
            return Grades.SESSION if grade is Grades.SESSION else Grades.DATED
    if title.unit == "session" and title.first == "unit" and title.colon and title.words:
        return Grades.SESSION
    if title.first == "date":
        return Grades.DATE
    if title.date and title.words:
        numbered = title.unit in WORK_UNITS and title.first == "unit"
        section = None if numbered else vocabulary.section(title.words)
        return Grades.DATED if section is None else Grades.NONE
    return Grades.TIME if title.first == "time" else Grades.NONE


@lru_cache(maxsize=4096)
def _tells_how(text: str, vocabulary: Vocabulary) -> bool:
    """Say whether a title is that of a template or of rules: `Entry template`, `How to use this`.

    `Mail templates` and `Wire protocol` are pieces of work.
    """
    if not says(text, TEMPLATE_WORDS):
        return False
    words = WORD.findall(fold(text))
    if len(words) < 2 or not text.isascii():
        return True
    units = vocabulary.units.phrases
    if any(w in FILLER_WORDS or w in OF_LOGS or w in units for w in words):
        return True
    return says(" ".join(words[:2]), TEMPLATE_WORDS) and not says(words[-1], TEMPLATE_WORDS)


OF_LOGS = word_set("entries new this each every copy your sample blank")
"""Words of titles of templates, besides those of units."""


def _sums_up(title: Title) -> bool:
    """Say whether a title of several sessions ends in a word for a summary of what is past."""
    words = WORD.findall(fold(title.raw))
    return bool(words) and words[-1] in RECAP_WORDS


def says(text: str, phrases: Phrases) -> bool:
    """Say whether one of `phrases` stands in `text`, by whole words."""
    if text.isascii():
        # In ASCII a phrase begins with a whole word, and most texts have none of these.
        firsts = _firsts(phrases)
        leads = firsts.keys() & words_of(text)
        if not leads:
            return False
        if any(
            f" {word} " in firsts[word] for word in leads.intersection(WORD.findall(text.lower()))
        ):
            return True
    return _pattern(phrases).search(text) is not None


@cache
def _pattern(phrases: Phrases) -> re.Pattern[str]:
    """Make one pattern of phrases; scripts without blanks have no word ends."""
    narrow = "|".join(
        re.escape(p).replace(r"\ ", r"[\s_-]{1,3}") for p in phrases if not has_wide(p)
    )
    wide = "|".join(re.escape(p) for p in phrases if has_wide(p))
    return later(rf"(?<![^\W_])(?:{narrow})(?![^\W_])|{wide or '(?!)'}", re.I)


@cache
def _firsts(phrases: Phrases) -> Mapping[str, tuple[str, ...]]:
    """Give the phrases that begin with each word, between blanks."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        first = phrase.split()[0]
        found[first] = (*found.get(first, ()), f" {phrase} ")
    return MappingProxyType(found)


def last_of(found: Sequence[str], phrases: Phrases) -> int:
    """Give the place of the last of `phrases` in the words of a text, or -1."""
    firsts = _firsts(phrases)
    leads = firsts.keys() & found
    if not leads:
        return -1
    words = f" {' '.join(found)} "
    return max(
        (words.rfind(p) + len(p) - 2 for word in leads for p in firsts[word] if p in words),
        default=-1,
    )


SUMMARY = later(r"\s*<details[^<>]{0,80}>\s{0,9}<summary>(?P<words>[^<>\n]{1,200})</summary>\s*")


def open_folds(nodes: tuple[Node, ...], vocabulary: Vocabulary) -> tuple[Node, ...]:
    """Read the titles of folds as bold lines, where several of them start a session."""
    folds = {}
    for index, node in enumerate(nodes):
        fold_ = node.kind is Kind.PARAGRAPH and "<details" in node.text
        match = SUMMARY.fullmatch(node.text) if fold_ else None
        title = read_title(match["words"], vocabulary) if match else None
        if match and title and (title.date or title.number):
            line = node.line + node.text.count("\n", 0, match.start("words"))
            words = match["words"].strip()
            folds[index] = Node(Kind.LABEL, line, node.end_line, f"**{words}**", label=words)
    if len(folds) < 2:
        return nodes
    return tuple(folds.get(i, n) for i, n in enumerate(nodes) if n.text.strip() != "</details>")


def date_labels(nodes: tuple[Node, ...], vocabulary: Vocabulary, order: Order) -> tuple[Mark, ...]:
    """Give the labels of a date (`Date: 2026-03-02`) as marks, where a file has several of them."""
    marks = []
    for index, node in enumerate(nodes):
        label = find_label(node.text) if node.kind is Kind.LABEL else None
        if label is None or vocabulary.field(label.name) != "date":
            continue
        title = read_title(label.value, vocabulary, order)
        if title.date and len(title.date) == 10 and title.first == "date" and not title.words:
            marks.append(Mark(index, node.line, LINE, node.text, title, Grades.DATE))
    names = {fold(m.text.partition(":")[0]) for m in marks}
    return tuple(marks) if len(marks) >= 2 and len(names) == 1 else ()


def rest_of(node: Node) -> tuple[Node, ...]:
    """Give what a node says below its first line, which was taken for a heading."""
    rest = node.text.partition("\n")[2]
    if node.kind not in (Kind.PARAGRAPH, Kind.LABEL) or not rest.strip():
        return ()
    return (Node(Kind.PARAGRAPH, node.line + 1, node.end_line, rest),)


def cut_lines(nodes: tuple[Node, ...], vocabulary: Vocabulary) -> Iterator[Node]:
    """Part paragraphs at the lines that start a session by a layout of the user's own."""
    for node in nodes:
        if node.kind not in (Kind.PARAGRAPH, Kind.LABEL) or "\n" not in node.text:
            yield node
            continue
        lines = node.text.split("\n")
        starts = [
            i
            for i, line in enumerate(lines)
            if i and any(x.pattern.search(strip_markup(line)) for x in vocabulary.layouts)
        ]
        if not starts:
            yield node
            continue
        bounds = [0, *starts, len(lines)]
        for start, stop in pairwise(bounds):
            text = "\n".join(lines[start:stop])
            kind = node.kind if start == 0 else Kind.PARAGRAPH
            label = node.label if start == 0 else ""
            yield Node(kind, node.line + start, node.line + stop - 1, text, label=label)
