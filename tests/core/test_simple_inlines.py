"""Inlines without much markup take a short way, which gives what the long way gives."""

import random

import pytest

from sessionlog_core import body

PIECES = r"""
    ` ** * _ __ x_y | : . ) ( é 1 http: https://a.b < <https://x.y> <a@b.cd> > \ \* C:\a ! ![ [ ]
    ]( ](u) [a](b) [a]: & &amp; &#65; &copy ~ ~~ 日本 word `c` ``d`` `e_f` - # ' "
""".split()
PIECES += ["a b", "\n", " \n", "  ", "\t"]


def the_long_way(text: str) -> tuple[object, ...]:
    tokens = body._parser().parseInline(text)[0].children or []
    return tuple(body._merge(body._markdown(tokens, "log.md")))


@pytest.mark.parametrize("seed", range(20))
def test_short_way_is_the_long_way(seed: int) -> None:
    chance = random.Random(seed)
    taken = 0
    for _ in range(500):
        between = chance.choice(("", " "))
        text = between.join(chance.choices(PIECES, k=chance.randrange(1, 9))).strip()
        short = body._simple(text)
        if short is not None:
            taken += 1
            assert short == the_long_way(text), text
    assert taken > 50
