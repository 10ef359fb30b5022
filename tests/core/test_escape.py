"""Text as it stands in HTML, between tags and in attributes."""

from html.parser import HTMLParser

import pytest

from sessionlog_core.escape import escape


@pytest.mark.parametrize(
    ("text", "in_attribute", "in_text"),
    [
        ("plain", "plain", "plain"),
        ("a & b", "a &amp; b", "a &amp; b"),
        ("<script>", "&lt;script&gt;", "&lt;script&gt;"),
        ("\"'", "&quot;&#x27;", "\"'"),
        ("&lt;", "&amp;lt;", "&amp;lt;"),
        ("&amp;amp;", "&amp;amp;amp;", "&amp;amp;amp;"),
        ("a\0b\x1b\ud800\uffff", "a\ufffdb\ufffd\ufffd\ufffd", "a\ufffdb\ufffd\ufffd\ufffd"),
        ("a\x7fb\x08", "a\ufffdb\ufffd", "a\ufffdb\ufffd"),
        ("tab\tline\nreturn\r", "tab\tline\nreturn\r", "tab\tline\nreturn\r"),
        ("é 日本 👩‍💻", "é 日本 👩‍💻", "é 日本 👩‍💻"),
    ],
)
def test_escape(text: str, in_attribute: str, in_text: str) -> None:
    assert escape(text) == in_attribute
    assert escape(text, quote=False) == in_text


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    "text",
    ['"><img src=x onerror=alert(1)>', "' onload='x", "</p><script>", "]]>", "<!--", "&#60;b>"],
)
def test_a_parser_reads_the_text_back(text: str) -> None:
    seen = Seen()
    seen.feed(f"<p title=\"{escape(text)}\" lang='{escape(text)}'>{escape(text, quote=False)}</p>")
    assert seen.tags == [("p", [("title", text), ("lang", text)])]
    assert seen.words == text
