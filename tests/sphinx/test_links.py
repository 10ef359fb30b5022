"""Links in the text of logs: to pages of the site, to records, to addresses, or left as written."""

import re

import pytest

from tests.sphinx.sites import Built, Site

LOG = """\
# 2026-01-10 One (CLOSED)

- Follows ADR-003 and OPS-12, see [the guide](docs/guide.rst#two) and [gone](docs/gone.rst)
- Began T001 in 1a2b3c4, issue #26
- <https://example.org/a> and [bad](javascript:alert(1))

# 2026-01-11 Two (OPEN)

- after session 2026-01-10

## Next Steps
- [ ] measure it
"""

TOML = """\
repository_url = "https://github.com/team/tide"
links = {'ADR-(\\d+)' = 'adrs/adr-{1}*', 'OPS-\\d+' = 'https://example.org/browse/{0}'}
"""


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "dirhtml", "text", "latex", "linkcheck"])
def test_links_lead_where_they_should(site: Site, builder: str) -> None:
    site.write("session-log.txt", LOG)
    site.write("sessionlog.toml", TOML)
    site.write("docs/guide.rst", ":orphan:\n\nGuide\n=====\n\nTwo\n---\n\nWords.\n")
    site.write("docs/adrs/adr-003-plain-text.rst", ":orphan:\n\nPlain text\n==========\n")
    built = site.build(builder, linkcheck_ignore=["https://.*"])
    assert built.warnings == ""
    if builder == "html":
        page = built.text("sessionlog/2026-01.html")
        for link in (
            '<a href="../adrs/adr-003-plain-text.html">ADR-003</a>',
            '<a href="https://example.org/browse/OPS-12">OPS-12</a>',
            '<a href="../guide.html#two">the guide</a>',
            '<a href="roadmap.html#item-t001">T001</a>',
            '<a href="https://github.com/team/tide/commit/1a2b3c4">1a2b3c4</a>',
            '<a href="https://github.com/team/tide/issues/26">#26</a>',
            '<a href="#session-2026-01-10">session 2026-01-10</a>',
        ):
            assert link in page
        assert 'href="javascript' not in page
        assert ">gone<" not in page
        assert "gone" in page


@pytest.mark.slow
def test_a_document_that_comes_later_is_linked(site: Site) -> None:
    site.write("session-log.txt", LOG)
    site.write("sessionlog.toml", TOML)
    site.build()
    site.write("docs/adrs/adr-003.rst", ":orphan:\n\nPlain text\n==========\n")
    built = site.build()
    assert built.read == ["adrs/adr-003"]
    assert '<a href="../adrs/adr-003.html">ADR-003</a>' in built.text("sessionlog/2026-01.html")


