"""A link of a log in, the image of the project that it may lead to out."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sessionlog_core.blocks import Link, Text
from sessionlog_core.images import image_of, is_published, where
from sessionlog_core.writers.html import Picture, write_inlines


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("board.png", "logs/board.png"),
        ("../shots/new%20board.JPG#top", "shots/new board.JPG"),
        ("board.png?raw=true", "logs/board.png"),
        ("./a/../board.webp", "logs/board.webp"),
        ("board.svg", None),  # may hold a script
        ("notes.txt", None),
        ("../.env", None),
        ("../.git/board.png", None),
        (".board.png", None),
        ("../../board.png", None),
        ("/board.png", None),
        ("//example.org/board.png", None),
        ("https://example.org/board.png", None),
        ("file:///board.png", None),
        ("..\\board.png", None),
        ("a%00.png", None),
        ("http://[board.png", None),
        ("", None),
    ],
)
def test_which_image_a_link_means(href: str, path: str | None) -> None:
    assert image_of(Link(href, (Text("x"),), "logs/today.md")) == path


def test_only_regular_files_of_the_project_are_published(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for path in (root / "a.png", root / ".hidden/b.png", tmp_path / "outside.png", root / "c.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (root / "folder.png").mkdir()
    for name, target in (
        ("inside", "a.png"),
        ("out", "../outside.png"),
        ("hidden", ".hidden/b.png"),
        ("text", "c.txt"),
        ("loop", "loop.png"),
    ):
        (root / f"{name}.png").symlink_to(target)
    names = sorted(path.name for path in root.glob("*.png") if is_published(path.name, root))
    assert names == ["a.png", "inside.png"]
    assert not is_published("gone.png", root)
    assert not is_published("../outside.png", root)


def test_addresses_are_quoted() -> None:
    assert where("shots/new board.png") == "images/shots/new%20board.png"


ALTS = (
    '" onerror="fired(1)',
    "' onload='fired(1)",
    "a > b < c & d",
    '"><script>fired(1)</script>',
    "&quot; onerror=&quot;fired(1)",
    "",
)


@pytest.mark.parametrize("alt", ALTS)
def test_an_image_that_is_shown_has_its_words_and_no_attribute_more(alt: str) -> None:
    words = (Link("board.png", (Text(alt),), "log.md", image=True),)
    html = write_inlines(words, lambda _: Picture("images/a%22b.png"))
    (image, *rest) = BeautifulSoup(html, "html.parser").find_all(True)
    assert rest == []
    assert image.name == "img"
    assert image.attrs == {
        "alt": alt,
        "class": ["sessionlog-image"],
        "loading": "lazy",
        "src": "images/a%22b.png",
    }
    assert html.count("<") == html.count(">") == 1


@pytest.mark.parametrize("src", ["javascript:fired(1)", "data:image/png;base64,x", "//host/x.png"])
def test_an_address_that_no_link_may_have_is_not_shown(src: str) -> None:
    words = (Link(src, (Text("the words"),), "log.md", image=True),)
    assert write_inlines(words, lambda _: Picture(src)) == "the words"
