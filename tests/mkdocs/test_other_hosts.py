"""ProperDocs without MkDocs, and Zensical, each in an environment of its own.

`make hosts` makes them in `.venv-properdocs` and `.venv-zensical`; the variables
`SESSIONLOG_PROPERDOCS` and `SESSIONLOG_ZENSICAL` name the Python of others. Where there is none the
tests are skipped.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.mkdocs.conftest import LITERAL, LOG, Built, build, write_files, write_project

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGES = ("index", "continue-here", "roadmap", "metrics", "decisions", "sessions", "2026-02")


def python_of(host: str) -> str:
    """Give the Python of the environment in which a host is installed."""
    named = os.environ.get(f"SESSIONLOG_{host.upper()}")
    python = Path(named or ROOT / f".venv-{host}" / "bin" / "python")
    if not python.exists():
        pytest.skip(
            f"no environment with {host}: run `make hosts`, or set SESSIONLOG_{host.upper()}"
        )
    return str(python)


def run(python: str, *words: str, cwd: Path) -> str:
    done = subprocess.run(
        [python, "-m", *words], cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def content(built: Built, page: str) -> tuple[list[str], set[str]]:
    """Give the words of a page's own content, and its ids that are ours."""
    path = "sessionlog/index.html" if page == "index" else f"sessionlog/{page}/index.html"
    html = BeautifulSoup(built.read(path), "html.parser")
    main = html.select_one("article.md-content__inner, [role=main], article")
    for extra in main.select(".headerlink, button, script, .md-source-file"):
        extra.decompose()
    ids = {e["id"] for e in main.select("[id]")}
    return re.findall(r"\S+", main.text), {x for x in ids if not x.startswith("__")}


@pytest.fixture(scope="module", params=["mkdocs", "material"])
def properdocs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Built, Built]:
    python = python_of("properdocs")
    root = write_project(
        tmp_path_factory.mktemp("properdocs"),
        theme={"name": request.param},
        markdown_extensions=[{"toc": {"permalink": True}}],
    )
    said = run(
        python, "properdocs", "build", "--strict", "-d", "proper", "-f", "mkdocs.yml", cwd=root
    )
    return Built(root, root / "proper", said.splitlines()), build(root)


def test_properdocs_has_no_mkdocs() -> None:
    python = python_of("properdocs")
    done = subprocess.run([python, "-c", "import mkdocs"], capture_output=True, check=False)
    assert done.returncode


def test_properdocs_says_what_it_found(properdocs: tuple[Built, Built]) -> None:
    assert "session-log.md (3)" in "\n".join(properdocs[0].messages)


@pytest.mark.parametrize("page", PAGES)
def test_properdocs_and_mkdocs_show_the_same(properdocs: tuple[Built, Built], page: str) -> None:
    ours, theirs = (content(built, page) for built in properdocs)
    assert ours == theirs


