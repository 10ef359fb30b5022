"""The team's own roadmap page: anchors and "worked on in" lines, its source as it is."""

import re
from pathlib import Path

import pytest

from tests.sphinx.sites import CONF, Site, make_site

RST = """\
Roadmap
=======

Alpha
-----

* [x] T001 cache the forecasts
* [ ] T002 a *command* line
* [ ] T003 colours in it

Words
-----

T004 packaging
   A wheel that installs.
T005 documentation
   With examples.

Tables
------

====================  ======
Item                  Status
====================  ======
T006 station format   done
T007 harbour page     open
====================  ======
"""

MYST = """\
# Roadmap

## Alpha

- [x] T001 cache the forecasts
- [ ] T002 a **command** line
"""

SESSION = "\n# 2026-03-0{day} Work on {what} (CLOSED)\n\n## Summary\n- Finished {what}, it works\n"


def write_log(site: Site) -> None:
    items = ["T001", "T002", "T003", "T004", "T005", "T006", "T007", "T008", "T009"]
    sessions = [SESSION.format(day=day, what=what) for day, what in enumerate(items, 1)]
    site.write("session-log.txt", "# Session Log\n" + "".join(sessions))


def lines(page: str) -> list[str]:
    """Give the words of each "worked on in" line, with what stands before it."""
    text = re.sub(r"<[^>]*>", " ", page)
    return re.findall(r"(T00\d)(?:(?!T00).)*?Worked on in\s+(2026-03-0\d)", text, re.DOTALL)


@pytest.fixture
def roadmap(tmp_path: Path) -> Site:
    site = make_site(
        tmp_path, index="Tidebook\n========\n\n.. toctree::\n\n   roadmap\n   sessionlog/index\n"
    )
    (site.root / "ROADMAP.md").unlink()
    write_log(site)
    site.write("roadmap.rst", RST)
    site.write("docs/roadmap.rst", ".. include:: ../roadmap.rst\n")
    return site


@pytest.mark.slow
def test_lines_stand_at_items_of_every_form(roadmap: Site) -> None:
    built = roadmap.build()
    assert built.warnings == ""
    page = built.text("roadmap.html")
    found = dict(lines(page))
    assert found["T001"] == "2026-03-01"
    assert len(found) >= 7, found
    anchors = re.findall(r'id="(item-[^"]*)"', page)
    assert len(anchors) == len(set(anchors)) >= 7
    assert 'href="sessionlog/2026-03.html#session-2026-03-01"' in page


@pytest.mark.slow
def test_a_new_session_comes_to_the_page(roadmap: Site) -> None:
    roadmap.build()
    with (roadmap.root / "session-log.txt").open("a", encoding="utf-8") as file:
        file.write("\n# 2026-04-01 Again (CLOSED)\n\n## Summary\n- Finished T001, it works\n")
    built = roadmap.build()
    assert "roadmap" in built.read
    assert "2026-04-01" in built.text("roadmap.html")


@pytest.mark.slow
def test_switched_off(roadmap: Site) -> None:
    assert "Worked on in" in roadmap.build().text("roadmap.html")
    roadmap.write("docs/conf.py", CONF + "sessionlog_backlinks = False\n")
    assert "Worked on in" not in roadmap.build().text("roadmap.html")


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["latex", "text", "singlehtml", "xml", "man"])
def test_other_builders(roadmap: Site, builder: str) -> None:
    assert roadmap.build(builder).warnings == ""


@pytest.mark.slow
def test_translation_is_unharmed(roadmap: Site) -> None:
    messages = roadmap.build("gettext", doctrees="doctrees-g").text("roadmap.pot")
    assert 'msgid "[ ] T002 a *command* line"' in messages
    assert "Worked on" not in messages


@pytest.mark.slow
def test_myst_page(tmp_path: Path) -> None:
    pytest.importorskip("myst_parser")
    site = make_site(tmp_path, conf=CONF.replace('"sphinx_', '"myst_parser", "sphinx_'))
    (site.root / "ROADMAP.md").unlink()
    write_log(site)
    site.write("docs/roadmap.md", MYST)
    site.write("docs/index.rst", "Tidebook\n========\n\n.. toctree::\n\n   roadmap\n")
    built = site.build(myst_enable_extensions=["tasklist", "colon_fence"])
    assert built.warnings == ""
    assert dict(lines(built.text("roadmap.html")))["T002"] == "2026-03-02"
