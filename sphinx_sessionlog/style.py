"""The style sheet and the script of the core, copied into the `_static` folder of a build."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder

import sessionlog_core

__all__ = ["SCRIPT", "STYLE", "copy"]

STYLE, SCRIPT = "sessionlog.css", "sessionlog.js"


def copy(app: Sphinx, builder: Builder) -> None:
    """Write both files before the pages, since Sphinx puts their checksums into links."""
    if builder.format != "html":
        return
    for name in (STYLE, SCRIPT):
        text = (Path(sessionlog_core.__file__).parent / "static" / name).read_bytes()
        target = Path(app.outdir) / "_static" / name
        if not target.is_file() or target.read_bytes() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
