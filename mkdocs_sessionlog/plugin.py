"""The plugin for MkDocs and ProperDocs: a site's settings and files in, with our pages out.

The extension shows the views; the plugin does what only a plugin can: pages of its own in the
navigation, the style sheet, files to watch, and problems that count in strict mode. A site may have
several: each entry of the plugin in `mkdocs.yml` has its own logs and its own folder.
"""

import gc
import os
from pathlib import Path
from posixpath import splitext
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url

from mkdocs_sessionlog.downloads import write_downloads
from mkdocs_sessionlog.edition import Edition, load_edition, say_dead
from mkdocs_sessionlog.extension import SessionlogExtension, tell
from mkdocs_sessionlog.fragments import mend_links
from mkdocs_sessionlog.navigation import arrange, with_pages
from mkdocs_sessionlog.newcomers import Newcomers
from mkdocs_sessionlog.place import Place
from mkdocs_sessionlog.search import light, without
from mkdocs_sessionlog.shelf import Shelf
from sessionlog_core.discover import find_root
from sessionlog_core.faults import attempt
from sessionlog_core.feeds import head_links
from sessionlog_core.garbage import collecting_later
from sessionlog_core.images import FOLDER as IMAGES
from sessionlog_core.options import read_options, set_options
from sessionlog_core.pages import log_pages, logs_on
from sessionlog_core.problems import Problem
from sessionlog_core.project import describe
from sessionlog_core.site import Page
from sessionlog_core.stubs import DOWNLOAD, SCRIPT, STYLE, read_static, write_stub
from sessionlog_core.terms import forget_words
from sessionlog_core.views.lookup import forget

if TYPE_CHECKING:  # a server of HTTP, which takes a tenth of our start
    from mkdocs.livereload import LiveReloadServer

__all__ = ["SessionlogPlugin"]

_STYLE, _SCRIPT = f"assets/{STYLE}", f"assets/{SCRIPT}"
_STATIC = {_STYLE: STYLE, _SCRIPT: SCRIPT}
_NAMES = ("sessionlog", "mkdocs_sessionlog")
"""Names under which a configuration may list the extension itself."""
_OWN_SEARCH = "search"
"""The search plugin of MkDocs and ProperDocs; that of Material has the theme's name before it."""


