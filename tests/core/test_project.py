"""From a folder to a journal: what was found is told, and nothing that is wrong ends the build."""

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import sessionlog_core.accounts as accounts_module
import sessionlog_core.project as project_module
import sessionlog_core.texts as texts_module
from sessionlog_core.files import fingerprint, look_at, state_of_file
from sessionlog_core.garbage import collecting_later
from sessionlog_core.memory import Memory
from sessionlog_core.options import Options
from sessionlog_core.outline import NodeKind
from sessionlog_core.problems import Code
from sessionlog_core.project import (
    Project,
    describe,
    load_project,
    read_paths,
)
from tests.core import made_up

GOOD = """# Log

## Session 1 - 2026-01-05: The reader

### Done
- Built the reader

### Next steps
- Write the pages
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "SESSION_LOG.md").write_text(GOOD)
    return tmp_path


def load(root: Path, **options: Any) -> Project:
    return load_project(root, Options(**options))


def told(project: Project) -> list[str]:
    return [str(problem) for problem in project.journal.problems]


def test_what_was_found_is_told_in_one_line(root: Path) -> None:
    (root / "docs").mkdir()
    (root / "docs/progress.md").write_text("# Progress bar\n\nA widget that shows progress.\n")
    (root / "roadmap.md").write_text("# Roadmap\n\n- [ ] pages\n- [x] reader\n")
    project = load(root)
    assert describe(project) == (
        "1 session in 1 log: SESSION_LOG.md (1); 2 roadmap items in roadmap.md; "
        "no session in docs/progress.md"
    )
    assert project.silent == project.journal.silent == ("docs/progress.md",)
    assert project.files == tuple(
        root / name for name in ("SESSION_LOG.md", "docs/progress.md", "roadmap.md")
    )


def test_nothing_found_is_told(tmp_path: Path) -> None:
    assert describe(load(tmp_path)) == "no session log found"


def test_many_logs_are_told_by_their_folders(root: Path) -> None:
    (root / "docs/sessions").mkdir(parents=True)
    for day in range(1, 26):
        text = GOOD.replace("2026-01-05", f"2026-02-{day:02}").replace(
            "Session 1", f"Session {day}"
        )
        (root / f"docs/sessions/SESSION_REPORT_{day}.md").write_text(text)
    assert describe(load(root)) == (
        "26 sessions in 26 logs: SESSION_LOG.md (1), docs/sessions/ (25 logs, 25)"
    )


def test_a_log_by_name_without_a_session_is_shown_and_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "DEVLOG.md").write_text("# Notes\n\nJust a page of words about the tool.\n")
    read = accounts_module.read_log

    def without_sessions(text: str, path: str, **named: Any) -> Any:
        log = read(text, path, **named)
        return replace(log, sessions=()) if path == "DEVLOG.md" else log

    monkeypatch.setattr(accounts_module, "read_log", without_sessions)
    project = load(root)
    (problem,) = project.journal.problems
    assert (problem.code, problem.where, problem.grave) == (Code.LAYOUT, "DEVLOG.md:1", False)
    assert problem.message.startswith("no session found")
    assert "shown as it is, unless the option exclude leaves it out" in problem.message
    by_path = {session.source.path: session for session in project.journal.sessions}
    assert "Just a page of words" in repr(by_path["DEVLOG.md"].body)
    assert [f.name for f in load(root, exclude=("DEVLOG.md",)).files] == ["SESSION_LOG.md"]


# Bad input --------------------------------------------------------------------------------------


def make_folder(path: Path) -> None:
    path.mkdir()


BAD: tuple[tuple[str, Callable[[Path], Any]], ...] = (
    ("cannot be read: there is no such file", lambda path: path.symlink_to(path.parent / "gone")),
    ("is a folder, expected a file", make_folder),
    ("is empty, expected a log", lambda path: path.write_bytes(b"")),
    (
        "is a binary file (an image), expected text",
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a"),
    ),
    ("is larger than 600 bytes", lambda path: path.write_text("x" * 601)),
)


@pytest.mark.parametrize(("message", "make"), BAD, ids=[x[0] for x in BAD])
def test_bad_input_is_one_message_with_its_name_and_the_others_appear(
    root: Path, message: str, make: Callable[[Path], Any]
) -> None:
    make(root / "bad-session-log.md")
    project = load(root, logs=("SESSION_LOG.md", "bad-session-log.md"), max_size=600)
    assert len(project.journal.sessions) == 1
    (problem,) = project.journal.problems
    assert (problem.code, problem.path) == (Code.UNREADABLE, "bad-session-log.md")
    assert problem.message.startswith(message)


@pytest.mark.parametrize(("message", "make"), BAD, ids=[x[0] for x in BAD])
def test_a_bad_file_that_nobody_named_fails_no_build(
    root: Path, message: str, make: Callable[[Path], Any]
) -> None:
    make(root / "bad-session-log.md")
    for problem in load(root, max_size=600).journal.problems:
        assert problem.message.startswith(message)
        assert not problem.grave
    named = load(root, logs=("bad-session-log.md",), max_size=600).journal.problems
    pointed = read_paths([root / "bad-session-log.md"], [], root, Options(max_size=600)).problems
    assert [p.grave for p in (*named, *pointed)] == [True, True]


def test_a_secret_in_a_log_that_nobody_named_is_grave_all_the_same(root: Path) -> None:
    (root / "SESSION_LOG.md").write_text(f"{GOOD}- password: {made_up.password(1)}\n")
    assert [(p.code, p.grave) for p in load(root).journal.problems] == [(Code.SECRET, True)]


def test_what_a_problem_says_of_a_file_is_limited(root: Path) -> None:
    words = "".join(f"- password: {made_up.password(n)}\n" for n in range(30))
    (root / "SESSION_LOG.md").write_text(GOOD + words)
    problems = load(root).journal.problems
    assert len(problems) == 21
    assert str(problems[-1]) == (
        "SESSION_LOG.md: and 10 more problems in this file [sessionlog.limit]"
    )
    assert len(load(root, max_problems=5).journal.problems) == 6


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_newest_sessions_are_shown_where_there_are_too_many(
    root: Path, *, newest_first: bool
) -> None:
    days = range(9, 0, -1) if newest_first else range(1, 10)
    blocks = "".join(f"## Session {d} - 2026-01-0{d}\n\n- did {d}\n\n" for d in days)
    (root / "SESSION_LOG.md").write_text(f"# Log\n\n{blocks}")
    project = load(root, max_sessions=4)
    assert [s.number for s in project.journal.sessions] == ["6", "7", "8", "9"]
    assert told(project) == [
        "SESSION_LOG.md: holds 9 sessions, max_sessions shows 4 [sessionlog.limit]"
    ]


# Secrets and privacy ----------------------------------------------------------------------------


def test_no_record_holds_what_was_masked(root: Path) -> None:
    token = made_up.TOKENS[20][2]
    (root / "SESSION_LOG.md").write_text(GOOD.replace("the reader\n", f"with {token}\n"))
    (root / "roadmap.md").write_text(f"# Roadmap\n\n- [ ] rotate {token}\n")
    project = load(root)
    assert token not in repr(project.journal)
    assert "(masked:github-token)" in project.journal.roadmap[0].text
    assert [(p.code, p.where) for p in project.journal.problems] == [
        (Code.SECRET, "SESSION_LOG.md:6"),
        (Code.SECRET, "roadmap.md:3"),
    ]
    assert token in repr(load(root, secrets="off").journal)
    assert [p.fatal for p in load(root, secrets="fail").journal.problems] == [True, True]


def test_privacy_is_off_and_told_once(root: Path) -> None:
    (root / "SESSION_LOG.md").write_text(GOOD + "- in /home/anna/x on 10.0.0.7\n")
    (root / "progress.md").write_text(GOOD.replace("-01-05", "-01-06") + "- in /home/anna/y\n")
    project = load(root)
    assert "/home/anna" in repr(project.journal)
    (problem,) = project.journal.problems
    assert (problem.code, problem.grave, problem.where) == (Code.PRIVACY, False, "")
    private = load(root, privacy=("paths", "hosts"))
    assert private.journal.problems == ()
    assert "anna" not in repr(private.journal)
    assert repr(private.journal).count("/home/user-1/") >= 2


# Faults of our own ------------------------------------------------------------------------------


def fail(*_args: Any, **_named: Any) -> Any:
    raise RuntimeError("words of the log")


STAGES = (
    (texts_module, "read_text"),
    (texts_module, "mask"),
    (texts_module, "withhold"),
    (texts_module, "count_private"),
    (texts_module, "tell_private"),
    (accounts_module, "read_log"),
    (project_module, "make_journal"),
)


@pytest.mark.parametrize(("module", "stage"), STAGES)
def test_a_fault_of_ours_is_told_and_the_build_goes_on(
    root: Path, module: ModuleType, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, stage, fail)
    project = load(root)
    faults = [p for p in project.journal.problems if p.code is Code.FAULT]
    assert len(faults) == 1
    assert "a fault of Sessionlog itself (RuntimeError at test_project.py:" in faults[0].message
    assert "please report it" in faults[0].message
    assert "words of the log" not in faults[0].message
    assert describe(project)


def test_a_log_that_cannot_be_understood_is_shown_as_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = made_up.TOKENS[20][2]
    (root / "bad-session-log.md").write_text(f"# <b>Bad</b>\n\n- {token}\n")
    read = accounts_module.read_log

    def sometimes(text: str, path: str, **named: Any) -> Any:
        return fail() if path.startswith("bad") else read(text, path, **named)

    monkeypatch.setattr(accounts_module, "read_log", sometimes)
    project = load(root)
    by_path = {session.source.path: session for session in project.journal.sessions}
    assert sorted(by_path) == ["SESSION_LOG.md", "bad-session-log.md"]
    (node,) = by_path["bad-session-log.md"].body
    assert node.kind is NodeKind.CODE
    assert node.text == "# <b>Bad</b>\n\n- (masked:github-token)\n"
    assert by_path["SESSION_LOG.md"].next_steps


def test_where_masking_fails_nothing_is_shown(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts_module, "mask", fail)
    assert load(root).journal.sessions == ()


def test_where_joining_fails_for_one_thing_the_sessions_stay(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "roadmap.md").write_text("# Roadmap\n\n- [ ] pages\n")
    join = project_module.make_journal

    def sometimes(logs: Any, roadmaps: Any = (), **named: Any) -> Any:
        return fail() if roadmaps else join(logs, roadmaps, **named)

    monkeypatch.setattr(project_module, "make_journal", sometimes)
    project = load(root)
    assert len(project.journal.sessions) == 1
    assert [p.code for p in project.journal.problems] == [Code.FAULT]


# The same again ---------------------------------------------------------------------------------


def test_the_same_files_give_the_same_journal(root: Path) -> None:
    (root / "progress.md").write_text(GOOD.replace("-01-05", "-01-06"))
    assert load(root) == load(root)


def test_the_fingerprint_is_of_the_content(root: Path) -> None:
    def mark(**options: Any) -> str:
        return fingerprint(look_at(root, Options(**options)), Options(**options))

    first = mark()
    assert mark() == first
    stat = (root / "SESSION_LOG.md").stat()
    (root / "SESSION_LOG.md").write_text(GOOD.replace("reader", "writer"))
    import os

    os.utime(root / "SESSION_LOG.md", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    second = mark()
    assert second != first
    assert mark(secrets="off") != second
    (root / "unrelated.md").write_text("x")
    assert mark() == second
    (root / "progress.md").write_text("x")
    assert mark() != second
    (root / "progress.md").unlink()
    assert mark() == second
    (root / "SESSION_LOG.md").unlink()
    assert mark() != second


def test_one_look_gives_the_same_bytes_whatever_becomes_of_the_file(root: Path) -> None:
    options = Options()
    look = look_at(root, options)
    first = fingerprint(look, options)
    (root / "SESSION_LOG.md").write_text(GOOD.replace("reader", "writer"))
    project = load_project(root, options, look=look)
    assert "reader" in (project.journal.sessions[0].title or "")
    assert fingerprint(look_at(root, options), options) != first


def test_a_memory_reads_a_file_again_that_changed_while_it_was_looked_at(root: Path) -> None:
    options, memory = Options(), Memory()
    look = look_at(root, options)
    fingerprint(look, options)
    (root / "SESSION_LOG.md").write_text(GOOD.replace("The reader", "The tide"))
    load_project(root, options, memory=memory, look=look)
    (session,) = load_project(root, options, memory=memory).journal.sessions
    assert "The tide" in (session.title or "")


def test_paths_of_a_command_line(root: Path) -> None:
    (root / "odd.txt").write_text(GOOD)
    journal = read_paths([root / "odd.txt", root / "gone.md"], [], root)
    assert [log.path for log in journal.logs] == ["odd.txt"]
    assert [str(p) for p in journal.problems] == [
        "gone.md: cannot be read: there is no such file [sessionlog.unreadable]"
    ]


def test_garbage_is_collected_again_after_a_load_that_failed() -> None:
    def fail() -> None:
        with collecting_later():
            assert not gc.isenabled()
            raise KeyError

    assert gc.isenabled()
    with pytest.raises(KeyError):
        fail()
    assert gc.isenabled()


def test_the_state_of_a_file_changes_with_it(tmp_path: Path) -> None:
    file = tmp_path / "log.md"
    assert state_of_file(file) == ()
    file.write_text("# Log\n", "utf-8")
    before = state_of_file(file)
    assert before == state_of_file(file)
    file.write_text("# Log of the harbour\n", "utf-8")
    assert state_of_file(file) != before
