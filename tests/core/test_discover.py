"""Which files are logs and roadmaps by their names, and which are never looked at."""

import shutil
import subprocess
from pathlib import Path

import pytest

from sessionlog_core.discover import (
    find_logs,
    find_roadmaps,
    find_root,
    find_root_of_either,
    is_log_name,
    is_roadmap_name,
    list_files,
)
from sessionlog_core.options import Options
from sessionlog_core.problems import Code

SURE = """
session-log.txt SESSION_LOG.md session_logs.md Session2.diff docs/SESSION_REPORT_2024-02-27.md
SESSION_SUMMARY.txt old/kept-session-logs.txt CONTINUE_HERE.md continue-here.md SESSION_LOG.MD
docs/finds/session-2024-03-26.md part9-session-handoff.md claude-progress.txt _WORK_LOG.md
DEVLOG.md dev-log.md SessionNotes.md ITERATION_LOG.md BITACORA.md SESSAO.md 作業ログ.md 会话日志.md
next-session.md TODAY_ACTIVITIES_2024-07-30.md SESSION_LOG_v1.0.0.md session-log.rst
SESSION_LOG.org docs/session-log.adoc worklog.asciidoc 2026/session-12.ORG
"""
MAYBE = """
progress.md memory-bank/progress.md docs/progress.rst roadmap-progress.md handoff.md journal.md
docs/sessions/index.md docs/session_logs/2024_07_09.md docs/devlog/phase0.md
devLog/daily-scrum/10-10-25.md memory-bank/activeContext.md
"""
NONE = """
README.md CHANGELOG.md docs/index.md main.py session_log.py sessions.json TODO.md CLAUDE.md notes.md
docs/sessions/README.md SESSION_TEMPLATE.md TENANT_SESSION_POLICY.md progress.diff login.md
docs/session_logs/x.png SESSIONLOG docs/compression.md obsession.md session_log.md.bak
SESSION_LOG_PROTOCOL.md journal.org docs/sessions/index.adoc progress.adoc session_template.org
"""


@pytest.mark.parametrize("name", SURE.split())
def test_names_that_are_sure(name: str) -> None:
    assert is_log_name(name) is True


@pytest.mark.parametrize("name", MAYBE.split())
def test_names_that_may_be_logs(name: str) -> None:
    assert is_log_name(name) is False


@pytest.mark.parametrize("name", NONE.split())
def test_names_that_are_none(name: str) -> None:
    assert is_log_name(name) is None


def test_roadmaps() -> None:
    yes = "roadmap.md ROADMAP.rst docs/ROADMAP_v7.2.md road-map.txt MILESTONES.md my-roadmap.md "
    yes += "ROADMAP.org docs/roadmap.adoc"
    no = "roadmap-progress.md roadmap.py ROADMAP_TEMPLATE.md roadmap-session-log.md milestone-1.md"
    assert all(is_roadmap_name(name) for name in yes.split())
    assert not any(is_roadmap_name(name) for name in no.split())


# Listing ----------------------------------------------------------------------------------------

BUILT = {
    "out2": "objects.inv",
    "plain": ".doctrees/environment.pickle",
    "web": "searchindex.js",
    "book": "sphinxmessages.sty",
    "found": "search/search_index.json",
    "public": "sitemap.xml.gz",
}
"""Folders that a builder wrote, and the file by which that is seen."""

LEFT_OUT = [
    *(f"{folder}/progress.md" for folder in BUILT),
    ".hidden/progress.md",
    "node_modules/x/progress.md",
    "a/vendor/progress.md",
    "third_party/progress.md",
    "build/progress.md",
    "_build/html/progress.md",
    "Site/progress.md",
    ".venv/progress.md",
    "env2/progress.md",
    "tests/fixtures/progress.md",
    "sub/progress.md",
    "ignored/progress.md",
    "a/ignored.md",
]
KEPT = ["SESSION_LOG.md", "a/b/progress.md", "docs/session-log.md"]


