"""登记和办结一个办件: a bureau's own number, once, in a matter that the department may use."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from incentives.models import MatterCase
from incentives.workflows import matter_case
from tests import make_matters
from tests.cast import Cast


def test_a_registered_case_is_open_and_its_department_alone_sees_it(cast: Cast) -> None:
    row = make_matters.case(cast, " 食许[2026] 118号 ")

    assert row.case_number == "食许〔2026〕118号"
    assert list(MatterCase.objects.open(clock.today())) == [row]
    assert list(MatterCase.objects.visible_to(cast.clerk)) == [row]
    assert list(MatterCase.objects.visible_to(cast.reviewer)) == [row]
    assert not MatterCase.objects.visible_to(cast.wage_clerk).exists()
    assert not MatterCase.objects.visible_to(cast.supervisor).exists()


def test_a_closed_case_is_not_open_any_more_and_is_not_closed_twice(cast: Cast) -> None:
    row = make_matters.case(cast)

    matter_case.close(case_id=row.pk, actor=cast.clerk, closed_on=clock.today())

    assert not MatterCase.objects.open(clock.today()).exists()
    with pytest.raises(AlreadyDone):
        matter_case.close(case_id=row.pk, actor=cast.clerk, closed_on=clock.today())
    with pytest.raises(WrongState):
        matter_case.close(case_id=row.pk, actor=cast.both, closed_on=clock.today())


def test_a_double_click_is_a_success_and_the_same_number_elsewhere_is_a_mistake(cast: Cast) -> None:
    make_matters.case(cast)

    with pytest.raises(AlreadyDone):
        make_matters.case(cast)
    make_matters.assess("drug-retail-permit")
    with pytest.raises(RuleBroken, match="已经登记在“食品经营许可"):
        make_matters.case(cast, code="drug-retail-permit")
    assert MatterCase.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "says"),
    [("", "请填写办件编号"), ("号" * 61, "最多 60 个字"), ("999999198803120028", "不要填本人的号码")],
)
def test_a_number_that_is_none_is_refused(cast: Cast, number: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        make_matters.case(cast, number)


def test_a_matter_of_another_department_or_without_assessment_is_refused(cast: Cast) -> None:
    for code, says in (("startup-fund", "没有这个应用事项"), ("drug-retail-permit", "没有在效的个人信息保护影响评估")):
        with pytest.raises(RuleBroken, match=says):
            matter_case.register(
                matter=code, body=cast.market, case_number="1号", opened_on=clock.today(), actor=cast.clerk
            )


def test_a_day_in_the_future_or_a_closing_before_the_opening_is_refused(cast: Cast) -> None:
    row = make_matters.case(cast)
    with pytest.raises(RuleBroken, match="还没有到"):
        matter_case.register(
            matter="food-permit",
            body=cast.market,
            case_number="2号",
            opened_on=clock.today() + timedelta(days=1),
            actor=cast.clerk,
        )
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="办结日"):
            matter_case.close(case_id=row.pk, actor=cast.clerk, closed_on=day)


def test_nobody_registers_or_closes_for_another_department(cast: Cast) -> None:
    row = make_matters.case(cast)
    with pytest.raises(PermissionDenied):
        matter_case.register(
            matter="food-permit", body=cast.market, case_number="3号", opened_on=clock.today(), actor=cast.wage_clerk
        )
    with pytest.raises(PermissionDenied):
        matter_case.close(case_id=row.pk, actor=cast.wage_clerk, closed_on=clock.today())
