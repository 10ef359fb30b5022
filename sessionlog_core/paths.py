"""Paths in, what they really lead to and whether that lies in the project out."""

from pathlib import Path


def find_real(path: Path) -> Path | None:
    """Give the path without links and dots, or None where that leads nowhere.

    A path that does not exist is followed as far as it goes. Links in a circle and a path with a
    NUL lead nowhere.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return None


def is_inside(real: Path | None, root: Path | None) -> bool:
    """Say whether `real` is `root` or lies below it; both are what `find_real` gave."""
    return real is not None and root is not None and real.is_relative_to(root)
