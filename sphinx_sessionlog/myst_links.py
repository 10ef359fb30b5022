"""MyST links to generated pages in, references out: MyST knows only pages that are files."""

import posixpath
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_sessionlog.domain import domain_of, refer

__all__ = ["LinkGeneratedPages"]


class LinkGeneratedPages(SphinxPostTransform):
    """Resolve `[text](sessionlog/continue-here.md)`, the form that MkDocs reads as well."""

    default_priority = 8  # before MyST's own, which warns of what it does not know

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Replace links whose path is that of a generated page without a file."""
        domain = domain_of(self.env)
        for node in list(self.document.findall(pending_xref)):
            path, _, fragment = str(node["reftarget"]).partition("#")
            if node["reftype"] != "myst" or node.get("refdomain") or not path.endswith(".md"):
                continue
            folder = "" if path.startswith("/") else posixpath.dirname(node["refdoc"])
            path = path.lstrip("/")
            docname = posixpath.normpath(posixpath.join(folder, path)).removesuffix(".md")
            if docname in domain.content.pages and docname in self.env.found_docs:
                builder = domain_of(self.env).builder
                words = node.children if node.astext() else [self.title(docname)]
                made = refer(builder, node["refdoc"], (docname, fragment, ""), words)
                node.replace_self(made or words)

    def title(self, docname: str) -> nodes.inline:
        """Give the title of a page, for a link without words."""
        return nodes.inline("", self.env.titles[docname].astext())
