"""What the builders write: every word of the logs, and every link with its anchor."""

import html
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.sphinx.sites import LOG, Built

WORD = re.compile(r"\w+")
WORDS = set(WORD.findall(re.sub(r"\]\([^)]*\)", "]", LOG)))


class Page(HTMLParser):
    """The ids, links and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._skip = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        self._skip += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.words += WORD.findall(data)


def pages(out: Path, suffix: str) -> dict[str, Page]:
    return {
        path.relative_to(out).as_posix(): Page(path.read_text("utf-8"))
        for path in sorted(out.rglob(f"*{suffix}"))
        if "_static" not in path.parts
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("builder", "suffix"),
    [("html", ".html"), ("dirhtml", ".html"), ("singlehtml", ".html"), ("epub", ".xhtml")],
)
def test_links_have_anchors_and_ids_are_unique(
    shared: Callable[[str], Built], builder: str, suffix: str
) -> None:
    found = pages(shared(builder).out, suffix)
    assert found
    for name, page in found.items():
        assert [x for x, n in Counter(page.ids).items() if n > 1] == [], name
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or "/_s" in link or link.startswith("_s"):
                continue
            path = unquote(urlsplit(urljoin("http://x/" + name, link)).path.lstrip("/"))
            if path.endswith("/") or not path:
                path += "index" + suffix
            if path.rpartition(".")[2] in ("csv", "json", "md", "xml"):
                assert (shared(builder).out / path).is_file(), (name, link)
                continue
            assert path in found, (name, link)
            if parts.fragment:
                assert unquote(parts.fragment) in found[path].ids, (name, link)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("builder", "pattern"),
    [
        ("html", "sessionlog/2026-*.html"),
        ("epub", "sessionlog/2026-*.xhtml"),
        ("singlehtml", "index.html"),
        ("text", "sessionlog/2026-*.txt"),
        ("xml", "sessionlog/2026-*.xml"),
        ("latex", "*.tex"),
        ("man", "*.1"),
        ("texinfo", "*.texi"),
    ],
)
def test_no_word_is_lost(shared: Callable[[str], Built], builder: str, pattern: str) -> None:
    texts = [path.read_text("utf-8") for path in sorted(shared(builder).out.glob(pattern))]
    assert texts
    text = html.unescape(
        re.sub(r"<[^>]*>", " ", "\n".join(texts)) if "ml" in pattern else "\n".join(texts)
    )
    for code, sign in (("\\sphinxhyphen{}", "-"), ("\\_", "_"), ("\\PYGZus{}", "_")):
        text = text.replace(code, sign)
    text = re.sub(r"\\f[A-Z]|\\\(..", " ", text)
    text = re.sub(r"\\(?:sphinx\w+|PYG\w*|\w+)\{", " ", text)
    lost = WORDS - set(WORD.findall(text)) - {"CLOSED", "OPEN", "Log", "python"}
    assert lost == set()


@pytest.mark.slow
def test_text_of_logs_is_in_no_catalogue(shared: Callable[[str], Built]) -> None:
    out = shared("gettext").out
    texts = "".join(path.read_text("utf-8") for path in out.rglob("*.pot"))
    assert 'msgid "Welcome."' in texts
    assert "station" not in texts
    assert "Continue here" not in texts


@pytest.mark.slow
def test_quotes_and_dashes_are_as_written(shared: Callable[[str], Built]) -> None:
    text = shared("text").text("sessionlog/2026-01.txt")
    assert "--dry-" in text
    assert '"quotes"' in text
    page = html.unescape(shared("html").text("sessionlog/2026-01.html"))
    assert "--dry-run" in page
    assert '"quotes"' in page


@pytest.mark.slow
def test_markup_of_logs_is_text(shared: Callable[[str], Built]) -> None:
    page = shared("html").text("sessionlog/2026-01.html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert "|sub|" in page
    assert ":doc:`index`" in html.unescape(re.sub(r"</?code[^>]*>", "`", page))


@pytest.mark.slow
def test_pdflatex_meets_no_sign_that_it_cannot_set(shared: Callable[[str], Built]) -> None:
    text = next(shared("latex").out.glob("*.tex")).read_text("utf-8")
    assert not re.search("[\U0001f000-\U0001ffff\u2600-\u27bf]", text)
