"""The plugin for MkDocs and ProperDocs: a site's settings and files in, with our pages out.

The extension shows the views; the plugin does what only a plugin can: pages of its own in the
navigation, the style sheet, files to watch, and problems that count in strict mode.
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from mkdocs_sessionlog.edition import Edition, load_edition
from mkdocs_sessionlog.extension import SessionlogExtension, tell
from sessionlog_core.discover import find_root
from sessionlog_core.options import read_options, set_options
from sessionlog_core.project import describe
from sessionlog_core.stubs import write_stub

__all__ = ["SessionlogPlugin"]

_STYLE = "assets/sessionlog.css"


class _Settings(Config):
    """The plugin's entry in `mkdocs.yml`. The core knows the options, so none is declared here."""


class SessionlogPlugin(BasePlugin[_Settings]):  # type: ignore[no-untyped-call]  # MkDocs' hook
    """Show the session logs of a project in its site."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._edition: Edition | None = None
        self._logger = get_plugin_logger("sessionlog")

    def load_config(
        self, options: Any, config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Take the plugin's entry in `mkdocs.yml`; the core checks it later."""
        self._values = dict(options)
        self.config = _Settings(config_file_path=config_file_path)
        return [], []

    def on_startup(self, **_: Any) -> None:
        """Make MkDocs keep the plugin from one build to the next while it serves."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the logs, before MkDocs empties the site's folder."""
        start = Path(config.config_file_path or ".").resolve().parent
        root = find_root(start)
        options, problems = read_options(root)
        options, wrong = set_options(options, self._values, "mkdocs.yml")
        self._edition = load_edition(root, options)
        self._logger.info("%s", describe(self._edition.project))
        tell((*problems, *wrong, *self._edition.project.journal.problems), self._logger)
        config.markdown_extensions.append(SessionlogExtension([self._edition]))  # type: ignore[arg-type]  # an instance is allowed
        config.extra_css.append(_STYLE)
        config.watch.extend(str(path) for path in self._edition.project.files)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add our pages and put them into the navigation; a page of the user's own wins."""
        assert self._edition is not None
        folder = self._edition.options.folder.strip("/")
        listed: list[str] = []
        for page in self._edition.site.pages:
            path = f"{folder}/{page.name}.md"
            if page.listed:
                listed.append(path)
            if files.get_file_from_path(path) is None:
                level = InclusionLevel.UNDEFINED if page.listed else InclusionLevel.NOT_IN_NAV
                text = write_stub(page)
                files.append(File.generated(config, path, content=text, inclusion=level))
        style = (resources("sessionlog_core") / "static" / "sessionlog.css").read_bytes()
        files.append(File.generated(config, _STYLE, content=style))
        if config.nav is not None:
            config.nav = _with_pages(config.nav, f"{folder}/", listed)
        return files

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Watch the folders in which logs lie, for files that are not there yet."""
        assert self._edition is not None
        project = self._edition.project
        for folder in sorted({project.root, *(path.parent for path in project.files)}):
            server.watch(str(folder), recursive=False)
        return server


def _with_pages(nav: list[Any], entry: str, pages: list[str]) -> list[Any]:
    """Put `pages` where `nav` has `entry`, or at its end where it names none of them."""
    named = set(_values(nav))
    if entry in named:
        return _replaced(nav, entry, pages)
    return nav if named.intersection(pages) else [*nav, {"Session log": pages}]


def _values(nav: Any) -> Iterable[str]:
    match nav:
        case str():
            yield nav
        case Mapping():
            for value in nav.values():
                yield from _values(value)
        case list():
            for value in nav:
                yield from _values(value)


def _replaced(nav: list[Any], entry: str, pages: list[str]) -> list[Any]:
    """Replace `sessionlog/` by a section of ours; one with a title keeps its title."""
    out: list[Any] = []
    for item in nav:
        match item:
            case str() if item == entry:
                out.append({"Session log": pages})
            case Mapping():
                out.append(
                    {
                        name: pages
                        if value == entry
                        else _replaced(value, entry, pages)
                        if isinstance(value, list)
                        else value
                        for name, value in item.items()
                    }
                )
            case _:
                out.append(item)
    return out
