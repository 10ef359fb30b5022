"""Blocks in, Markdown out: no words of a log turn into markup that they were not."""

import pytest
from markdown_it import MarkdownIt

from sessionlog_core.blocks import LineBreak, Paragraph, Text
from sessionlog_core.writers import markdown

TABLES = MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize(
    "line",
    [
        "--- | ---",
        "---|---",
        "| --- | --- |",
        ":-- | --:",
        ":-: | -",
        "- | -",
        "---",
        "--",
        "===",
        "# wall",
        "- wall",
        "12. wall",
        "> wall",
    ],
)
def test_the_second_line_of_a_paragraph_is_no_markup(line: str) -> None:
    paragraph = Paragraph((Text("Pier | Bell"), LineBreak(), Text(line)))
    text = markdown.write((paragraph,), lambda _: None)
    kinds = [token.type for token in TABLES.parse(text)]
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize("line", [": a colon", "| a bar", "-5 degrees", "--fail-on any", "-- so"])
def test_what_is_no_markup_stays_as_it_is(line: str) -> None:
    assert markdown.write((Paragraph((Text(line),)),), lambda _: None) == f"{line}\n"
