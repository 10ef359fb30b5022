"""A log of twice the size takes twice the time, whatever repeats in it."""

import time
from collections.abc import Callable

import pytest

from sessionlog_core.reader import read_log

HEAD = "# Session log\n\n"
DAY = "2031-05-{:02}"

SHAPES: dict[str, Callable[[int], str]] = {
    "lists": lambda n: (
        HEAD
        + "".join(f"- **{DAY.format(i % 28 + 1)}**: moved shelf {i}\n\nwords\n\n" for i in range(n))
    ),
    "a list of sessions": lambda n: (
        HEAD
        + "".join(f"- **{DAY.format(i % 28 + 1)} (session {i})**: shelf {i}\n" for i in range(n))
    ),
    "stamps": lambda n: (
        HEAD + "".join(f"[{DAY.format(i % 28 + 1)} 10:00] moved shelf {i}\n" for i in range(n))
    ),
    "tables": lambda n: (
        HEAD + "".join(f"## Session {i}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" for i in range(n))
    ),
    "tables that are no sessions": lambda n: (
        HEAD + "".join(f"| Session | At |\n|---|---|\n| x{i} | 2031 |\n\n" for i in range(n))
    ),
    "headings": lambda n: (
        HEAD + "".join(f"## Session {i}\n\n### Next\n\n- shelf {i}\n\n" for i in range(n))
    ),
    "days below a year": lambda n: (
        "# Log 2031\n\n" + "".join(f"## Session {i} - May 2\n\n- shelf {i}\n\n" for i in range(n))
    ),
    "bold lines": lambda n: (
        HEAD + "".join(f"**Session {i}**\n\nNext: shelf {i}\n\n" for i in range(n))
    ),
    "rulers": lambda n: "".join(f"---\n\nshelf {i}\n\nNext: go {i}\n\n" for i in range(n)),
    "dates on one line": lambda n: "## Session 1\n\n" + "2031-05-02 " * n + "\n",
    "dates in words": lambda n: "## " + "May 2, 2031 " * n + "\n",
    "growing runs of backticks": lambda n: (
        "## Session 1\n\n" + " ".join("`" * k for k in range(1, int((2 * n) ** 0.5))) + "\n"
    ),
}
"""Texts of n pieces, or of n letters, by what repeats in them."""

MEASURABLE = 0.15
"""Seconds of the processor below which chance decides."""


def took(shape: str, size: int) -> float:
    """Give the least time of the processor of two readings."""
    text = SHAPES[shape](size)
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        read_log(text, "session-log.md")
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_is_linear(shape: str) -> None:
    size = 500
    while took(shape, size) < MEASURABLE and size < 4_000_000:
        size *= 2
    # Squared time would be four times as long.
    assert took(shape, 2 * size) < 3 * took(shape, size)
