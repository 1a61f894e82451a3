"""效力状态."""

import pytest

from daoli_credit.law.pack import Pack, Status
from daoli_credit.law.status import weakest

TABLE = {
    Status.VERIFIED: {"adverse", "favour", "plan", "refuse"},
    Status.CONFIRMED: {"adverse", "favour", "plan", "refuse"},
    Status.TO_CONFIRM: {"favour", "plan"},
    Status.SUSPENDED: set(),
    Status.NO_BASIS: {"refuse"},
}


class Standing:
    def __init__(self, status: Status) -> None:
        self.status = status


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("effect", ["adverse", "favour", "plan", "refuse"])
def test_every_status_drives_what_the_table_says_and_nothing_else(rules: Pack, status: Status, effect: str) -> None:
    assert rules.may(Standing(status), effect) == (effect in TABLE[status])


def test_an_unknown_effect_is_a_mistake(rules: Pack) -> None:
    with pytest.raises(ValueError, match="punish"):
        rules.may(Standing(Status.VERIFIED), "punish")


def test_the_weakest_decides() -> None:
    assert weakest([Status.VERIFIED, Status.TO_CONFIRM, Status.CONFIRMED]) is Status.TO_CONFIRM


def test_a_row_is_no_stronger_than_its_bases(rules: Pack) -> None:
    for row in rules.rows():
        assert rules.status_of(row) is weakest([row.written, *(c.basis.status for c in row.citations)])


def test_in_the_real_edition_no_record_may_yet_be_taken_in(rules: Pack) -> None:
    assert not [item.code for item in rules.items.values() if rules.may(item, "adverse")]


def test_in_the_demo_edition_only_what_has_no_basis_stays_closed(demo: Pack) -> None:
    closed = {item.code for item in demo.items.values() if not demo.may(item, "adverse")}
    assert closed == {"penalty-traffic", "financial-record"}
