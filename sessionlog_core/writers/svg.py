"""A chart in, a figure with a static SVG picture out: the text colour of its page, no script.

The picture stretches to the width of its place while its strokes keep theirs, and every word stands
outside of it: a figure stays readable on a telephone, in the dark and on paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sessionlog_core.blocks import Chart, Date, Label, Point
from sessionlog_core.escape import escape

__all__ = ["draw"]

WIDTH = 600
HEIGHTS = {"line": 96, "bars": 64, "progress": 8}
EDGE = 6
"""Room between a line and the border of its picture."""

FLAT = 0.1
"""A line chart shows at least this part of its highest figure: a change of one in a thousand stays
small."""

BAR = 24
"""A bar is at most so wide."""

DOTS = 60
"""Points up to which each one has a dot of its own, with its figure as a tooltip."""

INK = 'vector-effect="non-scaling-stroke" stroke="currentColor" stroke-linecap="round"'


def draw(chart: Chart, *, say: Callable[[Label | Date], str] = str) -> str:
    """Draw a chart; one without points is an empty text."""
    if not chart.points:
        return ""
    height = HEIGHTS.get(chart.kind, HEIGHTS["line"])
    # The place of a point is most often a date; other words stay as they are.
    points = tuple(replace(p, label=say(Date("", p.label))) for p in chart.points)
    drawn = {"bars": _bars, "progress": _progress}.get(chart.kind, _line)(points, height)
    return (
        f'<figure class="sessionlog-chart sessionlog-chart-{escape(chart.kind)}">'
        f'<svg viewBox="0 0 {WIDTH} {height}" height="{height}" preserveAspectRatio="none" '
        f'role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{_words(say(chart.title))}</title><desc>{_words(say(chart.description))}</desc>"
        f"{drawn}</svg>{_caption(replace(chart, points=points), say)}</figure>"
    )


def _words(text: str) -> str:
    return escape(text, quote=False)


def _caption(chart: Chart, say: Callable[[Label | Date], str]) -> str:
    """Write the labels of both ends below the picture."""
    first, last = chart.points[0], chart.points[-1]
    match chart.kind:
        case "progress":
            return ""
        case "bars":
            words = [_words(first.label), _words(say(chart.title)), _words(last.label)]
        case _:
            words = [f"{_words(p.label)} <strong>{_words(p.text)}</strong>" for p in (first, last)]
    return f"<figcaption>{''.join(f'<span>{x}</span>' for x in words)}</figcaption>"


def _tip(point: Point) -> str:
    return f"<title>{_words(f'{point.label}: {point.text}')}</title>"


def _line(points: Sequence[Point], height: int) -> str:
    values = [p.value for p in points]
    high = max(values)
    low = min(min(values), high - abs(high) * FLAT)
    spread = (high - low) or 1.0
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    places = [
        (EDGE + i * step, EDGE + (high - v) / spread * (height - 2 * EDGE))
        for i, v in enumerate(values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marked = places if len(places) <= DOTS else [places[0], places[-1]]
    named = points if len(places) <= DOTS else [points[0], points[-1]]
    dots = "".join(
        f'<path d="M{x:.1f} {y:.1f}h0" {INK} stroke-width="7">{_tip(p)}</path>'
        for (x, y), p in zip(marked, named, strict=True)
    )
    return f'<polyline points="{path}" fill="none" {INK} stroke-width="2"/>{dots}'


def _bars(points: Sequence[Point], height: int) -> str:
    high = max(p.value for p in points) or 1.0
    step = WIDTH / len(points)
    width = min(step * 0.8, BAR)
    bars = "".join(
        f'<rect x="{i * step + (step - width) / 2:.1f}" y="{height - 1 - h:.1f}" '
        f'width="{width:.1f}" height="{h:.1f}" fill="currentColor">{_tip(p)}</rect>'
        for i, p in enumerate(points)
        if (h := p.value / high * (height - 1)) > 0
    )
    ground = f'<path d="M0 {height - 0.5}H{WIDTH}" {INK} stroke-width="1" opacity=".3"/>'
    return ground + bars


def _progress(points: Sequence[Point], height: int) -> str:
    whole = sum(p.value for p in points) or 1.0
    out: list[str] = []
    at = 0.0
    for point, opacity in zip(points, (1, 0.5, 0.15), strict=False):
        width = point.value / whole * WIDTH
        if width:
            out.append(
                f'<rect x="{at:.1f}" y="0" width="{width:.1f}" height="{height}" '
                f'fill="currentColor" opacity="{opacity}">{_tip(point)}</rect>'
            )
        at += width
    return "".join(out)
