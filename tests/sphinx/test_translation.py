"""Our own words in other languages: complete catalogues, and log text that nothing touches."""

import io
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from sessionlog_core.blocks import Date, Label
from sessionlog_core.journal import make_journal
from sessionlog_core.model import Journal
from sessionlog_core.options import Options, read_options
from sessionlog_core.pages import page_blocks, plan_site
from sessionlog_core.project import load_project
from sessionlog_core.query import Query
from sessionlog_core.reader import read_log
from sessionlog_core.roadmap import read_roadmap
from sessionlog_core.views import VIEWS
from sphinx_sessionlog.translation import CATALOG, FOLDER, speaker
from tests.sphinx.sites import LOG, ROADMAP, Site

LANGUAGES = ("de", "es", "fr", "ja", "pt", "zh_CN")


def labels(piece: Any) -> Iterator[Label]:
    """Give every label in blocks, however deep."""
    if isinstance(piece, Label):
        yield piece
    elif isinstance(piece, tuple | list):
        for inner in piece:
            yield from labels(inner)
    elif is_dataclass(piece):
        for field in fields(piece):
            yield from labels(getattr(piece, field.name))


def journals() -> Iterator[Journal]:
    yield make_journal((), ())
    yield make_journal((read_log("# Nothing\n", "a.md"),), ())
    yield make_journal((read_log(LOG, "session-log.md", named=True),), ())
    yield make_journal(
        (read_log(LOG, "session-log.md", named=True),), (read_roadmap(ROADMAP, "ROADMAP.md"),)
    )
    root = Path(__file__).parents[2]
    options, problems = read_options(root)  # those of the worked example, which shows all there is
    assert not problems
    yield load_project(root, options).journal


def shown() -> set[str]:
    """Give the text of every label that the views say about some small projects."""
    found: set[str] = {view.title for view in VIEWS.values()}
    for journal in journals():
        blocks = [page_blocks(journal, page) for page in plan_site(journal, Options()).pages]
        blocks += [view.function(journal, Query(budget=60)) for view in VIEWS.values()]
        blocks += [view.function(journal, Query(status="planned")) for view in VIEWS.values()]
        found |= {label.text for label in labels(blocks)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_all_that_views_say(language: str) -> None:
    path = FOLDER / language / "LC_MESSAGES" / f"{CATALOG}.po"
    catalog = read_po(io.BytesIO(path.read_bytes()), locale=language)
    translated = {str(message.id) for message in catalog if message.id and message.string}
    assert shown() - translated - {"", "…"} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    folder = FOLDER / language / "LC_MESSAGES"
    source = read_po(io.BytesIO((folder / f"{CATALOG}.po").read_bytes()), locale=language)
    compiled = read_mo(io.BytesIO((folder / f"{CATALOG}.mo").read_bytes()))
    assert {m.id: m.string for m in source if m.id} == {m.id: m.string for m in compiled if m.id}
    assert all(m.python_brace_format is False or not list(m.check()) for m in source)


@pytest.mark.slow
def test_a_site_in_another_language(site: Site) -> None:
    built = site.build(language="de")
    assert built.warnings == ""
    page = built.text("sessionlog/index.html")
    assert "Zeitleiste" in page
    assert "Januar 2026" in page
    assert "Reader for station files" in page
    month = built.text("sessionlog/2026-01.html")
    assert "<h1>Januar 2026" in month
    assert "Next Steps" in month
    assert "Wrote <code>read_station()</code>" in month


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "2026-01-05", "2026-03"),
        ("en_GB", "2026-01-05", "2026-03"),
        ("", "2026-01-05", "2026-03"),
        ("tlh", "2026-01-05", "2026-03"),
        ("de", "05.01.2026", "März 2026"),
        ("de_XX", "05.01.2026", "März 2026"),
        ("ja", "2026/01/05", "2026年3月"),
        ("zh_CN", "2026年1月5日", "2026年3月"),
        ("pt-br", "5 de jan. de 2026", "março de 2026"),
    ],
)
def test_dates_in_a_language(language: str, day: str, month: str) -> None:
    say = speaker(language)
    assert say(Date("2026-01-05", "2026-01-05")) == day
    assert say(Date("", "2026-03")) == month
    for text in ("5 Jan", "2026-02-30", "2026-13", "2026-01-05-2", ""):
        assert say(Date("2026-01-05", text)) == text
    assert say(Label("{a} {b}", (("a", Date("", "2026-01-05")), ("b", "2026-01-05")))) == (
        f"{day} 2026-01-05"
    )


VIEWS_ON_A_PAGE = """\
Start
=====

.. sessionlog:: continue
.. sessionlog:: metrics
.. sessionlog:: sessions

.. toctree::

   roadmap
"""

WORKED = """
# 2026-03-09 Cache in use

## Summary
- Finished T001, it works
- As settled on 2026-03-02, there is one file for a station
- Tests: 44 passing
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("builder", "start", "timeline"),
    [
        ("html", "index.html", "sessionlog/index.html"),
        ("text", "index.txt", "sessionlog/index.txt"),
        ("latex", "tidebook.tex", "tidebook.tex"),
        ("xml", "index.xml", "sessionlog/index.xml"),
    ],
)
def test_dates_by_the_language_of_the_site(
    site: Site, builder: str, start: str, timeline: str
) -> None:
    site.write("session-log.txt", LOG + WORKED)
    site.write("docs/index.rst", VIEWS_ON_A_PAGE)
    site.write(
        "docs/roadmap.rst", "Roadmap\n=======\n\nAlpha\n-----\n\n- [x] T001 cache the forecasts\n"
    )
    (site.root / "ROADMAP.md").unlink()
    built = site.build(builder, language="de")
    assert built.warnings == ""
    suffix = "." + start.rpartition(".")[2]
    shown = {
        "roadmap": ("09.03.2026",),
        "sessionlog/2026-01": ("10.01.2026", "Januar 2026"),
        "sessionlog/2026-03": ("09.03.2026", "As settled on 2026"),
        "sessionlog/metrics": ("10.01.2026", "09.03.2026"),
    }
    for name, words in shown.items():
        text = built.text(timeline if builder == "latex" else name + suffix)
        assert [x for x in words if x not in " ".join(text.split())] == []
    for name in (start, timeline):
        assert "10.01.2026" in built.text(name)
        assert "03.02.2026" in built.text(name)
    assert re.search(r"10\.01\.2026 bis\s+09\.03\.2026", built.text(timeline))
    if builder == "html":
        assert "As settled on 2026-03-02" in built.text("sessionlog/2026-03.html")
        assert '<time datetime="2026-03-09">09.03.2026</time>' in built.text(start)
        assert "<span>09.03.2026 <strong>44</strong></span>" in built.text(
            "sessionlog/metrics.html"
        )
        assert "09.03.2026 Cache in use" in built.search_index()["alltitles"]
