"""The line that starts an entry in, what it says out: unit, number, date, state, words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sessionlog_core.dates import Order, find_dates, find_partial, find_time
from sessionlog_core.fields import read_duration
from sessionlog_core.labels import strip_markup
from sessionlog_core.log_words import FILLER_WORDS
from sessionlog_core.patterns import later
from sessionlog_core.records import record
from sessionlog_core.vocabulary import (
    LETTERS,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    WORD,
    Vocabulary,
    Words,
    fold,
    has_digit,
    has_wide,
    read_rows,
    words_of,
)

__all__ = ["LINK", "WORK_UNITS", "Title", "Units", "find_units", "read_title"]


@record(frozen=True, slots=True)
class Title:
    """What an entry line says.

    `unit` is the kind of its unit word (`session`, `sprint`, ...) or None. `first` is what the line
    begins with: `date`, `unit`, `time` or `words`. `bracket` says that unit and number stand at the
    start of a bracket: `Wrap-up (Session 3)`, `colon` that a colon or a dash follows them, `phrase`
    that the unit word stands amid others: `at session end`. `placeholder` says that it has a gap to
    be filled in: `[DATE]`. `why` is what is wrong with its date, `partial` a date without its year:
    `-02-07`. `duration` is in minutes.
    """

    raw: str
    words: str
    unit: str | None = None
    number: str | None = None
    date: str | None = None
    date_end: str | None = None
    time: str | None = None
    state: str | None = None
    state_text: str | None = None
    first: str = "words"
    bracket: bool = False
    colon: bool = False
    phrase: bool = False
    placeholder: bool = False
    continued: bool = False
    why: str = ""
    partial: str | None = None
    duration: int | None = None


WORK_UNITS = frozenset({"phase", "task", "slice", "wave", "milestone"})
"""Units of a plan: their number names a piece of work, not a session, and stays in the title."""

COMMON_UNITS = frozenset(
    {"run", "day", "entry", "update", "devlog", "experiment", "turn", "handoff", "week"}
)
"""Units that are common words as well: they count at the start of a title only."""

NEAR = 120
"""Letters of a title in which its unit stands; the line of a stamp goes on with a whole report."""

SEPARATORS = " \t-–—−:|·•,;/→>»：，、。~_=.&+"
OPEN, CLOSE = "([（【", ")]）】"
BRACKETS = tuple(zip(OPEN, CLOSE, strict=True))
LEADING = SEPARATORS + OPEN
OPENERS, CLOSERS = frozenset(OPEN), frozenset(CLOSE)
AFTER_OPEN = later(r"([(\[（【])[\s:|·,–—-]+")
NOTHING_IN = later(r"[(\[（【]\s*[)\]）】]")

NUMBER = (
    r"(?:#|no\.?\s?|nr\.?\s?|n[º°]\s?|№\s?)?\s?"
    r"(?P<n>[MST]?\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?|[A-Z](?=\s*(?:[-–—:|)\]）,]|$))|[IVX]{1,6}(?=\s*(?:[-–—:|)\]）,]|$)))"
    r"(?:\s?(?:-|–|—|~|to|bis|\+|&|and|through)\s?#?(?P<n2>\d{1,4}))?"
    r"(?!\w|[.:/-]\d|%)"
)
"""A number of an entry: `7`, `10.14`, `4b`, `B`, `#3`, a range `1-8`; no part of a date or time."""

CONTINUED = later(
    r"[(（]?\b(?:continued|cont(?:['’]d|d)?\b\.?|continuation|continuação|continuación|suite|続き)[)）]?",
    re.I,
)
CALENDAR = frozenset(
    (
        *(name for names in MONTH_NAMES.values() for name in names),
        *(name for rows in WEEKDAY_NAMES.values() for _, name in read_rows(rows)),
    )
)
STARTS = frozenset(
    name.split()[0]
    for names in (
        *MONTH_NAMES.values(),
        *([n for _, n in read_rows(WEEKDAY_NAMES[kind])] for kind in ("long", "short")),
    )
    for name in names
)
"""The first words of months and days of the week."""
TELLING = later(r"(?:19|20)\d\d|\d:\d\d|\d\d[/.]\d\d|[\[{<]|\bX{1,3}\b|\b(?:YYYY|DD|MM)\b")
"""What a title has that needs a closer look: a year, a time, a day and month, a gap."""
CODE = later(r"`[^`\n]{1,300}`")
LINK = later(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
SIGN = later(
    r"[^\w\s()\[\]（）【】\"'`#<>{}.,:;!?/&+*=%$@~|\\^°§–—−·•→。、，：「」『』〜～“”‘’«»…×↔←€£-]"
)
"""Emoji and other signs."""
STATE = later(r"[(\[（【]\s*([^()\[\]（）【】]{1,40})\s*[)\]）】]")
TAIL = later(r"(?:[-–—:|·,]\s*|\s)([^\W\d_]+(?:\s[^\W\d_]+)?)\s*$")
"""The last one or two words."""
STATED = later(
    r"[|·,;–—-]\s{0,3}(?:status|state|estado|stand|statut|stato|stav|статус|状态|状態|상태)\s?[:：=]"
    r"\s{0,3}([^|()\[\]\n]{2,40})$",
    re.I,
)
"""A state behind its label, at the end: `| status: done`."""
BRACKET_GAP = (
    r"[\[{<(](?:(?:NEXT[ _-]?DATE|DATE|DATUM|DATA|FECHA|YYYY[^\[\]{}<>()]{0,20}|NUMBER|N|NN|#|X|XX|"
    r"TITLE|TOPIC|NAME|TBD|"
    r"DESCRIPTION|SESSION[ _](?:NUMBER|TITLE|NAME)|BRIEF[^\[\]{}<>()]{0,40}|HH:MM)[\]}>)]"
    r"|(?<=\{)\{?[\w .-]{1,40}\}?\}|(?<=<)[A-Z][\w -]{0,40}>)"
)
BARE_GAP = (
    r"\bYYYY[-/.]MM[-/.]DD\b|\bMM/DD/YYYY\b|\bDD[./]MM[./]YYYY\b"
    r"|\bX{1,3}\b(?=\s*(?:[:—–-]|$))"
)
PLACEHOLDER = later(f"{BRACKET_GAP}|{BARE_GAP}", re.I)
"""A gap to be filled in, as in templates: in brackets, or a date of letters and a word of X."""
IN_BRACKETS = later(BRACKET_GAP, re.I)
GAP_WORDS = frozenset(("yyyy", "x", "xx", "xxx"))
"""Words of which a gap without brackets holds one."""
GAP = later(r"[\[{<][A-Z][^\[\]{}<>\d]{2,50}[\]}>]")
"""Another bracket in a title that has a gap."""


TAGGED = later(r"<[^<>]{1,60}>\s{0,3}$")
"""The name of an element at the end of a title: its sign is no quote mark."""

GAPS = later(r"[\s_-]+")
"""What parts the words of a unit."""

LEAD_NUMBER = later(
    r"(?:#|№\s?|[Nn]o\.\s?|[Ss](?=\d{2,4}\b))?(?P<n>\d{1,4})(?![\d/:-]|\.\d)[.)]?[\s·|:–—-]{1,4}"
)
"""A number of its own before a date: `#31 · 4 Mar 2026`, `S008 2026-03-09`, `1. 2026-02-01`."""

EMPTY = later(r"([|·])(?:\s{0,3}[|·])+")
"""Bars around what was taken out."""

DANGLING = later(
    r"((?:^|[|·,;–—(])\s{0,3})(?:date|data|datum|fecha|дата|日期|日付|날짜)\s?[:：](?=\s{0,3}(?:[|·,;–—)]|$))",
    re.I,
)
"""A label whose date was taken out of a title: `| Date: | topic`."""

BEGIN = later(
    r"^[\s_:|–—-]{0,4}(?:log[\s_-])?(?:start|begin|started|inicio|início)\s{0,3}[|:–—]", re.I
)
"""The word for the beginning of a session: `SESSION_LOG_START | topic`."""

YEAR_ALONE = later(r"(?:19|20)\d\d")

LENGTH = later(
    r"(?:^|[(\[|·,–—-])\s{0,2}((?:ca\.?|approx\.?|~|≈)?\s?\d{1,3}(?:[.,:]\d{1,2})?\s?"
    r"(?:h|hrs?|hours?|std\.?|stunden?|heures?|hor[ae]s?|m|min|mins|minutes?|minuten|minutos|時間|分|小时|分钟|시간|분)"
    r"(?:\s?\d{1,2}(?:\s?(?:m|min|mins|minutes?|minuten))?)?)\s{0,2}(?=[)\]|·,:–—-]|$)",
    re.I,
)
"""How long a session took, between signs: `(1h30)`, `· 2 h ·`."""

ORDINAL = later(
    r"第\s?(?P<n>\d{1,4}|[〇一二三四五六七八九十百]{1,4})\s?(?P<u>回|次|轮|輪|期|话|話|集|阶段|階段|章)"
    r"|(?<![\w.])(?P<m>\d{1,3})(?:st|nd|rd|th|\.|[ªº]|e|ème|차|日目|일차)\s?$"
)
"""A number before its unit: `第3回セッション`, `3rd session`, `2ª sessão`."""
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def _cardinal(text: str) -> str:
    """Give a number in Chinese numerals up to 199 in digits."""
    if text.isdigit():
        return str(int(text))
    total = 0
    for part, worth in (("百", 100), ("十", 10)):
        head, sign, tail = text.partition(part)
        if sign:
            total += (DIGITS.get(head, 1) if head else 1) * worth
            text = tail
    return str(total + DIGITS.get(text, 0))


@record(frozen=True, slots=True)
class Units:
    """Unit words, ready to be looked for: with their numbers, and the words for a session alone.

    `names` are the first words of units in Latin letters, `firsts` those of months and days too:
    a title without any of them and without a figure of a date needs no closer look. `starts` are
    the first words of all units, months and days, with which a line that is no heading begins.
    """

    pattern: re.Pattern[str]
    sessions: re.Pattern[str]
    names: frozenset[str]
    firsts: frozenset[str]
    starts: frozenset[str]


@lru_cache(maxsize=64)
def _units(words: Words) -> Units:
    rows = tuple(words.phrases.items())
    ordered = sorted((name for name, _ in rows), key=len, reverse=True)
    latin = "|".join(re.escape(n).replace(r"\ ", r"[\s_-]") for n in ordered if not has_wide(n))
    wide = "|".join(re.escape(n) for n in ordered if has_wide(n))
    pattern = later(
        rf"(?:(?<![\w-])(?P<u>{latin})(?![^\W\d_])(?!-[^\W\d_])\.?|(?P<w>{wide or '(?!)'}))"
        rf"(?:[\s:_-]{{0,2}}{NUMBER})?",
        re.I,
    )
    sessions = "|".join(re.escape(n.split()[0]) for n, unit in rows if unit == "session")
    names = frozenset(LETTERS.findall(n)[0] for n, _ in rows if LETTERS.match(n))
    starts = STARTS | {name.split()[0] for name, _ in rows}
    told = later(rf"{sessions}|第|\[|\{{", re.I)
    return Units(pattern, told, names, names | CALENDAR, starts)


def find_units(vocabulary: Vocabulary) -> Units:
    """Make the patterns of the unit words of a vocabulary; they are the same for all its titles."""
    return _units(vocabulary.units)


def read_title(
    text: str, vocabulary: Vocabulary, order: Order = Order.UNKNOWN, units: Units | None = None
) -> Title:
    """Read the line that starts an entry."""
    units = units or find_units(vocabulary)
    raw = strip_markup(LINK.sub(r"\1", text) if "](" in text else text).strip("#").strip()
    rest = raw
    plain = raw.isascii()
    said = words_of(raw)
    if plain and units.firsts.isdisjoint(said) and not TELLING.search(raw):
        # Most headings name a section: no date, no unit, no gap.
        return Title(raw, raw.strip(SEPARATORS))
    if not plain and not has_digit(raw) and not units.sessions.search(raw):
        return Title(raw, _tidy(raw))
    # A gap in a code span is none: `graft <dep>:<command>` is a command.
    placeholder = _has_gap(CODE.sub(" ", text)) if "`" in text else _has_gap(rest, said)
    # Where the date is filled in so are the words: `2026-03-04: the <table> of {{ tides }}`.
    if placeholder and not any(found.date for found in find_dates(rest, order)):
        rest = GAP.sub(" ", PLACEHOLDER.sub(" ", rest))
    date = date_end = time = partial = own = None
    first, why = "words", ""
    # Dates, times and numbers of their own have figures.
    if has_digit(rest):
        own = LEAD_NUMBER.match(rest)
        rest, date, date_end, time, first, why = _dates(rest, order)
        if date and first == "words" and own and rest.startswith(own[0].rstrip(SEPARATORS)):
            rest, first = rest[own.end() :], "date"
        else:
            own = None
        if date is None:
            start = len(rest) - len(rest.lstrip(LEADING))
            short = find_partial(rest[start:])
            if short:
                first, partial = "date", short[1]
                rest = _cut(rest, start, start + short[0])
    if date and (":" in rest or "：" in rest):
        rest = DANGLING.sub(r"\1", rest)
    rest, state, state_text = _state(rest, vocabulary)
    match, unit = None, None
    # Signs and dashes are no letters: only words in other letters need the pattern to be found.
    if not units.names.isdisjoint(said) or not (plain or "".join(said).isascii()):
        match, unit = _unit(rest, vocabulary, units)
    number = None
    bracket = colon = phrase = False
    if match is not None:
        before, after = rest[: match.start()], rest[match.end() :]
        lead = _without_signs(before).strip(SEPARATORS)
        bracket = before.rstrip()[-1:] in OPENERS
        colon = after.lstrip()[:1] in (":", "：", "—", "–", "-", "|")
        phrase = bool(lead.strip(OPEN)) and not bracket and after.lstrip()[:1].isalnum()
        if first == "words" and not lead.strip(OPEN):
            first = "unit"
        if unit not in WORK_UNITS:
            number = match["n"] if not match["n2"] else f"{match['n']}-{match['n2']}"
        # A unit word within a phrase belongs to the words: `Roadmap Session Handoff Document`.
        if number or (
            unit not in WORK_UNITS
            and not phrase
            and (first == "unit" or date or not after.strip(SEPARATORS + CLOSE))
        ):
            rest = _cut(rest, match.start(), match.end())
            if number is None and ORDINAL.search(before):
                before, number, unit = _ordinal(before, unit)
                rest = f"{before} {after}"
                first = "unit" if first == "words" and not before.strip() else first
        if number is None and own is not None:
            number = own["n"]
    elif own is not None:
        number = own["n"]
    elif rest.startswith("第"):
        rest, number, unit = _ordinal(rest, None)
        first = "unit" if first == "words" and unit else first
    continued = _is_continued(rest)
    if continued and (number or date):
        rest = CONTINUED.sub(" ", rest)
    if number and date is None and partial is None:
        start = len(rest) - len(rest.lstrip(SEPARATORS))
        short = find_partial(rest[start:])
        if short:
            partial = short[1]
            rest = _cut(rest, start, start + short[0])
    duration = None
    if number or date:
        rest, duration = _duration(rest)
    if unit == "session" and first == "unit":
        rest = BEGIN.sub("", rest)
    words = _tidy(rest)
    if unit == "week" and YEAR_ALONE.fullmatch(words):
        words = ""
    if (number or date or unit) and _filler(words, vocabulary):
        words = ""
    return Title(
        raw, words, unit, number, date, date_end, time, state, state_text,
        first, bracket, colon, phrase, placeholder, continued, why, partial, duration,
    )  # fmt: skip


def _dates(rest: str, order: Order) -> tuple[str, str | None, str | None, str | None, str, str]:
    """Take the date and the time out of a title."""
    date = date_end = time = None
    first, why = "words", ""
    found = find_dates(rest, order)
    chosen = next((f for f in found if f.date), None)
    if chosen:
        date, date_end, time = chosen.date, chosen.date_end, chosen.time
        if not _without_signs(rest[: chosen.start]).strip(LEADING + '"#'):
            first = "date"
        # A second stamp in brackets says when the entry was written; it is no words.
        for other in reversed(found):
            if other is chosen or rest[: other.start].rstrip()[-1:] in OPENERS:
                rest = _cut(rest, other.start, other.end)
    elif found:
        why = found[0].why
        if not _without_signs(rest[: found[0].start]).strip(LEADING):
            first = "date"
            rest = _cut(rest, found[0].start, found[0].end)
    if time is None:
        time = find_time(rest)
        if time:
            at = rest.index(time)
            if first == "words" and not _without_signs(rest[:at]).strip(LEADING):
                first = "time"
            rest = _cut(rest, at, at + len(time))
    return rest, date, date_end, time, first, why


def _duration(rest: str) -> tuple[str, int | None]:
    """Take out how long the session took."""
    # A length has a figure.
    match = LENGTH.search(rest) if has_digit(rest) else None
    minutes = read_duration(match[1]) if match else None
    if match is None or minutes is None:
        return rest, None
    return _cut(rest, match.start(1), match.end(1)), minutes


def _cut(text: str, start: int, end: int) -> str:
    """Take a passage out, with brackets that would stay empty around it."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    for left, right in BRACKETS:
        if before.endswith(left) and after.startswith(right):
            return f"{before[:-1].rstrip()} {after[1:]}"
    return f"{before} {after}"


