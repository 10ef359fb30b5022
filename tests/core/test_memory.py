"""What a file says is known again by its bytes, where they tell all; else by its texts."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sessionlog_core.accounts as accounts_module
import sessionlog_core.memory as memory_module
from sessionlog_core.files import look_at
from sessionlog_core.memory import Memory
from sessionlog_core.model import Log
from sessionlog_core.options import Options
from sessionlog_core.problems import Code
from sessionlog_core.project import Project, load_project
from sessionlog_core.reader import read_log
from sessionlog_core.texts import Texts, read_texts
from tests.core import made_up

LOG = """# Session log

## Session 1 - 2026-01-05: The reader

- Built the reader on 10.0.0.7 in /home/anna/tide
- The key is KEY

## Session 2 - 2026-01-06: The pages

- Wrote the pages
"""
PLAIN = LOG.replace("KEY", "in the safe")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "SESSION_LOG.md").write_bytes(PLAIN.encode())
    (tmp_path / "progress.md").write_bytes(PLAIN.replace("2026-01", "2026-02").encode())
    return tmp_path


def load(root: Path, memory: Memory | None = None, **options: Any) -> Project:
    """Load as a new process does, unless the memory is given; hold it to what is read anew."""
    made = load_project(root, Options(**options), memory=memory or Memory(root / "kept"))
    assert made == load_project(root, Options(**options))
    return made


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files are decoded by a memory, and which logs are read at all."""
    done: list[str] = []

    def decode(data: bytes, name: str, options: Options) -> Texts:
        done.append(f"decode {name}")
        return read_texts(data, name, options)

    def read(text: str, path: str, **more: Any) -> Log:
        done.append(f"read {path}")
        return read_log(text, path, **more)

    monkeypatch.setattr(memory_module, "read_texts", decode)
    monkeypatch.setattr(accounts_module, "read_log", read)
    return done


def again(root: Path, work: list[str], memory: Memory | None = None, **options: Any) -> list[str]:
    """Give what is done for a load."""
    work.clear()
    load_project(root, Options(**options), memory=memory or Memory(root / "kept"))
    done = list(work)
    load(root, memory, **options)
    return done


BOTH = ["decode SESSION_LOG.md", "read SESSION_LOG.md", "decode progress.md", "read progress.md"]


def test_bytes_that_are_those_of_the_last_time_are_not_even_decoded(
    root: Path, work: list[str]
) -> None:
    assert again(root, work) == BOTH
    assert again(root, work) == []
    (root / "progress.md").write_bytes(LOG.encode())
    assert again(root, work) == BOTH[2:]


def test_a_change_that_leaves_size_and_times_is_one(root: Path, work: list[str]) -> None:
    path = root / "SESSION_LOG.md"
    state = path.stat()
    load(root)
    path.write_bytes(PLAIN.replace("Built", "Broke").encode())
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert again(root, work) == BOTH[:2]
    assert "Broke" in repr(load(root).journal)


@pytest.mark.parametrize(
    "options",
    [
        {"status_words": (("closed", ("landed",)),)},
        {"secrets": "warn"},
        {"withhold": ("The pages",)},
        {"private_names": ("reader",)},
        {"max_sessions": 1},
    ],
)
def test_other_options_are_another_reading(
    root: Path, work: list[str], options: dict[str, Any]
) -> None:
    load(root)
    assert again(root, work, **options) == BOTH
    assert again(root, work) == BOTH


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_line_ends_and_a_byte_order_mark_hide_nothing(
    root: Path, work: list[str], end: bytes, mark: bytes
) -> None:
    (root / "SESSION_LOG.md").write_bytes(mark + PLAIN.encode().replace(b"\n", end))
    load(root)
    assert again(root, work) == []


