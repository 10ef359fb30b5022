"""Links of a log: what a page may carry, and nothing else."""

import random
import re

import pytest

from sessionlog_core import urls
from sessionlog_core.urls import safe


@pytest.mark.parametrize(
    "href",
    [
        "https://example.com/a?b=c#d",
        "HTTP://example.com",
        "mailto:a@example.com",
        "a.md",
        "../docs/a%20b.md#part",
        "/absolute",
        "#anchor",
        "?q=1:2",
        "a/b:c",
        "#part:one",
        "a\\b:c",
        "./a:b",
        "",
        "javascript%3aalert(1)",  # a file of this name: no browser decodes a scheme
    ],
)
def test_allowed(href: str) -> None:
    assert safe(href) == href


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java\x00script:alert(1)",
        "javascript\u200b:alert(1)",
        "\ufeffjavascript:alert(1)",
        "\u00a0javascript:alert(1)",
        "\u2028javascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&#9;javascript:alert(1)",
        "java&Tab;script:alert(1)",
        "/&#9;/example.com",
        "&#32;//example.com",
        "&#x2f;/example.com",
        "vbscript:x",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://example.com",
        "blob:https://example.com/x",
        "view-source:https://example.com",
        "jar:https://example.com!/x",
        "about:blank",
        "//example.com",
        "\\\\example.com",
        "/\\example.com",
        "\\/example.com",
        "/\t/example.com",
        "a:b",
        ":a",
        "1:2",
    ],
)
def test_refused(href: str) -> None:
    assert safe(href) is None


def test_controls_are_stripped_from_what_is_allowed() -> None:
    assert safe(" https://exa\tmple.com/\x00a b\n") == "https://example.com/a b"


@pytest.mark.parametrize(
    "sign",
    [*"\x00\x1f\x7f\x9f\xa0\u00ad\u200b\u200f\u2028\u202e\u202f\u2060\u206f\ufeff"],
    ids=ascii,
)
def test_what_cannot_be_seen_is_stripped_within_a_link(sign: str) -> None:
    assert safe(f"https://exa{sign}mple.com/a") == "https://example.com/a"
    assert safe(f"ht{sign}tps://example.com/a") == "https://example.com/a"
    assert safe(f"java{sign}script:alert(1)") is None
    assert safe(f"/{sign}/example.com") is None


def test_addresses_within_a_site_take_a_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    pieces = [*"ab1#./_-:\\&? ;%@\t\n\u00a0é", "//", "http:", "javascript:", "&#58;", "&amp;"]
    hrefs = ["".join(chance.choices(pieces, k=chance.randrange(6))) for _ in range(20_000)]
    taken = sum(urls._WITHIN.fullmatch(href) is not None for href in hrefs)
    short = [safe(href) for href in hrefs]
    monkeypatch.setattr(urls, "_WITHIN", re.compile("(?!)"))
    assert 100 < taken < len(hrefs)
    assert short == [safe(href) for href in hrefs]
