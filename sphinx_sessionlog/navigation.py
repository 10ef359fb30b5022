"""The first page of a site in, the same with the generated pages in its navigation out.

Whoever lists `sessionlog/index` in the toctree of the first page decides where the pages stand.
Where it is not listed there, they stand at the end.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinx_sessionlog.domain import domain_of
from sphinx_sessionlog.pages import toctree

__all__ = ["append"]


def append(app: Sphinx, doctree: nodes.document) -> None:
    """Put the generated pages at the end of the navigation, before Sphinx collects it."""
    content = domain_of(app.env).content
    index = f"{content.options.folder}/index"
    if not content.options.navigation or app.env.docname != app.config.root_doc:
        return
    listed: set[str] = set()
    for node in doctree.findall(addnodes.toctree):
        listed.update(node["includefiles"])
    if index in listed or index not in app.env.found_docs or index == app.config.root_doc:
        return
    place: nodes.Element = next(doctree.findall(nodes.section), doctree)
    place.append(toctree(app.config.root_doc, [index]))
