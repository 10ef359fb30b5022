"""No pattern takes more than linear time: each is run on what is worst for it, at n and at 2n."""

import copy
import importlib
import os
import pickle
import pkgutil
import re
import subprocess
import sys
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


def test_pattern_is_what_its_compiled_self_is() -> None:
    word = later(r"(?P<word>[a-z]+)", re.I)
    assert "search" not in vars(word), "compiled before it was used"
    assert word.search("1 Log")["word"] == "Log"
    assert "search" in vars(word)
    assert [m[0] for m in word.finditer("a b")] == ["a", "b"]
    assert (word.groupindex["word"], word.groups, word.flags & re.I) == (1, 1, re.I)
    with pytest.raises(AttributeError, match="seek"):
        later("a").seek  # noqa: B018
    for same in (copy.copy(later("a+")), pickle.loads(pickle.dumps(later("a+")))):
        assert same.fullmatch("aaa")


IMPORT_ALL = """
import importlib, pkgutil, re, sys
import sessionlog_core

def compile(*args, made=re.compile, **flags):
    place = sys._getframe(1)
    if place.f_code.co_filename.endswith("patterns.py"):
        place = place.f_back
    if place.f_globals["__name__"].startswith("sessionlog_core"):
        print(place.f_globals["__name__"], place.f_lineno, ascii(args[0])[:40])
    return made(*args, **flags)

re.compile = compile
for module in pkgutil.walk_packages(sessionlog_core.__path__, "sessionlog_core."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print("all imported")
"""


TABLES_MADE = {"sessionlog_core.vocabulary", "sessionlog_core.dates", "sessionlog_core.escape"}
"""Modules that make tables of words and of tags with a pattern."""


def test_no_other_pattern_is_compiled_by_an_import() -> None:
    command = [sys.executable, "-P", "-c", IMPORT_ALL]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    *compiled, last = told.splitlines()
    assert last == "all imported"
    assert {line.split()[0] for line in compiled} == TABLES_MADE
