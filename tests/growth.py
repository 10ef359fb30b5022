"""What something takes at one size in, how many times as long it takes at twice that size out.

Time is that of the processor, without the collection of garbage. What looks squared is measured
again: a busy machine is not twice as slow three times at the same place, squared work is.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

MEASURABLE = 0.06
"""Seconds of the processor below which chance decides."""

MOST = 4_000_000
"""A size at which what still takes no time that can be measured is fast enough."""

LINEAR = 3.2
"""Twice as long is linear, four times is squared: what lies between is left to the machine."""

TRIES = 3


def growth(seconds: Callable[[int], float], size: int) -> float:
    """Double `size` until its time can be measured, then compare with twice the size."""
    with _uncollected():
        while _least(partial(seconds, size)) < MEASURABLE:
            size *= 2
            if size > MOST:
                return 0.0
        return steady(partial(seconds, size), partial(seconds, 2 * size))


def growth_at(work: Callable[[str], object], make: Callable[[int], str], size: int) -> float:
    """Repeat work on a text of `size` until its time can be measured, then compare as above."""
    small, large = make(size), make(2 * size)
    times = 1

    def seconds(text: str) -> float:
        start = time.process_time()
        for _ in range(times):
            work(text)
        return time.process_time() - start

    with _uncollected():
        while _least(partial(seconds, small)) < MEASURABLE:
            times *= 2
        return steady(partial(seconds, small), partial(seconds, large))


def steady(small: Callable[[], float], large: Callable[[], float]) -> float:
    """Compare the least seconds of two pieces of work, again where they look squared."""
    ratio = float("inf")
    for _ in range(TRIES):
        ratio = min(ratio, _least(large) / _least(small))
        if ratio < LINEAR:
            break
    return ratio


def _least(seconds: Callable[[], float]) -> float:
    return min(seconds() for _ in range(3))


@contextmanager
def _uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
