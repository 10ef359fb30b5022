"""A folder and options in, the logs and roadmaps as they are at one moment out."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from sessionlog_core.discover import Found, find_logs, find_roadmaps, list_files
from sessionlog_core.faults import attempt
from sessionlog_core.options import Options
from sessionlog_core.problems import Problem
from sessionlog_core.raw import read_bytes
from sessionlog_core.rows import installed_layouts

__all__ = [
    "Files",
    "Look",
    "Stamp",
    "find_files",
    "fingerprint",
    "look_at",
    "stamp_files",
    "state_of_file",
]

Files = tuple[tuple[Found, ...], tuple[Problem, ...]]
"""Files that were found, and what is to be said about the search."""

Stamp = tuple[str, bool, tuple[int, ...]]
"""The name of a file, whether the options name it, and its state."""


class Look:
    """One look at files: each is read once, and asked for its state before that.

    What is read from a look and the fingerprint of that look are of the same bytes, also where the
    files change meanwhile.
    """

    def __init__(self, logs: Files, roadmaps: Files, options: Options) -> None:
        self.logs, self.roadmaps = logs, roadmaps
        self._options = options
        self._states: dict[Path, tuple[int, ...]] = {}
        self._seen: dict[Path, bytes | Problem] = {}

    def state(self, found: Found) -> tuple[int, ...]:
        """Give what tells without reading a file whether it changed."""
        if found.path not in self._states:
            self._states[found.path] = state_of_file(found.path)
        return self._states[found.path]

    def see(self, found: Found) -> bytes | Problem:
        """Give the bytes of a file, or say why it cannot be read, and keep them until `take`."""
        if found.path not in self._seen:
            self.state(found)
            data = read_bytes(found.path, found.name, max_size=self._options.max_size)
            self._seen[found.path] = data
        data = self._seen[found.path]
        # A name in which something was masked is another than that under which it was found.
        return replace(data, path=found.name) if isinstance(data, Problem) else data

    def take(self, found: Found) -> bytes | Problem:
        """Give what `see` gives, and keep it no longer."""
        data = self.see(found)
        del self._seen[found.path]
        return data

    def forget(self) -> None:
        """Keep the bytes of no file any longer: what is asked for again is read again."""
        self._seen.clear()


def look_at(root: Path, options: Options) -> Look:
    """Search for the logs and roadmaps of the project in `root`."""
    return Look(*find_files(root.resolve(), options), options)


def find_files(root: Path, options: Options) -> tuple[Files, Files]:
    """Find logs and roadmaps; the project is only listed where not both are named."""
    nothing: Files = (), ()
    none: tuple[str, ...] = ()
    files, wrong = none, tuple[Problem, ...]()
    if not (options.logs and options.roadmap):
        files, wrong = attempt(
            lambda: list_files(root), none, "listed", what="the files of the project"
        )
    (logs, told), fault = attempt(
        lambda: find_logs(root, options, files), nothing, "found", what="the logs"
    )
    roadmaps, other = attempt(
        lambda: find_roadmaps(root, options, files), nothing, "found", what="the roadmaps"
    )
    return (logs, (*wrong, *told, *fault)), (roadmaps[0], (*roadmaps[1], *other))


def fingerprint(look: Look, options: Options) -> str:
    """Give a name for all that is read from a look: it is the same exactly where that is.

    It is made from the content of the files and not from their times, which may stay where the
    content changes.
    """
    digest = sha256(repr((options, installed_layouts()[0])).encode())
    for found, problems in (look.logs, look.roadmaps):
        digest.update(repr(problems).encode("utf-8", "backslashreplace"))
        for file in found:
            data = look.see(file)
            told = sha256(data).hexdigest() if isinstance(data, bytes) else data.message
            digest.update(repr((file.name, file.named, told)).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def stamp_files(root: Path, options: Options) -> tuple[Stamp, ...]:
    """Give what tells without reading a file whether it changed, for all that would be read."""
    (logs, _), (roadmaps, _) = find_files(root, options)
    found = (*logs, *roadmaps)
    return tuple((file.name, file.named, state_of_file(file.path)) for file in found)


def state_of_file(path: Path) -> tuple[int, ...]:
    """Give what tells whether a file changed; nothing for one that cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
