"""Bytes of every sort become text with the line numbers of an editor; what is no log says why."""

import os
from pathlib import Path

import pytest

from sessionlog_core.problems import Code
from sessionlog_core.source import read_sources, read_text

NAME = "SESSION_LOG.md"
HEAD = "# Log\n\n## 2026-01-05 Café\n"


def read(data: bytes) -> tuple[str, list[str]]:
    sources, problems = read_text(data, NAME)
    assert [source.path for source in sources] == [NAME]
    return sources[0].text, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "data",
    [
        HEAD.encode(),
        b"\xef\xbb\xbf" + HEAD.encode(),
        HEAD.encode("utf-16"),
        b"\xfe\xff" + HEAD.encode("utf-16-be"),
        HEAD.encode("utf-32"),
        HEAD.replace("\n", "\r\n").encode(),
        HEAD.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "byte order mark", "utf-16", "utf-16 big", "utf-32", "CRLF", "CR"],
)
def test_encodings_that_say_what_they_are(data: bytes) -> None:
    assert read(data) == (HEAD, [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_guessed(encoding: str) -> None:
    text, problems = read(HEAD.encode(encoding))
    assert text == HEAD
    message = f"no byte order mark, the encoding looks like {encoding.upper()}"
    assert problems == [f"{NAME}:1: {message} [sessionlog.encoding]"]


def test_windows_1252_is_read_and_told_with_its_line() -> None:
    text, problems = read("# Log\n\n- café “new”\n".encode("cp1252"))
    assert text == "# Log\n\n- café “new”\n"
    message = "not UTF-8: decoded 3 bytes as Windows-1252"
    assert problems == [f"{NAME}:3: {message} [sessionlog.encoding]"]


def test_a_wrong_byte_in_utf_8_spoils_nothing_else() -> None:
    text, problems = read("- 日本語 ✅\n- caf".encode() + b"\xe9\n" + "- ✅\n".encode())
    assert text == "- 日本語 ✅\n- café\n- ✅\n"
    assert problems[0].startswith(f"{NAME}:2: ")


def test_a_file_that_was_cut_within_a_character() -> None:
    text, problems = read("- ok\n- ✅".encode()[:-1])
    assert text == "- ok\n- \ufffd"
    assert problems == [
        f"{NAME}:2: not UTF-8: the file ends within a character [sessionlog.encoding]"
    ]


def test_broken_utf_16_is_shown() -> None:
    text, problems = read(b"\xff\xfe" + "- ok\n".encode("utf-16-le") + b"\x00\xd8")
    assert text == "- ok\n\ufffd"
    assert problems[0].startswith(f"{NAME}:2: not all bytes are UTF-16-LE")


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_all_count_the_same_lines(sign: str) -> None:
    text, _ = read(f"- one{sign}two\n- three\n".encode())
    assert text == "- one two\n- three\n"
    assert len(text.splitlines()) == text.count("\n") == 2


def test_a_stray_nul_is_shown() -> None:
    text, problems = read(b"- one\n- t\0wo, and enough words that this is a text and no binary\n")
    assert text.startswith("- one\n- t\ufffdwo")
    assert problems[0].startswith(f"{NAME}:2: ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n \n\t\n", "is empty"),
        (b"PK\x03\x04" + bytes(range(256)), "is a binary file (an archive or office document)"),
        (bytes(range(256)) * 8, "is a binary file (binary data)"),
        (b"%PDF-1.7\nsome words\n", "is a binary file (a PDF document)"),
        (b"\x00\x01\x02", "is a binary file (binary data)"),
    ],
    ids=["empty", "blank", "zip", "bytes", "pdf", "short"],
)
def test_what_is_no_text_says_so_once(data: bytes, words: str) -> None:
    sources, problems = read_text(data, NAME)
    assert sources == ()
    assert [problem.code for problem in problems] == [Code.UNREADABLE]
    assert problems[0].message.startswith(words)
    assert problems[0].where == NAME


# Files ------------------------------------------------------------------------------------------


def why(path: Path, *, max_size: int = 1000) -> str:
    sources, problems = read_sources(path, path.name, max_size=max_size)
    assert sources == ()
    assert len(problems) == 1
    assert problems[0].code is Code.UNREADABLE
    assert problems[0].path == path.name
    return problems[0].message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert why(tmp_path / "gone.md") == "cannot be read: there is no such file"


def test_a_folder(tmp_path: Path) -> None:
    assert why(tmp_path) == "is a folder, expected a file"


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "gone.md")
    assert why(tmp_path / "a.md") == "cannot be read: there is no such file"


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert why(tmp_path / "a.md").startswith("cannot be read: too many levels")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert why(tmp_path / "a.md") == "is not a regular file"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no devices")
def test_a_device() -> None:
    assert why(Path("/dev/zero")) == "is not a regular file"


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="the superuser may read all")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# x")
    (tmp_path / "a.md").chmod(0)
    assert why(tmp_path / "a.md") == "cannot be read: permission denied"


def test_a_name_that_no_system_allows(tmp_path: Path) -> None:
    assert why(tmp_path / "a\0b.md").startswith("cannot be read: ")


def test_the_limit_is_stated_and_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * 1000)
    assert read_sources(path, "a.md", max_size=1000)[0][0].text == "x" * 1000
    path.write_bytes(b"x" * 1001)
    assert why(path) == "is larger than 1000 bytes, the option max_size, and is not read"


def test_a_diff_of_several_files_gives_a_source_for_each() -> None:
    files = {"a.md": "# A\n- one\n", "docs/b.md": "# B\n\n- two\n"}
    diff = "".join(
        f"diff --git a/{name} b/{name}\nnew file mode 100644\nindex 0000000..1234567\n"
        f"--- /dev/null\n+++ b/{name}\n@@ -0,0 +1,{text.count(chr(10))} @@\n"
        + "".join(f"+{line}\n" for line in text.splitlines())
        for name, text in files.items()
    )
    sources, problems = read_text(diff.encode(), "both.diff")
    assert problems == ()
    assert {s.path: s.text for s in sources} == {f"both.diff/{n}": t for n, t in files.items()}
