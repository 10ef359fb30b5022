"""A build in, what an earlier one wrote and this one would not, taken away out.

What is written for us is noted beside the doctrees, for each builder and output folder: those that
share doctrees learn at their own next build what ceased in between. So nothing of a session that
was taken out of its log stays in a folder that is published as a whole.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.i18n import docname_to_domain

from sessionlog_core.records import record
from sphinx_sessionlog.domain import domain_of

__all__ = ["Written", "output_of", "read_last", "settle", "take_away_catalogues"]


Mark = tuple[int, int]
"""Bytes of a file, and when it was written: another with the same mark is not met."""


@record(frozen=True, slots=True)
class Written:
    """What a build wrote into its output folder, by paths in there.

    `data` are the files beside the pages; as long as the `state` is the same, so are they. `files`
    are all of ours with their marks: pages, copies of their sources and images, too.
    """

    state: str = ""
    data: frozenset[str] = frozenset()
    files: Mapping[str, Mark] = field(default_factory=dict)


def read_last(app: Sphinx) -> Written:
    """Give what the last build of this builder wrote there; nothing where that is not known."""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        told = json.loads(_note(app).read_bytes())
        files = {name: (size, time) for name, (size, time) in told["files"].items()}
        return Written(told["state"], frozenset(told["data"]), files)
    return Written()


def settle(app: Sphinx, state: str, data: frozenset[str], images: frozenset[str]) -> None:
    """Take away what the last build wrote and this one did not; note what is there now.

    What was written over since is left: it is a file of the user's own, of another extension, or
    the same under a name that differs in its case alone.
    """
    last, names = read_last(app), data.union(images, _pages(app))
    folder = Path(app.outdir)
    for name, mark in last.files.items():
        if name not in names and _mark(folder / name) == mark:
            with suppress(OSError):
                (folder / name).unlink()
    files = {name: own for name in names if (own := _mark(folder / name))}
    now = Written(state, data, files)
    if now != last:
        told = {"state": state, "data": sorted(data), "files": dict(sorted(files.items()))}
        _note(app).write_text(json.dumps(told), "ascii")


def _mark(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def take_away_catalogues(app: Sphinx, exception: Exception | None) -> None:
    """Delete the message catalogues of `gettext` for our pages alone: they have no messages.

    Sphinx writes one for each page, and asks nobody.
    """
    if exception is not None or app.builder.name != "gettext":
        return
    builder: Any = app.builder
    project: Any = app.project
    ours, users = set[str](), set[str]()
    for docname in app.env.found_docs:
        catalogue = docname_to_domain(docname, app.config.gettext_compact)
        (ours if project.is_generated(docname) else users).add(catalogue)
    for name in ours - users:
        if not any(builder.catalogs.get(name, ())):
            Path(app.outdir, f"{name}.pot").unlink(missing_ok=True)


def output_of(builder: Any, docname: str) -> Path | None:
    """Give the file that a builder writes for a page; None where all pages go into one."""
    if builder.format == "html":
        return Path(builder.get_outfilename(docname))
    suffix = getattr(builder, "out_suffix", "")
    return Path(builder.outdir) / (docname + suffix) if suffix else None


def _note(app: Sphinx) -> Path:
    # Several builders may write into one folder, and each has files of its own there.
    where = f"{app.builder.name} {app.outdir}"
    name = sha256(where.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Path(app.doctreedir) / f"sessionlog-files-{name}.json"


def _pages(app: Sphinx) -> Iterator[str]:
    """Give what is written for the generated pages, and the copies of their sources."""
    content = domain_of(app.env).content
    project: Any = app.project
    ours = [x for x in (*content.pages, *content.documents) if project.is_generated(x)]
    yield from _outputs(app, ours)
    if getattr(app.builder, "copysource", False) and app.config.html_copy_source:
        more = app.config.html_sourcelink_suffix
        for docname in ours:
            yield f"_sources/{project.doc2path(docname, absolute=False)}{more}"


def _outputs(app: Sphinx, docnames: Iterable[str]) -> Iterator[str]:
    """Give what a builder writes for pages, as paths in its output folder."""
    folder = Path(app.outdir)
    for docname in docnames:
        path = output_of(app.builder, docname)
        if path is not None and path.is_relative_to(folder):
            yield path.relative_to(folder).as_posix()
