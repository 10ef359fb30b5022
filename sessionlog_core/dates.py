"""A line of a log in, the dates and times that stand in it out, each with its place in the line.

No date is invented: a placeholder (`YYYY-MM-DD`, `[NEXT_DATE]`), a day that does not exist and a
pair of numbers whose order nothing decides give none. Times are kept as written, with their zone.
"""

import datetime as dt
import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from enum import StrEnum
from operator import attrgetter

from sessionlog_core.patterns import later
from sessionlog_core.records import record
from sessionlog_core.vocabulary import MONTH_NAMES, WEEKDAY_NAMES, fold, read_rows, words_of

__all__ = [
    "Found",
    "Order",
    "find_dates",
    "find_order",
    "find_partial",
    "find_time",
    "has_year_last",
    "may_be_dated",
]


class Order(StrEnum):
    """How a file writes a date of three numbers with slashes."""

    UNKNOWN = "unknown"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@record(frozen=True, slots=True)
class Found:
    """A date in a text, from `start` to `end`.

    `date` and, for a range, `date_end` are in ISO 8601, `time` is as written. A date without a day
    is `2026-01`. `date` is None for a placeholder or a date that does not exist; `why` says it.
    """

    start: int
    end: int
    date: str | None
    date_end: str | None = None
    time: str | None = None
    why: str = ""


MONTHS = {name: number for number, names in MONTH_NAMES.items() for name in names}
NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))


def _days(kind: str) -> str:
    names = dict.fromkeys(phrase for _, phrase in read_rows(WEEKDAY_NAMES[kind]))
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


LONG_DAY, SHORT_DAY, DAY_SIGN = _days("long"), _days("short"), _days("sign")

ZONE = r"(?:\s?(?:Z|UTC|GMT|[ECMP][SD]?T|CES?T|JST|KST|IST|BRT|MSK|AE[SD]T|[+-]\d\d:?\d\d)\b)?"
CLOCK = rf"\d{{1,2}}:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:\s?[AaPp]\.?[Mm]\b\.?)?{ZONE}"
YEAR = r"(?:19|20)\d\d"
DASH = r"\s?(?:[-–—~→]|\.\.\.?|to|bis|until|through|a|до|až|至|到|〜|～)\s?"

NTH = r"(?:st|nd|rd|th|er|º|ª|e)?"
OF = r"(?:de\s|of\s|del\s)?"

PATTERNS: tuple[tuple[str, str], ...] = (
    # 2026-01-09, 2026/05/01, 2026.05.01, 2025_01_01; 2026-03-30c, the third of a day; with a time;
    # 2026-04-18/19 and 2026-04-18..19
    (
        "ymd",
        (
            rf"(?<![\w/.-])(?P<y>{YEAR})(?P<s>[-/._])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})"
            r"(?:[a-z](?!\w))?(?!\d)(?!(?P=s)\d)"
        ),
    ),
    # 20260430 and 20260430_165812, as in names of files
    (
        "compact",
        (
            r"(?<![\w.-])(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
            r"(?:[_T-]?(?P<hms>[0-2]\d[0-5]\d(?:[0-5]\d)?))?(?![0-9])"
        ),
    ),
    # 2026-W10-1, 2026-W10
    ("week", r"(?<![\w-])(?P<y>20\d\d)-?W(?P<w>\d\d)(?:-(?P<wd>[1-7]))?(?![\w-])"),
    # 2026年7月14日, 2026년 7월 14일
    (
        "cjk",
        (
            rf"(?P<y>{YEAR})\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?"
            r"(?:(?P<d>\d{1,2}|[?？]{1,2})\s?[日일号號])?"
        ),
    ),
    # 02 Feb to 08 Feb 2026
    (
        "dmdmy",
        (
            rf"(?<![\w.])(?P<d>\d{{1,2}}){NTH}\.?\s{OF}(?P<mon>{NAMES})\.?{DASH}"
            rf"(?P<d2>\d{{1,2}}){NTH}\.?\s{OF}(?P<mon2>{NAMES})\.?,?\s{OF}(?P<y>{YEAR})(?!\w)"
        ),
    ),
    # Feb 23 – Mar 1, 2026
    (
        "mdmdy",
        (
            rf"(?<![\w-])(?P<mon>{NAMES})\.?\s(?P<d>\d{{1,2}}){NTH}{DASH}"
            rf"(?P<mon2>{NAMES})\.?\s(?P<d2>\d{{1,2}}){NTH},?\s(?P<y>{YEAR})(?!\w)"
        ),
    ),
    # July 14, 2025; Feb 7; February 7-8, 2026
    (
        "mdy",
        (
            rf"(?<![\w-])(?P<mon>{NAMES})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?:{DASH}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,?\s(?:de\s|del\s)?(?P<y>{YEAR}))?(?![\w])"
        ),
    ),
    # 25 November 2025; 10 de Octubre (de) 2025; 3. März 2026; 2–6 March 2026
    (
        "dmy",
        (
            rf"(?<![\w.])(?P<d>\d{{1,2}})(?:\.?[-–](?P<d2>\d{{1,2}}))?{NTH}\.?\s{OF}"
            rf"(?P<mon>{NAMES})\.?(?:,?\s{OF}(?P<y>{YEAR}))?(?!\w)"
        ),
    ),
    # March 2026
    ("my", rf"(?<![\w-])(?P<mon>{NAMES})\.?,?\s(?:de\s)?(?P<y>{YEAR})(?!\w)"),
    # 31.12.2025
    (
        "dotted",
        rf"(?<![\w.])(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>{YEAR})(?!\w|-[^\W\d])",
    ),
    # 31.12.25: with points the day is first; no part of a version
    (
        "short",
        r"(?<![\w.])(?<!ersion\s)(?<!elease\s)(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y2>[23]\d)(?![\w.])",
    ),
    # 09/01/2026 and 10-10-2025: which comes first is for the file to say
    (
        "slashed",
        rf"(?<![\w/.-])(?P<a>\d{{1,2}})(?P<s>[/-])(?P<b>\d{{1,2}})(?P=s)(?P<y>{YEAR})(?!\w)",
    ),
    # 2026-01
    ("ym", r"(?<![\w/.-])(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])(?![\w/-])"),
)
"""Shapes of dates, the more certain first. Each is linear: every part is bounded."""

