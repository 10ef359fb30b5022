"""From a link of a page to the line of the log in which it stands."""

import pytest

from sessionlog_core.blocks import Link, Text
from sessionlog_core.options import Options
from sessionlog_core.places import Places
from sessionlog_core.project import load_project

LOG = """# Log

See <https://example.org/log>.

## 2026-01-05 Reader, OPS-1

- Read it, OPS-12, see
  [the paper](https://example.org/paper)

| Issue | State |
|---|---|
| OPS-13 | <https://example.org/state> |

See <https://example.org/paper> again.
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
    ],
)
def test_links_are_found_by_address_else_by_words(
    places: Places, href: str, words: str, path: str, place: tuple[str, int] | None
) -> None:
    assert places.find(Link(href, (Text(words),), path)) == place
