"""The team's own roadmap page: anchors and "worked on in" lines, its source as it is."""

import re
from pathlib import Path

import pytest

from tests.sphinx.sites import CONF, Built, Site, make_site

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


RST_FORMS = {
    "bullets": "* {0} cache\n* {1} a *command* line\n",
    "nested": "* {0} cache\n\n  * {1} a *command* line\n",
    "boxes": "* [x] {0} cache\n* [ ] {1} a *command* line\n",
    "numbers": "1. {0} cache\n2. {1} a *command* line\n",
    "signs": "- ✅ {0} cache\n- ⬜ {1} a *command* line\n",
    "strong": "- **{0}**: cache\n- **{1}**: a *command* line\n",
    "links": "- `{0} <https://example.org/1>`_ cache\n- `{1} <https://example.org/2>`__ line\n",
    "definitions": "{0} cache\n   Words.\n{1} a *command* line : open\n   Words.\n",
    "sections": "{0} cache\n~~~~~~~~~~~\n\nX.\n\n"
    "{1} a *command* line\n~~~~~~~~~~~~~~~~~~~~~\n\nX.\n",
    "contents": ".. contents::\n   :local:\n\n{0} cache\n~~~~~~~~~~~\n\nWords.\n\n"
    "{1} a *command* line\n~~~~~~~~~~~~~~~~~~~~~\n\nX.\n",
    "list-table": ".. list-table:: Plan\n   :header-rows: 1\n\n   * - Id\n     - Item\n"
    "     - Status\n   * - {0}\n     - cache\n     - done\n"
    "   * - {1}\n     - a *command* line\n     - open\n",
    "csv-table": ".. csv-table::\n   :header: Item, Status\n\n   {0} cache, done\n"
    '   "{1} a *command* line", open\n',
    "roles": "See {0} first.\n\n- {0} see :doc:`the start <index>` of it\n- {1} follows :pep:`8`\n",
    "ids": ".. list-table:: Plan\n   :header-rows: 1\n\n   * - ID\n     - Item\n"
    "   * - {0}\n     - cache\n   * - {1}\n     - a *command* line\n",
    "table": ".. table:: Plan\n\n   =======  ======\n   Item     Status\n   =======  ======\n"
    "   {0}     done\n   {1}     open\n   =======  ======\n",
    "simple": "=======  ======\nItem     Status\n=======  ======\n"
    "{0}     done\n{1}     open\n=======  ======\n",
    "grid": "+------------+--------+\n| Item       | Status |\n+============+========+\n"
    "| {0} cache | done   |\n+------------+--------+\n| {1}       | open   |\n"
    "| a *line*   |        |\n+------------+--------+\n",
    "intro": "{0} cache is what comes first.\n\n- [x] {0} cache\n- [ ] {1} a *command* line\n",
}

MYST_FORMS = {
    "m-bullets": "- {0} cache\n  - {1} a *command* line\n",
    "m-boxes": "- [x] {0} cache\n- [ ] {1} a *command* line\n",
    "m-links": "- [{0}](https://example.org/1) cache\n- [{1}](https://example.org/2) line\n",
    "m-definitions": "{0} cache\n: Words.\n\n{1} a *command* line\n: Words.\n",
    "m-sections": "### {0} cache\n\nWords.\n\n### {1} a *command* line\n\nWords.\n",
    "m-pipes": "| Id | Item | Status |\n|---|---|---|\n| {0} | cache | done |\n"
    "| {1} | line | open |\n",
    "m-list-table": "```{{list-table}}\n:header-rows: 1\n\n* - Item\n  - Status\n"
    "* - {0} cache\n  - done\n* - {1} a line\n  - open\n```\n",
    "m-roles": "- {0} see {{doc}}`the start <index>` of it\n- {1} {{abbr}}`API (interface)`\n",
    "m-ids": "```{{list-table}} Plan\n:header-rows: 1\n\n* - Task\n  - Due\n"
    "* - {0} cache\n  - 2026-05-01\n* - {1} a line\n  - 2026-06-01\n```\n",
    "m-csv-table": "```{{csv-table}}\n:header: Item, Status\n\n{0} cache, done\n"
    "{1} a line, open\n```\n",
}

