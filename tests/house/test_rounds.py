"""轮: one row that nobody foresaw is found, said and left; everybody behind it is done all the same."""

import logging
from collections.abc import Sequence

import pytest

from daoli_credit.rounds import ENOUGH, Undone, in_sets, in_turn, one_by_one
from daoli_credit.workflow import WrongState


def _act(one: int) -> bool:
    if one == 3:
        raise KeyError("没有人想到")
    if one == 4:
        raise WrongState("已经有人办了")
    return one != 5


def test_one_that_cannot_be_done_holds_up_nobody_and_is_said_at_the_end(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    def act(one: int) -> bool:
        done.append(one)
        return _act(one)

    with caplog.at_level(logging.ERROR), pytest.raises(Undone, match="1 件没有办成，办成 3 件") as raised:
        one_by_one(range(1, 7), act)
    assert done == [1, 2, 3, 4, 5, 6]
    assert isinstance(raised.value.exceptions[0], KeyError)
    assert "第 3 号" in caplog.text


def test_what_an_act_answers_is_counted() -> None:
    answers = [True, False, None, 3, "一件"]
    assert one_by_one(answers, lambda one: one) == 5
    assert one_by_one([4], _act) == 0  # somebody was quicker


def test_when_nothing_works_any_more_the_round_ends() -> None:
    tried = []

    def gone(one: int) -> None:
        tried.append(one)
        raise ConnectionError

    with pytest.raises(Undone):
        one_by_one(range(1000), gone)
    assert len(tried) == ENOUGH


def test_a_set_that_fails_is_halved_until_the_row_is_found() -> None:
    done: list[int] = []
    asked = []

    def act(ids: Sequence[int]) -> int:
        asked.append(len(ids))
        if {13, 77} & set(ids):
            raise ValueError
        done.extend(ids)
        return len(ids)

    with pytest.raises(Undone, match="2 件没有办成，办成 98 件"):
        in_sets(range(100), act, 50)
    assert sorted(done) == [one for one in range(100) if one not in {13, 77}]
    assert asked[0] == 50
    assert len(asked) < 30
    assert in_sets([], act, 50) == 0


def test_a_round_that_fails_does_not_keep_the_next_from_its_turn() -> None:
    def bad() -> int:
        raise ValueError

    assert in_turn(lambda: 2, lambda: 3) == 5
    with pytest.raises(Undone, match="2 件没有办成，办成 6 件") as raised:
        in_turn(bad, lambda: one_by_one([1, 2, 3, 6], _act), lambda: 3)
    assert [type(one) for one in raised.value.exceptions] == [ValueError, KeyError]
