"""Sessions and a roadmap in, the links between them out: asserted by id or heading, suggested by words."""

from collections.abc import Mapping, Sequence

from sessionlog_core.model import Link, Session
from sessionlog_core.problems import Problem
from sessionlog_core.roadmap import Roadmap


def link(
    sessions: Sequence[Session], roadmap: Roadmap, *, aliases: Mapping[str, str]
) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Find which session had to do with which item."""
    return (), ()
