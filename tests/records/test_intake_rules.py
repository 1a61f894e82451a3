"""收录核对: each kind of mistake has its own message, which says what to do."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.law import clock
from records.rules import id_number, intake, values
from records.rules.problem import Wrong
from tests import make
from tests.cast import Cast

TODAY = date(2026, 11, 22)


def _verdict(cast: Cast, **changes: str) -> intake.Verdict:
    raw = {**make.raw_penalty(department=cast.market), **changes}
    return intake.check("penalty-food", raw, today=clock.today())


@pytest.mark.parametrize(
    ("field", "typed", "cause"),
    [
        ("id_number", "9.99999E+17", "id-scientific"),
        ("id_number", "999999198803120029", "id-check-digit"),
        ("id_number", "99999919880312002", "id-form"),
        ("id_number", "110101198803120020", "id-"),
        ("id_number", "", "id-empty"),
        ("party_name", "", "missing"),
        ("decided_on", "2026-02-30", "date-impossible"),
        ("decided_on", "2099-05-01", "date-future"),
        ("decided_on", "去年冬天", "date-form"),
        ("document_number", "", "missing"),
        ("fine", "五千元", "amount-form"),
        ("fine", "-1", "amount-negative"),
        ("fine", "", "missing"),
        ("penalty_kinds", "训诫", "not-in-list"),
        ("authority_code", "1199999900000000A1", "uscc-check-digit"),
        ("authority_code", "123", "uscc-form"),
        ("facts", "=SUM(A1:A9)", "formula"),
        ("severity", "", "severity"),
        ("served_on", "2099-01-01", "date-future"),
        ("id_type", "学生证", "not-in-list"),
    ],
)
def test_a_wrong_value_is_named_at_its_field(cast: Cast, field: str, typed: str, cause: str) -> None:
    verdict = _verdict(cast, **{field: typed})
    assert verdict.checked is None
    found = [problem for problem in verdict.problems if problem.field == field and problem.cause.startswith(cause)]
    assert found, verdict.problems
    assert found[0].fix


@pytest.mark.parametrize(
    "typed", ["2026-3-5", "2026/3/5", "2026.3.5", "2026年3月5日", "20260305", "２０２６－０３－０５"]
)
def test_the_date_styles_that_people_send_are_one_day(typed: str) -> None:
    assert values.read_date(typed) == date(2026, 3, 5)


def test_a_company_is_set_apart_and_is_no_error(cast: Cast) -> None:
    verdict = _verdict(cast, party_type="法人及非法人组织", id_number="")
    assert verdict.apart
    assert not verdict.problems


def test_a_minor_is_refused_and_nothing_else_is_said(cast: Cast) -> None:
    born = clock.today() - timedelta(days=365 * 15)
    number = f"999999{born:%Y%m%d}031"
    verdict = _verdict(cast, id_number=number + id_number.check_digit(number))
    assert verdict.checked is None
    assert "十八周岁" in str(verdict.problems[0])


def test_a_sealed_kind_is_refused_with_article_and_where_to_turn(cast: Cast) -> None:
    verdict = _verdict(cast, penalty_kinds="行政拘留")
    assert verdict.checked is None
    assert all(problem.cause.startswith("prohibited:") for problem in verdict.problems)
    assert verdict.problems[0].fix


def test_all_problems_come_at_once(cast: Cast) -> None:
    verdict = _verdict(cast, party_name="", fine="五千元", decided_on="2026-02-30")
    assert {problem.field for problem in verdict.problems} >= {"party_name", "fine", "decided_on"}


def test_harmless_spelling_is_put_right(cast: Cast) -> None:
    verdict = _verdict(cast, document_number="哈里市监罚[2026] ０００１号", party_name="林　秀云 ")
    assert verdict.checked is not None
    assert verdict.checked.document_number == "哈里市监罚〔2026〕0001号"
    assert verdict.checked.identity.name == "林秀云"


@given(st.dates(date(1940, 1, 1), date(2005, 12, 31)), st.integers(0, 999))
def test_a_number_with_its_check_digit_passes_and_any_other_digit_fails(born: date, serial: int) -> None:
    body = f"999999{born:%Y%m%d}{serial:03d}"
    right = id_number.check_digit(body)
    assert id_number.check(id_number.RESIDENT, body + right.lower(), today=TODAY) == body + right
    for wrong in set("0123456789X") - {right}:
        with pytest.raises(Wrong):
            id_number.check(id_number.RESIDENT, body + wrong, today=TODAY)


def _outcome(reading: Callable[[str], object], typed: str) -> str:
    try:
        reading(typed)
    except Wrong as why:
        return why.fix
    return "read"


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_with_what_to_do(typed: str) -> None:
    assert _outcome(values.read_date, typed)
    assert _outcome(lambda text: id_number.check(id_number.RESIDENT, text, today=TODAY), typed)
