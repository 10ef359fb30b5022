"""Work in, the same work done without a search for garbage in between out."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collecting_later"]


@contextmanager
def collecting_later() -> Iterator[None]:
    """Hold off the search for cycles of garbage while many records are made: there are none.

    Each search looks at everything that is there, which takes a third of the time. For hosts:
    whether a process collects garbage is theirs to decide.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
