"""Work in, the same work done without a search for garbage in between out."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collecting_later", "end_without_search"]


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


def end_without_search() -> None:
    """Let the process end without a search for garbage: its memory goes back as a whole.

    By itself Python looks three times at all that a process holds, which was a tenth of a build.
    """
    atexit.unregister(gc.freeze)  # of a build before in the same process
    atexit.register(gc.freeze)
