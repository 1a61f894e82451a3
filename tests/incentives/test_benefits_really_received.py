"""激励兑现: reported in a matter and a case, counted only when the person says that it arrived."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from incentives.models import Benefit
from incentives.models.nomination_status import B
from incentives.selectors import benefits
from incentives.workflows import benefiting, consenting
from tests import make_honours
from tests.cast import Cast, identity


def test_a_benefit_is_reported_and_the_person_says_that_it_arrived(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    got = make_honours.reported(cast)
    assert got.status == B.REPORTED
    for stranger in (cast.namesake, cast.wage_clerk, cast.supervisor):
        with pytest.raises(PermissionDenied):
            benefiting.receive(benefit_id=got.pk, actor=stranger)
    assert benefiting.receive(benefit_id=got.pk, actor=cast.citizen).status == B.RECEIVED
    with pytest.raises(AlreadyDone):
        benefiting.receive(benefit_id=got.pk, actor=cast.citizen)
    with pytest.raises(WrongState):
        benefiting.retract(benefit_id=got.pk, actor=cast.wage_clerk, opinion="误报")


def test_what_did_not_arrive_does_not_count_and_can_be_put_right(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    first, second = make_honours.reported(cast), make_honours.reported(cast, case="就业服务〔2026〕2号")
    benefiting.deny(benefit_id=first.pk, actor=cast.citizen)
    benefiting.deny(benefit_id=second.pk, actor=cast.citizen)
    assert benefits.waiting_for(cast.wage_clerk).count() == 2
    assert benefits.by_month()[-1].count == 0
    benefiting.receive(benefit_id=first.pk, actor=cast.citizen)
    with pytest.raises(RuleBroken, match="要写明意见"):
        benefiting.retract(benefit_id=second.pk, actor=cast.wage_clerk, opinion="")
    benefiting.retract(benefit_id=second.pk, actor=cast.wage_clerk, opinion="报错了人")
    assert benefits.by_month()[-1].count == 1


def test_the_look_is_told_to_the_person_found_or_not(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="没有荣誉记录的人照常办理"):
        make_honours.reported(cast)
    look = LookUp.objects.get(matter="employment-service")
    assert (look.case_number, look.department) == ("就业服务〔2026〕1号", "human-resources")
    assert cast.citizen.is_person([bytes(look.person_key)])
    make_honours.effective(cast.citizen)
    make_honours.reported(cast)
    assert LookUp.objects.filter(result="benefit.reported").exists()


@pytest.mark.parametrize(
    ("measure", "matter", "case", "says"),
    [
        ("m-wage-funds", "startup-fund", "1号", "没有这项激励"),
        ("r-fast-lane", "tour-guide-permit", "1号", "不由本单位实施"),
        ("r-employment", "food-permit", "1号", "不用在这个事项里"),
        ("r-employment", "employment-service", " ", "没有办件，不能查询任何人"),
        ("r-employment", "employment-service", "13800001234", "不写证件号码和电话"),
    ],
)
def test_only_a_reward_of_ones_own_in_its_matter_with_a_case(
    cast: Cast, measure: str, matter: str, case: str, says: str
) -> None:
    make_honours.effective(cast.citizen)
    given = benefiting.Given(measure, matter, case, clock.today())
    with pytest.raises(RuleBroken, match=says):
        benefiting.report(
            department=cast.wages, given=given, id_number=identity("linxiuyun").id_number, actor=cast.wage_clerk
        )
    assert not Benefit.objects.exists()


def test_not_before_the_honour_nor_in_the_future_nor_twice(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    today = clock.today()
    with pytest.raises(RuleBroken, match="还没有到"):
        make_honours.reported(cast, day=today + timedelta(days=1))
    with pytest.raises(RuleBroken, match="没有查到"):
        make_honours.reported(cast, day=today - timedelta(days=1))
    make_honours.reported(cast)
    with pytest.raises(AlreadyDone):
        make_honours.reported(cast)


def test_no_benefit_after_the_consent_is_gone(cast: Cast) -> None:
    row = make_honours.effective(cast.citizen)
    make_honours.reported(cast)
    assert Benefit.objects.visible_to(cast.wage_clerk).exists()
    consenting.withdraw(nomination_id=row.pk, actor=cast.citizen)
    assert not Benefit.objects.visible_to(cast.wage_clerk).exists()
    assert not Benefit.objects.about(cast.citizen.person_keys()).exists()
    with pytest.raises(RuleBroken, match="没有查到"):
        make_honours.reported(cast, case="就业服务〔2026〕3号")


def test_cells_under_ten_are_not_told_and_no_person_is_counted(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    for serial in range(9):
        got = make_honours.reported(cast, case=f"就业服务〔2026〕{serial}号")
        benefiting.receive(benefit_id=got.pk, actor=cast.citizen)
    assert benefits.by_month()[-1].says == "不足 10 件"
    got = make_honours.reported(cast, case="就业服务〔2026〕99号")
    benefiting.receive(benefit_id=got.pk, actor=cast.citizen)
    assert benefits.by_month()[-1].says == "10 件"
    assert len(benefits.by_month()) == benefits.MONTHS
