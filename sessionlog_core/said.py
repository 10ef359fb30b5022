"""One session in, what it is joined with others by out: its statements, and marks of its lines.

It hangs on the session alone, and not on its key, and is plain data: who keeps it beside a log that
was read need not read the words of that log again when another log changes.
"""

from sessionlog_core.model import Session
from sessionlog_core.records import record
from sessionlog_core.statements import Statement, read_statements
from sessionlog_core.twins import mark_lines

__all__ = ["Said", "read_said"]


@record(frozen=True, slots=True)
class Said:
    """What a session says: `lines` are those by which it is known where it is told once more."""

    statements: tuple[Statement, ...] = ()
    lines: tuple[int, ...] = ()


def read_said(session: Session) -> Said:
    """Read what a session says."""
    return Said(read_statements(session), mark_lines(session))
