"""What something takes at one size in, how many times as long it takes at twice that size out."""

from collections.abc import Callable

MEASURABLE = 0.06
"""Seconds of the processor below which chance decides."""

MOST = 4_000_000
"""A size at which what still takes no time that can be measured is fast enough."""

LINEAR = 3.2
"""Twice as long is linear, four times is squared: what lies between is left to the machine."""


def growth(seconds: Callable[[int], float], size: int) -> float:
    """Double `size` until its time can be measured, then compare with twice the size."""
    while (small := _least(seconds, size)) < MEASURABLE:
        size *= 2
        if size > MOST:
            return 0.0
    return _least(seconds, 2 * size) / small


def _least(seconds: Callable[[int], float], size: int) -> float:
    return min(seconds(size) for _ in range(3))
