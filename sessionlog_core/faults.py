"""Work of ours in, what it makes out; a fault of ours that ends it, as a problem and as a box."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sessionlog_core.blocks import Label, Note, Paragraph, Text
from sessionlog_core.problems import Code, Problem, make_fault

__all__ = ["attempt", "box"]

T = TypeVar("T")
S = TypeVar("S")


def attempt(
    work: Callable[[], T], instead: S, verb: str, *, what: str, path: str | None = None
) -> tuple[T | S, tuple[Problem, ...]]:
    """Do work; where a fault of ours ends it, give `instead`, and say what could not be `verb`.

    What the system refuses, such as to write to a full disk, is told as that.
    """
    try:
        return work(), ()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return instead, (Problem(Code.UNREADABLE, f"{what} could not be {verb}: {reason}", path),)
    except Exception as error:
        return instead, (make_fault(error, verb, path, what=what),)


def box(problems: Sequence[Problem]) -> Note:
    """Give a box for a page that says what is wrong."""
    lines = tuple(Paragraph((Text(problem.message),)) for problem in problems)
    return Note("error", (Label("Session log"),), lines)
