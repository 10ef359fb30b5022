"""The style sheet of the core, copied into the `_static` folder of a build."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder

import sessionlog_core

__all__ = ["NAME", "copy"]

NAME = "sessionlog.css"


def copy(app: Sphinx, builder: Builder) -> None:
    """Write the style sheet before the pages, since Sphinx puts its checksum into their links."""
    if builder.format != "html":
        return
    text = (Path(sessionlog_core.__file__).parent / "static" / NAME).read_bytes()
    target = Path(app.outdir) / "_static" / NAME
    if not target.is_file() or target.read_bytes() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)
