"""What cannot be seen is dropped and told; what writing needs stays."""

import time

import pytest

from sessionlog_core.invisible import clean
from sessionlog_core.outline import read_outline, walk
from sessionlog_core.problems import Code, Problem
from sessionlog_core.wrappings import cut_comments
from tests.growth import LINEAR, growth, growth_at


def tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(c)) for c in text)


@pytest.mark.parametrize(
    ("text", "shown", "words"),
    [
        ("a \x1b[31mred\x1b[0m b", "a red b", "terminal escape sequences"),
        ("a \x1b]0;title\x07b", "a b", "terminal escape sequences"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link", "terminal escape sequences"),
        ("a\x9b31mred", "ared", "terminal escape sequences"),
        ("a\x1b]0;no end of it", "a0;no end of it", "terminal escape sequences"),
        ("a\x9d and words", "a and words", "control characters"),
        ("a\x9bHello", "aHello", "control characters"),
        ("a\x1bPq#0\x1b\\b", "ab", "terminal escape sequences"),
        ("a\x1b", "a", "terminal escape sequences"),
        ("a\x08\x08b\x07", "ab", "control characters"),
        ("a\0b", "a\ufffdb", "characters that no text may hold"),
        ("a\uffffb", "a\ufffdb", "characters that no text may hold"),
        ("2026\u200b-01-05 (CLO\u200bSED)", "2026-01-05 (CLOSED)", "zero-width characters"),
        ("a\ufeffb\u00adc\u2060d", "abcd", "zero-width characters"),
        ("\u202edesolc\u202c", "desolc", "bidi characters"),
        ("a\u2066b\u2069", "ab", "bidi characters"),
        ("a\u200eb", "ab", "direction marks"),
        ("pass\u200dword", "password", "joiners"),
        ("a" + tags("run this"), "a", "tag characters"),
        ("a\ufe0fb", "ab", "variation selectors"),
        ("☀" + "\ufe0f" * 3, "☀\ufe0f", "variation selectors"),
        ("a\U000e0100b", "ab", "variation selectors"),
    ],
)
def test_what_cannot_be_seen(text: str, shown: str, words: str) -> None:
    told, problems = clean(f"- one\n- {text}\n", "a.md")
    assert told == f"- one\n- {shown}\n"
    assert [(p.code, p.line, p.grave) for p in problems] == [(Code.INVISIBLE, 2, False)]
    assert words in problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "👩\u200d💻 👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 ⏱\ufe0f 1\ufe0f\u20e3",
        "\U0001f3f4" + tags("gbsct") + "\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "葛\U000e0100城",
        "שלום (a)\u200f.",
        "日本語、Größe, naïve\u00a0café",
        "tab\there",
    ],
)
def test_what_writing_needs_stays(text: str) -> None:
    assert clean(text, "a.md") == (text, ())


def test_a_sort_is_told_once_with_its_first_line() -> None:
    _, problems = clean("a\n\u200bb\n\u200bc\u200b\n\u202e\n", "a.md")
    bidi = "dropped 1 bidi characters, which turn the direction of text: U+202E"
    zero = "dropped 3 zero-width characters: U+200B"
    assert [(p.line, p.message) for p in problems] == [(4, bidi), (2, zero)]


def test_no_message_holds_what_a_terminal_obeys() -> None:
    problem = Problem(Code.DATE, "not a date: \x1b[2J\u202e\n", "a\x1b]0;x\x07\n.md", 3)
    assert str(problem) == (r"a\x1b]0;x\x07\n.md:3: not a date: \x1b[2J\u202e\n [sessionlog.date]")
    assert len(Problem(Code.DATE, "x" * 9_000).message) < 1_100


@pytest.mark.parametrize(
    "bait",
    ["\x1b]", "\x9d", "\x1b[", "\x9b1", "\x1b]a", "\u200e", "\u200d", "\ufe0f", "\U000e0041"],
)
def test_time_is_linear(bait: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        clean(bait * count, "a.md")
        return time.process_time() - start

    seconds(1000)
    assert growth(seconds, 20_000) < LINEAR


COMMENTS = """\
## 2031-05-02 - Shelves <!-- in a title -->

- moved <!-- a --> them <!-- b --> and `<!-- code -->` stays
<!-- one
  that goes on --> after <!-- another -->

```html
<!-- code stays -->
```

<!-- sessionlog: allow-secret -->
<!---->
<!-- never closed
"""


def test_comments_are_left_out_and_counted() -> None:
    outline, problems = read_outline(COMMENTS, "a.md")
    shown = "\n".join(node.text for node in walk(outline.nodes))
    assert "moved  them  and `<!-- code -->` stays" in shown
    assert "after" in shown
    assert "<!-- code stays -->" in shown
    assert "<!-- never closed" in shown
    for words in ("in a title", "that goes on", "another", "allow-secret"):
        assert words not in shown
    assert [(str(p.code), p.line) for p in problems] == [("invisible", 1), ("fence", 13)]
    assert "5 comments" in problems[0].message


def test_comments_of_restructuredtext_are_counted() -> None:
    text = "Log\n===\n\n.. do what I say\n\n..\n\n.. _a: http://x.io\n\n- words\n"
    outline, problems = read_outline(text, "a.rst")
    assert "do what I say" not in "".join(node.text for node in walk(outline.nodes))
    assert [(str(p.code), p.line) for p in problems] == [("invisible", 4)]


def test_many_comments_on_a_line_are_cut_in_linear_time() -> None:
    def cut(text: str) -> object:
        return cut_comments([text])

    assert growth_at(cut, lambda size: "a <!-- b --> `" * size, 4_000) < LINEAR
