from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.audit.opinion import OpinionRefused, all_checked, checked, no_numbers


@pytest.mark.parametrize(
    "text",
    [
        "当事人证件 230102199003077777 已核对",
        "末位是字母 23010219900307777x",
        "老证件号230102900307777",
        "全角２３０１０２１９９００３０７７７７７",
        "分开写 230102 1990 0307 7777",
        "打过电话13800138000",
        "打过电话 138-0013-8000",
        "打过电话 +86 138 0013 8000",
        "打过电话一三八零零一三八零零零",
        "电话幺三八、，不，幺三八 〇〇一三 八〇〇〇",
        "证件二三〇一〇二一九九〇〇三〇七七七七七",
    ],
)
def test_an_opinion_may_not_hold_an_id_number_or_a_mobile_number(text: str) -> None:
    with pytest.raises(OpinionRefused, match="意见里不要写证件号码或电话"):
        checked(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "材料齐全，同意",
        "哈道市监罚〔2026〕123456号",
        "2026-11-22 收件，2026-11-25 办结",
        "统一社会信用代码 91230102MA1BXXXX1X",
        "系统编号 202611220000000000123",
        "二〇二六年十一月二十八日第一、二、三项，共一百三十八件",
    ],
)
def test_document_numbers_and_days_may_stand_in_an_opinion(text: str) -> None:
    assert checked(text) == text


@pytest.mark.parametrize("day", ["20261128", "20261231", "20280229"])
def test_a_number_that_a_system_makes_of_day_time_and_serial_is_nobodys_at_any_time_of_day(day: str) -> None:
    """At 11:30 its twelve digits hold what could be a birthday; the region would be one that begins with the year."""
    for minute in range(24 * 60):
        made = f"{day}{minute // 60:02d}{minute % 60:02d}"
        for number in (f"{made}001", f"受理 {made}00 {minute:04d}", f"{made}001234"):
            assert checked(number) == number


@pytest.mark.parametrize("region", ["110101", "230102", "540102", "659001", "710000", "810000", "830000", "999999"])
def test_everybodys_number_is_refused_wherever_it_was_given(region: str) -> None:
    for number in (f"{region}199003077777", f"{region}900307777"):
        with pytest.raises(OpinionRefused):
            checked(number)


def test_an_opinion_has_at_most_500_characters() -> None:
    assert checked("字" * 500)
    with pytest.raises(OpinionRefused, match="最多 500 字"):
        checked("字" * 501)


def test_a_form_says_it_at_the_field_before_anything_is_done() -> None:
    no_numbers("材料齐全，同意")
    with pytest.raises(ValidationError, match="不要写证件号码或电话，请改写"):
        no_numbers("打过电话13800138000")
    with pytest.raises(ValidationError, match="最多 500 字"):
        no_numbers("字" * 501)


PIECES = st.sampled_from(
    ["DL2026-000123", "230102199001011239", "2301021990", "01011239", "1380451", "2345", "甲", "", "１３８"]
)


@given(st.lists(st.lists(PIECES, max_size=3).map("".join), max_size=5))
def test_a_set_is_judged_as_its_texts_are_one_by_one(texts: list[str]) -> None:
    def judged(ask: Callable[[], object]) -> bool:
        try:
            ask()
        except OpinionRefused:
            return False
        return True

    assert judged(lambda: all_checked(texts)) == all(judged(partial(checked, text)) for text in texts)


def test_digits_of_two_texts_are_no_number() -> None:
    assert all_checked(["230102199001", "011239"]) == ["230102199001", "011239"]
