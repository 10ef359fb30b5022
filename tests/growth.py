"""Some work and what it is done on in, how much longer it takes for twice as much out.

No second of any machine is a bound here: the work is done as often as it takes to measure it, and
twice as much is held against as much.
"""

import time
from collections.abc import Callable

__all__ = ["LINEAR", "growth"]

LINEAR = 3.0
"""Growth below which time is linear: that is 2, and 4 where it is quadratic."""

_LEAST = 0.01
"""Processor seconds that can be measured."""

_TRIES = 5
_OFTEN = 1 << 14


def growth(work: Callable[[str], object], make: Callable[[int], str], size: int) -> float:
    """Give how many times as long `work` takes on `make(2 * size)` as on `make(size)`.

    Other processes spoil one measure or the other, and never make the time too small: it is taken
    again where it looks too long.
    """
    short, long = make(size), make(2 * size)
    often = 1
    while (once := _took(work, short, often)) < _LEAST and often < _OFTEN:
        often *= 2
    twice = _took(work, long, often)
    for _ in range(_TRIES):
        if twice < LINEAR * once:
            break
        once = min(once, _took(work, short, often))
        twice = min(twice, _took(work, long, often))
    return twice / once


def _took(work: Callable[[str], object], text: str, often: int) -> float:
    start = time.process_time()
    for _ in range(often):
        work(text)
    return time.process_time() - start
