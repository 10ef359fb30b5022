"""All writers say the same words and give the same anchors, for every view of every record.

The words that are expected are those of the blocks. Markdown is judged as a reader sees it:
rendered again by markdown-it, so that what is not escaped shows.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args
from xml.etree.ElementTree import Element

import pytest
from markdown_it import MarkdownIt

from sessionlog_core.blocks import (
    Block,
    Chart,
    CodeBlock,
    Fold,
    Inline,
    Link,
    List,
    Note,
    Paragraph,
    Quote,
    Ref,
    Section,
    Table,
    plain,
)
from sessionlog_core.journal import make_journal
from sessionlog_core.model import Journal
from sessionlog_core.options import Options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.project import read_paths
from sessionlog_core.query import Query
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import read_roadmap
from sessionlog_core.views import VIEWS
from sessionlog_core.writers import html, markdown
from tests.corpus import FILES, NO_CORPUS

EXAMPLE = Path(__file__).parents[1] / "example"
SPACE = re.compile(r"\s+")

AWKWARD = """\
# Session log

How to use: *append only* & keep `<b>` out.

## Session 2 - 2026-01-31 - Parser: `|` & <script>alert(1)</script>

**Status:** in progress
**Branch:** feature/a_b*c
**Tests:** 12 passing, 90% coverage

