"""Changes in folders in, a sign for the host out where a log came or went.

A host watches a folder by building anew at every change of a file in it. Anything may change in the
folders in which logs lie, even a file to which the host itself writes what it does, and it would
build for ever. So we watch the folders, and the host watches a file of ours that we touch.
"""

import tempfile
from pathlib import Path

from mkdocs_sessionlog.shelf import Shelf
from sessionlog_core.project import Project

__all__ = ["Newcomers", "folders_of"]


class Newcomers:
    """Handles events as the observers of watchdog give them: by a method `dispatch`."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._folder = tempfile.TemporaryDirectory(prefix="sessionlog-")
        self.sign = Path(self._folder.name, "changed")
        """The file that changes where a log came or went."""
        self.sign.write_text("", "utf-8")
        self._count = 0
        self._told: frozenset[str] | None = None

    def dispatch(self, _event: object) -> None:
        """Give a sign if there are other logs than those that are shown."""
        shown, there = self._shelf.names()
        # One change comes as several events; the host has heard of it by the first.
        if there not in (shown, self._told):
            self._told = there
            self._count += 1
            # The time of a file may stay where it is written twice in a moment; its size does not.
            self.sign.write_text("." * self._count, "utf-8")

    def close(self) -> None:
        """Remove the file."""
        self._folder.cleanup()


def folders_of(project: Project) -> list[Path]:
    """Give the folders in which a new log may come to lie."""
    root = project.root
    folders = {root, *(path.parent for path in project.files)}
    for pattern in (*project.options.logs, *project.options.roadmap):
        # As far as a pattern names folders without a wildcard.
        parts = Path(pattern).parts[:-1]
        plain = [part for i, part in enumerate(parts) if not any("*" in x for x in parts[: i + 1])]
        folders.add(root.joinpath(*plain))
    return sorted(folder for folder in folders if folder.is_dir())
