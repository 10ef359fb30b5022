"""A journal in, the lines that a team's own roadmap page gets below its items out.

Both hosts put the lines below the items of the page as the team wrote it; what only words suggest
stays on the generated page, where the words are shown.
"""

from collections.abc import Mapping, Sequence

from sessionlog_core.blocks import Inline, Label, Ref, RefKind, Text
from sessionlog_core.model import Journal, Session
from sessionlog_core.views.entry import counted, date, joined
from sessionlog_core.views.roadmap import worked_links

__all__ = ["write_backlinks"]

NAMED = 5
"""So many sessions are named at most, the newest; of the rest the number is told."""


def write_backlinks(journal: Journal) -> Mapping[str, tuple[Inline, ...]]:
    """Give item key -> `Worked on in 2026-01-03`, for each item that sessions worked on."""
    sessions = {session.key: session for session in journal.sessions}
    out: dict[str, tuple[Inline, ...]] = {}
    for key, links in worked_links(journal).items():
        asserted = dict.fromkeys(link.session for link in links if link.how != "words")
        if asserted:
            out[key] = _line([sessions[name] for name in asserted])
    return out


def _line(sessions: Sequence[Session]) -> tuple[Inline, ...]:
    names: list[tuple[Inline, ...]] = [
        (Ref(RefKind.SESSION, s.key, date(s)),) for s in sessions[:NAMED]
    ]
    more = len(sessions) - NAMED
    if more > 0:
        names.append((Label("{n} more", (("n", str(more)),)),))
    count = counted(len(sessions), "Worked on in", "Worked on in {n} sessions, last")
    return (count, Text(" "), *joined(names))
