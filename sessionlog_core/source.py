"""A path in, the decoded text of the log or logs that it holds out. Only this module opens logs."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from sessionlog_core.diffs import unfold
from sessionlog_core.mojibake import repair
from sessionlog_core.problems import Code, Problem


@dataclass(frozen=True, slots=True)
class Source:
    """A log as text: decoded, repaired, taken out of a diff, its lines ended by `\\n`."""

    path: str
    text: str


def read_sources(
    path: Path, name: str, *, max_size: int
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read the file at `path`, which problems and records call `name`.

    A file that cannot be read gives no source and one problem. A diff that adds several
    files gives a source for each.
    """
    data = read_bytes(path, name, max_size=max_size)
    if isinstance(data, Problem):
        return (), (data,)
    if not data.strip():
        return (), (Problem(Code.UNREADABLE, "the file is empty", name),)
    text, problems = decode(data, name)
    if text is None:
        return (), problems
    text, changed = repair(text)
    if changed:
        message = f"repaired damaged characters in {len(changed)} lines"
        problems += (Problem(Code.ENCODING, message, name, changed[0], grave=False),)
    added = unfold(text)
    if added is not None:
        return tuple(Source(p, t) for p, t in added), problems
    return (Source(name, text),), problems


def read_bytes(path: Path, name: str, *, max_size: int) -> bytes | Problem:
    """Read a regular file of at most `max_size` bytes, or say why not."""
    try:
        # Not blocking: to open a named pipe would otherwise wait for a writer.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except OSError as error:
        return Problem(Code.UNREADABLE, f"cannot be read: {error.strerror}", name)
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            return Problem(Code.UNREADABLE, "is a folder, expected a file", name)
        if not stat.S_ISREG(mode):
            return Problem(Code.UNREADABLE, "is not a regular file", name)
        try:
            data = file.read(max_size + 1)
        except OSError as error:
            return Problem(Code.UNREADABLE, f"cannot be read: {error.strerror}", name)
    if len(data) > max_size:
        message = f"larger than {max_size} bytes (option max_size), not read"
        return Problem(Code.UNREADABLE, message, name)
    return data


_LINE_END = re.compile(r"\r\n?")


def decode(data: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Decode by byte order mark, as UTF-8, else as Windows-1252."""
    problems: tuple[Problem, ...] = ()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data:
        return None, (Problem(Code.UNREADABLE, "is a binary file, expected text", name),)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = "not UTF-8, read as Windows-1252"
            problems = (Problem(Code.ENCODING, message, name, line, grave=False),)
            text = data.decode("cp1252", errors="replace")
    return _LINE_END.sub("\n", text), problems
