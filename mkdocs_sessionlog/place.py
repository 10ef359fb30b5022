"""A Python-Markdown instance in, the page that it renders and ways to others out.

A host leaves what it knows under a name in the Markdown instance: MkDocs and ProperDocs as the tree
processor `relpath`, Zensical as the preprocessor `rendering_context`. Neither is imported.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from posixpath import relpath
from typing import Any
from urllib.parse import quote

from markdown import Markdown

__all__ = ["Place", "find_place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands.

    `path` is the page in the docs folder, empty where nobody knows it. `start` is the folder of the
    site's configuration, `docs` that of its pages. `href` gives the address of another file of the
    docs folder, as seen from the page, or None where the site has no such file. `source` gives the
    page's file as written. `note_anchors` tells the host which ids we put on the page.
    """

    path: str
    start: Path
    docs: Path | None
    href: Callable[[str], str | None]
    logger: logging.Logger
    source: Callable[[], str]
    note_anchors: Callable[[Iterable[str]], None]


def find_place(md: Markdown) -> Place:
    """Find out which page of which site `md` renders."""
    if "relpath" in md.treeprocessors:
        return _mkdocs(md)
    if "rendering_context" in md.preprocessors:
        return _zensical(md.preprocessors["rendering_context"])
    logger = logging.getLogger("sessionlog")
    return Place("", Path.cwd(), None, lambda _path: None, logger, lambda: "", _forget)


def _mkdocs(md: Any) -> Place:
    """Read the processor with which MkDocs and ProperDocs make links between pages relative."""
    processor = md.treeprocessors["relpath"]
    file, files, config = processor.file, processor.files, processor.config
    package = type(processor).__module__.partition(".")[0]
    # Their strict mode counts what is said below the package's own name.
    logger = logging.getLogger(f"{package}.sessionlog")

    def href(path: str) -> str | None:
        found = files.get_file_from_path(path)
        if found is None or found.inclusion.is_excluded():
            return None
        return str(found.url_relative_to(file))

    def source() -> str:
        return str(file.content_string)

    start = Path(config.config_file_path or ".").resolve().parent
    # Here they look up ids when they check links to the page; those in the stash they do not see.
    name = f"{package}_extract_anchors"
    known = name in md.treeprocessors
    note_anchors = md.treeprocessors[name].present_anchor_ids.update if known else _forget
    docs = Path(config.docs_dir).resolve()
    return Place(file.src_uri, start, docs, href, logger, source, note_anchors)


def _zensical(processor: Any) -> Place:
    """Read what Zensical says of the page that it renders."""
    config, page = processor.config, processor.page
    start = Path(config["root_dir"]).resolve()
    docs: Path = start / config["docs_dir"]
    directories: bool = bool(config["use_directory_urls"])

    def href(path: str) -> str | None:
        if not (docs / path).is_file():
            return None
        here = _url(page.path, directories=directories)
        folder = here if here.endswith("/") else here.rpartition("/")[0]
        there = _url(path, directories=directories)
        away = relpath(there or ".", folder or ".")
        return quote(f"{away}/" if not there or there.endswith("/") else away)

    def source() -> str:
        return Path(docs, page.path).read_text("utf-8")

    return Place(page.path, start, docs, href, logging.getLogger("sessionlog"), source, _forget)


def _forget(_anchors: Iterable[str]) -> None:
    """Take note of the ids of a page where nobody checks links to them."""


def _url(path: str, *, directories: bool) -> str:
    """Give the address of a file from the site's root, as all hosts of this family make it."""
    if not path.endswith(".md"):
        return path
    name = path.removesuffix(".md")
    folder, _, last = name.rpartition("/")
    if last in ("index", "README"):
        last = "" if directories else "index.html"
        return f"{folder}/{last}".lstrip("/") if folder else last
    return f"{name}/" if directories else f"{name}.html"
