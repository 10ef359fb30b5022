"""Changes in folders in, a sign for the host out where a log came or went.

A host watches a folder by building anew at every change of a file in it. Anything may change in the
folders in which logs may come to lie, even a file to which the host itself writes what it does, and
it would build for ever. So we look at the folders, and the host watches a file of ours that we
touch.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event, Thread

from mkdocs_sessionlog.shelf import Shelf
from sessionlog_core.discover import may_hold_logs
from sessionlog_core.project import Project

__all__ = ["Newcomers", "folders_of"]

_PAUSE = 1.0
"""Seconds from one look to the next. A look asks for the time of each folder and reads no file."""

_MOST = 5000
"""So many folders are looked at: the upper ones first."""


class Newcomers:
    """Looks at the folders of a project in a thread of its own, until it is closed."""

    def __init__(self, shelf: Shelf, project: Project) -> None:
        self._shelf = shelf
        self._project = project
        self._folder = tempfile.TemporaryDirectory(prefix="sessionlog-")
        self.sign = Path(self._folder.name, "changed")
        """The file that changes where a log came or went."""
        self.sign.write_text("", "utf-8")
        self._count = 0
        self._told: frozenset[str] | None = None
        self._seen = _times(project)
        self._end = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def look(self) -> None:
        """Look once: where a folder changed, give a sign if there are other logs than shown."""
        times = _times(self._project)
        if times != self._seen:
            self._seen = times
            self._compare()

    def close(self) -> None:
        """Look no more, and remove the file."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()
        self._folder.cleanup()

    def _look(self) -> None:
        while not self._end.wait(_PAUSE):
            self.look()

    def _compare(self) -> None:
        shown, there = self._shelf.names()
        # One change may come as several; the host has heard of it by the first.
        if there not in (shown, self._told):
            self._told = there
            self._count += 1
            # The time of a file may stay where it is written twice in a moment; its size does not.
            self.sign.write_text("." * self._count, "utf-8")


def _times(project: Project) -> Mapping[Path, int]:
    """Give when a file came into or went from each folder in which a log may come to lie."""
    times: dict[Path, int] = {}
    for folder in folders_of(project):
        try:
            times[folder] = folder.stat().st_mtime_ns
        except OSError:
            continue
        if len(times) == _MOST:
            break
    return times


def folders_of(project: Project) -> Iterator[Path]:
    """Give the folders in which a new log may come to lie: those that a search would enter."""
    root = project.root
    level = [root]
    for pattern in (*project.options.logs, *project.options.roadmap):
        # As far as a pattern names folders without a wildcard: it may name one that is left out.
        parts = Path(pattern).parts[:-1]
        plain = [part for i, part in enumerate(parts) if not any("*" in x for x in parts[: i + 1])]
        level.append(root.joinpath(*plain))
    level += [path.parent for path in project.files]
    seen: set[Path] = set()
    while level:
        fresh = [folder for folder in dict.fromkeys(level) if folder not in seen]
        seen.update(fresh)
        yield from fresh
        level = [below for folder in fresh for below in _below(folder)]


def _below(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            found = [x.name for x in entries if x.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [folder / name for name in sorted(found) if may_hold_logs(name)]
