"""Builds with MkDocs that are killed, crowded or starved, or whose files change meanwhile."""

import sys
from pathlib import Path

import pytest

from tests.disturbed import Disturbed

pytestmark = pytest.mark.slow


class TestMkDocs(Disturbed):
    def command(self, root: Path) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "build"]

    def write(self, root: Path) -> None:
        (root / "mkdocs.yml").write_text("site_name: x\ntheme: mkdocs\nplugins: [sessionlog]\n")
        (root / "docs" / "index.md").write_text("# Hi\n")

    def pages(self, root: Path) -> Path:
        return root / "site" / "sessionlog"