IMAGES = """\
# 2026-01-10 One (CLOSED)

- ![the board](shots/board.png) and [a photo](shots/photo.jpg), [settings](.env), ![gone](no.png)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("builder", "page"),
    [
        ("html", "sessionlog/2026-01.html"),
        ("dirhtml", "sessionlog/2026-01/index.html"),
        ("singlehtml", "index.html"),
        ("text", "sessionlog/2026-01.txt"),
        ("latex", "tidebook.tex"),
    ],
)
def test_images_of_logs_are_links_to_copies(site: Site, builder: str, page: str) -> None:
    site.write("session-log.txt", IMAGES)
    site.write(".env", "TOKEN=1")
    site.write("shots/board.png", "one")
    built = site.build(builder)
    assert built.warnings == ""
    text = built.text(page)
    assert all(words in text for words in ("the board", "a photo", "settings", "gone"))
    copied = built.out / "sessionlog/images"
    if builder in ("text", "latex"):
        assert not copied.exists()
        return
    (link,) = set(re.findall(r'href="([^"]*)">the board<', text))
    assert (built.out / page).parent.joinpath(link).resolve() == copied / "shots/board.png"
    assert not re.findall(r'href="[^"]*">(?:settings|gone|a photo)<', text)
    assert [path.name for path in built.out.rglob("*") if path.name == ".env"] == []
    site.write("shots/board.png", "two")
    site.write("shots/photo.jpg", "new")
    again = site.build(builder)
    assert again.read == []
    assert (copied / "shots/board.png").read_text() == "two"
    assert re.search(r'href="[^"]*shots/photo.jpg">a photo<', again.text(page))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("builder", "page", "shown"),
    [
        ("html", "sessionlog/2026-01.html", True),
        ("dirhtml", "sessionlog/2026-01/index.html", True),
        ("singlehtml", "index.html", True),
        ("epub", "sessionlog/2026-01.xhtml", False),
        ("text", "sessionlog/2026-01.txt", False),
    ],
)
def test_images_of_logs_are_shown_where_asked(
    site: Site, builder: str, page: str, *, shown: bool
) -> None:
    site.write("session-log.txt", IMAGES)
    site.write("shots/board.png", "one")
    site.write("shots/photo.jpg", "two")
    site.write("sessionlog.toml", "")
    linked = site.build(builder).text(page)
    assert "<img" not in linked
    site.write("sessionlog.toml", 'images = "show"\n')
    built = site.build(builder)
    assert built.warnings == ""
    text = built.text(page)
    images = re.findall(r'<img alt="the board" [^>]* src="([^"]*)" />', text)
    assert bool(images) is shown
    for src in images:
        assert (built.out / page).parent.joinpath(src).read_text() == "one"
    assert "<img" not in re.sub(r'<img alt="the board"', "", text)
    assert all(words in text for words in ("the board", "a photo", "gone"))
    if builder == "html":
        assert re.search(r'href="[^"]*shots/photo.jpg">a photo<', text)
        assert '"board"' in built.text("searchindex.js")
        site.write("sessionlog.toml", "")
        assert site.build(builder).text(page) == linked


@pytest.mark.slow
def test_links_that_lead_nowhere_warn_where_asked(site: Site) -> None:
    site.write("session-log.txt", IMAGES)
    built = site.build(sessionlog_dead_links="warn")
    told = sorted(re.findall(r"leads nowhere: (\S+) \[sessionlog.link\]", built.warnings))
    assert told == [".env", "no.png", "shots/board.png", "shots/photo.jpg"]
    assert "session-log.txt:3: WARNING: a link that leads nowhere: no.png" in built.warnings


NOBODY = "http://127.0.0.1:9"
"""An address at which nobody answers."""


@pytest.mark.slow
def test_broken_links_are_told_with_the_line_of_the_log(site: Site) -> None:
    log = f"{LOG}\nSee [the board]({NOBODY}/board) and,\nfor more, <{NOBODY}/more>, OPS-12.\n"
    site.write("session-log.txt", log)
    site.write("sessionlog.toml", TOML.replace("https://example.org/browse", NOBODY))
    ignored = ["https://.*", "javascript.*"]
    built = site.build("linkcheck", linkcheck_ignore=ignored, linkcheck_timeout=1)
    assert built.warnings == ""
    told = re.findall(r"^(\S+:\d+): broken: (\S+)", built.status, re.MULTILINE)
    first, last = 3, len(log.splitlines())
    assert told == [
        (f"session-log.txt:{first}", f"{NOBODY}/OPS-12"),
        (f"session-log.txt:{last - 1}", f"{NOBODY}/board"),
        (f"session-log.txt:{last}", f"{NOBODY}/more"),
    ]
    assert f"line {last:4}) broken    {NOBODY}/more" in built.status


FRAGMENTS = """\
# Session log

## 2026-01-10 Reader

- [there](docs/guide.rst#setup), [gone](docs/guide.rst#nothing), [page](docs/guide.rst)
"""


@pytest.mark.slow
@pytest.mark.parametrize("parallel", [0, 2])
def test_a_fragment_that_a_page_lacks_is_left_out(site: Site, *, parallel: int) -> None:
    site.write("session-log.txt", FRAGMENTS)
    site.write("docs/guide.rst", ":orphan:\n\nGuide\n=====\n\nSetup\n-----\n\nWords.\n")
    built = site.build(parallel=parallel, sessionlog_dead_links="warn")
    told = re.findall(r"leads nowhere: (\S+) \[sessionlog.link\]", built.warnings)
    assert told == ["docs/guide.rst#nothing"]
    assert fragments(built) == {"there": "#setup", "gone": "", "page": ""}
    site.edit("docs/guide.rst", "Setup\n-----", "Nothing\n-------")
    again = site.build(parallel=parallel)
    assert again.read == ["guide"]
    assert again.warnings == ""
    assert fragments(again) == {"there": "", "gone": "#nothing", "page": ""}


def fragments(built: Built) -> dict[str, str]:
    """Give the words of each link to the guide, and the fragment of its address."""
    page = built.text("sessionlog/2026-01.html")
    return {words: end for end, words in re.findall(r'href="\.\./guide\.html([^"]*)">(\w+)<', page)}


@pytest.mark.slow
def test_a_fragment_may_be_the_name_that_myst_gives_a_heading(site: Site) -> None:
    pytest.importorskip("myst_parser")
    site.write("session-log.txt", FRAGMENTS.replace("rst#setup", "md#set-up--now"))
    site.write("docs/guide.md", "---\norphan: true\n---\n\n# Guide\n\n## Set up & now\n\nWords.\n")
    built = site.build(extensions=["sphinx_sessionlog", "myst_parser"], myst_heading_anchors=3)
    assert fragments(built)["there"] == "#set-up-now"
