"""What other extensions get: records as nodes, and the journal before it is shown."""

import re
from typing import Any

import pytest
import sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_sessionlog import nodes
from tests.sphinx.sites import CONF, Site


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "text"])
def test_nodes_hold_records_in_every_builder(site: Site, builder: str) -> None:
    app = site.build(builder).app

    def found(docname: str, kind: type[nodes.sessionlog_record]) -> list[dict[str, Any]]:
        read = app.env.get_doctree(docname)
        tags = {"tags": app.tags} if sphinx.version_info >= (9,) else {}
        resolved = app.env.get_and_resolve_doctree(docname, app.builder, **tags)
        first = [node.attributes for node in read.findall(kind)]
        keys = [name for name in first[0] if name not in ("ids", "classes")] if first else []
        again = [{key: node.get(key) for key in keys} for node in resolved.findall(kind)]
        assert [{key: values.get(key) for key in keys} for values in first] == again
        return first

    with patch_docutils(), docutils_namespace():
        sessions = found("sessionlog/2026-01", nodes.sessionlog_session)
        assert [x["key"] for x in sessions] == ["2026-01-10"]
        assert sessions[0]["state"] == "closed"
        assert (sessions[0]["log"], sessions[0]["line"]) == ("session-log.txt", "3")
        steps = found("sessionlog/continue-here", nodes.sessionlog_step)
        assert {x["state"] for x in steps} <= {"open", "repeated", "left", "likely-done", "done"}
        assert len(steps) >= 2
        assert (
            found("sessionlog/decisions", nodes.sessionlog_decision)[0]["session"] == "2026-01-10"
        )
        metrics = found("sessionlog/metrics", nodes.sessionlog_metric)
        assert ("tests", "41") in {(x["name"], x["value"]) for x in metrics}
        items = found("sessionlog/roadmap", nodes.sessionlog_item)
        assert {x["key"] for x in items} == {"t001", "t002", "t003"}


@pytest.mark.slow
def test_xml_shows_them(site: Site) -> None:
    built = site.build("xml")
    text = built.text("sessionlog/continue-here.xml")
    assert re.search(r'<step_list_item [^>]*state="open"', text)
    month = built.text("sessionlog/2026-01.xml")
    assert re.search(r'<session_section [^>]*key="2026-01-10"', month)


CONF_WITH_HANDLER = (
    CONF
    + """
def setup(app):
    app.connect("sessionlog-journal-read", rename, priority=600)
    app.connect("sessionlog-journal-read", shorten)


def shorten(app, journals):
    from dataclasses import replace

    journals[0] = replace(journals[0], sessions=journals[0].sessions[:1])


def rename(app, journals):
    from dataclasses import replace

    sessions = tuple(replace(s, title="Renamed " + s.key) for s in journals[0].sessions)
    journals[0] = replace(journals[0], sessions=sessions)
"""
)


@pytest.mark.slow
def test_extensions_may_change_the_journal_one_after_another(site: Site) -> None:
    site.write("docs/conf.py", CONF_WITH_HANDLER)
    built = site.build()
    assert built.warnings == ""
    page = built.text("sessionlog/2026-01.html")
    assert "Renamed 2026-01-10" in page
    assert "Renamed 2026-02" not in page
    assert not (built.out / "sessionlog/2026-02.html").exists()
    again = site.build()
    assert (again.read, again.written) == ([], [])
    site.write("docs/conf.py", CONF)
    assert "sessionlog/2026-02" in site.build().read


ADDS = (
    CONF
    + """
def setup(app):
    app.connect("sessionlog-journal-read", add)


def add(app, journals):
    from dataclasses import replace
    from sessionlog_core import Metric, Session, Span

    journal = journals[0]
    here = Span("calendar.csv", 4, 4)
    metric = Metric("visitors", 12.0, "12 visitors", 4)
    new = Session(here, date="2026-03-05", title="Harbour day", metrics=(metric,))
    first = replace(journal.sessions[0], branch="harbour-day")
    journals[0] = replace(journal, sessions=(first, *journal.sessions[1:], new, new))
"""
)


@pytest.mark.slow
def test_extensions_may_add_sessions_and_figures(site: Site) -> None:
    site.write("docs/conf.py", ADDS)
    site.write(
        "docs/index.rst", "T\n=\n\n:sessionlog:session:`2026-03-05`\n\n.. sessionlog:: timeline\n"
    )
    built = site.build()
    assert built.warnings == ""
    assert "2026-03-05 Harbour day" in built.text("index.html")
    page = built.text("sessionlog/2026-03.html")
    assert sorted(re.findall(r' id="(session-[^"]*)"', page)) == [
        "session-2026-03-05",
        "session-2026-03-05.2",
    ]
    assert "visitors" in built.text("sessionlog/metrics.html")
    assert "harbour-day" in built.text("sessionlog/2026-01.html")
    again = site.build()
    assert (again.read, again.written) == ([], [])
