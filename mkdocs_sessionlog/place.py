"""A Python-Markdown instance in, the page that it renders and ways to others out.

A host leaves what it knows under a name in the Markdown instance: MkDocs and ProperDocs as the tree
processor `relpath`, Zensical as the preprocessor `rendering_context`. Neither is imported.
"""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import quote

from markdown import Markdown

from sessionlog_core.records import record

__all__ = ["Place", "find_place"]


def _nowhere(_path: str) -> str | None:
    """Give the address of a file where there is no site."""


def _forget(_anchors: Iterable[str]) -> None:
    """Take note of the ids of a page where nobody checks links to them."""


@record(frozen=True, slots=True)
class Place:
    """Where a page stands.

    `path` is the page in the docs folder `docs`, empty where nobody knows it. `href` gives the
    address of another file of the docs folder, as seen from the page, or None where the site has no
    such file. `start` is the folder of the site's configuration. `source` gives the page's file as
    written. `note_anchors` tells the host which ids we put on the page. `pages` gives the paths
    of all pages in the docs folder. `logger_name` is where the host hears us.
    """

    path: str = ""
    docs: Path | None = None
    href: Callable[[str], str | None] = _nowhere
    start: Path = Path()
    source: Callable[[], str] = str
    note_anchors: Callable[[Iterable[str]], None] = _forget
    pages: Callable[[], Iterable[str]] = tuple
    logger_name: str = "sessionlog"

    @property
    def logger(self) -> logging.Logger:
        """Give the logger of the host."""
        return logging.getLogger(self.logger_name)


def find_place(md: Markdown) -> Place:
    """Find out which page of which site `md` renders."""
    if "relpath" in md.treeprocessors:
        return _mkdocs(md)
    if "rendering_context" in md.preprocessors:
        return _zensical(md.preprocessors["rendering_context"])
    return Place(start=Path.cwd())


def _mkdocs(md: Any) -> Place:
    """Read the processor with which MkDocs and ProperDocs make links between pages relative."""
    processor = md.treeprocessors["relpath"]
    file, files, config = processor.file, processor.files, processor.config

    def href(path: str) -> str | None:
        found = files.get_file_from_path(path)
        if found is None or found.inclusion.is_excluded():
            return None
        return str(found.url_relative_to(file))

    package = type(processor).__module__.partition(".")[0]
    # Here they look up ids when they check links to the page; those in the stash they do not see.
    name = f"{package}_extract_anchors"
    known = name in md.treeprocessors
    return Place(
        path=file.src_uri,
        docs=Path(config.docs_dir).resolve(),
        href=href,
        start=Path(config.config_file_path or ".").resolve().parent,
        source=lambda: str(file.content_string),
        pages=lambda: [str(page.src_uri) for page in files.documentation_pages()],
        note_anchors=md.treeprocessors[name].present_anchor_ids.update if known else _forget,
        # Their strict mode counts what is said below the package's own name.
        logger_name=f"{package}.sessionlog",
    )


def _zensical(processor: Any) -> Place:
    """Read what Zensical says of the page that it renders."""
    config, page = processor.config, processor.page
    start = Path(config["root_dir"]).resolve()
    docs: Path = start / config["docs_dir"]
    directories: bool = bool(config["use_directory_urls"])

    def href(path: str) -> str | None:
        if not Path(docs, path).is_file():
            return None
        there = _url(path, directories=directories)
        # As seen from the page's source: Zensical itself adds the step up to addresses in HTML.
        away = relpath(there or ".", dirname(page.path) or ".")
        return quote(f"{away}/" if not there or there.endswith("/") else away)

    return Place(
        path=page.path,
        docs=docs,
        href=href,
        start=start,
        source=lambda: Path(docs, page.path).read_text("utf-8"),
        pages=lambda: [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")],
    )


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
