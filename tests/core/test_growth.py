"""A log of twice the size takes twice the time, whatever repeats in it."""

import time
from collections.abc import Callable

import pytest

from sessionlog_core.reader import read_log
from tests.growth import LINEAR, growth

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
    "labels in lower case": lambda n: (
        "## Session 1\n\nnotes of the day\n" + "next : shelf\nnext  : shelf\n" * n
    ),
    "half a label in lower case": lambda n: (
        "## Session 1\n\nnotes of the day\n" + "next  : shelf\n" * (4 * n)
    ),
    "growing runs of backticks": lambda n: (
        "## Session 1\n\n" + " ".join("`" * k for k in range(1, int((2 * n) ** 0.5))) + "\n"
    ),
}
"""Texts of n pieces, or of n letters, by what repeats in them."""


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_is_linear(shape: str) -> None:
    def seconds(size: int) -> float:
        text = SHAPES[shape](size)
        start = time.process_time()
        read_log(text, "session-log.md")
        return time.process_time() - start

    assert growth(seconds, 500) < LINEAR
