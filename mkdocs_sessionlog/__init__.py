"""Session logs in MkDocs, ProperDocs, Zensical and plain Python-Markdown pages."""

from typing import Any

from mkdocs_sessionlog.extension import SessionlogExtension

__all__ = ["SessionlogExtension", "makeExtension"]


def makeExtension(**options: Any) -> SessionlogExtension:  # noqa: N802  Python-Markdown's name
    """Make the extension, for a configuration that names this package, not the entry point."""
    return SessionlogExtension(**options)
