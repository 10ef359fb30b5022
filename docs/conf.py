"""Sphinx settings of the documentation; the order of the pages is that of mkdocs.yml."""

from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx

project = "Sessionlog"
author = "The Sessionlog developers"
extensions = ["myst_parser", "sphinx_sessionlog"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["**.py"]
html_theme = "furo"
html_title = "Sessionlog"
html_baseurl = "https://sessionlog-docs.readthedocs.io/"
html_show_copyright = False
myst_heading_anchors = 3
nitpicky = True


def toctrees(nav: list[Any], caption: str = "") -> str:
    """Turn the navigation of MkDocs into toctrees in the same order, one for each run of pages."""
    found: list[str] = []
    pages: list[str] = []

    def close() -> None:
        if pages:
            options = f":hidden:\n:caption: {caption}\n" if caption else ":hidden:\n"
            found.append(f"\n```{{toctree}}\n{options}\n" + "\n".join(pages) + "\n```\n")
            pages.clear()

    for entry in nav:
        title, target = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(target, list):
            close()
            found.append(toctrees(target, title))
            continue
        page = f"{target}index" if target.endswith("/") else target.removesuffix(".md")
        if page != "index":
            pages.append(f"{title} <{page}>" if title else page)
    close()
    return "".join(found)


def add_toctrees(app: Sphinx, docname: str, content: list[str]) -> None:
    """Append the toctrees to the first page, which MkDocs reads as well and must not show them."""
    if docname == "index":
        settings = (Path(app.srcdir).parent / "mkdocs.yml").read_text("utf-8")
        content[0] += toctrees(yaml.safe_load(settings)["nav"])


def setup(app: Sphinx) -> None:
    """Connect the one handler."""
    app.connect("source-read", add_toctrees)
