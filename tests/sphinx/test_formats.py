"""Blocks for formats that lack something: lists that stand deep, charts, tables in tables."""

import re
from collections.abc import Callable

import pytest

from sessionlog_core.blocks import (
    Block,
    List,
    ListItem,
    Paragraph,
    Quote,
    Record,
    Row,
    Table,
    Text,
    plain,
)
from sphinx_sessionlog.formats import DEEPEST, shallow, without_charts, without_tables
from tests.sphinx.sites import INDEX, Built, Site


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def draw(blocks: tuple[Block, ...], depth: int = 0) -> list[str]:
    """Give the words of paragraphs, each behind as many dots as lists and quotes hold it."""
    out: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(children=children):
                out.append("." * depth + plain(children))
            case List(items=items):
                out += [line for item in items for line in draw(item.blocks, depth + 1)]
            case Quote(blocks=inner):
                out += draw(inner, depth + 1)
    return out


def nested(levels: int) -> List:
    below = (nested(levels - 1), words(f"behind {levels}")) if levels > 1 else ()
    start = 7 if levels == 2 else None
    return List((ListItem((words(f"level {levels}"), *below)),), start=start)


def test_what_stands_too_deep_is_lifted_in_its_order() -> None:
    before, after = draw((nested(7),)), draw(shallow((nested(7),)))
    assert [x.lstrip(".–0123456789 ") for x in after] == [x.lstrip(".") for x in before]
    assert after == [
        ".level 7",
        "..level 6",
        "...level 5",
        "....level 4",
        "....– level 3",
        "....– – 7. level 2",
        "....– – – level 1",
        "....– – behind 2",
        "....– behind 3",
        "....behind 4",
        "...behind 5",
        "..behind 6",
        ".behind 7",
    ]


def test_quotes_and_the_place_of_a_view_count() -> None:
    quoted = Quote((Quote((Quote((Quote((Quote((words("deep"),)),)),)),)),))
    assert draw(shallow((quoted,))) == ["." * DEEPEST + "deep"]
    assert draw(shallow((nested(2),), DEEPEST - 1)) == draw(shallow((nested(2),), 9))
    assert max(len(x) - len(x.lstrip(".")) for x in draw(shallow((nested(3),), 2))) == 2


def test_boxes_stay_with_the_first_words_of_their_entry() -> None:
    item = ListItem((nested(1), words("then")), done=True, anchor="a")
    (found,) = shallow((List((item,)),), DEEPEST - 1)
    assert isinstance(found, List)
    assert [(x.done, x.anchor, draw(x.blocks)) for x in found.items] == [
        (True, "a", []),
        (None, None, ["– level 1"]),
        (None, None, ["then"]),
    ]


DEEP = "# 2026-01-10 会议 ✅ (CLOSED)\n\n" + "\n".join(
    f"{'  ' * i}- level{i} words" for i in range(9)
)


@pytest.mark.slow
def test_latex_has_no_list_that_it_cannot_set(site: Site) -> None:
    site.write("session-log.txt", DEEP)
    site.write("docs/index.rst", "T\n=\n\n* in a list: :sessionlog:session:`2026-01-10`\n\n"
               "  * .. sessionlog:: session\n")  # fmt: skip
    text = site.build("latex").text("tidebook.tex")
    depth = deepest = 0
    for begin, _ in re.findall(r"\\(?:(begin)|(end))\{(?:itemize|enumerate|quote)\}", text):
        depth += 1 if begin else -1
        deepest = max(deepest, depth)
    assert deepest <= DEEPEST
    assert all(f"level{i} words" in text for i in range(9))
    assert "会" not in text
    assert "✅" not in text


@pytest.mark.slow
def test_a_book_has_tables_in_place_of_charts(shared: Callable[[str], Built]) -> None:
    assert "<svg" in shared("html").text("sessionlog/roadmap.html")
    for path in shared("epub").out.rglob("*.xhtml"):
        assert "<svg" not in path.read_text("utf-8")
    assert "41" in shared("epub").text("sessionlog/metrics.xhtml")
    assert without_charts((nested(2),)) == (nested(2),)


def test_a_table_within_a_table_becomes_a_list() -> None:
    head = tuple((Text(x),) if x else () for x in ("Date", "", "Note", "Tests"))
    session = (Record("session", ()),)
    cells = tuple((Text(x),) if x else () for x in ("May", "parser", "", "41", "more"))
    table = Table(head, (Row(((Text("June"),),)), Row(cells, "row", session)), kind="figures")
    (found,) = without_tables((Quote((table,)),))
    assert isinstance(found, Quote)
    (listed,) = found.blocks
    assert isinstance(listed, List)
    assert draw((listed,)) == [
        ".Date: June · Note",
        ".Date: May · parser · Note · Tests: 41 · more",
    ]
    assert (listed.kind, listed.items[1].anchor, listed.items[1].records) == (
        "figures",
        "row",
        session,
    )
    assert draw(without_tables((Table(head, ()),))) == [".Date · Note · Tests"]


IN_CELLS = f"""{INDEX}
.. list-table::

   * - .. sessionlog:: timeline
     - one
   * - .. sessionlog:: metrics
     - two
   * - .. sessionlog:: sessions
     - three
   * - .. sessionlog:: session
          :session: 2026-01-10
     - four
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("builder", "name"),
    [
        ("text", "index.txt"),
        ("man", "tidebook.1"),
        ("texinfo", "tidebook.texi"),
        ("latex", "tidebook.tex"),
        ("xml", "index.xml"),
    ],
)
def test_views_in_cells_of_a_table(site: Site, builder: str, name: str) -> None:
    weeks = "".join(f"\n# 2026-02-{day} Measured\n\nTests: {day}\n" for day in (10, 17, 24))
    site.write("session-log.txt", (site.root / "session-log.txt").read_text("utf-8") + weeks)
    site.write("docs/index.rst", IN_CELLS)
    text = site.build(builder).text(name)
    assert all(word in text for word in ("Begin", "Measured", "Before", "three", "four"))
    if builder == "text":
        words = " ".join(text.replace("|", " ").split())
        assert "Date: 2026-02-24 · Session: Measured" in words
        assert "Figure: Tests · Before: 38 · After: 41" in words
    if builder == "texinfo":
        cells = ("one", "two", "three", "four")
        assert all(f"@tab\n\n{word}\n" in text for word in cells)
