"""A path in, the bytes of a regular file out, or why there are none; logs are opened here alone."""

import os
import stat
from pathlib import Path

from sessionlog_core.problems import Code, Problem

__all__ = ["read_bytes"]

_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""No system has both of them.

To open a named pipe would otherwise wait for somebody who writes to it.
"""

_AT_ONCE = 1 << 20


def read_bytes(path: Path, name: str, *, max_size: int) -> bytes | Problem:
    """Read a regular file of at most `max_size` bytes, or say why not.

    The kind of the file is asked of the open file, so that nobody can put another in its place
    between the question and the reading. One reading gives one state of a file that grows
    meanwhile.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS)
    except (OSError, ValueError) as error:
        return Problem(Code.UNREADABLE, _why(error), name)
    try:
        about = os.fstat(handle)
        if stat.S_ISDIR(about.st_mode):
            return Problem(Code.UNREADABLE, "is a folder, expected a file", name)
        if not stat.S_ISREG(about.st_mode):
            return Problem(Code.UNREADABLE, "is not a regular file", name)
        if about.st_size > max_size:
            return _too_large(name, max_size)
        parts: list[bytes] = []
        left = max_size + 1
        while left > 0 and (part := os.read(handle, min(left, _AT_ONCE))):
            parts.append(part)
            left -= len(part)
    except OSError as error:
        return Problem(Code.UNREADABLE, _why(error), name)
    finally:
        os.close(handle)
    return b"".join(parts) if left > 0 else _too_large(name, max_size)


def _too_large(name: str, max_size: int) -> Problem:
    message = f"is larger than {max_size} bytes, the option max_size, and is not read"
    return Problem(Code.UNREADABLE, message, name)


def _why(error: Exception) -> str:
    """Say why a file cannot be opened, in the same words on every system and in every language."""
    match error:
        case FileNotFoundError():
            return "cannot be read: there is no such file"
        case PermissionError():
            return "cannot be read: permission denied"
        case IsADirectoryError():
            return "is a folder, expected a file"
        case OSError(strerror=str() as reason):
            return f"cannot be read: {reason.lower()}"
    return f"cannot be read: {error}"
