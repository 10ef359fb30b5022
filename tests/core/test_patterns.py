"""No pattern takes more than linear time: each is run on what is worst for it, at n and at 2n."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

import sessionlog_core
from sessionlog_core.patterns import later
from tests.growth import LINEAR, steady


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Give every named pattern of the core, those in tables too."""
    for module in pkgutil.iter_modules(sessionlog_core.__path__, "sessionlog_core."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            yield from _within(f"{module.name.partition('.')[2]}.{name}", value, 3)


def _within(name: str, value: Any, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern | later):
        if isinstance(value.pattern, str):
            yield name, value
    elif depth and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(f"{name}[{key}]", inner, depth - 1)
    elif depth and isinstance(value, tuple | list):
        for key, inner in enumerate(value):
            yield from _within(f"{name}[{key}]", inner, depth - 1)
    elif depth and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for field in value.__dataclass_fields__:
            yield from _within(f"{name}.{field}", getattr(value, field), depth - 1)


ALL = dict(patterns())

PIECES = (
    " ",
    "a",
    "1",
    "-",
    "*",
    "`",
    "|",
    "[",
    "#",
    ":",
    "=",
    ".",
    "_",
    "/",
    "\t",
    "\n",
    "完",
    "a ",
    "1 ",
    "a: ",
    "a-",
    "1.",
    "**a",
    "[a](",
    "`a`",
    "--",
    "2026-01-01 ",
    "12:",
    "#1 ",
    "a/b.",
    "session 1 ",
    "Phase 1, ",
    "1 tests ",
    "1/1 ",
    "1 -> ",
    "| a ",
    "> ",
    "a\n",
    "f0",
    "1% ",
)
"""What text is made of: a pattern's worst case is a long run of what it begins with."""

END = "\x00]"
"""What no match can end in."""

SIZE = 1_500
PATIENCE = 0.006
"""Processor seconds below which nothing is measured."""


SOURCE = "\n".join(p.read_text("utf-8") for p in Path(sessionlog_core.__path__[0]).glob("**/*.py"))


@cache
def searches(name: str) -> bool:
    """Say whether a pattern is looked for all over a text; else it is held to its start alone."""
    plain = name.rpartition(".")[2]
    used = rf"\b{plain}\.(?:search|finditer|findall|subn?|split)\b"
    return not plain.isidentifier() or re.search(used, SOURCE) is not None


def took(name: str, text: str) -> float:
    """Give the seconds of the processor for one use."""
    pattern = ALL[name]
    start = time.process_time()
    if searches(name):
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", ALL)
def test_pattern_is_linear(name: str) -> None:
    for piece in PIECES:
        short, long = (piece * (size // len(piece)) + END for size in (SIZE, 2 * SIZE))
        if took(name, short) < PATIENCE:
            continue
        ratio = steady(partial(took, name, short), partial(took, name, long))
        assert ratio < LINEAR, f"{name} on {piece!r}: {ratio:.1f} times as long for twice as much"
