"""Markdown and reStructuredText of a log in, HTML of our own writer out: fixtures/body_*.txt."""

from pathlib import Path

import pytest

from sessionlog_core.blocks import Link, Ref, plain
from sessionlog_core.body import MAX_INLINE, blocks, inlines
from sessionlog_core.outline import Node, NodeKind, read_outline
from sessionlog_core.writers import html
from tests.fixture_files import Case, read_cases
from tests.growth import LINEAR, growth_at

FIXTURES = Path(__file__).parent / "fixtures"
CASES = [
    (markup, case)
    for markup in ("markdown", "rst")
    for case in read_cases(FIXTURES / f"body_{markup}.txt")
]


def resolve(link: Ref | Link) -> str | None:
    return link.href if isinstance(link, Link) else None


def render(text: str, markup: str) -> str:
    outline, _ = read_outline(text, "log.rst" if markup == "rst" else "log.md")
    return html.write(blocks(outline.nodes, markup, "log.md", anchor="session-1"), resolve)


@pytest.mark.parametrize(("markup", "case"), CASES, ids=lambda x: str(x))
def test_body(markup: str, case: Case) -> None:
    assert render(case.input + "\n", markup) == case.expected


HARD = ("[", "*a ", "![", "[a](", "[a](<b", "`", "**a", "<", "_*a", "![[]()", "http://", "~~a ")


@pytest.mark.parametrize("piece", HARD)
@pytest.mark.parametrize("markup", ["markdown", "rst"])
def test_no_text_takes_long(piece: str, markup: str) -> None:
    """What is hard for a parser of Markdown takes time by its length alone."""

    def work(text: str) -> None:
        assert inlines(text, markup, "log.md")

    assert growth_at(work, lambda size: piece * (size // len(piece)), MAX_INLINE // 2 - 1) < LINEAR


def test_markup_of_a_very_long_text_is_left_as_written() -> None:
    text = "*a* " * MAX_INLINE
    assert plain(inlines(text, "markdown", "log.md")) == text.strip()


def test_deep_nesting_ends() -> None:
    node = Node(NodeKind.PARAGRAPH, 1, 1, "the bottom")
    for _ in range(300):
        node = Node(NodeKind.LIST, 1, 1, children=(Node(NodeKind.ITEM, 1, 1, children=(node,)),))
    assert "the bottom" in html.write(blocks((node,), "markdown", "log.md"), resolve)


def test_ids_of_headings_are_unlike() -> None:
    text = "## Done\n\n### Same\n\n### Same\n\n## 下一步\n\n## 待办\n\n## Same 2\n"
    outline, _ = read_outline(text, "log.md")
    written = html.write(blocks(outline.nodes, "markdown", "log.md", anchor="session-1"), resolve)
    ids = [x.split('"')[0] for x in written.split('id="')[1:]]
    assert len(ids) == len(set(ids)) == 6
    assert all(x.startswith("session-1-") for x in ids)