def _state(text: str, vocabulary: Vocabulary) -> tuple[str, str | None, str | None]:
    """Take a state out of a title: in brackets, as its last word after a dash, or as a sign."""
    for match in STATE.finditer(text) if _has_opener(text) else ():
        inside = match[1].strip()
        if (
            len(inside.split()) <= 3
            and (inside.isascii() or len(inside) <= 10)
            and not _is_continued(inside)
        ):
            state = vocabulary.state(inside)
            if state:
                return f"{text[: match.start()]} {text[match.end() :]}", state, inside
    # The label of a state has one of these behind it.
    labelled = ":" in text or "=" in text or "：" in text
    said = STATED.search(text) if labelled else None
    state = vocabulary.state(said[1]) if said else None
    if said and state:
        return text[: said.start()], state, said[1].strip()
    plain = (text if _is_plain(text) else SIGN.sub(" ", text)).rstrip()
    # The last words are in capitals where their last letter is: most need no search.
    end = plain[-1:]
    tail = TAIL.search(plain[-60:]) if end.isalnum() and not end.islower() else None
    if tail and tail[1].isupper():
        state = vocabulary.state(tail[1])
        if state:
            return text, state, tail[1]
    if not text.isascii():  # no sign of a state is a letter of ASCII
        for sign, state in vocabulary.states.signs.items():
            if sign in text and not text.strip().startswith(sign):
                return text, state, sign
    return text, None, None


