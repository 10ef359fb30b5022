"""Inlines without much markup take a short way, which gives what the long way gives."""

import random

import pytest

from sessionlog_core import body

PIECES = "` ** * _ x_y | a b|\n|:|.|)|(|é|1|https://a.b|<|\\|!|日本|word".replace(" ", "|").split(
    "|"
)


def the_long_way(text: str) -> tuple[object, ...]:
    tokens = body._parser().parseInline(text)[0].children or []
    return tuple(body._merge(body._markdown(tokens, "log.md")))


@pytest.mark.parametrize("seed", range(20))
def test_short_way_is_the_long_way(seed: int) -> None:
    chance = random.Random(seed)
    taken = 0
    for _ in range(500):
        text = " ".join(chance.choices(PIECES, k=chance.randrange(1, 9))).strip()
        short = body._simple(text)
        if short is not None:
            taken += 1
            assert short == the_long_way(text), text
    assert taken > 50
