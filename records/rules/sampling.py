"""抽查的规则: how many are drawn, and which. From the same seed and the same records anybody draws the same ones.

A rule of this portal, not of law; for permits, titles and honours only. Adverse information is never sampled.
"""

import random
import secrets
from collections.abc import Sequence

ALL_UNTIL = 10
ONE_IN = 10
MOST = 100
# Four bits a letter and no digit: the seed stands in words of evidence, where eleven digits may be a telephone number.
SEED_LETTERS = "abcdefghijklmnop"
SEED_LENGTH = 32


def size(population: int) -> int:
    """抽多少: all of ten and fewer; else ten and a tenth of the rest, at most a hundred."""
    if population <= ALL_UNTIL:
        return population
    return min(MOST, ALL_UNTIL + -(-(population - ALL_UNTIL) // ONE_IN))


def fresh_seed() -> str:
    """随机种子: 128 bits that nobody foresees, in letters only."""
    return "".join(secrets.choice(SEED_LETTERS) for _ in range(SEED_LENGTH))


def draw(seed: str, numbers: Sequence[str]) -> list[str]:
    """抽哪些: without repetition, in the order of their numbers, whatever order they were given in."""
    ordered = sorted(set(numbers))
    dice = random.Random(seed)  # noqa: S311  drawn to be drawn again; the seed itself is `fresh_seed`
    return sorted(dice.sample(ordered, size(len(ordered))))
