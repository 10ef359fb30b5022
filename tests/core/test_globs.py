"""Patterns and paths, as shells and git hold them against each other."""

import pytest

from sessionlog_core.globs import excluded, fits, has_magic, literal_folder, read_rules
from tests.growth import LINEAR, growth_at


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("a.md", "a.md", True),
        ("a.md", "b/a.md", False),
        ("*.md", "a.md", True),
        ("*.md", "b/a.md", False),
        ("**/*.md", "a.md", True),
        ("**/*.md", "c/b/a.md", True),
        ("docs/**", "docs/a/b.md", True),
        ("docs/**/x.md", "docs/x.md", True),
        ("docs/**/x.md", "docs/a/b/x.md", True),
        ("docs/**/x.md", "doc/a/x.md", False),
        ("a?c.md", "abc.md", True),
        ("a?c.md", "a/c.md", False),
        ("[ab].md", "b.md", True),
        ("[!ab].md", "b.md", False),
        ("a/*/c", "a/b/c", True),
        ("a/*/c", "a/b/b/c", False),
        ("A.md", "a.md", False),
        ("**", "a/b", True),
    ],
)
def test_fits(pattern: str, path: str, *, expected: bool) -> None:
    assert fits(pattern, path) is expected


def test_parts_of_a_pattern() -> None:
    assert not has_magic("docs/a.md")
    assert all(has_magic(x) for x in ("*.md", "a?", "[x].md"))
    assert literal_folder("docs/sessions/*.md") == "docs/sessions"
    assert literal_folder("docs/**/a.md") == "docs"
    assert literal_folder("*.md") == ""
    assert literal_folder("docs/a.md") == "docs"


IGNORE = """
# a comment
*.log
build/
/only-here.md
docs/private
!keep.log
\\!strange
a/**/z.md
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.log", True),
        ("deep/a.log", True),
        ("keep.log", False),
        ("deep/keep.log", False),
        ("build/keep.log", True),
        ("build/a.md", True),
        ("x/build/a.md", True),
        ("build", False),
        ("only-here.md", True),
        ("x/only-here.md", False),
        ("docs/private/a.md", True),
        ("docs/private", True),
        ("x/docs/private", False),
        ("!strange", True),
        ("a/z.md", True),
        ("a/b/c/z.md", True),
        ("# a comment", False),
        ("README.md", False),
    ],
)
def test_gitignore(path: str, *, expected: bool) -> None:
    assert excluded(path, read_rules(IGNORE)) is expected


def test_rules_of_a_folder_speak_of_what_is_in_it() -> None:
    rules = read_rules("*.md\n/top", "docs")
    assert excluded("docs/a/b.md", rules)
    assert excluded("docs/top", rules)
    assert not excluded("a.md", rules)
    assert not excluded("docs/x/top", rules)


def test_patterns_that_are_made_to_be_slow_take_time_by_the_length_alone() -> None:
    long, deep = "*a" * 50 + "b", "**/a/" * 30 + "b"
    assert not fits(long, "a" * 250)
    assert not fits(deep, "a/" * 100 + "c")
    assert growth_at(lambda path: fits(long, path), lambda size: "a" * size, 250) < LINEAR
    assert growth_at(lambda path: fits(deep, path), lambda size: "a/" * size + "c", 100) < LINEAR
    path = "a/" * 200 + "c"
    assert growth_at(lambda x: fits(x, path), lambda size: "**/a/" * size + "b", 30) < LINEAR