SECRET = made_up.TOKENS[20][2]
HIDING: dict[str, tuple[bytes, dict[str, Any]]] = {
    "a credential": (LOG.replace("KEY", SECRET).encode(), {}),
    "a private passage": (
        LOG.replace("KEY", "<!-- private -->unsaid<!-- /private -->").encode(),
        {},
    ),
    "a withheld section": (f"{PLAIN}\n### Raw\n\nunsaid\n".encode(), {"withhold": ("Raw",)}),
    "a damaged character": (PLAIN.replace("tide", "tidÃ©").encode(), {}),
    "a byte of no UTF-8": (PLAIN.replace("tide", "tid\xe9").encode("latin-1"), {}),
    "what cannot be seen": (PLAIN.replace("tide", "ti\u200bde\x00").encode(), {}),
    "a diff": (
        (
            f"--- /dev/null\n+++ b/log.md\n@@ -0,0 +1,{len(PLAIN.splitlines())} @@\n"
            + "".join(f"+{line}\n" for line in PLAIN.splitlines())
            + "--- a/old.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-unsaid\n"
        ).encode(),
        {},
    ),
}


@pytest.mark.parametrize("case", HIDING)
def test_no_digest_is_kept_of_bytes_that_hold_more_than_is_shown(
    root: Path, work: list[str], case: str
) -> None:
    data, options = HIDING[case]
    (root / "SESSION_LOG.md").write_bytes(data)
    (root / "progress.md").unlink()
    first = load(root, **options)
    (kept,) = (root / "kept").iterdir()
    assert json.loads(kept.read_bytes().partition(b"\n")[0])["bytes"] == ""
    assert again(root, work, **options) == BOTH[:1]
    assert load(root, **options).journal.problems == first.journal.problems
    assert b"unsaid" not in kept.read_bytes()
    assert SECRET.encode() not in kept.read_bytes()


def test_what_is_not_written_anew_keeps_its_time(root: Path) -> None:
    (root / "SESSION_LOG.md").write_text(LOG.replace("KEY", SECRET))
    load(root)
    before = {path: path.stat().st_mtime_ns for path in (root / "kept").iterdir()}
    assert len(before) == 2
    load(root)
    assert {path: path.stat().st_mtime_ns for path in (root / "kept").iterdir()} == before


def test_labels_hang_on_all_files(root: Path, work: list[str]) -> None:
    options = {"privacy": ("hosts", "paths")}
    first = load(root, **options)
    assert "user-1" in repr(first.journal)
    assert again(root, work, **options) == [BOTH[0], BOTH[2]]
    text = PLAIN.replace("10.0.0.7", "10.0.0.8 and 10.0.0.7")
    (root / "SESSION_LOG.md").write_text(text)
    second = load(root, **options)
    assert [s.done[0].text for s in second.journal.sessions if s.number == "1"] == [
        "Built the reader on host-1 and host-2 in /home/user-1/tide",
        "Built the reader on host-2 in /home/user-1/tide",
    ]


def test_all_that_was_told_is_told_again(root: Path) -> None:
    log = f"{LOG.replace('KEY', SECRET)}\n<!-- private -->\nunsaid tidÃ©\n"
    (root / "SESSION_LOG.md").write_text(log)
    (root / "progress.md").write_text(PLAIN.replace("2026-01-05", "2026-13-05"))
    (root / "sprint-log.md").write_bytes(b"\0\1\2\3\4\5\6\7")
    first = load(root)
    codes = {problem.code for problem in first.journal.problems}
    assert codes >= {Code.SECRET, Code.WITHHELD, Code.ENCODING, Code.PRIVACY, Code.UNREADABLE}
    assert len(first.journal.withheld) == 1
    second = load(root)
    assert second.journal.problems == first.journal.problems
    assert second.journal.withheld == first.journal.withheld


def test_a_log_that_is_withheld_as_a_whole_stays_so(root: Path) -> None:
    options = {"withhold": ("progress.md",)}
    first = load(root, **options)
    assert [one.what for one in first.journal.withheld] == ["log"]
    assert load(root, **options) == first
    assert all(b"2026-02" not in path.read_bytes() for path in (root / "kept").iterdir())


