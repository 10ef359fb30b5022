"""Text as it stands in HTML, between tags and in attributes."""

from html.parser import HTMLParser

import pytest

from sessionlog_core.escape import escape

QUOTES = "\"'"


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


@pytest.mark.parametrize(
    "sign", [*"\x00\x08\x0b\x0c\x0e\x1f\x7f\ud800\udfff\ufffe\uffff"], ids=ascii
)
def test_what_no_document_may_hold_is_shown_where_it_stands_alone(sign: str) -> None:
    assert escape(f"a{sign}b") == escape(f"a{sign}b", quote=False) == "a\ufffdb"


@pytest.mark.parametrize(
    ("sign", "written"),
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")],
)
def test_each_sign_is_escaped_where_it_stands_alone(sign: str, written: str) -> None:
    assert escape(f"a{sign}b") == f"a{written}b"
    assert escape(f"a{sign}b", quote=False) == f"a{sign if sign in QUOTES else written}b"


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
