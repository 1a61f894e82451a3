"""抽查的规则: how many are drawn, and which. From the same seed and the same records anybody draws the same ones.

A rule of this portal, not of law; for permits, titles and honours only. Adverse information is never sampled.
"""

import random
from collections.abc import Sequence

ALL_UNTIL = 10
ONE_IN = 10
MOST = 100


def size(population: int) -> int:
    """抽多少: all of ten and fewer; else ten and a tenth of the rest, at most a hundred."""
    if population <= ALL_UNTIL:
        return population
    return min(MOST, ALL_UNTIL + -(-(population - ALL_UNTIL) // ONE_IN))


def draw(seed: str, numbers: Sequence[str]) -> list[str]:
    """抽哪些: without repetition, in the order of their numbers, whatever order they were given in."""
    ordered = sorted(set(numbers))
    dice = random.Random(seed)  # noqa: S311  drawn to be drawn again; the seed itself comes from `secrets`
    return sorted(dice.sample(ordered, size(len(ordered))))
