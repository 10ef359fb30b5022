"""Any text as a log and as a roadmap: every page and export is made, is markup of ours alone, and
shows every word that a reader of the log sees."""

import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sessionlog_core.export import published_files
from sessionlog_core.journal import make_journal
from sessionlog_core.model import Journal
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.query import Query
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import read_roadmap
from sessionlog_core.source import read_text
from sessionlog_core.writers import html, markdown

pytestmark = pytest.mark.slow

# Derandomised: the same examples everywhere. What another seed finds becomes an `example`.
MANY = settings(
    max_examples=2_000,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

LINES = (
    *("# Log", "## Session 1 - 2026-01-02: One", "## 2026-01-03 Two (OPEN)", "### Next steps"),
    *("**Status:** open", "**Next:** more", "Tests: 12 passing", "Title\n-----", "---", "***"),
    *("- [ ] T001 step", "- [x] done", "   - deep", "1. one", "> quote", "\tcode", "* a * b", "+"),
    *("| a | b |\n|---|---|\n| c | d |", "```python\nx = '<b>'\n```", "```", "~~~", "::: note"),
    *("<script>alert(1)</script>", "<b onclick='x'>", "</div>", "&lt;b&gt; &amp;lt;", "<!-- x -->"),
    *("[a](javascript:x)", "![a](b.png)", "[a][b]", "[b]: http://x.io", "<http://x.io>", "[[a]]"),
    *("{{ a }} {% b %}", ".. raw:: html\n\n   <i>", ":raw:`<i>`", "`<b>` ``a`b``", "\\<b> \\*"),
    *("=1+1", "](x", "**", "__a__ _b_", "~~a~~", "`", "\\", "|", "[", "<", "&#60;b>", "$x$"),
    *("--- /dev/null\n+++ b/a.md\n@@ -0,0 +1,2 @@", "+plus", "<<<<<<< a", "=======", ">>>>>>> b"),
)

TEXTS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(LINES), st.text(max_size=12)),
        st.sampled_from(("\n", "\n\n", " ", "")),
    ),
    max_size=14,
).map(lambda rows: "".join(f"{line}{end}" for line, end in rows))

TAG = re.compile(
    r"</?(?:a|blockquote|br|code|del|details|div|em|figcaption|figure|h[1-6]|li|ol|p|pre|section|span"
    r"|strong|summary|svg|g|path|line|circle|rect|text|title|desc|polyline|table|tbody|td|th|thead|time"
    r"|tr|ul)(?: [a-zA-Z-]+=\"[^\"<>]*\")* ?/?>"
)
"""A tag of ours: no other `<` may stand on a page."""

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def journal_of(text: str, name: str = "session-log.md") -> Journal:
    sources, _ = read_text(text.encode("utf-8", "surrogatepass"), name)
    logs = [read_log(source.text, source.path, named=True) for source in sources]
    roadmaps = [read_roadmap(source.text, "ROADMAP.md") for source in sources]
    return make_journal(logs, roadmaps)


def pages_of(journal: Journal) -> tuple[str, str]:
    """Give all pages as HTML and as Markdown."""
    site = plan_site(journal, Options())
    assert site.problems == ()
    blocks = [page_blocks(journal, page) for page in site.pages]
    return (
        "\n".join(html.write(x, lambda _: None) for x in blocks),
        "\n\n".join(markdown.write(x, lambda _: None) for x in blocks),
    )


@MANY
@given(TEXTS)
@example("&lt;script&gt;alert(1)&lt;/script&gt;")
@example("## 2026-01-02 <b>\n\n### </section><script>\n\n- [ ] <img src=x>")
def test_markup_of_pages_is_ours(text: str) -> None:
    page, plain = pages_of(journal_of(text))
    assert "<" not in TAG.sub("", page)
    tokens = [
        token for block in MARKDOWN.parse(plain) for token in (block, *(block.children or ()))
    ]
    assert not [token.content for token in tokens if token.type in ("html_block", "html_inline")]
    assert not [token for token in tokens if token.type == "image"]


@MANY
@given(TEXTS)
def test_files_beside_the_pages_are_made(text: str) -> None:
    files = published_files(journal_of(text), Query(), lambda _: None)
    assert {*files} == {"sessionlog.json", "sessions.csv", "metrics.csv", "continue-here.md"}
    json.loads(files["sessionlog.json"])
    assert not re.search(r"(?m)(?:^|,)\"?[=@+]", files["sessions.csv"].partition("\n")[2])


@MANY
@given(TEXTS)
def test_restructuredtext(text: str) -> None:
    pytest.importorskip("docutils")
    page, _ = pages_of(journal_of(text, "session-log.rst"))
    assert "<" not in TAG.sub("", page)


@MANY
@given(st.binary(max_size=200))
def test_any_bytes_make_pages(data: bytes) -> None:
    sources, _ = read_text(data, "session-log.md")
    logs = [read_log(source.text, source.path, named=True) for source in sources]
    page, _ = pages_of(make_journal(logs))
    assert "<" not in TAG.sub("", page)


WORD = re.compile(r"zq\d+x")
HIDDEN = ("<!--", "http", ".. raw", "<<<<<<<", "=======", ">>>>>>>")
"""In lines with these, words behind them may be no text: of a comment, an address, a merge."""


@MANY
@given(
    st.lists(
        st.tuples(
            st.sampled_from([x for x in LINES if not any(sign in x for sign in HIDDEN)]),
            st.sampled_from(("\n", "\n\n")),
        ),
        max_size=14,
    )
)
def test_no_visible_word_is_lost(rows: list[tuple[str, str]]) -> None:
    lines = (f"{line} zq{n}x{end}" for n, (line, end) in enumerate(rows))
    text = "# Log\n\n## Session 1 - 2026-01-02: One\n\n" + "".join(lines)
    journal = journal_of(text)
    shown, _ = pages_of(journal)
    assert {*WORD.findall(text)} - {*WORD.findall(shown)} == set()