SHAPES = {name: later(pattern, re.I) for name, pattern in PATTERNS}
ISO, SLASHED = SHAPES["ymd"], SHAPES["slashed"]

PARTIAL = later(
    rf"(?:(?:{LONG_DAY}|{SHORT_DAY})[.,]{{0,2}}\s)?"
    rf"(?:(?P<m1>{NAMES})\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?\s(?:de\s)?(?P<m2>{NAMES})"
    r"|(?:0[1-9]|[12]\d|3[01])(?:/(?:0[1-9]|[12]\d|3[01])|\.(?:0[1-9]|1[0-2])\.))(?![\w./%-])"
    rf"(?:,?\s[(]?(?:{LONG_DAY}|{SHORT_DAY})[)]?(?=\s?(?:$|[-–—:|·,;])))?",
    re.I,
)
"""A date without a year."""

TIME = later(rf"(?<![\w:.])({CLOCK})(?![\w:])")
AFTER = later(rf"\s?(?:T|\s|,|@|at\s|·|um\s|à\s|в\s)?\s?\(?({CLOCK})", re.I)
"""A time right after a date."""
RANGE = later(rf"{DASH}")
DAY_ONLY = later(r"(?:/|\.\.|\s?[–—~〜～]\s?|\s?\+\s?)(\d{1,2})(?![\d:/.-])")
HINT = later(r"(?:19|20)\d\d|(?<!\d)\d\d\.\d\d\.\d\d(?!\d)")
"""Every date that is read has a year; most lines have none."""
DAY_BEFORE = later(
    rf"(?:(?<![^\W_])(?:{LONG_DAY}),?\s?|(?:^|[(\[|·—–]\s?)(?P<short>(?:{SHORT_DAY})[.,]{{0,2}}\s))"
    r"(?:den\s|le\s|the\s)?$",
    re.I,
)
"""The day of the week before a date: `Monday, `."""
DAY_WORDS = frozenset(
    words_of(name)[-1]
    for kind in ("long", "short")
    for _, name in read_rows(WEEKDAY_NAMES[kind])
    if name.isascii()
) | {"den", "le", "the"}
"""The words without accents with which it ends."""
DAY_AFTER = later(
    rf",?\s?[(（]\s?(?:{LONG_DAY}|{SHORT_DAY}|{DAY_SIGN})\.?\s?[)）]"
    rf"|,?\s?(?:{LONG_DAY}|{SHORT_DAY})\.?(?=\s?(?:$|[-–—:|·,;)\]>]|\d\d?:\d))",
    re.I,
)
"""The day of the week behind a date: ` (Monday)`."""
MAY_BE_DAY = later(r",?\s?[^\W\d_]|,?\s?[(（]")
"""How every day of the week behind a date begins."""
FIRST_WORD = later(r"[^\W\d_]+")
CALENDAR = frozenset(
    word[0]
    for rows in (
        MONTHS,
        *([n for _, n in read_rows(WEEKDAY_NAMES[kind])] for kind in ("long", "short")),
    )
    for name in rows
    if (word := FIRST_WORD.match(name))
)
"""The first words of the names of months and days."""
IN_ASCII = CALENDAR | {word.replace("ı", "i") for word in CALENDAR}
"""The same as a text in ASCII has them: its capital `I` counts as that of `ı` too."""