@pytest.fixture(params=["git", "no git"])
def tree(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    for name in (*LEFT_OUT, *KEPT):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Log\n")
    (tmp_path / ".gitignore").write_text("/ignored/\n")
    (tmp_path / "a/.gitignore").write_text("ignored.md\n")
    (tmp_path / "env2/pyvenv.cfg").touch()
    for folder, sign in BUILT.items():
        (tmp_path / folder / sign).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / sign).touch()
    (tmp_path / "sub/.git").mkdir()
    if request.param == "git":
        if shutil.which("git") is None:
            pytest.skip("git is not installed")
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def test_what_is_left_out(tree: Path) -> None:
    assert [name for name in list_files(tree) if name.endswith(".md")] == sorted(KEPT)
    found, problems = find_logs(tree, Options())
    assert [f.name for f in found] == sorted(KEPT)
    assert not any(f.named for f in found)
    assert problems == ()


def test_the_environment_of_a_hook_does_not_mislead(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    assert [f.name for f in find_logs(tree, Options())[0]] == sorted(KEPT)


def test_what_git_tracks_is_found_though_it_would_be_ignored(tree: Path) -> None:
    if not (tree / ".git").exists():
        pytest.skip("without git nothing is tracked")
    subprocess.run(["git", "add", "-f", "ignored/progress.md"], cwd=tree, check=True)
    assert "ignored/progress.md" in [f.name for f in find_logs(tree, Options())[0]]


# What a user names ------------------------------------------------------------------------------


def names(root: Path, *logs: str, **others: object) -> list[str]:
    options = Options(logs=logs, **others)  # type: ignore[arg-type]
    found, problems = find_logs(root, options)
    assert all(f.named for f in found)
    return [f.name for f in found] + [str(p) for p in problems]


def test_a_path_or_a_glob_names_a_log(tree: Path) -> None:
    (tree / "odd.md").touch()
    assert names(tree, "odd.md") == ["odd.md"]
    assert names(tree, str(tree / "odd.md")) == ["odd.md"]
    assert names(tree, "./odd.md") == ["odd.md"]
    assert names(tree, "*.md") == ["SESSION_LOG.md", "odd.md"]
    assert names(tree, "odd.md", "*.md") == ["odd.md", "SESSION_LOG.md"]
    assert names(tree, "a/**/*.md") == ["a/b/progress.md", "a/ignored.md"]


def test_what_is_named_is_found_in_folders_that_are_left_out(tree: Path) -> None:
    assert names(tree, ".hidden/progress.md") == [".hidden/progress.md"]
    assert names(tree, ".hidden/*.md") == [".hidden/progress.md"]
    assert names(tree, "ignored/*.md") == ["ignored/progress.md"]


def test_a_name_with_signs_of_a_glob(tmp_path: Path) -> None:
    for name in ("a b#c?d%20e.md", "[x].md", "*.md"):
        (tmp_path / name).touch()
        assert names(tmp_path, name) == [name]


def test_what_names_nothing_is_told(tmp_path: Path) -> None:
    message = "no file fits this pattern, expected at least one log or roadmap"
    assert names(tmp_path, "docs/*.md") == [f"docs/*.md: {message} [sessionlog.unreadable]"]


@pytest.mark.parametrize("folder", ["sessionlog", "team/log"])
def test_a_page_in_the_place_of_a_generated_one_is_no_log(tmp_path: Path, folder: str) -> None:
    own = [f"docs/{folder}/continue-here.rst", f"docs/{folder}/continue-here-in-full.md"]
    logs = ["continue-here.md", "docs/continue-here.md", f"docs/{folder}/CONTINUE_HERE.md"]
    for name in (*own, *logs):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found, _ = find_logs(tmp_path, Options(folder=folder))
    assert [f.name for f in found] == sorted(logs)
    assert names(tmp_path, own[0], folder=folder) == own[:1]


def test_exclude_is_written_like_a_gitignore(tree: Path) -> None:
    found, _ = find_logs(tree, Options(exclude=("docs/", "progress.md")))
    assert [f.name for f in found] == ["SESSION_LOG.md"]


def test_what_lies_outside_is_told_and_not_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "SESSION_LOG.md").write_text("# x")
    (root / "SESSION_LOG.md").symlink_to(tmp_path / "SESSION_LOG.md")
    for options in (
        Options(),
        Options(logs=("../SESSION_LOG.md",)),
        Options(logs=("../*.md",)),
        Options(logs=(str(tmp_path / "SESSION_LOG.md"),)),
    ):
        found, problems = find_logs(root, options)
        assert found == ()
        assert [p.code for p in problems] == [Code.UNREADABLE]
        assert "lies outside of the project" in problems[0].message
        allowed = Options(logs=options.logs, allow_outside=True)
        assert len(find_logs(root, allowed)[0]) == 1


