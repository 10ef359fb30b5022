r"""A path in, the decoded text of the log or logs that it holds out.

What stands in the text afterwards: Unicode, lines that end in `\n`, damaged characters repaired,
nothing that cannot be seen, no marks of an unfinished merge. Line n of the text is line n of the
file in an editor.
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

from sessionlog_core.diffs import unfold
from sessionlog_core.invisible import clean
from sessionlog_core.merges import settle
from sessionlog_core.mojibake import repair
from sessionlog_core.patterns import later
from sessionlog_core.problems import Code, Problem
from sessionlog_core.raw import read_bytes


@dataclass(frozen=True, slots=True)
class Source:
    r"""A log as text: decoded, repaired, taken out of a diff, its lines ended by `\n`.

    `path` is the name of the file, and for one of several files of a diff, the name of the diff and
    behind it the path that the diff gives.
    """

    path: str
    text: str


def read_sources(
    path: Path, name: str, *, max_size: int
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read the file at `path`, which problems and records call `name`.

    A file that cannot be read gives no source and one problem. A diff that adds several
    files gives a source for each. A file of more than `max_size` bytes is not read.
    """
    data = read_bytes(path, name, max_size=max_size)
    if isinstance(data, Problem):
        return (), (data,)
    return read_text(data, name)


def read_plainly(data: bytes, name: str) -> Source:
    """Read bytes letter by letter, where a fault of ours keeps `read_text` from reading them.

    Nothing is repaired; what cannot be seen is shown as U+FFFD.
    """
    text = _LINE_END.sub("\n", data.decode("utf-8", errors="replace"))
    return Source(name, "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text))


def read_text(data: bytes, name: str) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Read the bytes of a file, which problems and records call `name`."""
    if not data.strip(b" \t\r\n\f\v\0"):
        return (), (Problem(Code.UNREADABLE, "is empty, expected a log", name),)
    decoded, problems = decode(data, name)
    if decoded is None:
        return (), problems
    text, changed = repair(decoded)
    if changed:
        lines = "line" if len(changed) == 1 else "lines"
        message = f"repaired damaged characters, {len(changed)} {lines} in all"
        problems += (Problem(Code.ENCODING, message, name, changed[0], grave=False),)
    text, unseen = clean(text, name)
    problems += unseen
    diff = unfold(text, name)
    if diff is None:
        sources: tuple[Source, ...] = (Source(name, text),)
    else:
        added, said = diff
        problems += said
        sources = tuple(
            Source(name if len(added) == 1 else f"{name}/{file.path}", file.text) for file in added
        )
    settled: list[Source] = []
    for source in sources:
        text, said = settle(source.text, source.path)
        settled.append(Source(source.path, text))
        problems += said
    return tuple(settled), problems


# Text -------------------------------------------------------------------------------------------

_BINARY = (
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
)
"""First bytes of files that are no text, and what they are."""

_SAMPLE = 65_536
_CONTROL = bytes({*range(32), 127} - {*b"\t\n\v\f\r\b\x07\x1b"})
_MAX_CONTROL = 0.05
"""A share of control bytes above this is no text; a stray NUL in a log is far below."""
_FEW = 4
_MOST = 0.3
"""A few of them in a short text say nothing, unless it holds little else."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the one of UTF-32 begins like the one of UTF-16 and comes first."""

_LINE_END = later(r"\r\n?")


def decode(data: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    r"""Give the text of `data` with `\n` at the end of its lines, or None where it is no text.

    By byte order mark; as UTF-16 without one, where every other byte is NUL; as UTF-8; as
    Windows-1252 where no character beyond ASCII is UTF-8. Single bytes in a UTF-8 text that are
    none are read as Windows-1252, which is where they mostly come from.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, name)
    sample = data[:_SAMPLE]
    kind = next((kind for magic, kind in _BINARY if data.startswith(magic)), None)
    guess = _guess_utf16(sample) if kind is None else None
    if guess:
        text, _ = _decode_marked(data, guess, name)
        message = f"no byte order mark, the encoding looks like {guess.upper()}"
        return text, (Problem(Code.ENCODING, message, name, 1, grave=False),)
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    share = _MAX_CONTROL if controls > _FEW else _MOST
    if kind is None and controls > share * len(sample):
        kind = ""
    if kind is not None:
        message = f"is a binary file{f' ({kind})' if kind else ''}, expected text"
        return None, (Problem(Code.UNREADABLE, message, name),)
    return _decode_utf8(data, name)


def _guess_utf16(sample: bytes) -> str | None:
    """Say which UTF-16 it is where most characters are ASCII, or None."""
    half = len(sample) // 2
    if half < 2 or b"\0" not in sample:
        return None
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 0.7 * half and low < 0.05 * half:
        return "utf-16-le"
    if low > 0.7 * half and high < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_marked(data: bytes, encoding: str, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode what says its encoding itself."""
    if encoding == "utf-8":
        return _decode_utf8(data, name)
    text = _LINE_END.sub("\n", data.decode(encoding, errors="replace"))
    if "\ufffd" not in text:
        return text, ()
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    message = f"not all bytes are {encoding.upper()}, shown as \ufffd"
    return text, (Problem(Code.ENCODING, message, name, line, grave=False),)


_WRONG = later("[\udc80-\udcff]+")
_CP1252 = {0xDC00 + b: bytes([b]).decode("cp1252", errors="replace") for b in range(0x80, 0x100)}
_CUT = later("[\udce2-\udcf4][\udc80-\udcbf]{0,2}\\s*\\Z")
"""The beginning of a UTF-8 character of three or four bytes at the end of a file that was cut."""


def _decode_utf8(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return _LINE_END.sub("\n", data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text = _LINE_END.sub("\n", data.decode("utf-8", errors="surrogateescape"))
    first = _WRONG.search(text)
    assert first is not None
    line = text.count("\n", 0, first.start()) + 1
    cut = _CUT.search(text, max(0, len(text) - 64))
    if cut:
        text = (
            text[: cut.start()] + "\ufffd" + text[cut.start() :].lstrip("".join(map(chr, _CP1252)))
        )
    if cut and cut.start() == first.start():
        message = "not UTF-8: the file ends within a character"
    else:
        count = sum(len(run) for run in _WRONG.findall(text))
        message = f"not UTF-8: decoded {count} bytes as Windows-1252"
    text = text.translate(_CP1252)
    return text, (Problem(Code.ENCODING, message, name, line, grave=False),)
