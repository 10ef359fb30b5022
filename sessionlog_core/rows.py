r"""Rows that a user adds to the tables: settings in, checked rows and the vocabulary with them out.

`section_words = {next_steps = ["flight plan"]}`, `unit_words = ["turno"]`, `status_words = {closed
= ["landed"]}`, `metric_patterns = {velocity = 'velocity (?P<value>\d+)'}`, `reference_patterns =
{ticket = 'OPS-\d+'}` and `layouts = {standup = '^Day (?P<number>\d+), (?P<date>.+)$'}`: a new
wording is a row, here as in the core.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sessionlog_core.vocabulary import Vocabulary

__all__ = [
    "LAYOUT_GROUPS",
    "Words",
    "date_order",
    "installed_layouts",
    "layouts",
    "make_vocabulary",
    "metric_patterns",
    "reference_patterns",
    "section_words",
    "status_words",
    "unit_words",
]

Words = tuple[tuple[str, tuple[str, ...]], ...]
"""Rows of words by what they stand for, as plain data."""

LAYOUT_GROUPS = ("number", "date", "time", "title", "status")
"""Groups that the pattern of a session layout may have."""


def _pairs(value: Any, example: str) -> tuple[tuple[Any, Any], ...]:
    """Give a table as pairs; pairs are given as they are."""
    if isinstance(value, Mapping):
        return tuple(value.items())
    if isinstance(value, list | tuple) and all(
        isinstance(x, list | tuple) and len(x) == 2 for x in value
    ):
        return tuple((x[0], x[1]) for x in value)
    raise ValueError(f"not a table: {value!r}, expected {example}")


def _word_rows(value: Any, kinds: Iterable[str] | None, default: str | None) -> Words:
    """Accept a table from a kind to words; a list alone is rows of kind `default`."""
    if isinstance(value, str) or (
        isinstance(value, list | tuple) and all(isinstance(x, str) for x in value)
    ):
        if default is None:
            raise ValueError(f"not a table: {value!r}, expected {_example(kinds)}")
        value = {default: value}
    pairs = _pairs(value, _example(kinds))
    allowed = None if kinds is None else tuple(kinds)
    rows: list[tuple[str, tuple[str, ...]]] = []
    try:
        for kind, words in pairs:
            if allowed is not None and kind not in allowed:
                raise ValueError(f"unknown kind: {kind!r}, expected one of {', '.join(allowed)}")
            given = (words,) if isinstance(words, str) else tuple(words)
            if not given or not all(isinstance(w, str) and w.strip() for w in given):
                raise ValueError(f"not a list of words: {words!r}")
            rows.append((str(kind), tuple(w.strip() for w in given)))
    except TypeError:
        raise ValueError(f"not a table: {value!r}, expected {_example(kinds)}") from None
    return tuple(rows)


def _example(kinds: Iterable[str] | None) -> str:
    first = next(iter(kinds or ("session",)))
    return f'{{{first} = ["words"]}}'


def section_words(value: Any) -> Words:
    """Accept words of section titles by the kind of section."""
    from sessionlog_core.model import PartKind

    return _word_rows(value, [k.value for k in PartKind], None)


def status_words(value: Any) -> Words:
    """Accept words of a state: `closed`, `open` or `planned`."""
    from sessionlog_core.vocabulary import STATE_WORDS

    return _word_rows(value, tuple(STATE_WORDS), None)


def unit_words(value: Any) -> Words:
    """Accept words for what an entry of a log is called; a list alone are words for a session."""
    return _word_rows(value, None, "session")


def date_order(value: Any) -> str:
    """Accept what comes first in a date such as `09/01/2026`."""
    text = str(value).strip()
    if text not in ("auto", "dmy", "mdy"):
        raise ValueError(f"unknown value: {value!r}, expected one of auto, dmy, mdy")
    return text


def _patterns(value: Any, check: Callable[[re.Pattern[str]], None]) -> tuple[tuple[str, str], ...]:
    pairs = _pairs(value, '{name = "pattern"}')
    rows = []
    try:
        for name, pattern in pairs:
            if not isinstance(name, str) or not isinstance(pattern, str) or not name.strip():
                raise ValueError(f"not a name with a pattern: {name!r}, {pattern!r}")
            try:
                compiled = re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a pattern: {pattern!r} of {name}: {error}") from None
            if compiled.search(""):
                raise ValueError(f"matches the empty text: {pattern!r} of {name}")
            check(compiled)
            rows.append((name.strip(), pattern))
    except TypeError:
        raise ValueError(f'not a table: {value!r}, expected {{name = "pattern"}}') from None
    return tuple(rows)


def metric_patterns(value: Any) -> tuple[tuple[str, str], ...]:
    """Accept patterns of figures by their names; each has a group `value`."""

    def check(pattern: re.Pattern[str]) -> None:
        if "value" not in pattern.groupindex:
            raise ValueError(f"has no group (?P<value>...): {pattern.pattern!r}")

    return _patterns(value, check)


def reference_patterns(value: Any) -> tuple[tuple[str, str], ...]:
    """Accept patterns of names by their kind (`ticket`, `adr`, ...)."""
    return _patterns(value, lambda _: None)


def layouts(value: Any) -> tuple[tuple[str, str], ...]:
    """Accept patterns of the line that starts a session, by the name of the layout."""

    def check(pattern: re.Pattern[str]) -> None:
        wrong = sorted(set(pattern.groupindex) - set(LAYOUT_GROUPS))
        if wrong:
            allowed = ", ".join(LAYOUT_GROUPS)
            raise ValueError(
                f"unknown group: {wrong[0]} in {pattern.pattern!r}, expected one of {allowed}"
            )

    return _patterns(value, check)


@cache
def installed_layouts() -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Give the layouts that installed distributions bring, and what is wrong with others.

    An entry point of the group `sessionlog.layouts` names a layout and leads to its pattern, as
    the option `layouts` has it.
    """
    found: list[tuple[str, str]] = []
    wrong: list[str] = []
    for point in sorted(entry_points(group="sessionlog.layouts"), key=lambda p: p.name):
        try:
            found += layouts({point.name: point.load()})
        except Exception as error:  # the code of others may raise anything
            wrong.append(f"installed layout {point.name} ({point.value}): {error}")
    return tuple(found), tuple(wrong)


