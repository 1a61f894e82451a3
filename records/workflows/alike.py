"""有没有相同的: which of many numbers came twice, at eight bytes each; a set of Python's takes ten times as much."""

from array import array
from collections.abc import Iterator

AT_ONCE = 250_000


class Twice:
    """来过两次的: numbers of 64 bits, kept as such."""

    def __init__(self) -> None:
        self._all = array("q")

    def add(self, one: int) -> None:
        """再来一个."""
        self._all.append(one)

    def found(self, most: int) -> set[int] | None:
        """Which came more than once; None when there are more than `most`. Looks at a share of them at a time."""
        again: set[int] = set()
        shares = len(self._all) // AT_ONCE + 1
        for share in range(shares):
            once: set[int] = set()
            for one in self._all if shares == 1 else [one for one in self._all if one % shares == share]:
                if one in once:
                    again.add(one)
                once.add(one)
            if len(again) > most:
                return None
        return again


class Pairs:
    """同一个对着两个的: which number came with two different others."""

    def __init__(self) -> None:
        self._ones, self._others = array("q"), array("q")

    def add(self, one: int, other: int) -> None:
        """再来一对."""
        self._ones.append(one)
        self._others.append(other)

    def found(self, most: int) -> set[int] | None:
        """Which came with more than one other; None when there are more than `most`."""
        two: set[int] = set()
        shares = len(self._ones) // AT_ONCE + 1
        for share in range(shares):
            first: dict[int, int] = {}
            for one, other in self._share(share, shares):
                if first.setdefault(one, other) != other:
                    two.add(one)
            if len(two) > most:
                return None
        return two

    def _share(self, share: int, shares: int) -> Iterator[tuple[int, int]]:
        pairs = zip(self._ones, self._others, strict=True)
        return pairs if shares == 1 else ((one, other) for one, other in pairs if one % shares == share)
