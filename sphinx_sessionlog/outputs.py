"""A build in, what an earlier one wrote and this one would not, taken away out.

What is written for us is noted beside the doctrees, for each builder and output folder: those that
share doctrees learn at their own next build what ceased in between. So nothing of a session that
was taken out of its log stays in a folder that is published as a whole.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.i18n import docname_to_domain

from sessionlog_core.records import record
from sphinx_sessionlog.domain import domain_of

__all__ = ["Written", "output_of", "read_last", "settle", "take_away_catalogues"]


@record(frozen=True, slots=True)
class Written:
    """What a build wrote into its output folder, by paths in there.

    `data` are the files beside the pages; as long as the `state` is the same, so are they. `others`
    are pages, copies of their sources, and images.
    """

    state: str = ""
    data: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


def read_last(app: Sphinx) -> Written:
    """Give what the last build of this builder wrote there; nothing where that is not known."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        told = json.loads(_note(app).read_bytes())
        return Written(told["state"], frozenset(told["data"]), frozenset(told["others"]))
    return Written()


def settle(app: Sphinx, now: Written) -> None:
    """Take away what the last build wrote and this one did not; note what is there now.

    `now` is without the pages, which are known here.
    """
    last, now = read_last(app), replace(now, others=now.others.union(_pages(app)))
    left = (last.data | last.others) - now.data - now.others
    if left:
        left -= set(_outputs(app, app.env.found_docs))
    for name in left:
        with suppress(OSError, ValueError):
            path = Path(app.outdir, name)
            if ".." not in path.parts and not _is_of_others(app, name, path):
                path.unlink()
    if now != last:
        told = {"state": now.state, "data": sorted(now.data), "others": sorted(now.others)}
        _note(app).write_text(json.dumps(told), "ascii")


def _is_of_others(app: Sphinx, name: str, path: Path) -> bool:
    """Say whether a file came in the place of ours.

    This build has written it, be it under a name that differs in its case alone, or Sphinx copied
    it from a folder of the user's with the time that it has there.
    """
    extra = [Path(app.confdir, entry) for entry in app.config.html_extra_path]
    if any((entry / name).exists() or (entry.is_file() and entry.name == name) for entry in extra):
        return True
    written, began = path.stat().st_mtime_ns, domain_of(app.env).began
    whole = 10**9  # some file systems know whole seconds alone
    return written >= (began if written % whole else began // whole * whole)


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