def _unit(
    text: str, vocabulary: Vocabulary, units: Units
) -> tuple[re.Match[str] | None, str | None]:
    """Find the unit word: one with a number before one without, a session before others."""
    best: re.Match[str] | None = None
    rank = 99
    kind = None
    for match in _units_in(text[:NEAR], units):
        name = fold(match["u"] or match["w"])
        phrases = vocabulary.units.phrases
        unit = phrases.get(name) or phrases.get(GAPS.sub(" ", name))
        if match["n"] is None and unit != "session":
            continue
        if unit in COMMON_UNITS and _without_signs(text[: match.start()]).strip(LEADING):
            continue
        worth = (0 if match["n"] else 2) + (
            0 if unit == "session" else 4 if unit in WORK_UNITS else 1
        )
        if worth < rank:
            best, rank, kind = match, worth, unit
    return best, kind


def _units_in(text: str, units: Units) -> Iterator[re.Match[str]]:
    """Give what the pattern of units finds: it is tried at each word that may begin one.

    Words in other letters have units inside of them, so the pattern looks through the whole text.
    """
    if not (text.isascii() or "".join(LETTERS.findall(text)).isascii()):
        yield from units.pattern.finditer(text)
        return
    end = 0
    for start in _places(text, units.names):
        match = units.pattern.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