def find_dates(text: str, order: Order = Order.UNKNOWN) -> tuple[Found, ...]:
    """Give the dates in `text` in order, without overlaps; a range is one."""
    if not may_be_dated(text):
        return ()
    iso = ISO.search(text)
    if iso and not (may_be_dated(text[: iso.start()]) or may_be_dated(text[iso.end() :])):
        # Most texts have one date, and it is of the first shape.
        return tuple(_join(text, [_whole(iso)]))
    years = [m.start() for m in HINT.finditer(text)]
    singles: list[Found] = []
    for name in SHAPES:
        # When each year is taken, nothing is left to look for.
        years = [y for y in years if not _taken(singles, y, y + 1)]
        if not years:
            break
        for match in SHAPES[name].finditer(text):
            if _taken(singles, *match.span()):
                continue
            found = _single(name, match, order)
            if found:
                insort(singles, found, key=_start)
    return tuple(_join(text, singles))


def may_be_dated(text: str) -> bool:
    """Say at a glance whether a text may hold a date: a century, or two points."""
    return "20" in text or "19" in text or text.count(".") > 1


_start = attrgetter("start")


def _taken(singles: list[Found], start: int, end: int) -> bool:
    """Say whether a date stands in a stretch; `singles` are in order, so its neighbour tells."""
    i = bisect_left(singles, end, key=_start)
    return i > 0 and singles[i - 1].end > start


def find_partial(text: str) -> tuple[int, str | None] | None:
    """Find a date without a year at the start of `text`.

    Give where it ends, and `-02-07` where month and day are certain.
    """
    # It begins with a figure, or with the name of a month or a day.
    word = FIRST_WORD.match(text)
    if word is None and not text[:1].isdigit():
        return None
    if word is not None and word[0].casefold() not in CALENDAR:
        return None
    match = PARTIAL.match(text)
    if match is None:
        return None
    month = MONTHS.get(fold(match["m1"] or match["m2"] or ""))
    if month is None:
        return match.end(), None
    day = int(match["d1"] or match["d2"])
    return (match.end(), f"-{month:02}-{day:02}") if 1 <= day <= 31 else None


def find_time(text: str) -> str | None:
    """Give the first time of day in `text`, as written, or None."""
    # A time has a colon.
    match = TIME.search(text) if ":" in text else None
    if match is None or not _clock(match[1]):
        return None
    return match[1].strip()


def has_year_last(text: str) -> bool:
    """Say whether a text holds what every date of three numbers with the year last holds."""
    return ("20" in text and ("-20" in text or "/20" in text)) or (
        "19" in text and ("-19" in text or "/19" in text)
    )


def find_order(texts: Iterable[str]) -> Order:
    """Tell from all dates of a file whether day or month comes first.

    A file that shows neither, or both, does not say.
    """
    seen = set()
    for text in texts:
        for match in SLASHED.finditer(text) if has_year_last(text) else ():
            first, second = int(match["a"]), int(match["b"])
            if first > 12 >= second:
                seen.add(Order.DAY_FIRST)
            elif second > 12 >= first:
                seen.add(Order.MONTH_FIRST)
    return seen.pop() if len(seen) == 1 else Order.UNKNOWN


def _single(name: str, match: re.Match[str], order: Order) -> Found | None:
    if name == "ymd":
        return _whole(match)
    part = match.groupdict()
    start, end = match.span()
    end_day = part.get("d2")
    if name == "slashed":
        return _slashed(match, order)
    if name == "week":
        return _week(match)
    if name == "short":
        part["y"] = f"20{part['y2']}"
    if "mon2" in part:
        return _across(match)
    if "mon" in part:
        month = MONTHS[fold(part["mon"])]
        if part.get("y") is None:
            return None
    else:
        month = int(part["m"])
    day = part.get("d")
    if day and not day.isdigit():
        day = None
    iso = _iso(part["y"], month, day)
    if iso is None:
        if name == "compact":
            return None
        return Found(start, end, None, why=f"not a date: {match[0]}")
    time = None
    if part.get("hms"):
        hms = part["hms"]
        time = ":".join(hms[i : i + 2] for i in range(0, len(hms), 2))
    date_end = _iso(part["y"], month, end_day) if end_day else None
    return Found(start, end, iso, date_end if date_end and date_end > iso else None, time)


