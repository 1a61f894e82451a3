from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.audit import merkle
from daoli_credit.audit.check_proof import leaf_of

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


def split_from_the_top(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is written there."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + split_from_the_top(leaves[:half]) + split_from_the_top(leaves[half:])).digest()


@given(LEAVES)
def test_the_root_is_the_one_of_rfc_6962(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == split_from_the_top(leaves)


@given(LEAVES, st.data())
def test_every_leaf_can_be_proved_at_its_place_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    path, root = merkle.proof(leaves, place), merkle.root(leaves)
    assert merkle.check(leaves[place], place, len(leaves), path, root)
    other = sha256(leaves[place]).digest()
    assert not merkle.check(other, place, len(leaves), path, root)
    assert not merkle.check(leaves[place], len(leaves), len(leaves), path, root)
    assert not merkle.check(leaves[place], place, len(leaves), [*path, other], root)
    assert not merkle.check(leaves[place], place, len(leaves), path[:-1], root) or not path


def test_nothing_has_no_root() -> None:
    with pytest.raises(ValueError, match="叶子"):
        merkle.root([])


def test_there_is_no_proof_for_a_leaf_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        merkle.proof([b"x" * 32], 1)


def test_a_set_of_ids_has_a_root_that_depends_on_each_of_them() -> None:
    assert merkle.root_of_values([1, 2, 3]) != merkle.root_of_values([1, 2, 4])


@given(st.lists(st.integers(), min_size=1, max_size=70), st.integers(0, 6))
def test_the_root_of_a_set_is_the_same_whatever_is_held_at_a_time(values: list[int], power: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merkle, "AT_ONCE", 1 << power)
        found = merkle.root_of_values(values)
    assert found == split_from_the_top([leaf_of(str(value).encode()) for value in values])


def test_an_empty_set_has_no_root() -> None:
    with pytest.raises(ValueError, match="叶子"):
        merkle.root_of_values([])
