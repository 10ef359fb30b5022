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

if TYPE_CHECKING:
    from sessionlog_core.feeds import Channel
    from sessionlog_core.model import Session

__all__ = ["BUILDERS", "announce", "write"]

BUILDERS = ("html", "dirhtml", "singlehtml")
"""Builders that make a site; the others make one file of all, with no place beside it."""

logger = logging.getLogger(__name__)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the files; what is there already and would be the same stays as it is."""
    if exception is not None or app.builder.name not in BUILDERS:
        return
    domain = domain_of(app.env)
    content = domain.content
    _take_away_copies(app, content.documents)
    folder = Path(app.outdir) / content.options.folder
    for kind, path in {key for uses in domain.uses.values() for key in uses}:
        if kind == IMAGE and domain.find((kind, path)):
            _copy(content.root / path, folder / FOLDER / path)
    stamp = (
        Path(app.doctreedir) / f"sessionlog-files-{sha256(str(folder).encode()).hexdigest()[:12]}"
    )
    mark = domain.data["known"].mark
    if (
        mark
        and not domain.has_read
        and _text(stamp) == mark
        and (folder / "sessionlog.json").is_file()
    ):
        return
    index = f"{content.options.folder}/index"
    page = content.pages.get(f"{content.options.folder}/continue-here")
    if page is None or not (journal := content.views.project.journal).logs:
        return
    from sessionlog_core.export import published_files

    def resolve(link: Ref | Link) -> str | None:
        return address_of(link, index, app.builder, domain)

    with collecting_later():
        found = list[Problem]()
        texts = published_files(journal, page.query, resolve, _channel(app, domain), problems=found)
    problems.say(found, app.config)
    for name, text in texts.items():
        _write(folder / name, text)
    _write(stamp, mark)


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

    home = urljoin(base, builder.get_target_uri(f"{folder}/index"))
    return Channel(_title(app), home, urljoin(base, f"{folder}/"), page)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


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
