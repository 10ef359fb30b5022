"""The options of the core as configuration values of Sphinx: `conf.py` in, checked options out."""

from collections.abc import Iterable
from dataclasses import replace
from glob import escape
from pathlib import Path
from typing import Any

from sphinx.config import Config

from sessionlog_core.discover import LEFT_OUT
from sessionlog_core.options import OPTIONS, Options, read_options, set_options
from sessionlog_core.problems import Problem

__all__ = ["PREFIX", "VALUES", "read"]

PREFIX = "sessionlog_"

COMMAND_LINE = "the command line"

LISTS = frozenset(option.name for option in OPTIONS if option.default == ())
"""Options of several values."""

VALUES: tuple[tuple[str, Any, str], ...] = tuple(
    (PREFIX + option.name, None, option.metadata["help"]) for option in OPTIONS
)
"""Name, default and help of each value. None: not set here, so that `pyproject.toml` speaks."""


def read(config: Config, root: Path, made: Iterable[Path] = ()) -> tuple[Options, list[Problem]]:
    """Give the options of the project in `root`: TOML, then `conf.py`, then `-D`, the last wins.

    `made` are folders into which this build writes: what it wrote before is no log.
    """
    options, problems = read_options(root)
    names = {name.removeprefix(PREFIX): config[name] for name, _, _ in VALUES}
    given = {name: value for name, value in names.items() if value is not None}
    # Sphinx passes over a name in `conf.py` that nobody registered, and says so nowhere.
    written = {name: value for name, value in config._raw_config.items() if name.startswith(PREFIX)}  # noqa: SLF001
    given |= {
        name: value
        for key, value in written.items()
        if (name := key.removeprefix(PREFIX)) not in names and not callable(value)
    }
    # What is set by `-D`, or by a program that runs Sphinx, is never in `conf.py` as well.
    called = {name: _parted(name, given.pop(name)) for name in names if _is_called(config, name)}
    options, more = set_options(options, given, "conf.py")
    options, last = set_options(options, called, COMMAND_LINE)
    inside = (path.relative_to(root) for path in made if path.is_relative_to(root) and path != root)
    own = [f"/{escape(path.as_posix())}" for path in inside if LEFT_OUT.isdisjoint(path.parts)]
    return replace(options, exclude=(*options.exclude, *own)), problems + more + last


def _is_called(config: Config, name: str) -> bool:
    """Say whether Sphinx was called with the option; what it says of one is a text."""
    return config.overrides.get(PREFIX + name) is not None


def _parted(name: str, value: Any) -> Any:
    """Part a list of the command line at its commas, as Sphinx does with its own lists.

    Sphinx knows a list by its default, and ours is nothing: then `pyproject.toml` speaks.
    """
    if name not in LISTS or not isinstance(value, str) or (value and "," not in value):
        return value
    return [part for part in value.split(",") if part.strip()]
