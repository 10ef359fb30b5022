"""The line that starts an entry in, what it says out: unit word, number, date, state and the words that are left."""

import re
from dataclasses import dataclass
from functools import cache

from sessionlog_core.dates import Order, find_dates, find_time
from sessionlog_core.labels import strip_markup
from sessionlog_core.vocabulary import UNIT_WORDS, Vocabulary, fold

__all__ = ["Title", "read_title"]


@dataclass(frozen=True, slots=True)
class Title:
    """What an entry line says. `unit` is the kind of its unit word (`session`, `sprint`, ...) or None.

    `first` is what it begins with: `date`, `unit`, `time`, or `words`.
    """

    raw: str
    words: str
    unit: str | None = None
    number: str | None = None
    number_end: str | None = None
    date: str | None = None
    date_end: str | None = None
    time: str | None = None
    state: str | None = None
    state_text: str | None = None
    first: str = "words"
    placeholder: bool = False
    why: str = ""

    @property
    def shape(self) -> tuple[str, bool, bool]:
        """Give what entries of one layout have in common: unit, numbered, dated."""
        return (self.unit or "", self.number is not None, self.date is not None)


NUMBER = r"(?:#|no\.?\s?|nr\.?\s?|n[º°o]\.?\s?|№\s?)?\s?(?P<n>\d{1,4}(?:\.\d{1,3})*[a-z]?|[A-Z])(?:\s?(?:-|–|—|to|bis|\+|&|and|through)\s?#?(?P<n2>\d{1,4}))?(?![\w.]*\w)"
SEPARATORS = " \t-–—−:|·•,;/•→>»：，、。~_="
BRACKETS = (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】"))
CONTINUED = re.compile(
    r"\(?\b(?:continued|cont(?:'d|d)?\.?|continuation|continuação|continuación|fortsetzung|suite|続き)\)?", re.I
)
LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
SIGN = re.compile(r"[^\w\s()\[\]（）【】\"'`#<>{}.,:;!?/&+*=%$@~|\\^°§\-–—−·•→。、，：]")
"""Emoji and other signs."""
STATE = re.compile(r"[(\[（【]\s*([^()\[\]（）【】]{1,40})\s*[)\]）】]")
PLACEHOLDER = re.compile(r"\[(?:NEXT_?DATE|DATE|YYYY[^\]]*|NUMBER|N|TITLE|TBD|X)\]|\bYYYY-MM-DD\b|\{[^{}\n]{1,40}\}|<[^<>\n]{1,40}>|\bXX+\b", re.I)


@cache
def _units(words: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Make the pattern of unit words with their numbers."""
    names = sorted((name for name, _ in words), key=len, reverse=True)
    latin = "|".join(re.escape(n).replace(r"\ ", r"[\s_-]") for n in names if not re.search("[\u3040-\u9fff\uac00-\ud7af]", n))
    wide = "|".join(re.escape(n) for n in names if re.search("[\u3040-\u9fff\uac00-\ud7af]", n))
    return re.compile(
        rf"(?:(?<![\w-])(?P<u>{latin})(?![^\W\d_]|-\w)\.?|(?P<w>{wide}))(?:[\s:_-]{{0,2}}{NUMBER})?", re.I
    )


def read_title(text: str, vocabulary: Vocabulary, order: Order = Order.UNKNOWN) -> Title:
    """Read the line that starts an entry."""
    raw = strip_markup(LINK.sub(r"\1", text))
    placeholder = PLACEHOLDER.search(raw) is not None
    rest = PLACEHOLDER.sub(" ", raw) if placeholder else raw
    date = date_end = time = None
    why = ""
    first = "words"
    found = find_dates(rest, order)
    chosen = next((f for f in found if f.date), None)
    if chosen:
        date, date_end, time = chosen.date, chosen.date_end, chosen.time
        if not rest[: chosen.start].strip(SEPARATORS + "([（【\"#"):
            first = "date"
        rest = _cut(rest, chosen.start, chosen.end)
    elif found:
        why = found[0].why
    if time is None:
        time = find_time(rest)
        if time:
            at = rest.index(time)
            if not rest[:at].strip(SEPARATORS + "(["):
                first = "time" if first == "words" else first
            rest = _cut(rest, at, at + len(time))
    rest, state, state_text = _state(rest, vocabulary)
    unit, number, number_end, rest, unit_first = _unit(rest, vocabulary)
    if unit_first and first == "words":
        first = "unit"
    rest = CONTINUED.sub(" ", rest) if number or date else rest
    words = _tidy(rest)
    return Title(
        raw, words, unit, number, number_end, date, date_end, time, state, state_text, first, placeholder, why
    )  # fmt: skip


def _cut(text: str, start: int, end: int) -> str:
    """Take a passage out, with brackets that would stay empty around it."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    for left, right in BRACKETS:
        if before.endswith(left) and after.startswith(right):
            return f"{before[:-1]} {after[1:]}"
    return f"{before} {after}"


def _state(text: str, vocabulary: Vocabulary) -> tuple[str, str | None, str | None]:
    for match in STATE.finditer(text):
        inside = match[1].strip()
        state = vocabulary.state(inside) if len(inside.split()) <= 3 else None
        if state:
            return text[: match.start()] + " " + text[match.end() :], state, inside
    signs = [s for s in vocabulary.states.signs if s in text]
    if signs:
        return text, vocabulary.states.signs[signs[0]], signs[0]
    return text, None, None


def _unit(text: str, vocabulary: Vocabulary) -> tuple[str | None, str | None, str | None, str, bool]:
    pattern = _units(tuple(vocabulary.units.phrases.items()))
    best = None
    for match in pattern.finditer(text):
        if match["n"] and not (best and best["n"]):
            best = match
        elif best is None:
            best = match
    if best is None:
        return None, None, None, text, False
    name = re.sub(r"[\s_-]+", " ", fold(best["u"] or best["w"]))
    unit = vocabulary.units.phrases.get(name)
    if best["n"] is None and unit != "session":
        return None, None, None, text, False
    at_start = not SIGN.sub("", text[: best.start()]).strip(SEPARATORS + "([")
    if unit in ("phase", "task", "update", "day") or (best["n"] is None and not at_start and ":" not in text[best.end() : best.end() + 2] and text[best.end() :].strip(SEPARATORS)):
        return unit, None, None, text, at_start
    rest = _cut(text, best.start(), best.end())
    return unit, best["n"], best["n2"], rest, at_start


def _tidy(text: str) -> str:
    text = SIGN.sub(" ", text)
    text = re.sub(r"[(\[（【]\s*[)\]）】]", " ", text)
    text = re.sub(r"\s+", " ", text).strip(SEPARATORS)
    for left, right in BRACKETS:
        if text.startswith(left) and text.endswith(right) and text.count(left) == 1:
            text = text[1:-1].strip(SEPARATORS)
    return text