def _places(text: str, names: frozenset[str]) -> list[int]:
    """Give where some words stand in a text, between signs and figures."""
    folded = text.lower()
    found = []
    for name in names.intersection(words_of(text)):
        at = folded.find(name)
        while at >= 0:
            end = at + len(name)
            if not (folded[max(at - 1, 0) : at].isalpha() or folded[end : end + 1].isalpha()):
                found.append(at)
            at = folded.find(name, end)
    return sorted(found)


def _ordinal(before: str, unit: str | None) -> tuple[str, str | None, str | None]:
    """Find a number that stands before the unit word, or makes one (`第三阶段`)."""
    match = ORDINAL.search(before)
    if match is None:
        return before, None, unit
    if match["m"]:
        return before[: match.start()], match["m"], unit
    if match["u"] in ("阶段", "階段", "章"):
        return before, None, "phase"
    return before[: match.start()] + before[match.end() :], _cardinal(match["n"]), unit or "episode"


def _is_plain(text: str) -> bool:
    """Say whether a text has no sign at a glance: of ASCII, only control characters are any."""
    return text.isascii() and text.isprintable()


def _without_signs(text: str) -> str:
    return text if _is_plain(text) else SIGN.sub("", text)


def _has_opener(text: str) -> bool:
    """Say whether a bracket opens in a text that may be one of a state."""
    return "(" in text or "[" in text or "（" in text or "【" in text


