"""A passage of a log in, its figures out: tests, coverage, tasks, lines, files, times and sizes.

Each number of a line is named by the words around it: those behind it (`278 tests passing`), or
the label before it (`Coverage: 81%`). A number that no word names is no figure: ports, dates,
versions and constants stay what they are. Targets are left out; a run of a part of the tests is
marked as partial.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from sessionlog_core.metric_words import (
    HINTS,
    LABEL_FIRST,
    NAMES,
    NO_LABEL,
    NO_TESTS,
    ORDINAL_WORDS,
    SIZE_LABELS,
    STOP_WORDS,
    TARGET_WORDS,
    TIME_LABELS,
    TIME_UNITS,
    WIDE_NAMES,
)
from sessionlog_core.model import Metric
from sessionlog_core.patterns import later
from sessionlog_core.vocabulary import LETTERS, MetricPattern, has_digit, has_wide, words_of

__all__ = ["find_metrics", "metrics_of", "name_behind", "name_of_label", "read_number"]

WIDE_REACH = 3
"""How far behind a number its word may begin in a script without blanks: `67件のテスト`."""

FIGURE = (
    r"\d{1,3}(?:,\d{3}){1,4}(?![\d,])|\d{1,3}(?:\.\d{3}){2,4}(?![\d.])"
    r"|\d{1,9}(?:\.\d{1,4})?(?!\.?\d)"
)
NUMBER = later(
    rf"(?<![^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?<![.,/:#$€£§@^=-])(?P<sign>[+~≈<>≥≤-]{{0,2}})(?P<value>{FIGURE})(?P<kilo>[kK](?![\w]))?\+?"
    r"(?:\s?/\s?(?P<total>\d{1,6})(?![\d/-]|[.,]\d))?(?:\s?(?P<unit>%|[KMG]i?B\b|ms\b|s\b|(?:ops|"
    r"req)/s(?:ec)?\b))?"
    r"(?![A-Za-z_\d])(?!:\d)(?!-\d)"
)
"""A number with its sign, total and unit.

