"""What was read is kept for the next build: the same comes back, and what is odd never does."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

import sessionlog_core.accounts as accounts_module
import sessionlog_core.cache as cache_module
import sessionlog_core.parts as parts_module
from sessionlog_core.accounts import Account, Reading
from sessionlog_core.cache import Cache, Kept, Told, from_plain, name_of, sign_of, to_plain
from sessionlog_core.memory import Memory
from sessionlog_core.model import Log, Metric, Session, Span
from sessionlog_core.options import Options
from sessionlog_core.outline import NodeKind
from sessionlog_core.project import Project, load_project
from sessionlog_core.reader import read_log
from sessionlog_core.said import Said, read_said
from sessionlog_core.source import Source
from sessionlog_core.statements import Stance, Statement
from sessionlog_core.texts import Text, Texts
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


def read(text: str = LOG) -> Account:
    log = read_log(text, "SESSION_LOG.md", named=True)
    reading = Reading(log, tuple(map(read_said, log.sessions)))
    return Account(Texts((Text(Source("SESSION_LOG.md", "")),)), (reading,), (("hosts", 2),))


def keep(cache: Cache, name: str, account: Account) -> None:
    signs = [[f"s{i}" for i, _ in enumerate(reading.said)] for reading in account.readings]
    cache.put(name, account, signs, Kept(), of_bytes="digest")


def test_every_log_of_the_fixtures_comes_back_as_it_was() -> None:
    logs = logs_of_fixtures()
    assert sum(len(log.sessions) for log in logs) > 100
    for log in logs:
        bare = Account(Texts(), (Reading(replace(log, sessions=())),))
        assert from_plain(Account, json.loads(json.dumps(to_plain(bare)))) == bare
        for session in log.sessions:
            told = Told(session, read_said(session))
            assert from_plain(Told, json.loads(json.dumps(to_plain(told)))) == told


def test_a_session_comes_back_on_the_lines_to_which_it_moved() -> None:
    moved = LOG.replace("# Session log\n", "# Session log\n\nOf the station.\n")
    before, after = (read(text).readings[0].log.sessions for text in (LOG, moved))
    for old, new in zip(before, after, strict=True):
        plain = json.loads(json.dumps(to_plain(Told(old, read_said(old)))))
        assert from_plain(Told, plain, 2) == Told(new, read_said(new))
        assert new.source.line == old.source.line + 2
        told = [to_plain(Told(one, read_said(one)), one.source.line) for one in (old, new)]
        assert told[0] == told[1]  # and need not be written anew


def test_a_record_that_stands_in_two_places_is_one_record_again() -> None:
    session = read().readings[0].log.sessions[0]
    session = from_plain(Told, to_plain(Told(session, read_said(session)))).session
    body = {id(node) for node in session.body}
    inner = [node for part in session.parts for node in part.nodes if node.kind != NodeKind.HEADING]
    assert inner
    assert all(id(node) in body for node in inner)
    listed = {id(item) for part in session.parts for item in part.items}
    assert session.done
    assert all(id(item) in listed for item in session.done)


@pytest.mark.parametrize(
    "words", [(), ("",), ("", ""), ("a\nb",), ("a", "b c", "\n"), ("é", "\udcff")]
)
def test_words_of_any_form_come_back(words: tuple[str, ...]) -> None:
    statement = Statement(Span("a.md", 1, 3), "as written", Stance.WORK, terms=words)
    told = Told(Session(Span("a.md", 1, 3)), Said((statement,)))
    assert from_plain(Told, json.loads(json.dumps(to_plain(told)))) == told


@pytest.mark.parametrize("value", [float("inf"), 1e300, -0.0, 10**30])
def test_figures_without_bounds_come_back(value: float) -> None:
    metric = Metric("tests", value, "as written \udcff \U0001f600", 3)
    told = Told(Session(Span("a.md", 1, 3), metrics=(metric,)), Said())
    assert from_plain(Told, json.loads(json.dumps(to_plain(told)))) == told


def test_a_log_is_found_by_its_name_alone(tmp_path: Path) -> None:
    keep(Cache(tmp_path / "new"), name_of("a"), read())
    cache = Cache(tmp_path / "new")
    assert cache.load(name_of("a")).account() == read()
    assert cache.load(name_of("a")).of_bytes == "digest"
    assert cache.load(name_of("b")) == Kept()


def test_a_name_changes_with_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    before = name_of("a")
    assert name_of("a") == before
    monkeypatch.setattr(cache_module, "_maker", lambda: "another version")
    assert name_of("a") != before


def _signed(name: str, *lines: bytes) -> bytes:
    body = b"\n".join(lines)
    return cache_module._head(name, "digest", "", body) + b"\n" + body


PLAIN = b'[[1],[[],[],[[],[[["a.md","x"]]]]]]'

DAMAGES = {
    "empty": lambda name, data: b"",
    "cut": lambda name, data: data[:-7],
    "longer": lambda name, data: data + b" ",
    "a letter changed": lambda name, data: data.replace(b"reader", b"writer"),
    "another schema": lambda name, data: data.replace(b"read/5", b"read/0"),
    "another log": lambda name, data: data.replace(name[:8].encode(), b"00000000"),
    "bytes": lambda name, data: bytes(range(256)),
    "no JSON": lambda name, data: _signed(name, b"[[[["),
    "no list": lambda name, data: _signed(name, b'{"log": 1}'),
    "a number": lambda name, data: _signed(name, b"5"),
    "no log": lambda name, data: _signed(name, b"[[1],[[],[],[]]]"),
    "a session too few": lambda name, data: _signed(name, PLAIN),
    "no line of a session": lambda name, data: _signed(name, PLAIN, b"s0 1"),
    "an index of nothing": lambda name, data: _signed(
        name, PLAIN, b's0 1 [[],[],[[["a",1,1],"","",null,null,null,null,null,null,null,'
        b'false,null,null,"",[7]],[]]]'
    ),
    "a kind that is none": lambda name, data: _signed(
        name, PLAIN, b's0 1 [[["no-such-kind",1,1]],[],[[["a",1,1]],[]]]'
    ),
    "too many fields": lambda name, data: _signed(
        name, b'[[1],[[],[],[[],[[["a.md","x",[],4,5,6,7,8,9,10,11,12,13]]]]]]'
    ),
    "very deep": lambda name, data: _signed(name, b"[" * 100_000 + b"]" * 100_000),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_odd_counts_as_not_there(tmp_path: Path, damage: str) -> None:
    name = name_of("a")
    keep(Cache(tmp_path), name, read())
    (file,) = tmp_path.iterdir()
    was = file.read_bytes()
    file.write_bytes(DAMAGES[damage](name, was))
    assert file.read_bytes() != was
    kept = Cache(tmp_path).load(name)
    assert kept.account() is None
    assert kept.recall("s0", 1) is None
    keep(Cache(tmp_path), name, read())
    assert Cache(tmp_path).load(name).account() == read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_folder_in_the_place_of_a_file_does_no_harm(tmp_path: Path) -> None:
    pipe, folder = name_of("pipe"), name_of("folder")
    os.mkfifo(tmp_path / f"{pipe}.json")
    (tmp_path / f"{folder}.json").mkdir()
    cache = Cache(tmp_path)
    assert cache.load(pipe) == Kept()
    assert cache.load(folder) == Kept()
    keep(cache, folder, read())
    cache.forget_others()
    assert {path.stem for path in tmp_path.iterdir()} == {pipe, folder}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    keep(cache, name_of("a"), read())
    assert cache.load(name_of("a")) == Kept()
    cache.forget_others()
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_full_disk_leaves_no_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    keep(Cache(tmp_path), name_of("a"), read())
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_asks_for_is_deleted_also_what_a_killed_build_left(tmp_path: Path) -> None:
    first = Cache(tmp_path)
    keep(first, name_of("a"), read())
    keep(first, name_of("b"), read())
    (tmp_path / "new-x7").write_text("half a fi")
    second = Cache(tmp_path)
    assert second.load(name_of("b")).account() == read()
    second.forget_others()
    assert [path.stem for path in tmp_path.iterdir()] == [name_of("b")]


def test_the_sign_of_a_session_does_not_tell_where_it_stands_but_all_else() -> None:
    def signs(text: str) -> list[str]:
        found: list[str] = []

        def note(session: Session, markup: str) -> None:
            found.append(sign_of(session, markup))

        read_log(text, "SESSION_LOG.md", named=True, recall=note)
        return found

    first, second = signs(LOG)
    assert first != second
    assert signs(f"\n\n\n{LOG}") == [first, second]
    changed = signs(LOG.replace("with its tests", "with its text"))
    assert changed[0] != first
    assert changed[1] == second
    assert signs(LOG.replace("2026-01-06", "2026-01-07")) != [first, second]
    assert signs(LOG.replace("  - with", "- with"))[0] != first


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
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which logs are read."""
    names: list[str] = []

    def note(text: str, path: str, **more: object) -> Log:
        names.append(path)
        return read_log(text, path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(accounts_module, "read_log", note)
    return names


def test_the_next_process_reads_only_what_changed(root: Path, reads: list[str]) -> None:
    first = load(root)
    assert reads == ["SESSION_LOG.md", "progress.md"]
    reads.clear()
    assert load(root) == first
    assert reads == []
    (root / "progress.md").write_text(LOG.replace("2026-01", "2026-03"))
    second = load(root)
    assert reads == ["progress.md"]
    assert second.journal.sessions[-1].date == "2026-03-06"
    assert len(list((root / "kept").iterdir())) == 2


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Note which sessions are filled, and of which it is read what they say."""
    titles: list[str | None] = []
    fill, said = parts_module.fill, accounts_module.read_said

    def note(session: Session, vocabulary: object) -> Session:
        titles.append(session.number)
        return fill(session, vocabulary)  # type: ignore[arg-type]

    def note_said(session: Session) -> Said:
        titles.append(f"said {session.number}")
        return said(session)

    monkeypatch.setattr(parts_module, "fill", note)
    monkeypatch.setattr(accounts_module, "read_said", note_said)
    return titles


def test_of_a_log_that_changed_only_the_session_that_did_is_read(
    root: Path, filled: list[str | None]
) -> None:
    (root / "progress.md").unlink()
    load(root)
    assert filled == ["1", "2", "said 1", "said 2"]
    for text in (
        LOG.replace("the station sends nothing", "the tide is out"),
        f"{LOG}\n## Session 3 - 2026-01-07\n\n- Wrote the pages\n",
        LOG.replace("\n## Session 1", "\n## Session 0 - 2026-01-01\n\n- Began\n\n## Session 1"),
    ):
        (root / "SESSION_LOG.md").write_text(LOG)
        load(root)
        filled.clear()
        (root / "SESSION_LOG.md").write_text(text)
        again = load(root)
        assert len(filled) == 2, filled
        assert again == load_project(root, Options())


def test_the_same_session_twice_in_a_log_stays_twice(root: Path) -> None:
    text = f"{LOG}\n{LOG.partition('again')[2]}"
    (root / "SESSION_LOG.md").write_text(text)
    first = load(root)
    assert len(first.journal.logs[0].sessions) == 4
    assert load(root) == first


def test_other_options_are_other_readings(root: Path, reads: list[str]) -> None:
    load(root)
    reads.clear()
    load(root, status_words=(("closed", ("landed",)),))
    assert reads == ["SESSION_LOG.md", "progress.md"]


def test_a_log_that_a_fault_of_ours_kept_from_being_read_is_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Log:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(accounts_module, "read_log", fail)
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