def _has_gap(text: str, said: Sequence[str] | None = None) -> bool:
    """Say whether a title has a gap to be filled in; `said` are its words, if they are known."""
    bracket = "(" in text or "[" in text or "{" in text or "<" in text
    if bracket and IN_BRACKETS.search(text):
        return True
    bare = not GAP_WORDS.isdisjoint(words_of(text) if said is None else said)
    return bare and PLACEHOLDER.search(text) is not None


def _is_continued(text: str) -> bool:
    """Say whether a title says that it goes on; it holds the beginning of such a word."""
    folded = text.casefold()
    may = "cont" in folded or "suite" in folded or "続き" in folded
    return may and CONTINUED.search(text) is not None


def _filler(words: str, vocabulary: Vocabulary) -> bool:
    """Say whether nothing but words such as `log`, `notes` and `session` is left."""
    for match in WORD.finditer(fold(words)):
        word = match[0]
        if word not in FILLER_WORDS and vocabulary.units.phrases.get(word) != "session":
            return False
    return True


def _tidy(text: str) -> str:
    end = ">" if ">" in text and TAGGED.search(text) else ""
    if not _is_plain(text):
        text = SIGN.sub(" ", text).replace("\ufe0f", "")
    if _has_opener(text):
        text = AFTER_OPEN.sub(r"\1", text)
        text = NOTHING_IN.sub(" ", text)
    if "|" in text or "·" in text:
        text = EMPTY.sub(r"\1", text)
    text = " ".join(text.split()).replace(" ,", ",").strip(SEPARATORS)
    if text[:1] not in OPENERS and text[-1:] not in CLOSERS:
        return text + end
    for left, right in BRACKETS:
        if text.startswith(left) and text.endswith(right) and text.count(left) == 1:
            text = text[1:-1].strip(SEPARATORS)
        elif text.startswith(left) and right not in text:
            text = text[1:].strip(SEPARATORS)
        elif text.endswith(right) and left not in text:
            text = text[:-1].strip(SEPARATORS)
    return text + end
