"""证件种类: residence permits and permanent-resident cards by their own forms; minors of every kind are refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law import clock
from records.rules import id_number, intake, permits
from records.rules.problem import Wrong
from tests import make
from tests.cast import Cast

TODAY = date(2026, 11, 27)
BORN = date(1985, 6, 7)


def _eighteen(region: str, born: date = BORN, serial: int = 21) -> str:
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    return body + id_number.check_digit(body)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (permits.PERMIT, _eighteen("819999")),
        (permits.PERMIT, _eighteen("829999")),
        (permits.PERMIT, _eighteen("839999").lower()),
        (permits.FOREIGN, _eighteen("999999")),
        (permits.FOREIGN, "zzz110085060700"),
        (id_number.RESIDENT, _eighteen("999999")),
    ],
)
def test_each_kind_is_taken_by_its_own_form(kind: str, number: str) -> None:
    assert id_number.check(kind, number, today=TODAY) == number.upper()


@pytest.mark.parametrize(
    ("kind", "number", "cause"),
    [
        (permits.PERMIT, _eighteen("999999"), "id-kind"),
        (permits.PERMIT, _eighteen("819999")[:-1] + "Y", "id-form"),
        (permits.PERMIT, _eighteen("819999", serial=22)[:-1] + _eighteen("819999", serial=23)[-1], "id-check-digit"),
        (permits.PERMIT, "8199991985060702", "id-form"),
        (permits.PERMIT, _eighteen("819999", date(1899, 1, 1)), "id-birth"),
        (permits.PERMIT, _eighteen("810000"), "id-real"),
        (permits.FOREIGN, _eighteen("819999"), "id-kind"),
        (permits.FOREIGN, "CAN110085060700", "id-real"),
        (permits.FOREIGN, "ZZZ11008506070", "id-form"),
        (permits.FOREIGN, _eighteen("911124"), "id-real"),
        (id_number.RESIDENT, _eighteen("819999"), "id-kind"),
    ],
)
def test_a_number_of_another_kind_is_told_apart(kind: str, number: str, cause: str) -> None:
    with pytest.raises(Wrong) as found:
        id_number.check(kind, number, today=TODAY)
    assert found.value.cause == cause
    assert found.value.fix


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (permits.PERMIT, _eighteen("810000")),
        (permits.PERMIT, _eighteen("820000")),
        (permits.PERMIT, _eighteen("830000")),
        (permits.FOREIGN, _eighteen("911124")),
        (permits.FOREIGN, "CAN110085060700"),
        (id_number.RESIDENT, _eighteen("230102")),
    ],
)
def test_production_takes_real_numbers_and_refuses_invented_ones(settings: object, kind: str, number: str) -> None:
    settings.DEMO = settings.TESTING = False  # type: ignore[attr-defined]
    assert id_number.check(kind, number, today=TODAY) == number
    for invented_kind, invented in (
        (permits.PERMIT, _eighteen("819999")),
        (permits.FOREIGN, _eighteen("999999")),
        (permits.FOREIGN, "ZZZ110085060700"),
        (id_number.RESIDENT, _eighteen("999999")),
    ):
        with pytest.raises(Wrong) as found:
            id_number.check(invented_kind, invented, today=TODAY)
        assert found.value.cause == "id-synthetic"


@pytest.mark.parametrize("region", ["819999", "999999", "ZZZ1100"])
def test_a_minor_of_every_kind_is_refused(cast: Cast, region: str) -> None:
    born = clock.today() - timedelta(days=365 * 15)
    kind = permits.PERMIT if region == "819999" else permits.FOREIGN
    number = f"{region}{born:%y%m%d}00" if region.startswith("ZZZ") else _eighteen(region, born)
    raw = make.raw_penalty(department=cast.market, id_type=kind, id_number=number)
    verdict = intake.check("penalty-food", raw, today=clock.today())
    assert verdict.checked is None
    assert "十八周岁" in str(verdict.problems[0])


@given(st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.sampled_from(sorted(permits.INVENTED_HOMES)))
def test_a_permit_says_its_birth_date_as_a_resident_card_does(born: date, home: str) -> None:
    number = _eighteen(home, born)
    assert id_number.birth_date(number) == born
    assert permits.belongs(permits.PERMIT, number)
    assert permits.invented(number)


@given(st.dates(date(1930, 1, 1), date(2026, 11, 27)))
def test_an_old_card_says_the_latest_birth_date_that_is_not_to_come(born: date) -> None:
    found = permits.old_card_birth(f"ZZZ1100{born:%y%m%d}00", TODAY)
    assert found is not None
    assert found <= TODAY
    assert (found.month, found.day, found.year % 100) == (born.month, born.day, born.year % 100)