1. one \\* two &lt;not a tag&gt; &amp; three
2. a [link](javascript:alert(1)), [another](../x.md "title"), ![a picture](y.png), <https://a.example/_b_>
   - nested `code with | a bar`, ``a ` tick``
     > quoted # not a heading
     > - list in a quotation

```python
print("<b>")  # `ticks` ``` and *stars*
```

| a | b |
|---|---|
| `x|y` | **bold** _emphasis_ ~~gone~~ |
| 1. not a list | # not a heading |

### Next steps
- [ ] - a dash after a box
- [x] + ticked
- [ ] 1) numbered
  ```
  code in a step
  ```

### Decisions
**Store as JSON.** Small; rejected: SQL | a table. ***Both*** at once.

## Session 1 - 2026-01-10 - Begin

Text with\\
a break, snake_case_word, __dunder__, 2 * 3 * 4, ~tilde~ and C:\\path\\*.
=====

### Next steps
- [ ] Store as JSON
- nothing else

### Notes ###
+ plus
+ list #
"""

ROADMAP = """\
# Roadmap
## Alpha *one* | first
- [x] Store as JSON (#4)
- [ ] Parser `a|b`
"""


def awkward() -> Journal:
    return make_journal(
        [read_log(AWKWARD, "session-log.md", named=True)], [read_roadmap(ROADMAP, "ROADMAP.md")]
    )


def example() -> Journal:
    logs = [p for p in sorted(EXAMPLE.rglob("*")) if p.suffix in (".md", ".txt")]
    return read_paths(
        [p for p in logs if p.name != "ROADMAP.md"], [EXAMPLE / "ROADMAP.md"], EXAMPLE
    )


def seeds() -> Journal:
    if not FILES.is_dir():
        pytest.skip(NO_CORPUS)
    paths = [p for x in sorted(FILES.glob("seed*")) for p in sorted(x.rglob("*")) if p.is_file()]
    return read_paths(paths, [], FILES)


def every_log() -> Journal:
    if not FILES.is_dir():
        pytest.skip(NO_CORPUS)
    return read_paths([p for p in sorted(FILES.rglob("*")) if p.is_file()], [], FILES)


JOURNALS = {"awkward": awkward, "example": example, "seeds": seeds, "nothing": Journal}


@pytest.fixture(scope="module")
def journals() -> dict[str, Journal]:
    return {}


@pytest.fixture
def pages(
    request: pytest.FixtureRequest, journals: dict[str, Journal]
) -> dict[str, tuple[Block, ...]]:
    """Every page of a site, and every view by itself."""
    name = request.param
    if name not in journals:
        journals[name] = JOURNALS[name]()
    journal = journals[name]
    site = plan_site(journal, Options())
    out = {page.name: page_blocks(journal, page) for page in site.pages}
    out |= {f"view {x}": view.function(journal, Query()) for x, view in VIEWS.items()}
    out["all unfolded"] = VIEWS["timeline"].function(journal, Query(text="all", group_by="none"))
    return out


every = pytest.mark.parametrize("pages", list(JOURNALS), indirect=True)


# --- what is expected ---------------------------------------------------------------------------


def words(blocks: Iterable[Block], *, folds: bool) -> Iterator[str]:
    """Give the words of blocks in order; without `folds` what stands elsewhere is not repeated."""
    for block in blocks:
        match block:
            case Paragraph(children=children):
                yield plain(children)
            case Section(title=title, blocks=inner) | Note(title=title, blocks=inner):
                yield plain(title)
                yield from words(inner, folds=folds)
            case List(items=items):
                for item in items:
                    yield from words(item.blocks, folds=folds)
            case Table(header=header, rows=rows):
                for cells in (header, *(r.cells for r in rows)):
                    yield from map(plain, cells)
            case CodeBlock(text=text):
                yield text
            case Fold(repeats=True) if not folds:
                pass
            case Fold(summary=summary, blocks=inner):
                yield plain(summary)
                yield from words(inner, folds=folds)
            case Quote(blocks=inner):
                yield from words(inner, folds=folds)


def anchors(blocks: Iterable[Block], *, folds: bool) -> Iterator[str]:
    for block in blocks:
        match block:
            case Section(anchor=anchor, blocks=inner):
                yield anchor
                yield from anchors(inner, folds=folds)
            case Fold(repeats=True) if not folds:
                pass
            case Fold(anchor=anchor, blocks=inner):
                yield from [anchor] if anchor else []
                yield from anchors(inner, folds=folds)
            case List(items=items):
                for item in items:
                    yield from [item.anchor] if item.anchor else []
                    yield from anchors(item.blocks, folds=folds)
            case Table(rows=rows):
                yield from (row.anchor for row in rows if row.anchor)
            case Note(blocks=inner) | Quote(blocks=inner):
                yield from anchors(inner, folds=folds)
            case Paragraph() | CodeBlock() | Chart():
                pass


def squeeze(parts: Iterable[str]) -> str:
    return SPACE.sub("", "".join(parts)).replace("☑", "").replace("☐", "")


# --- what was written ---------------------------------------------------------------------------


class Reader(HTMLParser):
    """Reads words and ids, pictures apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.ids: list[str] = []
        self.elements: set[str] = set()
        self._picture = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self._picture += tag == "figure"
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        self._picture -= tag == "figure"

    def handle_data(self, data: str) -> None:
        if not self._picture:
            self.words.append(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def resolve(link: Ref | Link) -> str | None:
    return f"#{link.key}" if isinstance(link, Ref) else link.href


def boxes_as_signs(text: str) -> str:
    """markdown-it knows no boxes: what stands for one at the start of an entry is taken out."""
    return re.sub(r"(<li>\s*(?:<p>)?(?:<a id=\"[^\"]*\"></a>)?)\[[ x]\]", r"\1", text)


@pytest.mark.parametrize("writer", [html, markdown])
def test_a_writer_has_a_way_for_each_kind(writer) -> None:
    assert writer.BLOCKS.keys() == set(get_args(Block))
    assert writer.INLINES.keys() == set(get_args(Inline))


@every
def test_html(pages: dict[str, tuple[Block, ...]]) -> None:
    for name, blocks in pages.items():
        found = read(html.write(blocks, resolve))
        assert squeeze(found.words) == squeeze(words(blocks, folds=True)), name
        assert found.ids == list(anchors(blocks, folds=True)), name
        assert not found.elements & {"script", "style", "iframe", "b", "img"}, name


@every
def test_markdown(pages: dict[str, tuple[Block, ...]]) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for name, blocks in pages.items():
        text = markdown.write(blocks, lambda _: None, anchors=True)
        found = read(boxes_as_signs(parser.render(text)))
        assert squeeze(found.words) == squeeze(words(blocks, folds=False)), name
        assert found.ids == list(anchors(blocks, folds=False)), name


@every
def test_docutils(pages: dict[str, tuple[Block, ...]]) -> None:
    nodes = pytest.importorskip("docutils.nodes")
    writer = pytest.importorskip("sphinx_sessionlog.writer")

    def connect(_: Ref | Link, children: list[object]) -> list[object]:
        return children

    for name, blocks in pages.items():
        found = nodes.container("", *writer.Writer(str, connect).blocks(blocks))
        said = squeeze(x.astext() for x in found.findall(nodes.Text))
        assert said == squeeze(words(blocks, folds=False)), name
        ids = [x for node in found.findall(nodes.Element) for x in node["ids"]]
        assert ids == list(anchors(blocks, folds=False)), name


@every
def test_python_markdown(pages: dict[str, tuple[Block, ...]]) -> None:
    library = pytest.importorskip("markdown")
    writer = pytest.importorskip("mkdocs_sessionlog.elements")
    for name, blocks in pages.items():
        md = library.Markdown()
        parts = writer.elements(blocks, md, resolve, level=2)
        root = Element("div")
        root.extend(parts)
        text = md.serializer(root)
        for processor in md.postprocessors:
            text = processor.run(text)
        found = read(text)
        assert squeeze(found.words) == squeeze(words(blocks, folds=True)), name
        assert found.ids == list(anchors(blocks, folds=True)), name


@every
def test_anchors_are_given_once(pages: dict[str, tuple[Block, ...]]) -> None:
    for name, blocks in pages.items():
        found = list(anchors(blocks, folds=True))
        twice = {x for x in found if found.count(x) > 1} if len(set(found)) < len(found) else set()
        assert not twice, name
        assert all(re.fullmatch(r"[a-z][a-z0-9.-]*", x) for x in found), name


@every
def test_links_lead_to_anchors(
    pages: dict[str, tuple[Block, ...]], journals: dict[str, Journal]
) -> None:
    for journal in journals.values():
        site = plan_site(journal, Options())
        shown = {p.name: set(anchors(page_blocks(journal, p), folds=True)) for p in site.pages}
        for (kind, key), (page, anchor) in site.targets.items():
            assert page in shown, (kind, key)
            assert not anchor or anchor in shown[page], (kind, key, page, anchor)


@pytest.mark.slow
def test_every_log(journals: dict[str, Journal]) -> None:
    """Words and anchors of HTML and Markdown, for all logs of the corpus at once."""
    journal = every_log()
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for page in plan_site(journal, Options()).pages:
        blocks = page_blocks(journal, page)
        found = read(html.write(blocks, resolve))
        assert squeeze(found.words) == squeeze(words(blocks, folds=True)), page.name
        assert found.ids == list(anchors(blocks, folds=True)), page.name
        text = markdown.write(blocks, lambda _: None, anchors=True)
        found = read(boxes_as_signs(parser.render(text)))
        assert squeeze(found.words) == squeeze(words(blocks, folds=False)), page.name