def test_each_file_of_a_diff_is_kept(root: Path, work: list[str]) -> None:
    files = {"a-log.md": PLAIN, "b-log.md": PLAIN.replace("2026-01", "2026-03")}
    diff = "".join(
        f"--- /dev/null\n+++ b/{name}\n@@ -0,0 +1,{text.count(chr(10))} @@\n"
        + "".join(f"+{line}\n" for line in text.splitlines())
        for name, text in files.items()
    )
    (root / "session-log.diff").write_text(diff)
    first = load(root)
    paths = [log.path for log in first.journal.logs]
    assert [x for x in paths if "diff" in x] == [f"session-log.diff/{name}" for name in files]
    assert again(root, work) == ["decode session-log.diff"]


def test_what_is_no_log_is_told_again_and_what_is_called_one_shown(
    root: Path, work: list[str]
) -> None:
    (root / "progress.md").write_text("# Progress bar\n\nA widget that shows progress.\n")
    (root / "DEVLOG.md").write_text("# Words\n\nJust a page of words about the tool.\n")
    first = load(root)
    assert first.silent == ("progress.md",)
    assert again(root, work) == []
    assert load(root).silent == ("progress.md",)


def test_what_a_file_without_sessions_no_longer_says_does_not_come_back(root: Path) -> None:
    """`load` compares each with what is read without a memory."""
    for words in ("old words", "new words", "new words", "newer words", "newer words"):
        (root / "DEVLOG.md").write_text(f"# Words\n\nJust a page of {words} about the tool.\n")
        (root / "progress.md").write_text(f"# Progress\n\nNo session, but {words}.\n")
        made = load(root, logs=("DEVLOG.md", "progress.md"))
        assert words in repr([session.body for session in made.journal.sessions])


def test_a_look_reads_a_file_once_and_again_what_it_forgot(root: Path) -> None:
    look = look_at(root, Options())
    first = look.logs[0][0]
    before = look.see(first)
    first.path.write_text("# Words\n")
    assert look.see(first) == before
    look.forget()
    assert look.take(first) == b"# Words\n"


def test_a_memory_of_one_process_asks_for_the_state_of_a_file_alone(
    root: Path, work: list[str]
) -> None:
    memory = Memory()
    assert again(root, work, memory) == BOTH
    assert again(root, work, memory) == []
    os.utime(root / "SESSION_LOG.md", (2_000_000_000, 2_000_000_000))
    assert again(root, work, memory) == BOTH[:1]
    (root / "SESSION_LOG.md").write_bytes(LOG.encode())
    assert again(root, work, memory) == BOTH[:2]
    assert again(root, work, memory, privacy=("hosts",)) == [BOTH[0], BOTH[2], BOTH[1], BOTH[3]]
    assert again(root, work, memory, privacy=("hosts",)) == []


def test_a_memory_of_one_process_does_not_ask_what_to_keep_its_sessions_by(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    for name in ("sign_of", "name_of", "_digest"):
        monkeypatch.setattr(memory_module, name, lambda *parts: asked.append(parts))
    assert len(load_project(root, Options(), memory=Memory()).journal.sessions) == 4
    assert asked == []


def test_what_is_damaged_is_read_again(root: Path, work: list[str]) -> None:
    load(root)
    for path in (root / "kept").iterdir():
        path.write_bytes(path.read_bytes().replace(b"reader", b"writer"))
    assert again(root, work) == BOTH
    assert again(root, work) == []


def test_the_sign_of_a_body_is_the_same_in_every_process_and_changes_with_the_body(
    root: Path,
) -> None:
    def signs() -> list[object]:
        memory = Memory(root / "kept")
        project = load(root, memory)
        return [memory.signs.tell(session) for session in project.journal.sessions]

    first = signs()
    assert all(isinstance(sign, str) for sign in first)
    assert signs() == first
    (root / "progress.md").write_text(PLAIN.replace("2026-01", "2026-02") + "- and a feed\n")
    again = signs()
    assert again[:3] == first[:3]
    assert again[3] != first[3]
    assert signs() == again


def test_a_body_that_another_extension_made_is_told_as_it_is(root: Path) -> None:
    memory = Memory(root / "kept")
    session = load(root, memory).journal.sessions[0]
    assert memory.signs.tell(replace(session, key="x")) == memory.signs.tell(session)
    assert memory.signs.tell(replace(session, body=session.body[1:])) == session.body[1:]
    assert memory.signs.tell(replace(session, body=())) == ()
