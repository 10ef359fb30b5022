"""A line in, the pieces of a plan that it names by number out: `Phase 5`, `Slice 1`, `Alpha3`."""

import re

from sessionlog_core.patterns import later

__all__ = ["UNIT", "find_units", "may_count", "name_unit"]

UNITS = (
    "phase", "milestone", "sprint", "slice", "stage", "step", "iteration", "epic", "story", "task",
    "issue", "alpha", "beta", "wave", "release", "version", "week", "quarter", "feature", "part",
    "increment", "track", "fase", "etapa", "marco", "meilenstein", "étape", "jalon", "fáze", "фаза",
    "этап", "阶段", "里程碑", "フェーズ", "단계",
)  # fmt: skip
"""Words that count pieces of a plan."""

_WORD = rf"(?<![^\W_])({'|'.join(UNITS)})"

UNIT = later(
    rf"{_WORD}\s{{0,2}}#?(\d{{1,3}}(?:\.\d{{1,3}}){{0,2}})(?!\w|\.\w)",
    re.IGNORECASE,
)
"""A piece of a plan by its number."""

FIGURE = later(r"\d")

COUNTS = later(rf"{_WORD}(?:#?\d|\Z)", re.IGNORECASE)


def may_count(piece: str) -> bool:
    """Say whether `piece` of a line, which has no blank, may be a part of what `UNIT` finds.

    The pattern is slow to try at each letter of a long line, and pieces come back.
    """
    ends = piece[-1:].isalpha() or FIGURE.search(piece) is not None
    return ends and COUNTS.search(piece) is not None


def find_units(text: str) -> tuple[str, ...]:
    """Find the pieces of a plan that `text` names by number: `Phase 5`."""
    found = UNIT.finditer(text) if FIGURE.search(text) else ()
    return tuple(dict.fromkeys(map(name_unit, found)))


def name_unit(match: re.Match[str]) -> str:
    """Give the name of a piece of a plan that `UNIT` found."""
    return f"{match[1].capitalize()} {match[2]}"
