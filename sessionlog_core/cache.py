"""What was read from logs in, a folder of JSON files out, from which the next build has it again.

A file holds what one file of the project says, as it was after masking: its first line names what
it was made by and from and gives the digest of the rest, the second holds what stands outside of
sessions, and each further line a session, with what it says. Where the text of a log changed,
sessions that did not are taken from there all the same, also when they moved to other lines. Where
anything is not as expected, the file counts as not there. It is replaced as a whole or not at all,
so that builds may share a folder and may end at any moment.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, Field, field, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from operator import attrgetter
from pathlib import Path
from sys import intern
from tempfile import mkstemp
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from sessionlog_core.accounts import Account, Reading
from sessionlog_core.model import Item, Session
from sessionlog_core.outline import Node
from sessionlog_core.problems import Problem
from sessionlog_core.raw import read_bytes
from sessionlog_core.records import record
from sessionlog_core.said import Said
from sessionlog_core.texts import Counts, without_words

SCHEMA = "sessionlog-read/5"

_SHARED = (Node, Item)
"""Records that stand in several places of a log. Each is written once, in a list of its kind, after
those that it holds; in its place stands its index."""


_LARGEST = 1 << 28
"""Bytes of a file: what is larger is not ours. Lists take about three times the room of a log."""


@record(frozen=True, slots=True)
class Told:
    """A session, and what it says."""

    session: Session
    said: Said


@record(frozen=True, slots=True)
class Kept:
    """What a file of the folder holds, as it is written there.

    `sessions` gives by its sign the line on which a session starts, and what it says: lines count
    from that, so that what is kept of a session stays as it is where that moves.

    `of_bytes` is the digest of the bytes from which it was read, where that may be known;
    `of_texts` that of the texts in them.
    """

    head: bytes = b""
    of_bytes: str = ""
    of_texts: str = ""
    about: bytes = b""
    sessions: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)

    def recall(self, sign: str, line: int) -> Told | None:
        """Give the session of a sign as if it started at `line`, or None."""
        kept = self.sessions.get(sign)
        if kept is None:
            return None
        with suppress(*_ODD):
            return from_plain(Told, json.loads(kept[1]), line)
        return None

    def account(self) -> Account | None:
        """Give all of it; its texts are without their words."""
        with suppress(*_ODD):
            counts, plain = json.loads(self.about)
            account = from_plain(Account, plain)
            told = [
                from_plain(Told, json.loads(written), int(line))
                for line, written in self.sessions.values()
            ]
            if len(told) != sum(counts):
                return None
            each = iter(told)
            readings = (
                _with_sessions(reading, tuple(islice(each, count)))
                for reading, count in zip(account.readings, counts, strict=True)
            )
            return replace(account, readings=tuple(readings))
        return None

    def signs(self) -> list[list[str]]:
        """Give the signs of the sessions of each text; it is one that `account` gave."""
        signs = iter(self.sessions)
        return [list(islice(signs, count)) for count in json.loads(self.about)[0]]


def _with_sessions(reading: Reading, told: Sequence[Told]) -> Reading:
    log = replace(reading.log, sessions=tuple(one.session for one in told))
    return Reading(log, tuple(one.said for one in told))


_ODD = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What lists of another form than expected may raise."""


