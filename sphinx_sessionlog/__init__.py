"""The Sphinx extension: a project with session logs in, its site with views of them out.

`setup` is the table of contents: each line names what is registered; its module says what it does.
"""

from importlib.metadata import version

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_sessionlog import (
    configuration,
    downloads,
    incremental,
    linkcheck,
    navigation,
    outputs,
    pages,
    problems,
    project,
    roadmap_pages,
    style,
    translation,
)
from sphinx_sessionlog.directive import SessionlogDirective
from sphinx_sessionlog.domain import SessionlogDomain
from sphinx_sessionlog.myst_links import LinkGeneratedPages
from sphinx_sessionlog.nodes import NODES
from sphinx_sessionlog.transforms import SpellReferences, WriteViews, add_records

__all__ = ["setup"]

BEHIND_ALL = 1_000_000
"""The priority of what lets the records go: another extension may ask for them at the end."""

ENVIRONMENT_VERSION = 6
"""Raised when what we keep in Sphinx's environment or in its doctrees changes its form."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    for name, default, help_text in configuration.VALUES:
        app.add_config_value(name, default, "", description=help_text)

    app.add_event(project.EVENT)
    app.add_message_catalog(translation.CATALOG, str(translation.FOLDER))
    app.add_directive("sessionlog", SessionlogDirective)
    app.add_domain(SessionlogDomain)
    for node, visitors in NODES:
        app.add_node(node, **visitors)
    app.add_post_transform(WriteViews)
    app.add_post_transform(SpellReferences)
    app.add_post_transform(LinkGeneratedPages)

    app.add_source_suffix(pages.SUFFIX, pages.FILETYPE)
    app.add_source_parser(pages.PageParser)
    app.add_css_file(style.STYLE)
    app.add_js_file(style.SCRIPT, loading_method="defer")

    app.connect("builder-inited", project.load)
    app.connect("builder-inited", pages.plan, priority=600)
    guard = problems.guard
    app.connect("env-get-outdated", guard(incremental.find_outdated, (), "a list of stale pages"))
    app.connect("env-before-read-docs", project.prepare)
    app.connect("doctree-read", guard(navigation.append, None, "the navigation"), priority=400)
    app.connect("doctree-read", guard(add_records, None, "records on a page"), priority=450)
    app.connect("doctree-read", guard(roadmap_pages.add_backlinks, None, "links back to sessions"))
    app.connect("env-updated", guard(incremental.find_unwritten, (), "a list of stale pages"))
    app.connect("warn-missing-reference", problems.stay_quiet)
    app.connect("write-started", style.copy)
    app.connect("html-page-context", guard(pages.hide_edit_link, None, "an edit link"))
    app.connect("html-page-context", guard(downloads.announce, None, "links to the feeds"))
    app.connect("build-finished", guard(downloads.write, None, "the files beside the pages"))
    no_catalogues = guard(outputs.take_away_catalogues, None, "catalogues of messages")
    app.connect("build-finished", no_catalogues)
    app.connect("build-finished", guard(linkcheck.tell, None, "the lines of broken links"))
    app.connect("build-finished", project.end, priority=BEHIND_ALL)

    return {
        "version": version("sessionlog-docs"),
        "env_version": ENVIRONMENT_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