def test_a_file_and_a_link_to_it_are_one_log(tmp_path: Path) -> None:
    (tmp_path / "session-log.md").write_text("# x")
    (tmp_path / "SESSION_LOG.md").symlink_to(tmp_path / "session-log.md")
    assert [f.name for f in find_logs(tmp_path, Options())[0]] == ["session-log.md"]


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "progress.md").symlink_to(tmp_path / "progress.md")
    found, problems = find_logs(tmp_path, Options())
    assert found == ()
    assert [str(p) for p in problems] == [
        "progress.md: is a symbolic link in a circle [sessionlog.unreadable]"
    ]


def test_a_folder_in_a_circle_ends(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/again").symlink_to(tmp_path)
    (tmp_path / "SESSION_LOG.md").touch()
    assert [f.name for f in find_logs(tmp_path, Options())[0]] == ["SESSION_LOG.md"]


def test_roadmaps_are_no_logs_and_logs_no_roadmaps(tmp_path: Path) -> None:
    for name in ("roadmap.md", "progress.md", "plan.md"):
        (tmp_path / name).touch()
    assert [f.name for f in find_logs(tmp_path, Options())[0]] == ["progress.md"]
    assert [f.name for f in find_roadmaps(tmp_path, Options())[0]] == ["roadmap.md"]
    options = Options(roadmap=("progress.md", "plan.md"))
    assert find_logs(tmp_path, options)[0] == ()
    assert [f.name for f in find_roadmaps(tmp_path, options)[0]] == ["progress.md", "plan.md"]


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    assert find_logs(tmp_path / "gone", Options()) == ((), ())


# The root ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [".git", "sessionlog.toml", ".hg"])
def test_the_root_is_the_repository(tmp_path: Path, mark: str) -> None:
    start = tmp_path / "p/docs/source"
    start.mkdir(parents=True)
    (tmp_path / "p" / mark).mkdir()
    (start / "pyproject.toml").touch()
    assert find_root(start) == tmp_path / "p"


def test_the_root_is_the_project_where_there_is_no_repository(tmp_path: Path) -> None:
    start = tmp_path / "p/website/docs"
    start.mkdir(parents=True)
    (tmp_path / "p/pyproject.toml").touch()
    assert find_root(start) == tmp_path / "p"


def test_the_root_is_above_the_folder_of_the_documentation(tmp_path: Path) -> None:
    start = tmp_path / "p/docs/source"
    start.mkdir(parents=True)
    assert find_root(start) == tmp_path / "p"
    assert find_root(tmp_path / "p") == tmp_path / "p"


@pytest.mark.parametrize(
    ("marks", "configuration", "documents", "root"),
    [
        (["p/.git"], "p/conf", "p/docs", "p"),
        (["p/.git"], "conf", "p/docs", "p"),
        (["p/.git"], "", "p/docs", "p"),
        (["p/.git"], "p/docs", "generated", "p"),
        (["p/.git", "q/.git"], "q/conf", "p/docs", "p"),
        (["p/.git", "p/shared/.git"], "p/shared", "p/docs", "p"),
        (["p/.git", "p/docs/.git"], "p/docs", "p/docs/source", "p/docs"),
        ([], "conf", "p/docs", "p"),
        ([], "p/docs", "p/docs/source", "p"),
    ],
)
def test_the_root_where_the_configuration_lies_elsewhere(
    tmp_path: Path, marks: list[str], configuration: str, documents: str, root: str
) -> None:
    for name in (*marks, configuration, documents):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    found = find_root_of_either(tmp_path / configuration, tmp_path / documents)
    assert found == tmp_path / root


def test_the_home_folder_is_nobodys_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / ".git").mkdir()
    start = tmp_path / "docs"
    start.mkdir()
    assert find_root(start) == start
