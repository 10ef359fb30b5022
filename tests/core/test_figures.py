"""Which of many figures is the project's, and what does not add up."""

import pytest

from sessionlog_core.figures import find_figures, metric_problems, signed, written
from sessionlog_core.model import Metric, Session, Span


def session(number: int, *metrics: Metric) -> Session:
    return Session(Span("log.md", number * 10, number * 10 + 9), key=f"s{number}", metrics=metrics)


def passing(value: float, text: str = "", **more: float) -> Metric:
    return Metric("tests", value, text or f"{value:g} passing", 1, **more)  # type: ignore[arg-type]


def series(*values: float) -> list[float]:
    found = find_figures([session(i, passing(v)) for i, v in enumerate(values)])
    return [f.metric.value for row in found.by_session.values() for f in row]


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ((120, 239, 7, 278), [120, 239, 278]),  # the level comes back: a partial run
        ((120, 239, 278, 7), [120, 239, 278]),  # at the end, the figures before decide
        ((2022, 7, 14, 40, 240), [2022, 7, 14, 40, 240]),  # one high figure says nothing
        ((500, 510, 100, 110, 120, 130), [500, 510, 100, 110, 120, 130]),  # it stays low
        ((10,), [10]),
    ],
)
def test_partial_runs(values: tuple[float, ...], kept: list[float]) -> None:
    assert series(*values) == kept


def test_a_stated_change_wins_over_size() -> None:
    found = find_figures(
        [
            session(
                1, passing(500, "500 passed in the old suite"), passing(278, before=239, delta=39)
            )
        ]
    )
    assert found.by_session["s1"][0].metric.value == 278


def test_words_for_the_whole_win_over_size() -> None:
    found = find_figures([session(1, passing(300, "300 assertions"), passing(120, "120 in total"))])
    assert found.by_session["s1"][0].metric.value == 120


def test_a_partial_run_is_none_of_the_project() -> None:
    metric = Metric("tests", 7, "7 passed", 1, partial=True)
    assert find_figures([session(1, metric)]).by_session == {}


def test_tasks_need_their_total() -> None:
    found = find_figures([session(1, Metric("tasks", 3, "3 complete", 1))])
    assert found.by_session == {}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (passing(239), passing(278, before=239, delta=39), []),
        (passing(239), passing(278, before=240, delta=39), ["240 and +39 make 279, stated is 278"]),
        (passing(239), passing(278, delta=38), ["stated as +38, from 239 to 278 it is +39"]),
        (passing(239), passing(238), ["fell from 239 to 238"]),
        (passing(10), passing(12, total=11), ["12/11 is more than its total"]),
        (
            Metric("coverage", 80.04, "", 1, unit="%"),
            Metric("coverage", 80, "", 1, before=80, unit="%"),
            [],
        ),
        (
            Metric("coverage", 80, "", 1, unit="%"),
            Metric("coverage", 180, "", 1, unit="%"),
            ["180% is more than all"],
        ),
    ],
)
def test_what_does_not_add_up(first: Metric, second: Metric, said: list[str]) -> None:
    sessions = [session(1, first), session(2, second)]
    found = [str(x.text) for x in find_figures(sessions).findings]
    assert [x for x in found if not x.startswith("starts from")] == said
    assert [p.message for p in metric_problems(sessions)] == found
    assert not any(p.grave for p in metric_problems(sessions))


def test_a_start_that_is_not_the_last_end() -> None:
    found = find_figures([session(1, passing(239)), session(2, passing(278, before=241))])
    assert str(found.findings[0].text) == "starts from 241, the session before ended at 239"


def test_writing() -> None:
    assert signed(-2) == "−2"
    assert signed(2.5) == "+2.5"
    assert written(passing(148, total=148)) == "148/148"
    assert written(Metric("coverage", 81.5, "", 1, unit="%")) == "81.5%"


def test_failures_that_a_later_run_answers_are_over() -> None:
    failed = Metric("tests_failed", 2, "2 failed", 1)
    mended = find_figures([session(1, passing(71), failed, passing(73))])
    broken = find_figures([session(1, passing(73), failed)])
    assert [f.metric.name for f in mended.by_session["s1"]] == ["tests"]
    assert [f.metric.name for f in broken.by_session["s1"]] == ["tests", "tests_failed"]
