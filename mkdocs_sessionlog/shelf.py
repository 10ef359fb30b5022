"""A project's folder and options in, its edition out; read again only where something changed.

A host that serves a site builds it again at each change of any page, and Zensical makes a new
extension for each page: both keep a shelf.
"""

import time
from functools import lru_cache
from pathlib import Path
from threading import Lock

from mkdocs_sessionlog.edition import Edition, load_edition
from sessionlog_core.files import Stamp, stamp_files, state_of_file
from sessionlog_core.garbage import collecting_later
from sessionlog_core.memory import Memory
from sessionlog_core.options import Options

__all__ = ["Shelf", "shelf_of"]


class Shelf:
    """Holds the edition of one project from one build to the next."""

    def __init__(self) -> None:
        self._edition: Edition | None = None
        self._known: tuple[Path, Options, tuple[Stamp, ...]] | None = None
        self._memory = Memory()
        self._looked = 0.0
        self._lock = Lock()

    def edition(
        self, root: Path, options: Options, *, patience: float = 0.0
    ) -> tuple[Edition, bool]:
        """Give the edition, and whether it was read anew.

        For `patience` seconds after all folders were searched, only the files that were found are
        looked at: pages of one build come close upon each other.
        """
        with self._lock:
            known = root, options, self._stamps(root, options, patience)
            if self._edition is not None and known == self._known:
                return self._edition, False
            with collecting_later():
                self._edition = load_edition(root, options, self._memory)
            self._known = known
            return self._edition, True

    def _stamps(self, root: Path, options: Options, patience: float) -> tuple[Stamp, ...]:
        now = time.monotonic()
        same = self._known is not None and self._known[:2] == (root, options)
        if self._known is not None and same and now - self._looked < patience:
            return tuple(
                (name, named, state_of_file(root / name)) for name, named, _ in self._known[2]
            )
        self._looked = now
        return stamp_files(root, options)

    def names(self) -> tuple[frozenset[str], frozenset[str]]:
        """Give the names of the files that the edition was read from, and of those now there."""
        assert self._known is not None, "an edition comes first"
        root, options, stamps = self._known
        now = stamp_files(root, options)
        return frozenset(name for name, *_ in stamps), frozenset(name for name, *_ in now)


_SHELVES = 8
"""So many are kept: a process builds few sites, and a shelf holds all that its logs say."""


@lru_cache(_SHELVES)
def shelf_of(_root: Path, _options: Options) -> Shelf:
    """Give the shelf of a project to extensions that know nothing of each other.

    Those with other options have another, so that none empties the shelf of the rest.
    """
    return Shelf()
