"""Sessions in order and their logs in, what became of each next step out."""

from collections.abc import Sequence

from sessionlog_core.model import FollowUp, Log, Session, Span


def follow_up(sessions: Sequence[Session], logs: Sequence[Log]) -> tuple[FollowUp, ...]:
    """Say what became of each next step of each session, and of the standing ones."""
    newest = next((s for s in reversed(sessions) if not s.planned), None)
    out = []
    for session in sessions:
        for item in session.next_steps:
            state = "done" if item.done else "open" if session is newest else "left"
            span = _span(session, item.line, item.end_line)
            out.append(FollowUp(session.key, item, span, state, why="ticked" if item.done else ""))
    return tuple(out)


def _span(session: Session, line: int, end_line: int) -> Span:
    return Span(session.source.path, line, end_line)
