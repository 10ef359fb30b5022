"""What a view says it looks at: where that is the same, the view shows the same."""

from dataclasses import fields, replace
from typing import Any

import pytest

from sessionlog_core.autolinks import make_linker
from sessionlog_core.model import (
    Commit,
    Decision,
    Item,
    Journal,
    Link,
    Log,
    Metric,
    Milestone,
    RoadmapItem,
    Session,
    Span,
    Status,
    Withheld,
)
from sessionlog_core.options import Options
from sessionlog_core.outline import Node, NodeKind
from sessionlog_core.pages import page_looks_at, plan_site
from sessionlog_core.problems import Code, Problem
from sessionlog_core.query import Query
from sessionlog_core.views import VIEWS

PLACE = Span("log.md", 3, 9)
BODY = (Node(NodeKind.PARAGRAPH, 4, 4, text="Tides are read, see Session 8 and T007."),)
ITEM = RoadmapItem("t007", "T007 read tides", "open", None, ("T007",), Span("ROADMAP.md", 1, 1))
STEP = Item("Read tides", 4, 4)
ONE = Session(
    PLACE,
    key="2026-01-02",
    title="Tides",
    date="2026-01-02",
    heading="x",
    body=BODY,
    metrics=(Metric("tests", 12, "12 tests", 5), Metric("time", 3, "3 s", 6, unit="s")),
    decisions=(Decision("ADR-003: text", STEP),),
)

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
    "metrics": (Metric("tests", 13, "13 tests", 5),),
    "decisions": (Decision("ADR-003: text", STEP, rejected="a table"),),
}


def journal(session: Session = ONE, **values: Any) -> Journal:
    return Journal(sessions=(session,), roadmap=(ITEM,), **values)


@pytest.mark.parametrize("view", ["session", "sessions", "metrics", "decisions"])
@pytest.mark.parametrize("name", OTHER)
def test_a_session_that_shows_otherwise_is_looked_at_otherwise(name: str, view: str) -> None:
    one, other = journal(), journal(replace(ONE, **{name: OTHER[name]}))
    show, look, query = VIEWS[view].function, VIEWS[view].looks_at, Query()
    if show(one, query) != show(other, query):
        assert look(one, query) != look(other, query)


@pytest.mark.parametrize("view", ["metrics", "decisions"])
def test_a_session_without_what_a_view_lists_is_not_looked_at(view: str) -> None:
    more = Session(PLACE, key="2026-01-05", title="Quiet", date="2026-01-05")
    look = VIEWS[view].looks_at
    assert look(journal(), Query()) == look(Journal(sessions=(ONE, more)), Query())


NEXT = replace(ONE, key="2026-01-05", title="Winds", date="2026-01-05", branch="ebb")
GONE = Withheld("section", Span("log.md", 5, 6))
TOLD = Problem(Code.NUMBER, "two sessions 7", "log.md", 9, grave=False)
DONE = (replace(STEP, done=True),)


@pytest.mark.parametrize("limit", [None, 1])
@pytest.mark.parametrize(
    "other",
    [
        journal(replace(ONE, done=DONE)),
        journal(replace(ONE, next_steps=(STEP,))),
        Journal(sessions=(ONE, NEXT), roadmap=(ITEM,)),
        Journal(sessions=(NEXT, ONE), roadmap=(ITEM,)),
        Journal(sessions=(ONE, replace(NEXT, branch=None)), roadmap=(ITEM,)),
        Journal(sessions=(ONE, replace(NEXT, twins=(Span("old.md", 3, 4),))), roadmap=(ITEM,)),
        journal(withheld=(GONE,)),
        journal(problems=(TOLD,)),
        journal(logs=(Log("log.md", "dated", markup="rst"),)),
        journal(links=(Link(ONE.key, ITEM.key, "id", PLACE, "T007"),)),
        replace(
            journal(links=(Link(ONE.key, ITEM.key, "id", PLACE, "T007"),)),
            roadmap=(replace(ITEM, milestone_key="m1", milestone="First"),),
            milestones=(Milestone("m1", "First", Span("ROADMAP.md", 1, 1)),),
        ),
    ],
)
def test_a_table_of_sessions_that_shows_otherwise_is_looked_at_otherwise(
    other: Journal, limit: int | None
) -> None:
    query, view = Query(limit=limit), VIEWS["sessions"]
    if view.function(journal(), query) != view.function(other, query):
        assert view.looks_at(journal(), query) != view.looks_at(other, query)


def test_a_table_of_sessions_does_not_look_at_what_they_say() -> None:
    other = journal(replace(ONE, body=(), decisions=(), heading="y", summary=(STEP,)))
    look = VIEWS["sessions"].looks_at
    assert look(journal(), Query()) == look(other, Query())


def test_ways_to_other_pages_are_looked_at() -> None:
    page, *_ = [x for x in plan_site(journal(), Options()).pages if x.view == "session"]
    other = replace(page, older=("2025-12", ()))
    assert page_looks_at(journal(), page) != page_looks_at(journal(), other)


def test_markup_of_the_log_is_looked_at() -> None:
    for name in ("session", "metrics", "decisions"):
        look = VIEWS[name].looks_at
        told = journal(logs=(Log("log.md", "dated", markup="rst"),))
        assert look(journal(), Query()) != look(told, Query())


def test_fields_that_stand_in_the_body_once_more_are_the_only_ones_left_out() -> None:
    again = {"parts", "summary", "done", "next_steps", "blockers", "refs", "files"}
    again |= {"date_from", "twin_of"}
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
