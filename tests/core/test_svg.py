"""Charts are pictures in the text colour of the page, with words for who cannot see them."""

import xml.etree.ElementTree as ET

import pytest

from sessionlog_core.blocks import Chart, Label, Point
from sessionlog_core.writers.svg import draw

POINTS = (Point("2026-01-10", 12, "12"), Point("<b>", 0, "0"), Point("2026-01-20", 73, "73"))


@pytest.mark.parametrize("kind", ["line", "bars", "progress"])
@pytest.mark.parametrize("points", [POINTS, POINTS[:1], POINTS[1:2] * 2])
def test_a_chart_is_well_formed_and_described(kind: str, points: tuple[Point, ...]) -> None:
    text = draw(Chart(Label("Tests & more"), Label("from 12 to 73"), points, kind))
    figure = ET.fromstring(text)
    svg = figure.find("{http://www.w3.org/2000/svg}svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert svg[0].text == "Tests & more"
    assert svg[1].text == "from 12 to 73"
    assert "<b>" not in text
    assert "style" not in text
    assert "nan" not in text
    for color in svg.iter():
        assert {color.get("fill"), color.get("stroke")} <= {None, "none", "currentColor"}


def test_both_ends_are_labelled() -> None:
    text = draw(Chart(Label("Tests"), Label(""), POINTS))
    assert "2026-01-10 <strong>12</strong>" in text
    assert "2026-01-20 <strong>73</strong>" in text


def test_a_chart_without_points_is_nothing() -> None:
    assert draw(Chart(Label("Tests"), Label(""), ())) == ""


def test_many_points_have_dots_at_the_ends_only() -> None:
    points = tuple(Point(str(i), i, str(i)) for i in range(500))
    assert draw(Chart(Label("Tests"), Label(""), points)).count("h0") == 2