class _Settings(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """The plugin's entry in `mkdocs.yml`. The core knows the options, so none is declared here."""


class SessionlogPlugin(BasePlugin[_Settings]):  # type: ignore[no-untyped-call]  # the same
    """Show the session logs of a project in its site."""

    supports_multiple_instances = True

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._logger = get_plugin_logger("sessionlog")
        self._shelf = Shelf()
        self._dirty = self._serves = False
        self._newcomers: Newcomers | None = None
        self._server: LiveReloadServer | None = None
        self._watched: set[Path] = set()
        # Of this build: what is shown, the extension that shows it, generated pages, and page ->
        # log that it is of.
        self._edition: Edition | None = None
        self._extension = SessionlogExtension([])
        self._paths: set[str] = set()
        self._sources: dict[str, str] = {}
        # Files beside the pages that are not in the site yet, and the folder in which they wait.
        self._downloads: list[File] = []
        self._waiting: TemporaryDirectory[str] | None = None
        # Of the page that is being written: its HTML, and what the search is given of it.
        self._whole = self._light = ""
        # Addresses of pages that no search shall know.
        self._left_out: set[str] = set()

    def load_config(
        self, options: Any, config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Take the plugin's entry in `mkdocs.yml`; the core checks it later."""
        self._values = dict(options)
        self.config = _Settings(config_file_path=config_file_path)
        return [], []

    def on_startup(self, *, dirty: bool, command: str, **_: Any) -> None:
        """Note how we are called; having this event makes MkDocs keep us while it serves."""
        self._dirty, self._serves = dirty, command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the logs, before MkDocs empties the site's folder."""
        path = Path(config.config_file_path or "mkdocs.yml").resolve()
        root = find_root(path.parent)
        options, problems = read_options(root)
        values = _take_extension(config)
        options, wrong = set_options(options, values | self._values, path.name)
        with collecting_later():
            if self._serves:
                self._edition, _ = self._shelf.edition(root, options)
            else:  # no further build comes, for which to keep what was read
                self._edition = load_edition(root, options)
                forget_words()  # their texts are joined, and no page asks for them
            # The records stay until the build ends: no search for garbage needs to look at them.
            gc.freeze()
        self._watch()
        self._extension = _extension(config)
        self._extension.editions = [*(self._extension.editions or ()), self._edition]
        self._logger.info("%s", describe(self._edition.project))
        told = (*problems, *wrong, *self._edition.project.journal.problems)
        tell(told, self._logger)
        if fatal := next((problem for problem in told if problem.fatal), None):
            raise PluginError(str(fatal))
        if _STYLE not in config.extra_css:
            config.extra_css.append(_STYLE)
            config.extra_javascript.append(_SCRIPT)
        return config

    @event_priority(50)
    def _add_pages(self, /, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages before other plugins look for them; a page of the user's own wins."""
        edition, options = self._shown, self._shown.project.options
        self._paths, self._sources, self._left_out = set(), {}, set()
        self._clear_downloads()
        several = len(self._extension.editions or ()) > 1
        for page in edition.site.pages:
            path = f"{edition.folder}/{page.name}.md"
            if files.get_file_from_path(path) is None:
                text = write_stub(page, options, folder=edition.folder if several else "")
                self._add(files, config, path, text, page)
        self._withhold(files, config, several=several)
        self._add_downloads(files, config)
        for path, name in _STATIC.items():
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=read_static(name)))
        return files

    def _list_pages(self, /, files: Files, *, config: MkDocsConfig) -> Files:
        """Put our pages into the navigation that the user, or a plugin by now, has written."""
        edition = self._shown
        listed = [f"{edition.folder}/{page.name}.md" for page in edition.site.pages if page.listed]
        if config.nav is not None:
            append = edition.project.options.navigation
            config.nav = with_pages(config.nav, f"{edition.folder}/", listed, append=append)
        if self._dirty:
            _mark_modified(files)
        return files

    on_files = CombinedEvent(_add_pages, _list_pages)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, **_: Any) -> Navigation:
        """Order our pages where MkDocs made the navigation out of the files."""
        if config.nav is None:
            folder = self._shown.folder
            pages = (page for page in self._shown.site.pages if page.listed)
            names = [f"{folder}/{page.name}.md" for page in pages]
            _done, faults = attempt(
                lambda: arrange(nav, names), None, "arranged", what="the navigation"
            )
            tell(faults, self._logger)
        return nav

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, **_: Any) -> SitePage:
        """Let the edit link of a generated page lead to the log that it shows."""
        log = self._sources.get(page.file.src_uri)
        if log is not None and (config.edit_uri or config.edit_uri_template):
            page.edit_url = _edit_url(config, self._shown.project.path_of(log))
        return page

    def on_pre_template(self, template: Any, **_: Any) -> Any:
        """Let go of the files beside the pages: MkDocs has written all files by now."""
        self._clear_downloads()
        return template

    def on_build_error(self, **_: Any) -> None:
        """Leave nothing behind of a build that failed."""
        self._clear_downloads()

    def on_page_content(self, html: str, *, page: SitePage, **_: Any) -> str:
        """Keep a generated page out of what other plugins gather from pages, such as a feed.

        They look for the word that an author uses, and the pages have no file and no date of
        their own, for which they ask without looking.
        """
        if self._is_ours(page):
            page.meta["draft"] = True
        return html

    def on_env(self, env: Any, *, files: Files, **_: Any) -> Any:
        """Check links of logs to a place on a page: all pages are rendered, and none is written."""
        edition = self._shown
        dead, faults = attempt(
            lambda: mend_links(edition.fragments, files), [], "checked", what="links to a place"
        )
        edition.fragments.clear()
        tell((*faults, *(told for link in dead for told in say_dead(link, edition))), self._logger)
        return env

    @event_priority(50)
    def _before_search(self, /, context: Any, *, page: SitePage, **_: Any) -> Any:
        """Give the theme a page that is no draft, and the search its words."""
        if self._is_ours(page):
            del page.meta["draft"]
            if _is_left_out(page):
                self._left_out.add(page.url)
            self._whole = page.content or ""
            self._light = page.content = light("" if _is_left_out(page) else self._whole)
        return context

    @event_priority(-50)
    def _after_search(self, /, context: Any, *, page: SitePage, **_: Any) -> Any:
        """Give the theme the page, with what another plugin may have put before or behind it."""
        if self._is_ours(page):
            before, found, behind = (page.content or "").partition(self._light)
            if found and (before or behind):
                page.content = f"{before}{self._whole}{behind}"
            else:
                page.content = self._whole
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    @event_priority(-50)
    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig, **_: Any) -> str:
        """Tell feed readers of the feeds, in the head of the timeline.

        The HTML of our pages goes: it is written by now, and an archive is large.
        """
        if self._is_ours(page):
            page.content = self._whole = self._light = ""
        timeline = f"{self._shown.folder}/index.md"
        if not config.site_url or page.file.src_uri != timeline or not self._is_ours(page):
            return output
        links = head_links(f"{config.site_name}: session log")
        return output.replace("</head>", f"{links}</head>", 1)

    @event_priority(50)
    def _copy_images(self, /, *, config: MkDocsConfig, **_: Any) -> None:
        """Copy images of logs, and let go of what was read before a search makes its index."""
        edition = self._shown
        for name in sorted(edition.images):
            target = Path(config.site_dir, edition.folder, IMAGES, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                copyfile(edition.project.root / name, target)
            except OSError as error:
                self._logger.info("image not copied: %s", error)
        if not self._serves:
            self._edition, self._extension.editions = None, ()
            forget()
            forget_words()
        gc.unfreeze()

    @event_priority(-50)
    def _mend_search(self, /, *, config: MkDocsConfig, **_: Any) -> None:
        """Leave pages out of MkDocs' own search, which asks no page."""
        path = Path(config.site_dir, "search", "search_index.json")
        if self._left_out and _OWN_SEARCH in config.plugins and path.is_file():
            path.write_text(without(path.read_text("utf-8"), self._left_out), "utf-8")

    on_post_build = CombinedEvent(_copy_images, _mend_search)

    def on_serve(self, server: "LiveReloadServer", **_: Any) -> "LiveReloadServer":
        """Watch the logs, and the folders in which they may come to lie."""
        self._server = server
        self._newcomers = Newcomers(self._shelf, self._shown.project)
        server.watch(str(self._newcomers.sign))
        self._newcomers.start()
        self._watch()
        return server

    def _watch(self) -> None:
        """Watch the logs that are not watched yet."""
        if self._server is not None:
            for path in self._shown.project.files:
                if path not in self._watched and path.is_file():
                    self._watched.add(path)
                    self._server.watch(str(path))

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        if self._newcomers is not None:
            self._newcomers.close()
        gc.unfreeze()

    def _is_ours(self, page: SitePage) -> bool:
        return page.file.src_uri in self._paths

    @property
    def _shown(self) -> Edition:
        assert self._edition is not None, "on_config comes first"
        return self._edition

    def _add(self, files: Files, config: MkDocsConfig, path: str, text: str, page: Page) -> None:
        level = InclusionLevel.UNDEFINED if page.listed else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, path, content=text, inclusion=level))
        self._paths.add(path)
        journal = self._shown.project.journal
        found, faults = attempt(
            lambda: logs_on(journal, page),
            frozenset[str](),
            "found",
            what=f"the logs of {path}",
        )
        tell(faults, self._logger)
        if len(found) == 1:
            (self._sources[path],) = found

    def _add_downloads(self, files: Files, config: MkDocsConfig) -> None:
        """Add what stands beside the pages; all pages have to be there by now."""
        edition = self._shown

        def url(path: str) -> str | None:
            found = files.get_file_from_path(path)
            return found.url if found else None

        def href(path: str) -> str | None:
            address = url(path)
            return None if address is None else get_relative_url(address, f"{edition.folder}/")

        place = Place(docs=Path(config.docs_dir).resolve(), href=href)
        found = list[Problem]()
        with collecting_later():
            texts, faults = attempt(
                lambda: write_downloads(
                    edition,
                    place,
                    url=url,
                    site=config.site_url,
                    title=config.site_name,
                    problems=found,
                ),
                dict[str, str](),
                "written",
                what="the files beside the pages",
            )
        tell((*found, *faults), self._logger)
        if not config.site_url:
            self._logger.info("no feeds, since site_url does not say where the site stands")
        for path, text in texts.items():
            # With an ending of its own, since MkDocs would make a page of what is called `.md`.
            name = f"{path}{DOWNLOAD}"
            if waiting := self._set_aside(text):
                file = File.generated(config, name, abs_src_path=waiting)
            else:
                file = File.generated(config, name, content=text.encode("utf-8", "replace"))
            file.dest_uri = file.url = path
            files.append(file)
            self._downloads.append(file)

    def _set_aside(self, text: str) -> str | None:
        """Give a file in which a text waits: MkDocs writes it while all pages are held.

        None where no file can be written.
        """
        try:
            if self._waiting is None:
                self._waiting = TemporaryDirectory(prefix="sessionlog-", ignore_cleanup_errors=True)
            path = Path(self._waiting.name, str(len(self._downloads)))
            path.write_text(text, "utf-8", "replace", "\n")
        except OSError:
            return None
        return str(path)

    def _clear_downloads(self) -> None:
        """Delete the files that waited to be written; who asks for one more finds it empty."""
        while self._downloads:
            self._downloads.pop().content_bytes = b""
        if self._waiting is not None:
            self._waiting.cleanup()
            self._waiting = None

    def _withhold(self, files: Files, config: MkDocsConfig, *, several: bool) -> None:
        """Keep the logs themselves out of the site: nobody has masked what stands in them.

        A log that is a page of the site stays one, and shows its sessions, or what else it holds
        where something of that is masked or withheld.
        """
        edition, options = self._shown, self._shown.project.options
        docs = Path(config.docs_dir).resolve()
        pages = log_pages(edition.project.journal)
        for log in dict.fromkeys((*pages, *(x.path for x in edition.project.journal.logs))):
            path = edition.project.path_of(log)
            if not path.is_relative_to(docs):
                continue
            file = files.get_file_from_path(path.relative_to(docs).as_posix())
            if file is None:
                continue
            if not file.is_documentation_page():
                file.inclusion = InclusionLevel.EXCLUDED
            elif page := pages.get(log):
                text = write_stub(page, options, folder=edition.folder if several else "")
                files.remove(file)
                self._add(files, config, file.src_uri, text, page)


