"""The worked example, built by every host from the same pages: the same words and anchors."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.mkdocs.test_other_hosts import python_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PAGES = (
    "example",
    "sessionlog/index",
    "sessionlog/continue-here",
    "sessionlog/roadmap",
    "sessionlog/metrics",
    "sessionlog/decisions",
    "sessionlog/sessions",
    "sessionlog/notes",
    "sessionlog/2026-03",
    "sessionlog/2026-04",
    "sessionlog/2026-05",
    "sessionlog/2026-06",
    "sessionlog/undated",
)
MAIN = "article.md-content__inner, article[role=main], [role=main]"
OURS = re.compile(r"(?:session|timeline|item|milestone|decision|month)s?-")


def run(root: Path, *command: str) -> None:
    done = subprocess.run(
        command,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def sphinx(root: Path, site: Path) -> None:
    run(root, sys.executable, "-m", "sphinx", "-q", "-W", "-b", "dirhtml", "docs", str(site))


def mkdocs(theme: str) -> Callable[[Path, Path], None]:
    def build(root: Path, site: Path) -> None:
        settings = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
        settings["theme"] = theme
        file = root / f"{theme}.yml"
        file.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
        run(
            root,
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "-q",
            "--strict",
            "-f",
            file.name,
            "-d",
            str(site),
        )

    return build


def properdocs(root: Path, site: Path) -> None:
    python = python_of("properdocs")
    run(
        root,
        python,
        "-m",
        "properdocs",
        "build",
        "-q",
        "--strict",
        "-f",
        "mkdocs.yml",
        "-d",
        str(site),
    )


def zensical(root: Path, site: Path) -> None:
    python = python_of("zensical")
    words = ("-m", "sessionlog_core", "build", "--format", "md", "--out", "docs/sessionlog")
    run(root, sys.executable, *words)
    settings = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    settings["markdown_extensions"].append("sessionlog")
    settings |= {"site_dir": "zensical", "docs_dir": "docs"}
    (root / "zensical.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    run(root, python, "-m", "zensical", "build", "-f", "zensical.yml")
    shutil.move(root / "zensical", site)


HOSTS: Mapping[str, Callable[[Path, Path], None]] = {
    "sphinx": sphinx,
    "material": mkdocs("material"),
    "readthedocs": mkdocs("readthedocs"),
    "mkdocs": mkdocs("mkdocs"),
    "properdocs": properdocs,
    "zensical": zensical,
}


def build(host: str, folder: Path) -> Path:
    """Build the documentation from a copy, since Zensical needs pages beside its own."""
    root, site = folder / host, folder / f"{host}-site"
    for name in ("docs", "example"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    HOSTS[host](root, site)
    return site


def content(site: Path, page: str) -> tuple[str, set[str]]:
    """Give the letters of a page without blanks, which mean nothing between blocks, and ids."""
    name = page.removesuffix("index")
    html = BeautifulSoup((site / name / "index.html").read_text("utf-8"), "html.parser")
    main = html.select_one(MAIN)
    for extra in main.select(".headerlink, button, script, .md-source-file, .admonition-title"):
        extra.decompose()
    ids = {e["id"] for e in main.select("[id]")}
    return re.sub(r"\s+|¶", "", main.text), {x for x in ids if OURS.match(x)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hosts")


@pytest.fixture(scope="module")
def reference(folder: Path) -> Path:
    return build("sphinx", folder)


@pytest.fixture(scope="module", params=[name for name in HOSTS if name != "sphinx"])
def other(request: pytest.FixtureRequest, folder: Path) -> Path:
    return build(request.param, folder)


@pytest.mark.parametrize("page", PAGES)
def test_hosts_show_the_same_words_and_anchors(reference: Path, other: Path, page: str) -> None:
    ours, theirs = content(reference, page), content(other, page)
    assert ours[1] == theirs[1]
    assert ours[0] == theirs[0]
