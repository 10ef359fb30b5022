"""A chart in, a static SVG picture in the text colour of its page out; no script, no style of its own."""

from collections.abc import Callable
from html import escape

from sessionlog_core.blocks import Chart, Label

WIDTH, HEIGHT = 640, 160
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 24


def draw(chart: Chart, *, say: Callable[[Label], str] = str) -> str:
    """Draw a chart; an empty one is an empty text."""
    if not chart.points:
        return ""
    title = escape(say(chart.title), quote=False)
    about = escape(say(chart.description), quote=False)
    return (
        f'<figure class="sessionlog-chart"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{title}</title><desc>{about}</desc>'
        f"{_line(chart)}</svg></figure>"
    )


def _line(chart: Chart) -> str:
    values = [p.value for p in chart.points]
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    step = (WIDTH - LEFT - RIGHT) / max(len(values) - 1, 1)
    points = " ".join(
        f"{LEFT + i * step:.1f},{TOP + (high - v) / spread * (HEIGHT - TOP - BOTTOM):.1f}"
        for i, v in enumerate(values)
    )
    return f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="2"/>'
