"""The built wheel, in a fresh environment: one line of settings in a fresh project of each host."""

import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.corpus import FILES, needs_corpus

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def run(*words: object, cwd: Path) -> str:
    """Run a command in a folder; give its output, or fail with it."""
    done = subprocess.run(
        [str(w) for w in words], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the programs folder of a fresh environment that holds the wheel and both hosts."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    wheel = next(folder.glob("*.whl"))
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", f"{wheel}[sphinx,mkdocs]", cwd=folder)
    return python.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a fresh repository with logs under well-known names: the example's, or real ones."""
    root = tmp_path / "project"
    root.mkdir()
    (root / ".git").mkdir()
    for name in ("progress.md", "session-log.txt", "ROADMAP.md"):
        shutil.copy(ROOT / "example" / name, root)
    shutil.copytree(ROOT / "example" / "reports", root / "docs" / "sessions")
    return root


def snippet(language: str) -> str:
    """Give the first text of the README in `language`."""
    found = re.search(
        rf"^```{language}\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.M | re.S
    )
    assert found
    return found[1]


def sphinx(fresh: Path, root: Path) -> str:
    docs = root / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "conf.py").write_text(snippet("python"))
    (docs / "index.rst").write_text("Home\n====\n\n.. toctree::\n\n   sessionlog/index\n")
    return run(
        fresh / "sphinx-build", "-n", "-W", "--keep-going", "-b", "html", "docs", "site", cwd=root
    )


def mkdocs(fresh: Path, root: Path) -> str:
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "index.md").write_text("# Home\n")
    (root / "mkdocs.yml").write_text("site_name: Fresh\n" + snippet("yaml"))
    return run(fresh / "mkdocs", "build", "--strict", "-d", "site", cwd=root)


@pytest.mark.parametrize("host", [sphinx, mkdocs])
def test_one_line_of_settings_gives_a_useful_site(host, fresh: Path, project: Path) -> None:
    output = host(fresh, project)
    assert "progress.md" in output
    assert "session-log.txt" in output
    pages = {p.relative_to(project / "site").as_posix() for p in (project / "site").rglob("*.html")}
    assert [p for p in pages if p.startswith("sessionlog/continue-here")]
    page = (
        next((project / "site" / "sessionlog").glob("continue-here*"))
        if host is sphinx
        else (project / "site" / "sessionlog" / "continue-here" / "index.html")
    )
    assert "Ask the water board for its own gauge in Büsum" in re.sub(
        r"<[^>]+>", "", page.read_text("utf-8")
    )
    assert sorted(p.name for p in project.iterdir()) == sorted(
        [".git", "ROADMAP.md", "docs", "progress.md", "session-log.txt", "site"]
        + (["mkdocs.yml"] if host is mkdocs else [])
    ), "nothing is written beside the sources"


@needs_corpus
@pytest.mark.parametrize("host", [sphinx, mkdocs])
def test_real_logs_build_without_a_warning(host, fresh: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / ".git").mkdir()
    for seed in sorted(FILES.glob("seed*/*")):
        shutil.copy(seed, root)
    output = host(fresh, root)
    assert "session-log.txt" in output