What is bound to letters, points, slashes and colons is none.
"""

START = later(r"[+~<>\-0-9](?:(?<=[0-9])[0-9]+)?")
WIDE_START = later(r"[+~≈<>≥≤\-\d](?:(?<=\d)\d+)?")
"""With what a number begins: a sign of it, or a run of figures; a line in ASCII has fewer."""

ARROW = later(
    rf"(?P<before>{FIGURE})\s?%?(?:\s{{0,2}}[^\W\d_]{{1,12}})?\s{{0,2}}(?:→|->|=>|⟶|➜|➔|\bto\b|"
    rf"\bbis\b|\bauf\b|\bpara\b|\ba\b|\bà\b)\s{{0,2}}~?$"
)
"""What stands before a number that is the end of a change: `239 → `."""
SUMMANDS = rf"(?P<before>{FIGURE})\s?\+\s?(?P<delta>\d[\d,]{{0,9}})\s?=\s?"
SUM = later(SUMMANDS + "$")
"""What stands before a number that is a sum: `239 + 39 = `."""
FROM = later(r"\b(?:from|von|de|da|du|desde|с|от|z)\s{1,2}~?$", re.I)
DELTA = later(
    r"[\s*`]{0,3}[^()\n]{0,24}?\(\s?(?P<delta>[+-]\s?\d[\d,]{0,9}(?:\.\d{1,3})?)(?!\d|/-)"
)
TOTAL = later(
    r"\s?[/,|·]?\s?[^()\n]{0,40}?(?<![\d.])(\d{1,6})\s(?:total|overall|gesamt|in total)\b"
)
IN_TOTALS = ("total", "overall", "gesamt")
"""Of which one stands in all that `TOTAL` finds."""
OF = later(r"\s(?:of|out of|von|de|sur|di|из)\s(\d{1,6})\s([^\W\d_][\w-]{0,20})")
COUNTER = later(r"\s?(?:件|個|个|개|건|本|項|项|条)")
"""What stands behind a number whose noun is before it: `エラー 0 件`."""
BAR = later(r"[█▓▒░■□▰▱▮▯=#]{3,60}[\]|)]?\s{0,20}$")
LEAD = later(r"([^\W\d_]{4,20})(?:\s(?:is|now|at|of|now at|is now))?\s$")
"""The word right before a percentage, which it needs no colon to name: `coverage 84.2%`."""
POINTED = later(r"\d{1,3}\.\d{3}")
"""A number with a point for thousands, where it counts something: `12.000 tests`."""
COUNTS = frozenset({"tests", "tests_failed", "errors", "tasks", "files", "lines", "commits"})
SIGNS = " ~≈✅✓☑⚠️❌🎉🟢🟡🔴📈📊*`"
"""Signs that may stand between a label and its number."""
WORDS_AFTER = later(
    r"[\s+]{0,2}(?:[(]?)([^\W\d_][\w'-]{0,40})?(?:\s([^\W\d_][\w'-]{0,40}))?(?:\s([^\W\d_][\w'-]{0,40}))?(?:\s([^\W\d_][\w'-]{0,40}))?"
)
COMMAND = later(
    r"\b(?:pytest|jest|vitest|mocha|unittest|rspec|phpunit|go test|cargo test|npm test|npx|"
    r"dotnet test|bun test|mvn)\b"
    r"[^;|\n]{0,120}?(?:[A-Za-z_.][\w.-]{0,60}(?:/|::)[\w./:-]{0,80}|\s-[kpm]\s)|\btest_\w{2,60}|"
    r"\w{1,60}[._]test\.\w{1,4}\b|\.spec\.\w{1,3}\b",
)
"""A command that runs a part of the tests, or the name of a file of tests."""
IN_COMMANDS = (
    "ytest", "jest", "vitest", "mocha", "unittest", "rspec", "phpunit", " test", "npx", "mvn",
    "test_", "test.", ".spec.",
)  # fmt: skip
"""Of which one stands in all that `COMMAND` finds; to look for it takes a tenth of the time."""
CHANGING = later(r"(?:→|->|=>|⟶|➜|➔|\s(?:to|bis|auf|para|a|à))\s{0,2}~?$")
"""What may stand before the end of a change."""
ENDS_OF_CHANGING = "→>⟶➜➔osfaà~"
"""The last letters of what `CHANGING` finds."""
PLUS_MINUS = later(r"(?<![\w.])\+(\d[\d,]{0,9})\s?/\s?[-−–]\s?\d[\d,]{0,9}(?![\w.])")
"""Lines added and removed: `+1016/-173`."""
START_OF_CHANGE = later(
    r"\s?%?(?:\s[^\W\d_]{1,12})?\s{0,2}(?:→|->|=>|⟶|➜|➔)\s{0,2}~?\d|"
    r"\s?\+\s?\d[\d,]{0,9}\s?=\s?\d"
)
START_IN_WORDS = later(r"(?:\s[^\W\d_]{1,12})?\s(?:to|auf|bis|para|a|à|до|na)\s~?\d")
"""What stands behind a number that is the start of a change."""
NUMBERED = later(r"\W{0,12}$")
CLAUSE = later(r"[(;,.]")
ALL_DONE = later(
    r"[^.;,\n]{0,16}\b(?:complete|completed|done|finished|completas?|abgeschlossen|terminées?|"
    r"completate|"
    r"hotov[oéy]?|завершен[оы]?)\b|[^.;,\n]{0,6}(?:完成|完了|완료)",
    re.I,
)
SIZE_OF_FILE = later(
    r"(?:[\w/-]|(?<=\s))\.\w{1,10}[`*)\]]{0,3}[^()\n]{0,40}\([^()\n]{0,40}$|"
    r"[`][^`\n]{1,120}`\s?\(~?$"
)
GREW = later(r"\b(?:new|added|neu|nov[oa]|nuev[oa]|nouveau|nuovo|insertions)\b", re.I)


def read_number(text: str) -> float:
    """Read a number with separators of thousands, a sign, or a `k` for thousands."""
    if text.isdecimal():
        return float(text)
    text = text.strip("~≈<>≥≤+ ").replace(" ", "")
    kilo = text[-1:] in "kK"
    text = text.rstrip("kK")
    if text.count(".") > 1:
        text = text.replace(".", "")
    return float(text.replace(",", "")) * (1000 if kilo else 1)


def find_metrics(
    text: str, line: int, patterns: Iterable[MetricPattern] = (), title: str = ""
) -> tuple[Metric, ...]:
    """Find the figures in `text`, whose first line is line `line` of the file.

    `title` is that of the section; it names a percentage that its own label does not.
    """
    found: list[Metric] = []
    patterns = tuple(patterns)
    for offset, row in enumerate(text.split("\n")):
        if has_digit(row):
            words = words_of(row)
            found.extend(metrics_of(row, line + offset, words, patterns, title))
    return tuple(found)


def metrics_of(
    text: str,
    line: int,
    words: list[str],
    patterns: tuple[MetricPattern, ...] = (),
    title: str = "",
) -> list[Metric]:
    """Give the figures of one line that holds a digit; `words` are its words in lower case."""
    found = list(_of_patterns(text, line, patterns)) if patterns else []
    if "%" in text or not HINTS.isdisjoint(words) or has_wide(text):
        found.extend(_of_words(text, line, words, title))
    return found


def _of_patterns(text: str, line: int, patterns: Iterable[MetricPattern]) -> Iterator[Metric]:
    for own in patterns:
        for match in own.pattern.finditer(text):
            groups = match.groupdict()
            numbers = {k: _number(groups.get(k)) for k in ("value", "total", "before", "delta")}
            value = numbers["value"]
            if value is not None:
                yield Metric(
                    own.name,
                    value,
                    match[0].strip(),
                    line,
                    total=numbers["total"],
                    before=numbers["before"],
                    delta=numbers["delta"],
                    unit=groups.get("unit") or None,
                )


def _number(text: str | None) -> float | None:
    try:
        return read_number(text) if text else None
    except ValueError:
        return None


def _of_words(text: str, line: int, words: list[str], title: str = "") -> Iterator[Metric]:
    plain = text
    if "*" in text or "`" in text:
        plain = text.replace("*", "").replace("`", "")
        words = words_of(plain)
        if "%" not in plain and HINTS.isdisjoint(words) and not has_wide(plain):
            return
    may_wish = not TARGET_WORDS.isdisjoint(words)
    partial: bool | None = None
    end = inside = 0
    if "+" in plain and "/" in plain:
        for change in PLUS_MINUS.finditer(plain):
            yield Metric("lines", read_number(change[1]), change[0], line)
    for match in numbers_of(plain):
        if match.start() < end:
            continue
        metric = _read(_Place(match, plain), line, title, may_wish=may_wish)
        if metric is None or (match.start() < inside and metric.name in PARTS_OF):
            continue
        end = match.end()
        of = OF.match(plain, end)
        if of and metric.total == float(of[1]):
            end = of.end(1)
        bracket = plain.find("(", end, end + 24)
        if metric.name in PARTS_OF and bracket >= 0:
            inside = plain.find(")", bracket) + 1 or len(plain)
        if metric.name in ("tests", "tests_failed"):
            partial = _is_command(plain) if partial is None else partial
            metric = replace(metric, partial=True) if partial else metric
        yield metric


def numbers_of(text: str) -> Iterator[re.Match[str]]:
    """Give what `NUMBER` finds in a line: it is asked where a sign or figures begin."""
    end = 0
    for start in (START if text.isascii() else WIDE_START).finditer(text):
        if start.start() >= end and (match := NUMBER.match(text, start.start())):
            end = match.end()
            yield match


def _is_command(text: str) -> bool:
    """Say whether a line holds a command that runs a part of the tests."""
    return any(map(text.__contains__, IN_COMMANDS)) and COMMAND.search(text) is not None


BOUNDS = frozenset(">≥≤")
PARTS_OF = frozenset({"tests", "files"})
"""Figures that are taken apart in brackets: `91 tests (80 unit, 11 doctests)`."""

WINDOW = 64
"""Characters on each side of a number that are looked at."""


def may_change(after: str) -> bool:
    """Say at a glance whether an arrow, or the sign of a sum, may stand behind a number."""
    return ">" in after or "=" in after or not after.isascii()


class _Place:
    """A number in its line: what stands before and behind it, and the label before it."""

    __slots__ = ("after", "arrow", "before", "label", "match", "sign", "text", "unit")

    def __init__(self, match: re.Match[str], text: str) -> None:
        start, end = match.span()
        self.match, self.text = match, text
        self.before = text[start - WINDOW if start > WINDOW else 0 : start]
        self.after = text[end : end + WINDOW]
        self.sign, self.unit = match["sign"] or "", match["unit"]
        self.label = _label(self.before)
        self.arrow: re.Match[str] | None = None

    def is_bound(self) -> bool:
        """Say whether the number is a bound, or a difference in brackets: `>= 80`, `(+3)`."""
        if not self.sign:
            return False
        if not BOUNDS.isdisjoint(self.sign):
            return True
        return self.sign[0] in "+-" and self.before.endswith("(") and self.after[:1] in ")%,"

    def is_no_figure(self) -> bool:
        """Say whether the number is the name of something, or the start of a change."""
        before = self.before.rstrip(" #")
        word = before[before.rfind(" ") + 1 :].lower() if len(before) < len(self.before) else ""
        if word in ORDINAL_WORDS or (may_change(self.after) and START_OF_CHANGE.match(self.after)):
            return True
        if not self.after[:1].isspace():
            return False
        if START_IN_WORDS.match(self.after) and FROM.search(self.before):
            return True
        return bool(
            "." in self.match["value"]
            and not (self.unit or self.match["kilo"] or POINTED.fullmatch(self.match["value"]))
            and self.after[:1] == " "
            and NUMBERED.match(self.before)
        )

    def is_size_of_file(self) -> bool:
        """Say whether a number of lines tells how long a file is, not how much was written."""
        start = self.match.start()
        bracket = self.text.rfind("(", 0, start)
        around = self.text[max(bracket, 0) : self.match.end() + 24].split(")", 1)[0]
        if "(" in around[1:]:
            around = around.split("(", 1)[0]
        return SIZE_OF_FILE.search(self.text[:start]) is not None and not (
            "+" in self.sign or GREW.search(around)
        )


def _read(place: _Place, line: int, title: str, *, may_wish: bool) -> Metric | None:
    """Read one number, or give None where nothing names it."""
    match, unit = place.match, place.unit
    if place.is_bound():
        return None
    name, counted = _name(place)
    if name is None and unit == "%" and title and place.label:
        name = name_of_label(title, unit)
    if name is None or place.is_no_figure() or (may_wish and _is_wish(place)):
        return None
    if "<" in place.sign and name != "time":
        return None
    if name == "lines" and place.is_size_of_file():
        return None
    written = match["value"]
    if unit is None and name in COUNTS and POINTED.fullmatch(written):
        written = written.replace(".", "")
    value = read_number(written + (match["kilo"] or ""))
    total = float(match["total"]) if match["total"] else None
    if name == "phases" and total is None and not ALL_DONE.match(place.after):
        return None
    if name in ("tasks", "progress") and total is None and unit != "%":
        of = OF.match(place.after)
        if of is None:
            return None
    if name == "progress" and total is not None:
        name = "tasks"
    if total is None and name in ("tests", "tests_failed", "tasks", "progress"):
        of = OF.match(place.after)
        if of is None and any(map(place.after.__contains__, IN_TOTALS)):
            of = TOTAL.match(place.after)
        total = float(of[1]) if of and float(of[1]) >= value else None
    elif name == "phases" and total is None:
        total = value
    delta = DELTA.match(place.after[:48]) if "(" in place.after else None
    if delta is None and place.arrow and "delta" in place.arrow.re.groupindex:
        delta = place.arrow
    change = read_number(delta["delta"].replace("-", "")) if delta else None
    return Metric(
        name,
        value,
        f"{match[0].strip()} {counted}".strip(),
        line,
        total=total,
        before=read_number(place.arrow["before"]) if place.arrow else None,
        delta=-change if change is not None and delta and "-" in delta["delta"] else change,
        unit=unit,
    )


def _name(place: _Place) -> tuple[str | None, str]:
    """Name a number, and give the words that say what it counts."""
    name, counted = None, ""
    if place.after and not place.after[0].isdigit():
        name, counted = name_behind(place.after, place.unit)
    if place.label and (name is None or (name == "progress" and place.match["total"])):
        name = name_of_label(place.label, place.unit) or name
    if name is None:
        name = _name_by_unit(place)
    # All that a change may end with, so that most numbers need no look for one.
    if place.before.rstrip()[-1:] in ENDS_OF_CHANGING and CHANGING.search(place.before[-24:]):
        place.arrow = ARROW.search(place.before)
    elif place.before.rstrip()[-1:] == "=":
        place.arrow = SUM.search(place.before)
    if name is None and place.arrow:
        name = _name_of_change(place.before, place.arrow, place.unit)
    if name is None and not place.after.isascii() and COUNTER.match(place.after):
        noun = place.before.rstrip()
        name = next((n for w, n in WIDE_NAMES.items() if noun.endswith(w)), None)
    if name is None and place.unit is None and place.after[:1].isspace():
        of = OF.match(place.after)
        name = NAMES.get(of[2].lower()) if of else None
    return name, counted


def _label(before: str) -> str:
    """Give the label that ends right before a number, or nothing."""
    head = before.rstrip(SIGNS)
    if head[-1:] not in (":", "=", "："):
        return ""
    head = head[:-1]
    start = max(map(head.rfind, ":：|,;.!?")) + 1
    first = LETTERS.search(head, start)
    label = head[first.start() :].rstrip(" )]") if first else ""
    return label if len(label) < 50 else ""


def name_behind(after: str, unit: str | None) -> tuple[str | None, str]:
    """Name a number by the noun behind it that it counts, with at most three words between."""
    match = WORDS_AFTER.match(after)
    words = [w for w in match.groups() if w] if match else []
    if after[:1].isalpha() and not has_wide(after[0]):
        return None, ""
    seen: list[str] = []
    for word in words:
        low = word.lower()
        name = NAMES.get(low)
        if has_wide(low):
            name = next(
                (n for w, n in WIDE_NAMES.items() if 0 <= low.find(w.lower()) <= WIDE_REACH), name
            )
        seen.append(word)
        if low == "test" and len(words) > len(seen) and words[len(seen)].lower() in NO_TESTS:
            return None, ""
        if name and _fits(name, unit) and not (name == "tests" and unit == "%"):
            return name, " ".join(seen)
        if low in STOP_WORDS or (low in NAMES and unit != "%"):
            break
    return None, ""


def _fits(name: str, unit: str | None) -> bool:
    """Say whether a figure of that name may have that unit."""
    if unit == "%":
        return name in ("coverage", "progress", "tests", "score")
    if unit:
        return name in ("time", "size", "rate")
    return name not in ("coverage", "time", "size")


@lru_cache(maxsize=4096)
def name_of_label(label: str, unit: str | None) -> str | None:
    """Name a number by the words of its label, or give None; labels repeat."""
    words = words_of(label)
    names = {NAMES[w] for w in words if w in NAMES}
    if label.isascii() and not names:
        return None
    if not NO_LABEL.isdisjoint(words):
        return None
    if has_wide(label):
        names |= {n for w, n in WIDE_NAMES.items() if w in label}
    if unit == "%" and "rate" in label.lower() and "tests" in names:
        return "tests"
    for name in LABEL_FIRST:
        if name in names and _fits(name, unit):
            return name
    return None


def _name_by_unit(place: _Place) -> str | None:
    unit = place.unit
    if unit is None and not place.label:
        return None
    if unit is None:
        word = WORDS_AFTER.match(place.after)
        low = (word[1] or "").lower() if word else ""
        if low in TIME_UNITS and TIME_LABELS.intersection(words_of(place.label)):
            return "time"
        return None
    if unit == "%":
        if (lead := LEAD.search(place.before)) and NAMES.get(lead[1].lower()) == "coverage":
            return "coverage"
        return "progress" if BAR.search(place.before) else None
    words = set(words_of(f"{place.label} {place.after[:40]}"))
    if unit in ("ms", "s"):
        return "time" if words & TIME_LABELS else None
    if "/" in unit:
        return "rate"
    return "size" if words & SIZE_LABELS else None


def _name_of_change(before: str, arrow: re.Match[str], unit: str | None) -> str | None:
    """Name the end of a change by what names its start: `Tests: 239 → 278`, `317 lines → 171`."""
    head = before[: arrow.start()]
    label = _label(FROM.sub("", head))
    name = name_of_label(label, unit) if label else None
    if name is None:
        name, _ = name_behind(before[arrow.end("before") :], unit)
    if name is None:
        words = words_of(FROM.sub("", head))[-3:]
        name = next(
            (NAMES[w] for w in reversed(words) if w in NAMES and _fits(NAMES[w], unit)), None
        )
    if name is None and unit == "%" and "%" in arrow[0]:
        return "progress"
    return name


def _is_wish(place: _Place) -> bool:
    near = words_of(place.before)[-3:] + words_of(place.label)
    behind = words_of(CLAUSE.split(place.after, maxsplit=1)[0])[:3]
    return not TARGET_WORDS.isdisjoint(near) or not TARGET_WORDS.isdisjoint(behind)