def test_properdocs_counts_problems_in_strict_mode(tmp_path: Path) -> None:
    python = python_of("properdocs")
    page = "# Hi\n\n```{sessionlog} nonsense\n```\n"
    root = write_project(tmp_path, {"docs/index.md": page}, plugins=[{"sessionlog": {"x": 1}}])
    done = subprocess.run(
        [python, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Aborted with 2 warnings in strict mode!" in done.stdout + done.stderr
    assert "index.md:3: unknown view: nonsense" in done.stderr


EXTENSIONS = [{"toc": {"permalink": True}}, "tables", "sessionlog"]
YAML = yaml.safe_dump(
    {
        "site_name": "Harbour",
        "theme": {"font": False},
        "extra_css": ["sessionlog/sessionlog.css"],
        "watch": ["session-log.md"],
        "markdown_extensions": EXTENSIONS,
    }
)
TOML = """\
[project]
site_name = "Harbour"
extra_css = ["sessionlog/sessionlog.css"]

[project.theme]
font = false

[project.markdown_extensions.toc]
permalink = true

[project.markdown_extensions.tables]

[project.markdown_extensions.sessionlog]
"""


def write_stubs(root: Path) -> None:
    run(
        sys.executable,
        "sessionlog_core",
        "build",
        "--format",
        "md",
        "--out",
        "docs/sessionlog",
        cwd=root,
    )


@pytest.fixture(scope="module", params=["mkdocs.yml", "zensical.toml"])
def zensical(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    python = python_of("zensical")
    root = write_project(tmp_path_factory.mktemp("zensical"))
    (root / "mkdocs.yml").unlink()
    write_files(root, {request.param: YAML if request.param.endswith("yml") else TOML})
    write_stubs(root)
    said = run(python, "zensical", "build", "--strict", cwd=root)
    return Built(root, root / "site", said.splitlines())


@pytest.mark.parametrize("page", PAGES)
def test_zensical_and_mkdocs_show_the_same(zensical: Built, material: Built, page: str) -> None:
    ours, theirs = content(zensical, page), content(material, page)
    assert ours[0] == theirs[0]
    assert ours[1] == theirs[1]


@pytest.mark.parametrize("literal", LITERAL)
def test_zensical_shows_log_text_as_written(zensical: Built, literal: str) -> None:
    assert literal in " ".join(content(zensical, "2026-02")[0])


def test_zensical_links_lead_to_pages(zensical: Built) -> None:
    index = BeautifulSoup(zensical.read("index.html"), "html.parser")
    links = [a["href"] for a in index.select('article a[href*="session-2026-02-03-3"]')]
    assert links
    assert all(x.startswith("sessionlog/2026-02/#") for x in links)
    timeline = BeautifulSoup(zensical.read("sessionlog/index.html"), "html.parser")
    assert timeline.select('a[href="../sessionlog/2026-02/#session-2026-02-03-3"]') or (
        timeline.select('a[href="2026-02/#session-2026-02-03-3"]')
    )


@pytest.mark.parametrize("page", PAGES)
def test_zensical_links_lead_to_files_of_the_site(zensical: Built, page: str) -> None:
    folder = zensical.site / "sessionlog" / ("" if page == "index" else page)
    html = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
    paths = {a["href"].partition("#")[0] for a in html.select("article a[href]")}
    inside = {unquote(path) for path in paths if path and ":" not in path}
    assert inside
    assert [path for path in inside if not (folder / path).exists()] == []


def test_zensical_shows_images_that_the_site_has(tmp_path: Path) -> None:
    python = python_of("zensical")
    line = "- ![of the site](docs/own.png), ![elsewhere](own.png), ![far](https://a.example/b.png)"
    log = f"# Session log\n\n## 2026-02-03 - Session 1\n\n{line}\n"
    files = {"session-log.md": log, "docs/own.png": "one", "own.png": "two", "mkdocs.yml": YAML}
    root = write_project(tmp_path)
    write_files(root, {**files, "sessionlog.toml": 'images = "show"\n'})
    write_stubs(root)
    run(python, "zensical", "build", "--strict", cwd=root)
    page = root / "site/sessionlog/2026-02/index.html"
    main = BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("article")
    found = [(image["alt"], image["src"]) for image in main.select("img")]
    assert found == [("of the site", "../../own.png")]
    assert "elsewhere" in main.text
    assert main.find("a", string="far")


def test_zensical_search_knows_sessions(zensical: Built) -> None:
    text = zensical.read("search.json")
    places = [x["location"] for x in json.loads(text)["items"]]
    assert any(x.endswith("sessionlog/2026-02/#session-2026-02-03-3") for x in places)


def test_zensical_reads_no_stub_as_a_log(zensical: Built) -> None:
    assert "1 log" in " ".join(content(zensical, "index")[0])


def test_zensical_shows_a_changed_log(zensical: Built) -> None:
    write_files(zensical.root, {"session-log.md": LOG.replace("Ferry board", "Boat board")})
    write_stubs(zensical.root)
    run(python_of("zensical"), "zensical", "build", cwd=zensical.root)
    assert "Boat board" in zensical.read("sessionlog/2026-02/index.html")
