"""按列核对证件号码: the column answers as the one validator does, or leaves the number to it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from daoli_credit import cipher
from daoli_credit.demo import people
from records.rules import id_columns, id_number
from records.rules.problem import Wrong

TODAY = date(2026, 11, 28)


def _alone(number: str) -> date | None:
    try:
        return id_number.birth_date(id_number.check(id_number.RESIDENT, number, today=TODAY))
    except Wrong:
        return None


_days = st.dates(date(1900, 1, 1), TODAY + timedelta(days=400))
_good = st.builds(people.number, _days, st.integers(0, 999))
_spoilt = st.builds(
    lambda number, at, sign: number[:at] + sign + number[at + 1 :],
    _good,
    st.integers(0, 17),
    st.sampled_from("0123456789X/:９ x"),
)
_real = st.builds(lambda head: head + id_number.check_digit(head), st.from_regex(r"[1-9]\d{16}", fullmatch=True))


@settings(max_examples=200)
@given(st.lists(st.one_of(_good, _spoilt, _real, st.text(max_size=20)), max_size=30))
def test_a_column_never_says_more_than_the_one_validator(numbers: list[str]) -> None:
    for number, born in zip(numbers, id_columns.plain(numbers, today=TODAY), strict=True):
        if born is not None:
            assert cipher.normal_id(number) == number
            assert _alone(number) == born


@settings(max_examples=100)
@given(st.lists(st.builds(people.number, st.dates(date(1930, 1, 1), TODAY), st.integers(0, 999)), max_size=30))
def test_good_numbers_need_no_second_look(numbers: list[str]) -> None:
    assert id_columns.plain(numbers, today=TODAY) == [_alone(number) for number in numbers]


@given(st.lists(_good, max_size=20))
def test_keys_of_a_column_are_the_keys_of_each(numbers: list[str]) -> None:
    alone = [cipher.person_keys(number) for number in numbers]
    assert [list(keys) for keys in zip(*cipher.person_keys_of(numbers), strict=True)] == alone
