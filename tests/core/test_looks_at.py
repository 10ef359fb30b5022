"""What a view says it looks at: where that is the same, the view shows the same."""

from dataclasses import fields, replace
from typing import Any

import pytest

from sessionlog_core.autolinks import make_linker
from sessionlog_core.model import Commit, Journal, Link, RoadmapItem, Session, Span, Status
from sessionlog_core.options import Options
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.query import Query
from sessionlog_core.views import VIEWS

PLACE = Span("log.md", 3, 9)
BODY = (Node(NodeKind.PARAGRAPH, 4, 4, text="Tides are read, see Session 8 and T007."),)
ITEM = RoadmapItem("t007", "T007 read tides", "open", None, ("T007",), Span("ROADMAP.md", 1, 1))
ONE = Session(PLACE, key="2026-01-02", title="Tides", date="2026-01-02", heading="x", body=BODY)

OTHER: dict[str, Any] = {
    "source": Span("log.md", 4, 9),
    "key": "2026-01-02-b",
    "number": "7",
    "title": "Ebb",
    "date": "2026-01-03",
    "date_end": "2026-01-04",
    "status": Status.OPEN,
    "planned": True,
    "branch": "ebb",
    "duration_minutes": 20,
    "heading": "y",
    "body": (Node(NodeKind.PARAGRAPH, 4, 4, text="Winds are read."),),
    "twins": (Span("old.md", 1, 2),),
    "commits": (Commit("ae9a2c9", 4),),
    "time": "10:00",
    "status_text": "in work",
}


def journal(session: Session = ONE, **values: Any) -> Journal:
    return Journal(sessions=(session,), roadmap=(ITEM,), **values)


@pytest.mark.parametrize("name", OTHER)
def test_a_session_that_shows_otherwise_is_looked_at_otherwise(name: str) -> None:
    one, other = journal(), journal(replace(ONE, **{name: OTHER[name]}))
    view, query = VIEWS["session"], Query()
    if view.function(one, query) != view.function(other, query):
        assert view.looks_at(one, query) != view.looks_at(other, query)


def test_fields_that_stand_in_the_body_once_more_are_the_only_ones_left_out() -> None:
    again = {"parts", "summary", "done", "next_steps", "decisions", "blockers", "metrics"}
    again |= {"refs", "files", "date_from", "twin_of"}
    assert {field.name for field in fields(Session)} == OTHER.keys() | again


def test_items_that_a_session_worked_on_are_looked_at() -> None:
    worked = Link(ONE.key, ITEM.key, "id", PLACE, "T007")
    query = Query()
    seen = VIEWS["session"].looks_at
    assert seen(journal(), query) != seen(journal(links=(worked,)), query)
    renamed = replace(journal(links=(worked,)), roadmap=(replace(ITEM, text="T007 tides"),))
    assert seen(journal(links=(worked,)), query) != seen(renamed, query)


def test_views_of_the_whole_journal_look_at_their_own_blocks() -> None:
    assert VIEWS["timeline"].looks_at(journal(), Query()) is None


def test_names_in_text_mean_what_the_journal_knows() -> None:
    blocks = VIEWS["session"].function(journal(), Query())
    known = make_linker(journal(), Options())
    _, names = known.link_and_name(blocks)
    assert names >= {"session-8", "t007"}
    assert [name for name, _ in known.meaning(names)] == ["t007"]
    eighth = replace(ONE, key="2026-01-09", number="8")
    more = make_linker(replace(journal(), sessions=(ONE, eighth)), Options())
    assert [name for name, _ in more.meaning(names)] == ["session-8", "t007"]
