"""有没有相同的: as a set would say, a share at a time."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.workflows import alike
from records.workflows.alike import Pairs, Twice

SOME = st.integers(-20, 20)


@given(st.lists(SOME, max_size=60), st.integers(1, 70))
def test_what_came_twice_is_found_whatever_the_share(numbers: list[int], share: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "AT_ONCE", share)
        twice = Twice()
        for one in numbers:
            twice.add(one)
        assert twice.found(100) == {one for one, times in Counter(numbers).items() if times > 1}


@given(st.lists(st.tuples(SOME, st.integers(0, 2)), max_size=60), st.integers(1, 70))
def test_what_stands_with_two_others_is_found_whatever_the_share(pairs: list[tuple[int, int]], share: int) -> None:
    others: dict[int, set[int]] = defaultdict(set)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "AT_ONCE", share)
        found = Pairs()
        for one, other in pairs:
            found.add(one, other)
            others[one].add(other)
        assert found.found(100) == {one for one, with_it in others.items() if len(with_it) > 1}


def test_too_many_are_said_so_and_not_gathered() -> None:
    twice, pairs = Twice(), Pairs()
    for one in range(10):
        twice.add(one)
        twice.add(one)
        pairs.add(one, 1)
        pairs.add(one, 2)
    assert twice.found(10) == pairs.found(10) == set(range(10))
    assert twice.found(9) is None
    assert pairs.found(9) is None
