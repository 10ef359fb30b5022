"""The layers of the house: which package may import what, and what the core leaves unloaded."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Package, or a module that has a right of its own: what it may import besides the standard library.
ALLOWED = {
    "sessionlog_core": {"sessionlog_core", "markdown_it"},
    "sessionlog_core/outline_rst.py": {"sessionlog_core", "docutils"},
    "sessionlog_core/kingfisher.py": {"sessionlog_core", "kingfisher_sdk"},
    "sphinx_sessionlog": {"sphinx_sessionlog", "sessionlog_core", "sphinx", "docutils", "pygments"},
    # What Sphinx itself writes dates with.
    "sphinx_sessionlog/translation.py": {
        "sphinx_sessionlog",
        "sessionlog_core",
        "sphinx",
        "babel",
    },
    "mkdocs_sessionlog": {"mkdocs_sessionlog", "sessionlog_core", "markdown"},
    # Only the plugin imports it: the extension for Python-Markdown works where MkDocs is not.
    "mkdocs_sessionlog/navigation.py": {"mkdocs_sessionlog", "mkdocs"},
    "mkdocs_sessionlog/plugin.py": {"mkdocs_sessionlog", "sessionlog_core", "markdown", "mkdocs"},
}
HOSTS = ("sphinx", "docutils", "mkdocs", "properdocs", "markdown", "jinja2")


def modules() -> list[Path]:
    packages = [name for name in ALLOWED if not name.endswith(".py")]
    return sorted(path for name in packages for path in (ROOT / name).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Give the top-level names that a module imports anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names - set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_module_imports_only_what_its_layer_allows(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    allowed = ALLOWED.get(name) or ALLOWED[name.split("/")[0]]
    assert imported(path) <= allowed


def test_table_names_modules_that_exist() -> None:
    assert [name for name in ALLOWED if not (ROOT / name).exists()] == []


RUN_THE_CORE = """
import pathlib, sys, tempfile
import sessionlog_core, sessionlog_core.cli
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.project import load_project
from sessionlog_core.writers import html, markdown

root = pathlib.Path(tempfile.mkdtemp())
log = "# Log\\n\\n## 2026-01-02 - One\\n\\n- did this\\n\\n## 2026-01-03 - Two\\n\\n- did that\\n"
(root / "SESSION_LOG.md").write_text(log)
project = load_project(root, Options())
assert len(project.journal.sessions) == 2, project.journal
site = plan_site(project.journal, project.options)
for page in site.pages:
    blocks = page_blocks(project.journal, page)
    assert html.write(blocks, lambda ref: None)
    assert markdown.write(blocks, lambda ref: None)
assert sessionlog_core.cli.main(["json", str(root / "SESSION_LOG.md")]) == 0
print("LOADED", sorted({name.split(".")[0] for name in sys.modules} & set(%r)))
"""


def test_importing_and_running_the_core_loads_no_host() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN_THE_CORE % (HOSTS,)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("LOADED []")
