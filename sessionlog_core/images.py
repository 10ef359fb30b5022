"""A link of a log in, the image of the project to which it leads out, by its path from the root.

An image in the text of a log is a link, or shown where the option `images` asks for it, and its
file is published beside the pages. Nothing else of the project ever is: a log could name any file.
"""

import posixpath
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from sessionlog_core.blocks import Link
from sessionlog_core.paths import find_real
from sessionlog_core.urls import safe

__all__ = ["FOLDER", "image_of", "is_published", "where"]

FOLDER = "images"
"""Where images stand below the folder of the generated pages, by their path in the project."""

SUFFIXES = frozenset(".png .jpg .jpeg .gif .webp .avif".split())
"""Endings of images that run nothing when they are opened; SVG may hold a script."""

LARGEST = 20_000_000
"""Bytes of an image at most; a larger one is no picture for a page."""


def image_of(link: Link) -> str | None:
    """Give the path of the image that a relative link means, whether it exists or not.

    None for a link to anything else: to a site, out of the project, to hidden files and folders.
    """
    try:
        parts = urlsplit(safe(link.href) or "")
    except ValueError:
        return None
    given = unquote(parts.path)
    if parts.scheme or parts.netloc or given.startswith("/") or "\\" in given or "\0" in given:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(link.path), given))
    if PurePosixPath(path).suffix.lower() not in SUFFIXES:
        return None
    return None if any(part.startswith(".") for part in path.split("/")) else path


def is_published(path: str, root: Path) -> bool:
    """Say whether an image is there: a regular file of the project, also where links lead to it."""
    real, folder = find_real(root / path), find_real(root)
    if real is None or folder is None or not real.is_relative_to(folder):
        return False
    if any(part.startswith(".") for part in real.relative_to(folder).parts):
        return False
    try:
        return real.suffix.lower() in SUFFIXES and real.is_file() and real.stat().st_size <= LARGEST
    except OSError:
        return False


def where(path: str) -> str:
    """Give the address of an image as seen from the folder of the generated pages."""
    return f"{FOLDER}/{quote(path)}"
