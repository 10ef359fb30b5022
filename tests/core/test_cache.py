"""What was read is kept for the next build: the same comes back, and what is odd never does."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

import sessionlog_core.cache as cache_module
import sessionlog_core.project as project_module
from sessionlog_core.cache import Cache, Reading, from_plain, name_of, to_plain
from sessionlog_core.model import Log, Metric, Session, Span
from sessionlog_core.options import Options
from sessionlog_core.outline import NodeKind
from sessionlog_core.project import Memory, Project, load_project
from sessionlog_core.reader import read_log
from sessionlog_core.said import read_said
from tests.core import made_up
from tests.fixture_files import read_cases

FIXTURES = Path(__file__).parent / "fixtures"

LOG = """# Session log

Next: measure the tide again

## Session 1 - 2026-01-05: The reader

### Done
- [x] Built the reader (#12, `4f2a9c1`)
  - with its tests
- tests 12 -> 31, coverage 81 %

### Decisions
- **JSON, no pickle**: a file from elsewhere runs nothing

| Part | Before | After |
|---|---|---|
| Tests | 12 | 31 |

## Session 2 - 2026-01-06

Blocked: the station sends nothing
"""


def logs_of_fixtures() -> list[Log]:
    files = sorted(FIXTURES.glob("*.txt"))
    cases = [case for file in files for case in read_cases(file)]
    return [read_log(case.input, "docs/session-log.md", named=True) for case in cases]


def test_every_log_of_the_fixtures_comes_back_as_it_was() -> None:
    logs = logs_of_fixtures()
    assert sum(len(log.sessions) for log in logs) > 100
    for log in logs:
        reading = Reading(log, tuple(map(read_said, log.sessions)))
        assert from_plain(json.loads(json.dumps(to_plain(reading)))) == reading


def test_a_record_that_stands_in_two_places_is_one_record_again() -> None:
    log = from_plain(to_plain(Reading(read_log(LOG, "SESSION_LOG.md")))).log
    session = log.sessions[0]
    body = {id(node) for node in session.body}
    inner = [node for part in session.parts for node in part.nodes if node.kind != NodeKind.HEADING]
    assert inner
    assert all(id(node) in body for node in inner)
    listed = {id(item) for part in session.parts for item in part.items}
    assert session.done
    assert all(id(item) in listed for item in session.done)


@pytest.mark.parametrize("value", [float("inf"), 1e300, -0.0, 10**30])
def test_figures_without_bounds_come_back(value: float) -> None:
    metric = Metric("tests", value, "as written \udcff \U0001f600", 3)
    log = replace(read_log(LOG, "SESSION_LOG.md"), sessions=())
    reading = Reading(replace(log, sessions=(Session(Span(log.path, 1, 3), metrics=(metric,)),)))
    assert from_plain(json.loads(json.dumps(to_plain(reading)))) == reading


def test_a_log_is_found_by_its_name_alone(tmp_path: Path) -> None:
    log = Reading(read_log(LOG, "SESSION_LOG.md"))
    Cache(tmp_path / "new").put(name_of("a"), log)
    cache = Cache(tmp_path / "new")
    assert cache.get(name_of("a")) == log
    assert cache.get(name_of("b")) is None


def test_a_name_changes_with_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    before = name_of("a")
    assert name_of("a") == before
    monkeypatch.setattr(cache_module, "_maker", lambda: "another version")
    assert name_of("a") != before


def _signed(name: str, body: bytes) -> bytes:
    return cache_module._head(name, body) + b"\n" + body


DAMAGES = {
    "empty": lambda name, data: b"",
    "cut": lambda name, data: data[:-7],
    "longer": lambda name, data: data + b" ",
    "a letter changed": lambda name, data: data.replace(b"reader", b"writer"),
    "another schema": lambda name, data: data.replace(b"read/1", b"read/0"),
    "another log": lambda name, data: data.replace(name[:8].encode(), b"00000000"),
    "bytes": lambda name, data: bytes(range(256)),
    "no JSON": lambda name, data: _signed(name, b"[[[["),
    "no list": lambda name, data: _signed(name, b'{"log": 1}'),
    "a number": lambda name, data: _signed(name, b"5"),
    "no log": lambda name, data: _signed(name, b"[[],[],[],[]]"),
    "an index of nothing": lambda name, data: _signed(
        name,
        b'[[],[],[],[["a.md","x",[],"markdown",null,[[["a",1,1],"","",null,null,null,null,null,null,null,false,null,null,"",[7]]]]]]',
    ),
    "a kind that is none": lambda name, data: _signed(
        name, b'[[],[["no-such-kind",1,1]],[],[["a.md","x"]]]'
    ),
    "too many fields": lambda name, data: _signed(name, b'[[],[],[],[["a.md","x"],[],[]]]'),
    "very deep": lambda name, data: _signed(name, b"[" * 100_000 + b"]" * 100_000),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_odd_counts_as_not_there(tmp_path: Path, damage: str) -> None:
    name, log = name_of("a"), Reading(read_log(LOG, "SESSION_LOG.md"))
    Cache(tmp_path).put(name, log)
    (file,) = tmp_path.iterdir()
    was = file.read_bytes()
    file.write_bytes(DAMAGES[damage](name, was))
    assert file.read_bytes() != was
    assert Cache(tmp_path).get(name) is None
    Cache(tmp_path).put(name, log)
    assert Cache(tmp_path).get(name) == log


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_folder_in_the_place_of_a_file_does_no_harm(tmp_path: Path) -> None:
    pipe, folder = name_of("pipe"), name_of("folder")
    os.mkfifo(tmp_path / f"{pipe}.json")
    (tmp_path / f"{folder}.json").mkdir()
    cache, log = Cache(tmp_path), Reading(read_log(LOG, "SESSION_LOG.md"))
    assert cache.get(pipe) is None
    assert cache.get(folder) is None
    cache.put(folder, log)
    cache.forget_others()
    assert {path.stem for path in tmp_path.iterdir()} == {pipe, folder}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    cache.put(name_of("a"), Reading(read_log(LOG, "SESSION_LOG.md")))
    assert cache.get(name_of("a")) is None
    cache.forget_others()
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_full_disk_leaves_no_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    Cache(tmp_path).put(name_of("a"), Reading(read_log(LOG, "SESSION_LOG.md")))
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_asks_for_is_deleted_also_what_a_killed_build_left(tmp_path: Path) -> None:
    log = Reading(read_log(LOG, "SESSION_LOG.md"))
    first = Cache(tmp_path)
    first.put(name_of("a"), log)
    first.put(name_of("b"), log)
    (tmp_path / "new-x7").write_text("half a fi")
    second = Cache(tmp_path)
    assert second.get(name_of("b")) == log
    second.forget_others()
    assert [path.stem for path in tmp_path.iterdir()] == [name_of("b")]


# In a project -------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "SESSION_LOG.md").write_text(LOG)
    (tmp_path / "progress.md").write_text(LOG.replace("2026-01", "2026-02"))
    return tmp_path


def load(root: Path, **options: object) -> Project:
    return load_project(root, Options(**options), memory=Memory(root / "kept"))  # type: ignore[arg-type]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which logs are read."""
    names: list[str] = []

    def note(text: str, path: str, **more: object) -> Log:
        names.append(path)
        return read_log(text, path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(project_module, "read_log", note)
    return names


def test_the_next_process_reads_only_what_changed(root: Path, read: list[str]) -> None:
    first = load(root)
    assert read == ["SESSION_LOG.md", "progress.md"]
    read.clear()
    assert load(root) == first
    assert read == []
    (root / "progress.md").write_text(LOG.replace("2026-01", "2026-03"))
    second = load(root)
    assert read == ["progress.md"]
    assert second.journal.sessions[-1].date == "2026-03-06"
    assert len(list((root / "kept").iterdir())) == 2


def test_other_options_are_other_readings(root: Path, read: list[str]) -> None:
    load(root)
    read.clear()
    load(root, status_words=(("closed", ("landed",)),))
    assert read == ["SESSION_LOG.md", "progress.md"]


def test_a_log_that_a_fault_of_ours_kept_from_being_read_is_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Log:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(project_module, "read_log", fail)
        assert {log.layout for log in load(root).journal.logs} == {"as written"}
    assert "as written" not in {log.layout for log in load(root).journal.logs}


def test_nothing_that_was_masked_or_withheld_is_kept(root: Path) -> None:
    _, before, secret, _ = made_up.TOKENS[0]
    text = f"{LOG}\nThe key was {before}{secret} all along.\n\n### Raw thinking\n\nunsaid words\n"
    (root / "SESSION_LOG.md").write_text(text)
    project = load(root, withhold=("Raw thinking",))
    assert {log.path for log in project.journal.logs} == {"SESSION_LOG.md", "progress.md"}
    kept = b"".join(path.read_bytes() for path in (root / "kept").iterdir())
    assert b"all along" in kept
    assert secret.encode() not in kept
    assert b"unsaid" not in kept
