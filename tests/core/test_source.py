"""Bytes of every sort become text with the line numbers of an editor; what is no log says why."""

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from sessionlog_core.problems import Code, Problem
from sessionlog_core.raw import read_bytes
from sessionlog_core.source import Source, decode, read_plainly, read_sources, read_text

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
        b"\0\0\xfe\xff" + HEAD.encode("utf-32-be"),
        HEAD.replace("\n", "\r\n").encode(),
        HEAD.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "byte order mark", "utf-16", "utf-16 big", "utf-32", "utf-32 big", "CRLF", "CR"],
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
        (bytes(range(256)) * 8, "is a binary file, expected text"),
        (b"%PDF-1.7\nsome words\n", "is a binary file (a PDF document)"),
        (b"\x00\x01\x02", "is a binary file, expected text"),
    ],
    ids=["empty", "blank", "zip", "bytes", "pdf", "short"],
)
def test_what_is_no_text_says_so_once(data: bytes, words: str) -> None:
    sources, problems = read_text(data, NAME)
    assert sources == ()
    assert [problem.code for problem in problems] == [Code.UNREADABLE]
    assert problems[0].message.startswith(words)
    assert problems[0].where == NAME


@pytest.mark.parametrize(
    ("magic", "kind"),
    [
        (b"PK\x03\x04", "an archive or office document"),
        (b"%PDF-", "a PDF document"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"\x1f\x8b", "a compressed file"),
        (b"BZh", "a compressed file"),
        (b"\xfd7zXZ", "a compressed file"),
        (b"7z\xbc\xaf", "an archive"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3\0", "a database"),
    ],
)
def test_files_that_say_what_they_are(magic: bytes, kind: str) -> None:
    sources, (problem,) = read_text(magic + b" and words, words, words\n", NAME)
    assert sources == ()
    assert problem.message == f"is a binary file ({kind}), expected text"


@pytest.mark.parametrize(
    ("controls", "words", "is_text"),
    [
        (5, 95, True),
        (5, 94, False),
        (6, 94, False),
        (4, 10, True),
        (4, 8, False),
        (3, 7, True),
        (4, 9, False),
    ],
)
def test_so_many_controls_are_no_text(controls: int, words: int, *, is_text: bool) -> None:
    sources, _ = read_text(b"\x01" * controls + b"w" * words, NAME)
    assert bool(sources) is is_text


def test_which_bytes_are_controls() -> None:
    kept = b"\t\n\v\f\r\b\x07\x1b"
    for byte in range(1, 0x80):
        told = read_text(bytes([byte]) * 8 + b"w" * 8, NAME)[1]
        is_binary = bool(told) and told[0].message.startswith("is a binary file")
        assert is_binary is ((byte < 32 and byte not in kept) or byte == 127), byte


def test_controls_behind_the_sample_say_nothing() -> None:
    assert read_text(b"w" * 65_536 + b"\x01" * 9_000, NAME)[0]
    assert read_text(b"w" * 65_530 + b"\x01" * 6 + b"\x01" * 9_000 + b"w", NAME)[0]


@pytest.mark.parametrize(("position", "is_text"), [(65_535, False), (65_536, True)])
def test_the_first_64_kib_say_whether_a_file_is_text(position: int, *, is_text: bool) -> None:
    """3276 controls of 65,536 bytes are not yet a twentieth, one more is."""
    words = bytearray(b"\x01" * 3_276 + b"w" * 70_000)
    words[position] = 1
    assert bool(read_text(bytes(words), NAME)[0]) is is_text


@pytest.mark.parametrize("order", ["little", "big"])
def test_utf_16_is_guessed_where_most_characters_are_ascii(order: str) -> None:
    encoding = "utf-16-le" if order == "little" else "utf-16-be"
    for text, is_guessed in (("abcdefg日本", True), ("abcdef日本語本", False)):
        sources, problems = read_text(text.encode(encoding), NAME)
        guessed = bool(problems) and "looks like" in problems[0].message
        assert guessed is is_guessed
        assert not is_guessed or sources[0].text == text
    assert read_text("ab".encode(encoding), NAME)[0][0].text == "ab"
    assert read_text("a".encode(encoding), NAME)[0] == ()


@pytest.mark.parametrize("pairs", [b"a\0", b"\0a"], ids=["little", "big"])
@pytest.mark.parametrize(
    ("plain", "empty", "wide", "is_guessed"),
    [
        (100, 0, 0, True),
        (96, 4, 0, True),
        (95, 5, 0, False),
        (71, 0, 29, True),
        (70, 0, 30, False),
        (50, 50, 0, False),
    ],
)
def test_how_many_bytes_must_be_nul(
    pairs: bytes, plain: int, empty: int, wide: int, *, is_guessed: bool
) -> None:
    """NUL stands in nearly every other place, and nearly never between them."""
    told = read_text(pairs * plain + b"\0\0" * empty + b"NN" * wide, NAME)[1]
    assert ("looks like UTF-16" in told[0].message) is is_guessed


@pytest.mark.parametrize("pairs", [b"a\0", b"\0a"], ids=["little", "big"])
def test_half_a_character_at_the_end_of_utf_16_says_nothing(pairs: bytes) -> None:
    """71 of 101 characters are ASCII, as many as must be; what was cut is none of them."""
    for end in (b"", b"N"):
        told = read_text(pairs * 71 + b"NN" * 30 + end, NAME)[1]
        assert "looks like UTF-16" in told[0].message


def test_one_line_that_was_repaired() -> None:
    (problem,) = read_text("- ✅ two\n".encode().decode("cp1252").encode(), NAME)[1]
    assert problem.message == "repaired damaged characters, 1 line in all"


def test_what_was_repaired_is_told_and_fails_no_build() -> None:
    text = "- one\n- ✅ two\n- three\n- → four\n"
    damaged = text.encode().decode("cp1252").encode()
    sources, (problem,) = read_text(damaged, NAME)
    assert sources[0].text == text
    assert (problem.where, problem.grave) == (f"{NAME}:2", False)
    assert problem.message == "repaired damaged characters, 2 lines in all"


@pytest.mark.parametrize(
    "data",
    [
        b"- one\n- caf\xe9\n",
        b"- ok\n- \xe2\x9c",
        "- one\n".encode("utf-16-le"),
        b"\xff\xfe" + "- one\n".encode("utf-16-le") + b"\x00\xd8",
    ],
)
def test_an_encoding_fails_no_build(data: bytes) -> None:
    assert [(p.code, p.grave) for p in read_text(data, NAME)[1]] == [(Code.ENCODING, False)]


def test_the_line_of_the_first_wrong_byte() -> None:
    for lines in (0, 1, 5):
        data = b"- ok\r\n" * lines + b"\xe9\n\xe8\n" + "✅".encode()
        assert [p.line for p in read_text(data, NAME)[1]] == [lines + 1]
        assert [p.line for p in read_text(b"\n" * lines + b"\xe9\n", NAME)[1]] == [lines + 1]
        wide = b"\xff\xfe" + ("\n" * lines).encode("utf-16-le") + b"\x00\xdcx\0"
        assert [p.line for p in read_text(wide, NAME)[1]] == [lines + 1]
        wide = b"\xff\xfe" + ("x\n" * lines).encode("utf-16-le") + b"\x00\xdcx\0"
        assert [p.line for p in read_text(wide, NAME)[1]] == [lines + 1]


def test_every_byte_of_windows_1252() -> None:
    for byte in range(0x80, 0x100):
        one = bytes([byte])
        expected = one.decode("cp1252", errors="replace")
        assert decode(b"a" + one + b"b \xc3\xa9\n", NAME)[0] == f"a{expected}b é\n"


def test_the_end_of_a_file_that_was_cut() -> None:
    for data, text in (
        (b"\xf0\x9f\x98", "\ufffd"),
        (b"\xe2\x9c\n", "\ufffd\n"),
        (b"\xe2", "\ufffd"),
        (b"\xc3", "Ã"),
        (b"x\xe9", "x\ufffd"),
    ):
        assert decode(b"ok " + data, NAME)[0] == f"ok {text}"
    assert decode(b"\xe2", NAME)[0] == "\ufffd"
    assert decode(b"\xe2\x9c", NAME)[0] == "\ufffd"
    whole, (problem,) = decode(b"caf\xe9 ok \xe2\x9c", NAME)
    assert whole == "café ok \ufffd"
    assert problem.message.startswith("not UTF-8: decoded ")


def test_a_long_file_that_was_cut() -> None:
    text, (problem,) = decode(b"- a line\n" * 99 + b"- \xe2\x9c", NAME)
    assert text == "- a line\n" * 99 + "- \ufffd"
    assert (problem.line, problem.message) == (100, "not UTF-8: the file ends within a character")


@pytest.mark.parametrize(("blank", "end"), [(63, "\ufffd"), (64, "é"), (200, "é")])
def test_what_stands_far_before_the_end_was_not_cut(blank: int, end: str) -> None:
    assert decode(b"caf\xe9" + b"\n" * blank, NAME)[0] == f"caf{end}" + "\n" * blank


def test_a_wrong_byte_behind_a_byte_order_mark() -> None:
    text, (problem,) = decode(b"\xef\xbb\xbf- caf\xe9\n- \xe8 la carte\n", NAME)
    assert text == "- café\n- è la carte\n"
    assert problem.message == "not UTF-8: decoded 2 bytes as Windows-1252"


def test_a_source_is_plain_data() -> None:
    source = Source("a.md", "text")
    with pytest.raises(FrozenInstanceError):
        source.text = "other"  # type: ignore[misc]
    assert not hasattr(source, "__dict__")


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


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Verboten"), "cannot be read: permission denied"),
        (FileNotFoundError(2, "Fehlt"), "cannot be read: there is no such file"),
        (IsADirectoryError(21, "Ordner"), "is a folder, expected a file"),
        (OSError(5, "Input/Output Error"), "cannot be read: input/output error"),
    ],
)
@pytest.mark.parametrize("call", ["open", "fstat", "read"])
def test_what_the_system_says_is_told_in_our_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, message: str, call: str
) -> None:
    (tmp_path / "a.md").write_text("# x")
    closed: list[int] = []
    close = os.close

    def fail(*_: object) -> None:
        raise error

    def count(handle: int) -> None:
        closed.append(handle)
        close(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        patch.setattr(os, "close", count)
        told = read_bytes(tmp_path / "a.md", "a.md", max_size=10)
    assert isinstance(told, Problem)
    assert (told.message, told.path) == (message, "a.md")
    assert len(closed) == (call != "open")


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * 30)
    parts = iter([b"x" * 6, b"y" * 4, b"z", b""])
    asked: list[int] = []

    def read(_: int, length: int) -> bytes:
        asked.append(length)
        return next(parts)

    monkeypatch.setattr(os, "read", read)
    told = read_bytes(path, "a.md", max_size=30)
    assert told == b"xxxxxxyyyyz"
    assert asked == [31, 25, 21, 20]
    path.write_bytes(b"x" * 5)
    for grown in ([b"x" * 6], [b"x" * 5, b"y"]):
        parts = iter([*grown, b"never asked for"])
        told = read_bytes(path, "a.md", max_size=5)
        assert isinstance(told, Problem)
        assert "larger than 5 bytes" in told.message
        assert next(parts) == b"never asked for"


def test_a_large_file_is_read_in_parts(tmp_path: Path) -> None:
    data = bytes(range(65, 91)) * 90_000
    (tmp_path / "a.md").write_bytes(data)
    assert read_bytes(tmp_path / "a.md", "a.md", max_size=len(data)) == data


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
    assert read_sources(path, "a.md", max_size=999)[0] == ()
    path.write_bytes(b"x" * 1001)
    assert read_sources(path, "a.md", max_size=1001)[0][0].text == "x" * 1001
    assert why(path) == "is larger than 1000 bytes, the option max_size, and is not read"


def test_a_file_is_read_letter_by_letter_where_we_failed() -> None:
    data = "# é\r\n\tone\x1b[31m \u202e".encode() + b"\xff"
    assert read_plainly(data, "a.md") == Source("a.md", "# é\n\tone\ufffd[31m \ufffd\ufffd")


def test_a_diff_of_one_file_keeps_its_name() -> None:
    diff = "--- /dev/null\n+++ b/x.md\n@@ -0,0 +1,2 @@\n+# Log\n+- one\n"
    assert read_text(diff.encode(), "one.diff")[0] == (Source("one.diff", "# Log\n- one\n"),)


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
