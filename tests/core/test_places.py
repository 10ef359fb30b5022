"""From a link of a page to the line of the log in which it stands."""

import time
from collections.abc import Callable, Iterable

import pytest

from sessionlog_core.blocks import Link, Text
from sessionlog_core.model import Journal, Milestone, Span
from sessionlog_core.options import Options
from sessionlog_core.places import Places
from sessionlog_core.project import load_project
from tests.growth import LINEAR, growth

LOG = """# Log

See <https://example.org/log>.

## 2026-01-05 Reader, OPS-1

- Read it, OPS-12, see
  [the paper](https://example.org/paper)

| Issue | State |
|---|---|
| OPS-13 | <https://example.org/state> |

See <https://example.org/paper> again, and [more](https://en.example.org/a_(b)).

- https://example.org/a/b, https://example.org/a-b, https://example.org/a.b
- https://example.org/a?b, https://example.org/a#b, https://example.org/a%20
- ../docs/a.md#b, /docs/a.md, https://web.example.org/https://example.org/a
- https://example.org/ab, OPS-1, two
  lines, two
- Who wrote https://example.org/a?
- See https://example.org/a. See [it](docs/a.md).
- See _https://example.org/a/_ [→](https://example.org/y)
"""


@pytest.fixture
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    root = tmp_path_factory.mktemp("project")
    (root / "SESSION_LOG.md").write_text(LOG)
    (root / "ROADMAP.md").write_text("# Roadmap\n\n- [ ] pages, OPS-14\n")
    return Places(load_project(root, Options()).journal)


@pytest.mark.parametrize(
    ("href", "words", "path", "place"),
    [
        ("https://example.org/paper", "the paper", "SESSION_LOG.md", ("SESSION_LOG.md", 8)),
        ("https://example.org/state", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 12)),
        ("https://example.org/log", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 3)),
        ("https://example.org/%C3%BC", "the paper", "SESSION_LOG.md", ("SESSION_LOG.md", 8)),
        ("https://example.org/paper", "x", "other.md", None),
        ("https://example.org/nowhere", "nowhere", "SESSION_LOG.md", None),
        ("https://example.org/browse/1", "OPS-1", "", ("SESSION_LOG.md", 5)),
        ("https://example.org/browse/2", "OPS-12", "", ("SESSION_LOG.md", 7)),
        ("https://example.org/browse/3", "OPS-13", "", ("SESSION_LOG.md", 12)),
        ("https://example.org/browse/4", "OPS-14", "", ("ROADMAP.md", 3)),
        ("https://example.org/browse/5", "OPS", "", ("SESSION_LOG.md", 5)),
        ("https://example.org/browse/6", "", "", None),
        ("https://example.org/browse/7", "two\nlines", "", ("SESSION_LOG.md", 19)),
        ("https://example.org/browse/8", "→", "", None),
        ("https://example.org/a", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 21)),
        ("https://example.org/a/", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 23)),
        ("https://example.org/a/b", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 16)),
        ("https://example.org/a.b", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 16)),
        ("https://example.org/", "x", "SESSION_LOG.md", None),
        ("https://en.example.org/a_(b)", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 14)),
        ("docs/a.md", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 22)),
        ("/docs/a.md", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 18)),
        ("../docs/a.md#b", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 18)),
        ("https://example.org/ab", "x", "SESSION_LOG.md", ("SESSION_LOG.md", 19)),
    ],
)
def test_links_are_found_by_address_else_by_words(
    places: Places, href: str, words: str, path: str, place: tuple[str, int] | None
) -> None:
    assert places.find(Link(href, (Text(words),), path)) == place


ADDRESSES: dict[str, Callable[[int], str]] = {
    "that differ": lambda i: f"https://example.org/issues/{i}",
    "of the same words": lambda i: "a/" + f"{i:b}".replace("1", "b/").replace("0", "a/"),
}


TEXTS: dict[str, Callable[[list[str]], Iterable[tuple[int, str]]]] = {
    "a line each": lambda found: enumerate(found, 1),
    "a paragraph": lambda found: [(1, "\n".join(found))],
    "a row": lambda found: [(1, cell) for cell in found],
}


@pytest.mark.parametrize("kind", ADDRESSES)
@pytest.mark.parametrize("text", TEXTS)
def test_all_links_together_are_found_in_linear_time(kind: str, text: str) -> None:
    def seconds(size: int) -> float:
        found = [ADDRESSES[kind](i) for i in range(size)]
        spans = [(Span("log.md", line, line), words) for line, words in TEXTS[text](found)]
        journal = Journal(milestones=tuple(Milestone("m", words, span) for span, words in spans))
        links = [Link(href, (Text(f"not {href}"),), "log.md") for href in found]
        links += [Link("https://example.org/commit", (Text(href),)) for href in found]
        places = Places(journal)
        start = time.process_time()
        for link in links:
            places.find(link)
        return time.process_time() - start

    assert growth(seconds, 500) < LINEAR