FORMS = {**RST_FORMS, **MYST_FORMS}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give a project with a page for each form, read as it stands and by `include`."""
    pytest.importorskip("myst_parser")
    conf = CONF.replace('"sphinx_', '"myst_parser", "sphinx_')
    conf += 'myst_enable_extensions = ["tasklist", "deflist"]\nsessionlog_roadmap = ["plans/*"]\n'
    site = make_site(tmp_path_factory.mktemp("forms"), conf=conf)
    (site.root / "ROADMAP.md").unlink()
    sessions, pages = [], []
    for number, (name, form) in enumerate(FORMS.items()):
        ids = [f"T{number + 10}1", f"T{number + 10}2"]
        body = form.format(*ids)
        date = f"2026-03-{number + 1:02}"
        sessions.append(
            f"\n# {date} Work (CLOSED)\n\n## Summary\n- Finished {ids[0]} and {ids[1]}\n"
        )
        if name in MYST_FORMS:
            site.write(f"plans/{name}.md", f"# Plan\n\n## Alpha\n\n{body}")
            site.write(f"docs/{name}.md", f"```{{include}} ../plans/{name}.md\n```\n")
        else:
            site.write(f"plans/{name}.rst", f"Plan\n====\n\nAlpha\n-----\n\n{body}")
            site.write(f"docs/{name}.rst", f".. include:: ../plans/{name}.rst\n")
        pages.append(f"   {name}\n")
    site.write("session-log.txt", "# Session Log\n" + "".join(sessions))
    site.write("docs/index.rst", "Tidebook\n========\n\n.. toctree::\n\n" + "".join(pages))
    return site


@pytest.fixture(scope="module")
def forms_built(forms: Site) -> Built:
    return forms.build()


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_each_form_of_a_roadmap_has_anchors_and_lines(forms_built: Built, name: str) -> None:
    number = list(FORMS).index(name)
    page = forms_built.text(f"{name}.html").partition('role="main"')[2]
    assert not [x for x in forms_built.warnings.splitlines() if name in x]
    for item in (1, 2):
        assert len(re.findall(f'id="item-t{number + 10}{item}"', page)) == 1
    text = re.sub(r"<[^>]*>", " ", page)
    found = re.findall(r"(T\d+)(?:(?!T\d).)*?Worked on in\s+(2026-03-\d\d)", text, re.DOTALL)
    date = f"2026-03-{number + 1:02}"
    assert found == [(f"T{number + 10}1", date), (f"T{number + 10}2", date)]
    assert text.count("Worked on in") == 2


@pytest.mark.slow
def test_a_translated_roadmap_has_them_too(roadmap: Site) -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    mofile = pytest.importorskip("babel.messages.mofile")
    pot = roadmap.build("gettext", doctrees="doctrees-g").out / "roadmap.pot"
    with pot.open("rb") as file:
        catalog = pofile.read_po(file)
    for message in catalog:
        if message.id:
            message.string = f"{message.id} auf Deutsch"
    for message in catalog:
        if message.id == "[ ] T002 a *command* line":
            message.string = "[ ] Eine *Zeile* für Befehle, T002"
    folder = roadmap.root / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "roadmap.mo").open("wb") as file:
        mofile.write_mo(file, catalog)
    settings = {"language": "de", "locale_dirs": ["../locale"], "gettext_auto_build": False}
    built = roadmap.build(**settings)
    assert built.warnings == ""
    page = re.sub(r"<[^>]*>", " ", built.text("roadmap.html"))
    assert re.search(r"Eine\s+Zeile\s+für Befehle, T002\s+Daran gearbeitet:\s+02\.03\.2026", page)
    assert re.search(
        r"T001 cache the forecasts auf Deutsch\s+Daran gearbeitet:\s+01\.03\.2026", page
    )
    assert 'id="item-t002"' in built.text("roadmap.html")


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
