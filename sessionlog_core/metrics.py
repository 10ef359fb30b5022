"""A passage of a log in, the figures that it states out: tests, coverage, tasks, lines, files, times and sizes."""

import re

from sessionlog_core.model import Metric

NUMBER = r"(?<![\w.,/-])~?(?P<value>\d{1,3}(?:[,.]\d{3})+(?!\d)|\d{1,9}(?:\.\d{1,4})?)"
"""A figure, with separators of thousands."""

TOTAL = r"(?:\s{0,2}(?:/|of|out of|von|de|sur|di|из)\s{0,2}(?P<total>\d{1,9}(?:,\d{3})*))?"
"""The total of a figure: `3/4`, `3 of 4`."""

PATTERNS: tuple[tuple[str, str, str | None], ...] = (
    (
        "coverage",
        NUMBER + r"\s?(?P<unit>%)\s{0,2}(?:code |test |line |branch |statement )?coverage",
        None,
    ),
    (
        "coverage",
        r"\b(?:coverage|cobertura|abdeckung|couverture|copertura|pokrytí|покрытие)\W{1,6}"
        + NUMBER
        + r"\s?(?P<unit>%)",
        None,
    ),
    (
        "tests",
        NUMBER + TOTAL + r"\s{1,2}(?:\w{1,14}\s){0,2}(?:tests?|testes|passed|passing|specs)\b",
        None,
    ),
    ("tests", r"\b[Tt]ests?\b\W{1,6}" + NUMBER + TOTAL, None),
    ("tests_failed", NUMBER + r"\s{1,2}(?:tests?\s)?(?:failed|failing|failures?)\b", None),
    ("errors", NUMBER + r"\s{1,2}(?:\w{1,14}\s){0,2}(?:errors?|warnings?)\b", None),
    ("tasks", NUMBER + TOTAL + r"\s{1,2}(?:\w{1,14}\s)?(?:tasks?|complete)\b", None),
    ("phases", r"\b[Pp]hases?\W{1,6}" + NUMBER + r"/(?P<total>\d{1,4})", None),
    ("files", NUMBER + r"\s{1,2}(?:\w{1,14}\s)?files?\b", None),
    ("lines", NUMBER + r"\s{1,2}(?:\w{1,14}\s){0,2}(?:lines|loc|insertions|LOC)\b", None),
    ("commits", NUMBER + r"\s{1,2}(?:\w{1,14}\s)?commits?\b", None),
)
"""Name, pattern and unit of each kind of figure; the first that matches a figure names it."""

_COMPILED = tuple((name, re.compile(pattern, re.I), unit) for name, pattern, unit in PATTERNS)
DELTA = re.compile(r"\(\+(\d[\d,]{0,9}(?:\.\d+)?)")
DIGIT = re.compile(r"\d")


def read_number(text: str) -> float:
    """Read a figure with separators of thousands."""
    text = text.strip("~")
    if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", text):
        text = re.sub(r"[,.]", "", text)
    return float(text.replace(",", ""))


def find_metrics(text: str, line: int) -> tuple[Metric, ...]:
    """Find the figures in `text`, whose first line is line `line` of the file."""
    found: list[Metric] = []
    for offset, row in enumerate(text.split("\n")):
        if DIGIT.search(row):
            found.extend(_find_in_line(row, line + offset))
    return tuple(found)


def _find_in_line(text: str, line: int) -> list[Metric]:
    taken: dict[int, Metric] = {}
    for name, pattern, unit in _COMPILED:
        for match in pattern.finditer(text):
            at = match.start("value")
            if at in taken:
                continue
            groups = match.groupdict()
            total = groups.get("total")
            change = DELTA.match(text, match.end() + 1)
            taken[at] = Metric(
                name,
                read_number(match["value"]),
                match.group(0).strip(),
                line,
                total=read_number(total) if total else None,
                delta=read_number(change[1]) if change else None,
                unit=groups.get("unit") or unit,
            )
    return [taken[at] for at in sorted(taken)]
