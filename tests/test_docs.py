"""What the README and the documentation say is tried: options, views, commands, reference pages."""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from sessionlog_core.options import Options, set_options
from sessionlog_core.query import read_query
from sessionlog_core.views import VIEWS

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^(?P<marks>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=marks)`*$", re.M | re.S)


def snippets(*languages: str) -> list:
    """Give each fenced text of one of `languages` with the page and line it stands at."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for fence in FENCE.finditer(text):
            if fence["info"].strip() in languages:
                line = text.count("\n", 0, fence.start()) + 1
                name = f"{page.relative_to(ROOT).as_posix()}:{line}"
                found.append(pytest.param(fence["text"], name, id=name))
    assert found, f"no snippet of {languages} in the documentation"
    return found


def fences() -> list:
    """Give each view that a page shows, literally or for real."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for fence in re.finditer(r"^```\{sessionlog\} (\S*)\n((?::.*\n)*)```$", text, re.M):
            line = text.count("\n", 0, fence.start()) + 1
            name = f"{page.relative_to(ROOT).as_posix()}:{line}"
            found.append(pytest.param(fence[1], fence[2], name, id=name))
    return found


@pytest.mark.parametrize(("text", "name"), snippets("toml"))
def test_toml_snippets_hold_options_that_exist(text: str, name: str) -> None:
    table = tomllib.loads(text)
    ours = table.get("tool", {}).get("sessionlog")
    if ours is None:  # zensical.toml: the extension by its entry point
        project = table.pop("project")
        assert table == {}
        assert project.pop("markdown_extensions", {"sessionlog": {}}) == {"sessionlog": {}}
        assert set(project) <= {"watch", "extra_css", "extra_javascript", "nav"}
        return
    assert set_options(Options(), ours, name)[1] == []


@pytest.mark.parametrize(("text", "name"), snippets("yaml"))
def test_yaml_snippets_hold_options_that_exist(text: str, name: str) -> None:
    settings = yaml.safe_load(text)
    plugins = settings.get("plugins", [])
    known = {"plugins", "nav", "markdown_extensions", "watch", "extra_css", "extra_javascript"}
    for plugin in plugins:
        if isinstance(plugin, dict) and "sessionlog" in plugin:
            assert set_options(Options(), plugin["sessionlog"], name)[1] == []
    assert set(settings) <= known


@pytest.mark.parametrize(("view", "options", "name"), fences())
def test_fences_name_views_and_options_that_exist(view: str, options: str, name: str) -> None:
    assert view in VIEWS
    pairs = dict(line[1:].split(": ", 1) for line in options.splitlines())
    assert read_query(pairs, name, 1)[1] == []


def commands() -> list:
    """Give each `sessionlog-docs` command line of the documentation that names no placeholder."""
    found = []
    for param in snippets("sh"):
        text, name = param.values
        found += [
            pytest.param(line, id=f"{name} {line.split('#')[0].strip()}")
            for line in text.splitlines()
            if line.startswith("sessionlog-docs ")
        ]
    return found


@pytest.mark.parametrize("line", commands())
def test_commands_run_on_the_example(line: str, tmp_path: Path) -> None:
    words = shlex.split(line, comments=True)[1:]
    if "--out" in words:  # what a command writes goes to a place of the test
        words[words.index("--out") + 1] = str(tmp_path / "out")
    done = subprocess.run(
        [sys.executable, "-m", "sessionlog_core", *words],
        cwd=ROOT / "example",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or list((tmp_path / "out").rglob("*.md"))


def test_reference_pages_are_those_of_the_code() -> None:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    stale = [
        name
        for name, page in reference.PAGES.items()
        if (ROOT / "docs" / "reference" / name).read_text("utf-8") != page()
    ]
    assert stale == [], "run `python docs/reference.py`"


def test_ci_runs_the_commands_of_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in ("make docs", "make test"):
        assert re.search(rf"^{command}\b", readme, re.M)
        assert re.search(rf"^{command}\b", ci, re.M)