class Cache:
    """The readings that a folder holds. Each is found by the name that `name_of` gives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def load(self, name: str) -> Kept:
        """Give what is kept under a name; nothing where that is not there or in any way odd."""
        self._used.add(name)
        data = read_bytes(self._path(name), name, max_size=_LARGEST)
        if isinstance(data, Problem):
            return Kept()
        head, _, body = data.partition(b"\n")
        with suppress(*_ODD):
            said = json.loads(head)
            of_bytes, of_texts = said["bytes"], said["texts"]
            if head == _head(name, of_bytes, of_texts, body):
                about, *sessions = body.split(b"\n")
                signed = (session.split(b" ", 2) for session in sessions)
                by_sign = {sign.decode(): (line, told) for sign, line, told in signed}
                return Kept(head, of_bytes, of_texts, about, by_sign)
        return Kept()

    def put(
        self,
        name: str,
        account: Account,
        signs: Sequence[Sequence[str]],
        kept: Kept,
        *,
        of_bytes: str = "",
        of_texts: str = "",
    ) -> None:
        """Keep what a file says; `signs` are those of the sessions of each text.

        What `kept` has of it is not written anew. Where nothing can be kept, nothing is harmed.
        """
        self._used.add(name)
        every = [sign for some in signs for sign in some]
        if len(set(every)) < len(every):
            return  # two sessions on the same lines
        with suppress(OSError, *_ODD):
            lines = [_json([list(map(len, signs)), to_plain(_without_sessions(account))])]
            told = (
                (session, said)
                for reading in account.readings
                for session, said in zip(reading.log.sessions, reading.said, strict=True)
            )
            for sign, (session, said) in zip(every, told, strict=True):
                line = session.source.line
                _, written = kept.sessions.get(sign, (b"", b""))
                written = written or _json(to_plain(Told(session, said), line))
                lines.append(b"%s %d %s" % (sign.encode(), line, written))
            body = b"\n".join(lines)
            head = _head(name, of_bytes, of_texts, body)
            if head != kept.head:
                self._folder.mkdir(parents=True, exist_ok=True)
                _replace(self._path(name), head + b"\n" + body)

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


def _head(name: str, of_bytes: str, of_texts: str, body: bytes) -> bytes:
    told = {"schema": SCHEMA, "name": name, "bytes": of_bytes, "texts": of_texts}
    return json.dumps({**told, "sha256": sha256(body).hexdigest()}).encode()


def _without_sessions(account: Account) -> Account:
    """Give an account without what is kept session by session, and without the words of texts."""
    readings = (Reading(replace(reading.log, sessions=())) for reading in account.readings)
    return Account(without_words(account.file), tuple(readings), account.private)


_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)
"""Nothing that is written holds itself: to look for that takes a fifth of the time."""


def _json(plain: object) -> bytes:
    return _ENCODER.encode(plain).encode()


def sign_of(session: Session, markup: str) -> str:
    """Give a name for what a session is read from, before it is filled: lines count from its own.

    Two sessions of one sign differ in nothing but the lines on which they stand.
    """
    start, end = session.source.line, session.source.end_line
    nodes = list(session.body)
    for node in nodes:
        nodes += node.children  # the list grows while it is gone through
    told = [(n.line - start, n.end_line - start, len(n.children), *_node_of(n)) for n in nodes]
    return sha256(_json([markup, end - start, _head_of(session), told])).hexdigest()


_node_of = attrgetter("kind", "text", "level", "label", "info", "start", "done")
_head_of = attrgetter(*(f.name for f in fields(Session) if f.name not in ("source", "body")))


@cache
def _maker() -> str:
    """Give what tells one state of the program from another, also while it is being changed."""
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    states = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in modules]
    return _digest(version("sessionlog-docs"), version("markdown-it-py"), states)


# Records as lists ---------------------------------------------------------------------------------

T = TypeVar("T")

_Tables = Mapping[type, Any]
_Change = Callable[[Any, _Tables], Any]


def to_plain(one: Account | Told, start: int = 0) -> list[Any]:
    """Write a record as lists, words and numbers: the shared records, and the rest.

    A record is the list of its fields without those at the end that have their default. Lines count
    from `start`.
    """
    tables: dict[type, Any] = {int: start}
    tables |= {kind: ({}, []) for kind in _SHARED}
    told = _shape(type(one)).write(one, tables)
    return [*(tables[kind][1] for kind in _SHARED), told]


def from_plain(kind: type[T], plain: list[Any], start: int = 0) -> T:
    """Read what `to_plain` wrote, lines counted from `start`.

    Raises ValueError, LookupError or TypeError where it is of another form.
    """
    *shared, told = plain
    tables: dict[type, Any] = {int: start}
    tables |= {kind: [] for kind in _SHARED}
    for each, listed in zip(_SHARED, shared, strict=True):
        table = tables[each]
        for one in listed:
            table.append(_shape(each).read(one, tables))
    read: T = _shape(kind).read(told, tables)
    return read


def _write_shared(one: Any, tables: _Tables) -> int:
    places: dict[int, int]
    places, listed = tables[type(one)]
    place = places.get(id(one))
    if place is None:
        told = _shape(type(one)).write(one, tables)
        places[id(one)] = place = len(listed)
        listed.append(told)
    return place


def _write_words(words: tuple[str, ...], _: _Tables) -> str | list[str]:
    """Write words as the lines of one string: many are so read and written by one step."""
    letters = "".join(words)
    return "\n".join(words) if letters and "\n" not in letters else list(words)


def _read_words(told: str | list[str], _: _Tables) -> tuple[str, ...]:
    return tuple(map(intern, told.split("\n") if isinstance(told, str) else told))


class _Shape:
    """How records of a kind become the lists of their fields, and records again."""

    def __init__(self, kind: type) -> None:
        hints = get_type_hints(kind)
        changes = [_change(hints[one.name]) for one in fields(kind)]
        self._kind = kind
        self._values = attrgetter(*hints)
        self._defaults = [_default(one) for one in fields(kind)]
        self._writes = [(i, change[0]) for i, change in enumerate(changes) if change]
        self._reads = [(i, change[1]) for i, change in enumerate(changes) if change]
        self._lines = [i for i, one in enumerate(fields(kind)) if _is_line(one.name, hints)]

    def write(self, one: object, tables: _Tables) -> list[Any]:
        told = list(self._values(one))
        defaults = self._defaults
        while told and told[-1] == defaults[len(told) - 1]:
            told.pop()
        for index, write in self._writes:
            if index < len(told):
                told[index] = write(told[index], tables)
        start = tables[int]
        for index in self._lines:
            told[index] -= start
        return told

    def read(self, told: list[Any], tables: _Tables) -> Any:
        for index, read in self._reads:
            if index < len(told):
                told[index] = read(told[index], tables)
        start = tables[int]
        for index in self._lines:
            told[index] += start
        return self._kind(*told)


# mypy takes the hash of a class for the one of its objects.
_shape: Callable[[Any], _Shape] = cache(_Shape)


def _is_line(name: str, hints: Mapping[str, Any]) -> bool:
    """Say whether a field counts lines of the file; what may have none stands in no session."""
    return name in ("line", "end_line") and hints[name] is int


def _default(one: Field[Any]) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()


def _change(hint: Any) -> tuple[_Change, _Change] | None:
    """Give how a value of a type is written and read; None for one that JSON has itself."""
    arguments = get_args(hint)
    if hint == tuple[str, ...]:
        return _write_words, _read_words
    if hint == Counts:
        return lambda value, _: value, lambda value, _: tuple(map(tuple, value))
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
        return _shape(hint).write, _shape(hint).read
    if issubclass(hint, StrEnum):
        members = {str(member): member for member in hint}
        return lambda value, _: value, lambda value, _: members[value]
    return None
