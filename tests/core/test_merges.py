"""What a merge leaves in a log is told, and all lines are read."""

from sessionlog_core.merges import settle

CONFLICT = """# Log

## 2026-01-05 One
- one

<<<<<<< HEAD
## 2026-01-06 Mine
- mine
=======
## 2026-01-06 Theirs
- theirs
>>>>>>> main

- last
"""


def test_marks_of_a_conflict_are_blanked_and_told() -> None:
    text, problems = settle(CONFLICT, "a.md")
    assert [str(p) for p in problems] == [
        "a.md:6: merge conflict that nobody resolved, both sides are shown [sessionlog.merge]"
    ]
    assert not problems[0].grave
    lines, before = text.split("\n"), CONFLICT.split("\n")
    assert len(lines) == len(before)
    assert [n for n, (a, b) in enumerate(zip(lines, before, strict=True), 1) if a != b] == [
        6,
        9,
        12,
    ]


def test_the_base_of_a_conflict() -> None:
    text, problems = settle("<<<<<<< a\nx\n||||||| base\ny\n=======\nz\n>>>>>>> b\n", "a.md")
    assert text == "\nx\n\ny\n\nz\n\n"
    assert len(problems) == 1


def test_two_conflicts() -> None:
    assert [p.line for p in settle(CONFLICT + CONFLICT, "a.md")[1] if "conflict" in p.message] == [
        6,
        20,
    ]


def test_what_is_no_conflict_stays() -> None:
    for text in (
        "Title\n=======\n\nwords\n",
        "<<<<<<< a\nx\n",
        "x\n=======\ny\n>>>>>>> b\n",
        "```\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n```\n",
        "a <<<<<<< b\n",
    ):
        assert settle(text, "a.md") == (text, ())


BLOCK = """## 2026-01-05 Session 3

- built the reader for logs of three shapes
- filled the table of words in eleven languages
- wrote the tests for both, and the page that explains them to a newcomer
- measured it
"""


def test_a_block_that_stands_twice_is_told() -> None:
    text = f"# Log\n\n{BLOCK}\n## Other\n\n{BLOCK}"
    told, problems = settle(text, "a.md")
    assert told == text
    assert [str(p) for p in problems] == [
        "a.md:12: the block of line 3 stands here again, word for word [sessionlog.merge]"
    ]


def test_short_blocks_are_alike_by_nature() -> None:
    block = "### Tests\n\n- all pass\n\n"
    assert settle(f"# Log\n\n{block}## Two\n\n{block}", "a.md")[1] == ()
    assert settle("", "a.md") == ("", ())