def _is_left_out(page: SitePage) -> bool:
    """Say whether a page asks a search to leave it out, as the search of Material reads it."""
    return bool((page.meta.get("search") or {}).get("exclude"))


def _take_extension(config: MkDocsConfig) -> dict[str, Any]:
    """Take the extension out of the user's list, since ours takes its place; give its options."""
    names = [name for name in config.markdown_extensions if name in _NAMES]
    config.markdown_extensions[:] = [x for x in config.markdown_extensions if x not in names]
    return {k: v for name in names for k, v in config.mdx_configs.pop(name, {}).items()}


def _extension(config: MkDocsConfig) -> SessionlogExtension:
    """Give the extension that shows all entries of the plugin, registered by the first of them."""
    for extension in config.markdown_extensions:
        if isinstance(extension, SessionlogExtension):
            return extension
    new = SessionlogExtension([])
    config.markdown_extensions.append(new)  # type: ignore[arg-type]  # instances are allowed
    return new


def _mark_modified(files: Files) -> None:
    """Make a dirty build render pages with a fence: a log may have changed where they have not."""
    for file in files.documentation_pages():
        if "{sessionlog}" in file.content_string:
            file.is_modified = lambda: True  # type: ignore[method-assign]


def _edit_url(config: MkDocsConfig, path: Path) -> str:
    """Give the address under which a file outside of the docs folder is edited, as MkDocs does."""
    uri = Path(os.path.relpath(path, config.docs_dir)).as_posix()
    if config.edit_uri_template:
        uri = config.edit_uri_template.format(path=uri, path_noext=splitext(uri)[0])
    else:
        uri = f"{config.edit_uri}{uri}"
    base = config.repo_url or ""
    return urljoin(base if not base or base.endswith("/") else f"{base}/", uri)