def _whole(match: re.Match[str]) -> Found:
    """Read a date of a year, a month and a day."""
    iso = _iso(match["y"], int(match["m"]), match["d"])
    return Found(*match.span(), iso, why="" if iso else f"not a date: {match[0]}")


def _week(match: re.Match[str]) -> Found:
    """Read a week of the ISO calendar, or a day of one."""
    try:
        first = dt.date.fromisocalendar(int(match["y"]), int(match["w"]), int(match["wd"] or 1))
    except ValueError:
        return Found(*match.span(), None, why=f"not a date: {match[0]}")
    last = None if match["wd"] else (first + dt.timedelta(days=6)).isoformat()
    return Found(*match.span(), first.isoformat(), last)


def _across(match: re.Match[str]) -> Found:
    """Read a range from one month to another that says its year once, at its end."""
    year = int(match["y"])
    first, second = MONTHS[fold(match["mon"])], MONTHS[fold(match["mon2"])]
    start = _iso(str(year - (first > second)), first, match["d"])
    end = _iso(str(year), second, match["d2"])
    if start is None or end is None:
        return Found(*match.span(), None, why=f"not a date: {match[0]}")
    return Found(*match.span(), start, end if end > start else None)


def _slashed(match: re.Match[str], order: Order) -> Found | None:
    first, second = int(match["a"]), int(match["b"])
    if first > 12 >= second or (first <= 12 and second <= 12 and order is Order.DAY_FIRST):
        iso = _iso(match["y"], second, str(first))
    elif (
        second > 12 >= first
        or (first <= 12 and second <= 12 and order is Order.MONTH_FIRST)
        or first == second <= 12
    ):
        iso = _iso(match["y"], first, str(second))
    else:
        why = (
            f"day and month cannot be told apart: {match[0]}"
            if first <= 12
            else f"not a date: {match[0]}"
        )
        return Found(*match.span(), None, why=why)
    return Found(*match.span(), iso, why="" if iso else f"not a date: {match[0]}")


def _iso(year: str, month: int, day: str | None) -> str | None:
    if day is None:
        return f"{year}-{month:02}" if 1 <= month <= 12 else None
    try:
        return dt.date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def _clock(text: str) -> bool:
    hour, minute = text.split(":")[:2]
    return int(hour) < 25 and int(minute[:2]) < 60


def _day_before(text: str) -> re.Match[str] | None:
    """Find the day of the week with which a text ends: a letter, a point or a comma, if any."""
    end = text.rstrip()[-1:]
    if not (end.isalpha() or end in (".", ",")):
        return None
    if text.isascii() and DAY_WORDS.isdisjoint(words_of(text)[-1:]):
        return None
    return DAY_BEFORE.search(text)


def _day_after(text: str, end: int) -> re.Match[str] | None:
    """Find the day of the week that stands at `end`: many dates end their text."""
    if end == len(text) or not MAY_BE_DAY.match(text, end):
        return None
    word = FIRST_WORD.search(text, end)
    if text.isascii() and (word is None or word[0].lower() not in IN_ASCII):
        return None
    return DAY_AFTER.match(text, end)


def _join(text: str, singles: list[Found]) -> list[Found]:
    """Put times to their dates, and the two ends of a range together."""
    out: list[Found] = []
    for found in singles:
        start, end, time = found.start, found.end, found.time
        before = _day_before(text[max(0, start - 24) : start])
        if before:
            start -= len(before[0].lstrip("([|·—– "))
        after = _day_after(text, end)
        if after:
            end = after.end()
        if time is None and found.date and end < len(text):
            match = AFTER.match(text, end)
            if match and _clock(match[1]):
                time, end = match[1].strip(), match.end()
        date_end = found.date_end
        if date_end is None and found.date and len(found.date) == 10 and end < len(text):
            match = DAY_ONLY.match(text, end)
            if match:
                date_end = _iso(found.date[:4], int(found.date[5:7]), match[1])
                if date_end and date_end > found.date:
                    end = match.end()
                else:
                    date_end = None
        found = Found(start, end, found.date, date_end, time, found.why)
        last = out[-1] if out else None
        if last and last.date and found.date and RANGE.fullmatch(text[last.end : found.start]):
            later = found.date if found.date > last.date else last.date_end
            out[-1] = Found(last.start, found.end, last.date, later, last.time)
            continue
        out.append(found)
    return out
