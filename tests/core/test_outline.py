"""The blocks of a log: case by case, against markdown-it, and every word of the real logs."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessionlog_core.outline import Node, NodeKind, read_outline, walk
from sessionlog_core.outline_markdown import NESTING, read_blocks
from sessionlog_core.problems import Code
from tests.core import markdown_it_blocks
from tests.corpus import needs_corpus, sources
from tests.fixture_files import Case, read_cases
from tests.growth import LINEAR, growth

FIXTURES = Path(__file__).parent / "fixtures"


def draw(nodes: tuple[Node, ...], depth: int = 0) -> Iterator[str]:
    """Give a tree as lines of text."""
    for n in nodes:
        at = f"{n.line}" if n.line == n.end_line else f"{n.line}-{n.end_line}"
        said = [n.kind.value + (str(n.level) if n.level else "")]
        if n.start is not None:
            said.append(f"start={n.start}")
        if n.done is not None:
            said.append("done" if n.done else "open")
        if n.info:
            said.append(f"info={n.info}")
        if n.label:
            said.append(f"label={n.label!r}")
        if n.text:
            said.append(repr(n.text))
        yield f"{'  ' * depth}{at} {' '.join(said)}"
        yield from draw(n.children, depth + 1)


@pytest.mark.parametrize("case", read_cases(FIXTURES / "outline_markdown.txt"), ids=str)
def test_markdown(case: Case) -> None:
    outline, problems = read_outline(case.input, "x.md")
    lines = [*draw(outline.nodes)]
    lines += [f"{key}={value}" for key, value in outline.front_matter]
    lines += [str(p) for p in problems]
    assert "\n".join(lines) == case.expected


def test_brackets_without_end_in_front_matter_are_told_and_read_as_text() -> None:
    value = "[" * 9_000 + "]" * 9_000
    outline, problems = read_outline(f"---\nkeel: {value}\n---\n\nwords\n", "x.md")
    assert outline.front_matter == (("keel", value),)
    (problem,) = problems
    assert str(problem) == (
        "x.md:2: front matter of 9000 brackets within each other, read as text "
        "[sessionlog.front-matter]"
    )
    assert read_outline("---\nkeel: [[oak], [elm]]\n---\n\nwords\n", "x.md")[1] == ()


@pytest.mark.parametrize("case", read_cases(FIXTURES / "outline_rst.txt"), ids=str)
def test_rst(case: Case) -> None:
    outline, problems = read_outline(case.input, "x.rst")
    assert "\n".join([*draw(outline.nodes), *map(str, problems)]) == case.expected


# A colon at the end of a line, a label, plain text below a table and a fence that is never closed
# are read otherwise than by markdown-it, and are cases above.
PIECES = (
    "text",
    "more text",
    "- item",
    "  - sub",
    "    - deep",
    "* star",
    "1. one",
    "2. two",
    "   cont",
    "      far",
    "",
    "",
    "> quote",
    "> more",
    "# H",
    "## H2 ##",
    "```py\nx\n```",
    "~~~\n# y\n~~~",
    "---",
    "***",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "    code",
    "1) paren",
    "-",
    "+ plus",
    "   1. n3",
    "10. ten",
    "- a\n\n  b",
    "#nohash",
    "- ```\n  code\n  ```",
    "> - a\n> - b\n",
    "- > q\n",
    "\ttab",
    "-\ttab",
)


@pytest.mark.parametrize("seed", range(8))
def test_blocks_are_those_of_markdown_it(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        text = "\n".join(chance.choice(PIECES) for _ in range(chance.randint(2, 7)))
        found = list(markdown_it_blocks.flatten(read_blocks(text.split("\n"))))
        assert found == markdown_it_blocks.read(text), repr(text)


@needs_corpus
def test_blocks_of_real_logs_are_those_of_markdown_it() -> None:
    same = different = 0
    for path, text in sources():
        if not path.endswith(".md") or text.startswith("---\n") or "<!--" in text:
            continue
        ours = list(markdown_it_blocks.flatten(read_blocks(text.split("\n"))))
        theirs = markdown_it_blocks.read(text)
        left = Counter(ours)
        left.subtract(theirs)
        off = sum(abs(n) for n in left.values())
        same, different = same + len(theirs), different + off
    assert same > 20_000
    assert different < same / 200


VISIBLE = re.compile(r"\w+")
MARKS = re.compile(r"(?m)^([\s>*+-]*)\d{1,9}[.)](?=\s|$)")
"""Numbers of list items: they are kept as the number of the first."""


def words_of(text: str) -> Counter[str]:
    return Counter(VISIBLE.findall(text))


def words_in(text: str, path: str) -> Counter[str]:
    outline, _ = read_outline(text, path)
    words: Counter[str] = Counter()
    for node in walk(outline.nodes):
        words.update(VISIBLE.findall(node.text))
        words.update(VISIBLE.findall(node.info))
    for key, value in outline.front_matter:
        words.update(VISIBLE.findall(f"{key} {value}"))
    return words


@needs_corpus
def test_no_word_of_a_real_log_is_lost() -> None:
    for path, text in sources():
        shown = MARKS.sub(r"\1", re.sub(r"(?s)<!--.*?-->", "", text))
        lost = words_of(shown) - words_in(text, path)
        if path.endswith(".rst"):
            # Names of targets and of boxes do not show.
            lost -= Counter({w: 2 for w in lost if w.startswith("_") or w == "note"})
        assert not lost, path


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_no_word_is_lost_however_deep_it_nests(mark: str) -> None:
    text = mark * 200 + "deep words\nand behind"
    outline, problems = read_outline(text, "x.md")
    assert words_in(text, "x.md") == words_of("deep words and behind")
    assert [p.code for p in problems] == [Code.LIMIT]
    assert depth(outline.nodes) <= 2 * (NESTING + 2)


def depth(nodes: tuple[Node, ...]) -> int:
    return 1 + max((depth(n.children) for n in nodes), default=0)


LONG = {
    "one long line": "word " * 100_000,
    "a long heading": "# " + "word " * 50_000,
    "a long cell": "| a | b |\n|---|---|\n| " + "word " * 50_000 + "| x |",
    "a long label": "**Next:** " + "word " * 50_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_lines_blank_nothing(name: str) -> None:
    text = f"# Log\n\n{LONG[name]}\n\n## Next\n\n- step\n"
    words = words_in(text, "x.md")
    assert words == words_of(text)


WORST = {
    "quotes in quotes": lambda n: ">" * n + "\n",
    "lists in lists": lambda n: "- " * n + "\n",
    "lists below lists": lambda n: "".join(f"{' ' * min(2 * i, 60)}- a\n" for i in range(n // 10)),
    "fences that are never closed": lambda n: "```\n\n## h\n" * (n // 10),
    "fences of growing length": lambda n: "\n".join("`" * (3 + i % 50) for i in range(n // 20)),
    "comments that are never closed": lambda n: "<!-- " * n,
    "lines that open a comment": lambda n: "<!-- a\n" * (n // 5),
    "blank lines": lambda n: "- a\n" + "\n" * n + "- b",
    "bars": lambda n: "|" * n + "\n" + "|-" * n,
    "rulers": lambda n: "-" * n + "a" + "-" * n,
    "blanks in a ruler": lambda n: "= " * n + "a",
    "blanks behind a heading": lambda n: "# a" + " " * n + "b #",
    "a list that goes on without marks": lambda n: "- a\n" + "b\n" * n,
    "lines of a quote that go on": lambda n: "> a\n" + "b\n" * n,
    "colons": lambda n: "a: " * n,
    "bold marks": lambda n: "**" * n,
    "a table of one column": lambda n: "|a|\n|-|\n" + "|b|\n" * n,
}


@pytest.mark.parametrize("name", WORST)
def test_time_grows_with_the_length_alone(name: str) -> None:
    def seconds(size: int) -> float:
        text = WORST[name](size)
        start = time.process_time()
        read_outline(text, "x.md")
        return time.process_time() - start

    assert growth(seconds, 20_000) < LINEAR


def test_what_would_keep_docutils_busy_for_minutes_is_read_as_plain_text() -> None:
    text = "Session 1\n=========\n\n" + "* * word\n" * 20_000
    outline, problems = read_outline(text, "log.rst")
    assert [(p.code, p.message) for p in problems] == [
        (Code.LIMIT, "is made of too many small blocks for docutils, read as plain text")
    ]
    assert sum(node.text.split().count("word") for node in walk(outline.nodes)) == 20_000


def test_a_long_log_of_lines_as_people_write_them_is_read_with_docutils() -> None:
    entry = "* Moved the tide table to the station, with a test\n"
    text = "Session 1\n~~~~~~~~~\n\n" + entry * 1_000
    outline, problems = read_outline(text, "log.rst")
    assert problems == ()
    assert outline.markup == "rst"
    assert outline.nodes[0].kind is NodeKind.HEADING
