"""Builds with Sphinx that are killed, crowded or starved, or whose files change meanwhile."""

import sys
from pathlib import Path

import pytest

from tests.disturbed import Disturbed

pytestmark = pytest.mark.slow

CONF = 'project = "Tidebook"\nextensions = ["sphinx_sessionlog"]\nhtml_last_updated_fmt = None\n'
INDEX = "Tidebook\n========\n\n.. toctree::\n\n   sessionlog/index\n"


class TestSphinx(Disturbed):
    def command(self, root: Path) -> list[str]:
        build = root / "_build"
        folders = ["-d", str(build / "doctrees"), str(root / "docs"), str(build / "html")]
        return [sys.executable, "-m", "sphinx", "-b", "html", *folders]

    def write(self, root: Path) -> None:
        (root / "docs" / "conf.py").write_text(CONF)
        (root / "docs" / "index.rst").write_text(INDEX)

    def pages(self, root: Path) -> Path:
        return root / "_build" / "html" / "sessionlog"
