"""The mark of files that we write: a digest in, a comment out by which the file is known later.

Generated pages lie beside the sources and are called like logs (`continue-here.md`, `roadmap.md`),
so reading has to pass them by.
"""

from sessionlog_core.patterns import later

__all__ = ["is_generated", "mark"]

_MARK = "<!-- made by sessionlog-docs, do not edit: {} -->"
_PATTERN = later(_MARK.format("[0-9a-f]+"))
_WITHIN = 5_000
"""The mark stands in so many characters from the start, below the front matter and the title."""


def mark(digest: str) -> str:
    """Give the comment that marks a file as ours."""
    return _MARK.format(digest)


def is_generated(text: str) -> bool:
    """Tell whether a file is one that we wrote."""
    return _PATTERN.search(text, 0, _WITHIN) is not None
