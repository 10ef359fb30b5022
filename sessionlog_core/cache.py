"""What was read from logs in, a folder of JSON files out, from which the next build has it again.

A file holds one log, as it was after masking, and what its sessions say. Its first line names what
it was made by and from and gives the digest of the rest; where anything is not as expected, the
file counts as not there. It is replaced as a whole or not at all, so that builds may share a folder
and may end at any moment.
"""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from sys import intern
from tempfile import mkstemp
from typing import Any, get_args, get_origin, get_type_hints

from sessionlog_core.model import Item, Log
from sessionlog_core.outline import Node
from sessionlog_core.problems import Problem
from sessionlog_core.said import Said
from sessionlog_core.source import read_bytes

SCHEMA = "sessionlog-read/1"

_SHARED = (Node, Item)
"""Records that stand in several places of a log. Each is written once, in a list of its kind, after
those that it holds; in its place stands its index."""


_LARGEST = 1 << 28
"""Bytes of a file: what is larger is not ours. Lists take about three times the room of a log."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A log, and what each of its sessions says; nothing of the latter where nobody asked yet."""

    log: Log
    said: tuple[Said, ...] = ()


class Cache:
    """The readings that a folder holds. Each is found by the name that `name_of` gives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def get(self, name: str) -> Reading | None:
        """Give a reading as it was put; None for one that is not there or is in any way odd."""
        self._used.add(name)
        data = read_bytes(self._path(name), name, max_size=_LARGEST)
        if isinstance(data, Problem):
            return None
        head, _, body = data.partition(b"\n")
        if head != _head(name, body):
            return None
        with suppress(ValueError, LookupError, TypeError, RecursionError):
            return from_plain(json.loads(body))
        return None

    def put(self, name: str, reading: Reading) -> None:
        """Keep a reading. Where that cannot be done, nothing is kept and nothing is harmed."""
        self._used.add(name)
        with suppress(OSError, ValueError, RecursionError):
            body = json.dumps(to_plain(reading), separators=(",", ":")).encode()
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._path(name), _head(name, body) + b"\n" + body)

    def forget_others(self) -> None:
        """Delete what was neither asked for nor put since this object was made."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.stem not in self._used:
                    path.unlink()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees all of it or none, whenever this process ends."""
    handle, new = mkstemp(dir=path.parent, prefix="new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(new).replace(path)
    except OSError:
        Path(new).unlink(missing_ok=True)
        raise


def name_of(*parts: object) -> str:
    """Give a name that is the same exactly where all that a log is made from is the same."""
    return _digest(_maker(), *parts)


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _head(name: str, body: bytes) -> bytes:
    digest = sha256(body).hexdigest()
    return json.dumps({"schema": SCHEMA, "name": name, "sha256": digest}).encode()


@cache
def _maker() -> str:
    """Give what tells one state of the program from another, also while it is being changed."""
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    states = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in modules]
    return _digest(version("sessionlog-docs"), version("markdown-it-py"), states)


# Records as lists ---------------------------------------------------------------------------------

_Tables = Mapping[type, Any]
_Change = Callable[[Any, _Tables], Any]


def to_plain(reading: Reading) -> list[Any]:
    """Write a reading as lists, words and numbers: the words of lists, shared records, the rest.

    A record is the list of its fields without those at the end that have their default.
    """
    words: dict[str, int] = {}
    shared: dict[type, tuple[dict[int, int], list[Any]]] = {kind: ({}, []) for kind in _SHARED}
    told = _write_record(reading, {str: words, **shared})
    return [list(words), *(listed for _, listed in shared.values()), told]


def from_plain(plain: list[Any]) -> Reading:
    """Read what `to_plain` wrote.

    Raises ValueError, LookupError or TypeError where it is of another form.
    """
    words, *shared, told = plain
    tables: dict[type, list[Any]] = {str: [intern(word) for word in words]}
    tables |= {kind: [] for kind in _SHARED}
    for kind, listed in zip(_SHARED, shared, strict=True):
        table = tables[kind]
        for one in listed:
            table.append(_read_record(kind, one, tables))
    reading = _read_record(Reading, told, tables)
    assert isinstance(reading, Reading)
    return reading


def _write_record(one: object, tables: _Tables) -> list[Any]:
    # mypy takes the hash of a class for the one of its objects.
    shape = _shape(type(one))  # type: ignore[arg-type]
    told = list(shape.values(one))
    while told and told[-1] == shape.defaults[len(told) - 1]:
        told.pop()
    for index, (write, _) in shape.changes:
        if index < len(told):
            told[index] = write(told[index], tables)
    return told


def _read_record(kind: type, told: list[Any], tables: _Tables) -> Any:
    for index, (_, read) in _shape(kind).changes:
        if index < len(told):
            told[index] = read(told[index], tables)
    return kind(*told)


def _write_shared(one: Any, tables: _Tables) -> int:
    places: dict[int, int]
    places, listed = tables[type(one)]
    place = places.get(id(one))
    if place is None:
        told = _write_record(one, tables)
        places[id(one)] = place = len(listed)
        listed.append(told)
    return place


def _write_words(words: tuple[str, ...], tables: _Tables) -> list[int]:
    places: dict[str, int] = tables[str]
    return [places.setdefault(word, len(places)) for word in words]


def _read_words(places: list[int], tables: _Tables) -> tuple[str, ...]:
    return tuple([tables[str][place] for place in places])


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the fields of a record are taken: all values, the defaults, and those to change."""

    values: Callable[[Any], tuple[Any, ...]]
    defaults: tuple[Any, ...]
    changes: tuple[tuple[int, tuple[_Change, _Change]], ...]


@cache
def _shape(kind: type) -> _Shape:
    hints = get_type_hints(kind)
    changes = ((i, _change(hints[field.name])) for i, field in enumerate(fields(kind)))
    return _Shape(
        attrgetter(*hints),
        tuple(_default(field) for field in fields(kind)),
        tuple((i, change) for i, change in changes if change),
    )


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _change(hint: Any) -> tuple[_Change, _Change] | None:
    """Give how a value of a type is written and read; None for one that JSON has itself."""
    arguments = get_args(hint)
    if hint == tuple[str, ...]:
        return _write_words, _read_words
    if get_origin(hint) is tuple:
        inner = _change(arguments[0])
        if inner is None:
            return lambda value, _: value, lambda value, _: tuple(value)
        write, read = inner
        return (
            lambda value, tables: [write(x, tables) for x in value],
            lambda value, tables: tuple([read(x, tables) for x in value]),
        )
    if arguments:  # something or None
        inner = _change(arguments[0])
        if inner is None:
            return None
        write, read = inner
        return (
            lambda value, tables: None if value is None else write(value, tables),
            lambda value, tables: None if value is None else read(value, tables),
        )
    if hint in _SHARED:
        return _write_shared, lambda value, tables: tables[hint][value]
    if isinstance(hint, type) and is_dataclass(hint):
        return _write_record, lambda value, tables: _read_record(hint, value, tables)
    if issubclass(hint, StrEnum):
        members = {str(member): member for member in hint}
        return lambda value, _: value, lambda value, _: members[value]
    return None
