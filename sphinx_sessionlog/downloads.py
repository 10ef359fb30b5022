"""A build in, the files beside its generated pages out: data, feeds and images."""

from collections.abc import Iterable
from filecmp import cmp
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from sphinx.application import Sphinx
from sphinx.util import logging

from sessionlog_core.blocks import Link, Ref, RefKind
from sessionlog_core.garbage import collecting_later
from sessionlog_core.images import FOLDER
from sessionlog_core.problems import Problem
from sphinx_sessionlog import problems
from sphinx_sessionlog.domain import IMAGE, SessionlogDomain, domain_of
from sphinx_sessionlog.links import address_of
from sphinx_sessionlog.outputs import Written, read_last, settle

if TYPE_CHECKING:
    from sessionlog_core.feeds import Channel
    from sessionlog_core.model import Session

__all__ = ["BUILDERS", "announce", "write"]

BUILDERS = ("html", "dirhtml", "singlehtml")
"""Builders that make a site; the others make one file of all, with no place beside it."""

logger = logging.getLogger(__name__)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the files; what is there already and would be the same stays as it is.

    What an earlier build wrote for pages and files that are no more is taken away.
    """
    if exception is not None:
        return
    written = Written()
    if app.builder.name in BUILDERS:
        domain = domain_of(app.env)
        _take_away_copies(app, domain.content.documents)
        state = _state(app, domain)
        written = Written(state, _write_data(app, domain, state), _copy_images(app, domain))
    settle(app, written)


def _state(app: Sphinx, domain: SessionlogDomain) -> str:
    """Give a name for all that data and feeds are made of; none where that is not known."""
    mark = domain.data["known"].mark
    config = app.config
    suffixes = config.html_file_suffix, config.html_link_suffix
    pages = tuple(domain.content.pages)
    parts = (
        mark,
        app.builder.name,
        config.html_baseurl,
        _title(app),
        suffixes,
        config.language,
        pages,
    )
    return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest() if mark else ""


def _copy_images(app: Sphinx, domain: SessionlogDomain) -> frozenset[str]:
    """Copy the images to which logs lead; give their places in the output folder."""
    folder = f"{domain.content.options.folder}/{FOLDER}"
    images = {path for uses in domain.uses.values() for kind, path in uses if kind == IMAGE}
    found = {path for path in images if domain.find((IMAGE, path))}
    for path in found:
        _copy(domain.content.root / path, Path(app.outdir, folder, path))
    return frozenset(f"{folder}/{path}" for path in found)


def _write_data(app: Sphinx, domain: SessionlogDomain, state: str) -> frozenset[str]:
    """Write data and feeds; give their places in the output folder."""
    content, last = domain.content, read_last(app)
    folder = content.options.folder
    page = dict(content.planned).get(continued := f"{folder}/continue-here")
    if page is None or not content.pages:
        return frozenset()
    is_same = state and state == last.state and not domain.has_read
    if is_same and all(Path(app.outdir, name).is_file() for name in last.data):
        return last.data
    if not (journal := content.views.project.journal).logs:
        return frozenset()
    from sessionlog_core.export import published_files

    def resolve(link: Ref | Link) -> str | None:
        return address_of(link, f"{folder}/index", app.builder, domain)

    with collecting_later():
        found = list[Problem]()
        texts = published_files(journal, page.query, resolve, _channel(app, domain), problems=found)
    problems.say(found, app.config)
    files = {f"{folder}/{name}": text for name, text in texts.items()}
    if continued not in content.pages:
        files.pop(f"{continued}.md", None)  # it is that page, as Markdown
    for name, text in files.items():
        _write(Path(app.outdir, name), text)
    return frozenset(files)


def _take_away_copies(app: Sphinx, documents: Iterable[str]) -> None:
    """Delete what an earlier build copied of logs: it showed those documents as they are written.

    The log may have become one since, or the build was that of an older version.
    """
    project: Any = app.project
    for docname in documents:
        suffix, more = project.real_suffix(docname), app.config.html_sourcelink_suffix
        name = docname + suffix + (more if more != suffix else "")
        Path(app.outdir, "_sources", name).unlink(missing_ok=True)


def announce(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Tell feed readers of the feeds, in the head of the timeline."""
    content = domain_of(app.env).content
    if (
        app.builder.name in BUILDERS
        and app.config.html_baseurl
        and pagename == f"{content.options.folder}/index"
        and pagename in content.pages
    ):
        from sessionlog_core.feeds import head_links

        context["metatags"] = context.get("metatags", "") + head_links(_title(app))


def _title(app: Sphinx) -> str:
    return f"{app.config.html_title or app.config.project}: session log"


def _channel(app: Sphinx, domain: SessionlogDomain) -> "Channel | None":
    """Say where the feeds stand, if the site says where it stands."""
    base = str(app.config.html_baseurl or "")
    if not base:
        logger.info("sessionlog: no feeds, since html_baseurl does not say where the site stands")
        return None
    from sessionlog_core.feeds import Channel

    base = base.rstrip("/") + "/"
    builder, folder = app.builder, domain.content.options.folder

    def page(session: "Session") -> str | None:
        stand = domain.find((str(RefKind.SESSION), session.key))
        return urljoin(base, f"{builder.get_target_uri(stand[0])}#{stand[1]}") if stand else None

    index = f"{folder}/index"
    home = index if index in app.env.found_docs else app.config.root_doc
    home = urljoin(base, builder.get_target_uri(home))
    return Channel(_title(app), home, urljoin(base, f"{folder}/"), page)


def _copy(source: Path, target: Path) -> None:
    """Copy an image that is not there yet as it is; one that went away in between is no error."""
    try:
        if not target.is_file() or not cmp(source, target, shallow=False):
            target.parent.mkdir(parents=True, exist_ok=True)
            copyfile(source, target)
    except OSError as error:
        logger.info("sessionlog: image not copied: %s", error)


def _write(path: Path, text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