class Rows(Protocol):
    """What the options of a project hold for the tables."""

    @property
    def section_words(self) -> Words:
        """Words of section titles by the kind of section."""

    @property
    def unit_words(self) -> Words:
        """Words for what an entry is called."""

    @property
    def status_words(self) -> Words:
        """Words of a state."""

    @property
    def metric_patterns(self) -> tuple[tuple[str, str], ...]:
        """Patterns of figures by their names."""

    @property
    def reference_patterns(self) -> tuple[tuple[str, str], ...]:
        """Patterns of names by their kind."""

    @property
    def layouts(self) -> tuple[tuple[str, str], ...]:
        """Patterns of the line that starts a session, by the name of the layout."""

    @property
    def dates(self) -> str:
        """What comes first in a date such as `09/01/2026`."""


def make_vocabulary(options: Rows) -> "Vocabulary":
    """Give the vocabulary with the user's own rows, which come before all others."""
    return _make(
        options.section_words,
        options.unit_words,
        options.status_words,
        options.metric_patterns,
        options.reference_patterns,
        (*options.layouts, *installed_layouts()[0]),
        options.dates,
    )


@lru_cache(maxsize=8)
def _make(
    sections: Words,
    units: Words,
    states: Words,
    metrics: tuple[tuple[str, str], ...],
    references: tuple[tuple[str, str], ...],
    own: tuple[tuple[str, str], ...],
    dates: str,
) -> "Vocabulary":
    # The tables are large: they are imported where a log is read.
    from sessionlog_core.model import PartKind
    from sessionlog_core.vocabulary import DEFAULT, MetricPattern, ReferencePattern, SessionLayout

    return DEFAULT.with_rows(
        sections={PartKind(kind): words for kind, words in sections},
        units=dict(units),
        states=dict(states),
        metrics=[MetricPattern(name, re.compile(p)) for name, p in metrics],
        references=[ReferencePattern(name, re.compile(p)) for name, p in references],
        layouts=[SessionLayout(name, re.compile(p)) for name, p in own],
        dates=dates,
    )
