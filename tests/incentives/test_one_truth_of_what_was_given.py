"""兑现只有一个说法: a reward's task and its benefit stand and fall together, whichever door the report came by."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from incentives.models import Benefit, MatterCase, MeasureTask
from incentives.models.measure_task import T
from incentives.models.nomination_status import B
from incentives.workflows import benefiting, matter_case, measures
from tests import make_honours, make_matters, make_measures
from tests.cast import Cast, browser, identity
from tests.days import TOMORROW, YESTERDAY, all_dated

CASE = "就业服务〔2026〕1号"


@pytest.fixture
def reward(cast: Cast) -> MeasureTask:
    """Human resources' own task for 林秀云's honour, which it may see."""
    record = make_measures.honour()
    make_honours.share()
    make_measures.pull()
    return make_measures.task(record, "r-employment", "human-resources")


def _case(cast: Cast, number: str = CASE, *, matter: str = "employment-service") -> MatterCase:
    return matter_case.register(
        matter=matter, body=cast.wages, case_number=number, opened_on=clock.today(), actor=cast.wage_clerk
    )


def _give(cast: Cast, task: MeasureTask, **changes: Any) -> MeasureTask:
    facts = {"day": clock.today(), "case_number": CASE, "opinion": "招聘会专区", **changes}
    return benefiting.give(task_id=task.pk, actor=cast.wage_clerk, **facts)


def test_a_task_that_is_given_is_a_benefit_that_the_person_still_has_to_confirm(
    cast: Cast, reward: MeasureTask
) -> None:
    given = _give(cast, reward)
    got = Benefit.objects.get()
    assert (given.status, got.task, got.status, got.case) == (T.GIVEN, given, B.REPORTED, None)
    assert not Benefit.objects.filter(status=B.RECEIVED).exists()  # what counts is what she confirmed
    clerk = browser(cast.wage_clerk)
    page = clerk.get(reverse("measure", args=[reward.number])).content.decode()
    assert got.number in page
    assert "等本人确认" in page
    mine = browser(cast.citizen)
    assert "收到没有，等您说" in mine.get("/me/").content.decode()
    mine.post(reverse("me-benefit", args=[got.number, "receive"]))
    assert "您确认收到了" in mine.get("/me/").content.decode()
    assert "本人确认收到" in clerk.get(reverse("measure", args=[reward.number])).content.decode()


def test_a_benefit_by_number_settles_the_task_also_before_the_round_came_by(cast: Cast) -> None:
    record = make_measures.honour()
    assert not MeasureTask.objects.exists()
    got = make_honours.reported(cast)
    task = make_measures.task(record, "r-employment", "human-resources")
    assert (got.task, task.status, task.done_on) == (task, T.GIVEN, clock.today())
    again = make_honours.reported(cast, case="就业服务〔2026〕2号")
    assert again.task == task
    with pytest.raises(AlreadyDone):
        make_honours.reported(cast)


def test_a_retracted_benefit_leaves_the_task_to_be_done_again(cast: Cast, reward: MeasureTask) -> None:
    _give(cast, reward)
    second = make_honours.reported(cast, case="就业服务〔2026〕2号")
    first = Benefit.objects.exclude(pk=second.pk).get()
    benefiting.retract(benefit_id=first.pk, actor=cast.wage_clerk, opinion="报错了人")
    reward.refresh_from_db()
    assert reward.status == T.GIVEN  # the other one stands
    benefiting.retract(benefit_id=second.pk, actor=cast.wage_clerk, opinion="报错了人")
    with pytest.raises(AlreadyDone):
        benefiting.retract(benefit_id=second.pk, actor=cast.wage_clerk, opinion="报错了人")
    reward.refresh_from_db()
    assert (reward.status, reward.done_on, reward.reported_by, reward.reason) == (T.OPEN, None, None, "")
    _give(cast, reward, case_number="就业服务〔2026〕3号")


def test_a_registered_case_is_linked_and_must_be_the_same_matter_and_not_later(cast: Cast, reward: MeasureTask) -> None:
    case = _case(cast, "就业服务〔2026〕7号")
    _give(cast, reward, case_number="就业服务(2026)7号")
    assert Benefit.objects.get().case == case
    assert CASE not in browser(cast.wage_clerk).get(reverse("case", args=[case.pk])).content.decode()
    other = _case(cast, "就业服务〔2026〕8号")
    matter_case.close(case_id=other.pk, actor=cast.wage_clerk, closed_on=clock.today())
    with pytest.raises(RuleBroken, match="办结，不能再为它查询"):
        make_honours.reported(cast, case="就业服务〔2026〕8号")
    with pytest.raises(RuleBroken, match="没有办件"):
        make_honours.reported(cast, case=" ")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"day": TOMORROW}, "还没有到"),
        ({"day": YESTERDAY}, "早于记录生效日"),
        ({"case_number": " "}, "请写明办件编号"),
        ({"case_number": "13800001234"}, "不写证件号码和电话"),
        ({"opinion": ""}, "要写明意见"),
    ],
)
def test_a_bad_report_is_refused_in_words_and_nothing_is_half_saved(
    cast: Cast, reward: MeasureTask, typed: dict[str, Any], says: str
) -> None:
    with pytest.raises(RuleBroken, match=says):
        _give(cast, reward, **all_dated(typed))
    reward.refresh_from_db()
    assert (reward.status, Benefit.objects.count()) == (T.OPEN, 0)


def test_a_case_of_another_matter_is_named(cast: Cast, reward: MeasureTask) -> None:
    make_matters.assess("startup-fund")
    _case(cast, "创补〔2026〕1号", matter="startup-fund")
    with pytest.raises(RuleBroken, match="登记在“创业担保和创业补贴等政府资金支持”"):
        _give(cast, reward, case_number="创补〔2026〕1号")


def test_nobody_else_gives_and_a_wrong_form_comes_back_filled_in(cast: Cast, reward: MeasureTask) -> None:
    there = reverse("measure-act", args=[reward.number, "give"])
    typed = {"seen": str(reward.revision), "day": clock.today().isoformat(), "case_number": "", "opinion": "招聘会专区"}
    assert browser(cast.clerk).post(there, typed).status_code == 404
    assert browser(cast.decider).post(there, typed).status_code == 403
    answer = browser(cast.wage_clerk).post(there, typed)
    assert answer.status_code == 422
    assert "请写明办件编号" in answer.content.decode()
    assert "招聘会专区" in answer.content.decode()
    typed["case_number"] = CASE
    assert browser(cast.wage_clerk).post(there, typed).status_code == 302
    assert browser(cast.wage_clerk).post(there, typed).status_code == 302  # a double click is a success
    assert browser(cast.wage_clerk).post(there, {**typed, "case_number": "别的〔2026〕1号"}).status_code == 302
    assert Benefit.objects.count() == 1


def test_the_database_wants_both_or_neither(cast: Cast, reward: MeasureTask) -> None:
    def run(sql: str, *values: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    facts = "done_on = now(), reported_on = now(), reported_by_id = %s"
    with pytest.raises(IntegrityError, match="只由一次兑现说明"):
        run(f"UPDATE incentives_measuretask SET status = 'given', {facts} WHERE id = %s", cast.wage_clerk.pk, reward.pk)  # noqa: S608
    make_measures.pull()
    _give(cast, reward)
    got = Benefit.objects.get()
    with pytest.raises(IntegrityError, match="兑现没有撤销"):
        run("UPDATE incentives_measuretask SET status = 'open' WHERE id = %s", reward.pk)
    with pytest.raises(IntegrityError, match="任务要重新办理"):
        run(
            "UPDATE incentives_benefit SET status = 'retracted', retracted_by_id = %s, retracted_on = now()"
            " WHERE id = %s", cast.wage_clerk.pk, got.pk,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="写下后不能改写"):
        run("UPDATE incentives_benefit SET task_id = NULL WHERE id = %s", got.pk)
    other = MeasureTask.objects.exclude(measure=reward.measure).filter(record=reward.record).first()
    assert other is not None
    names = "nomination_id, measure, matter, department_id, received_on, reported_by_id, reported_on, status, revision"
    copied = f"INSERT INTO incentives_benefit (number, case_number, task_id, case_id, {names}) SELECT"
    with pytest.raises(IntegrityError, match="不是同一份荣誉"):
        run(f"{copied} 'DX-x', 'x', %s, NULL, {names} FROM incentives_benefit", other.pk)
    case = _case(cast, "就业服务〔2026〕9号")
    with pytest.raises(IntegrityError, match="与登记的办件不符"):
        run(f"{copied} 'DX-x', 'x', task_id, %s, {names} FROM incentives_benefit", case.pk)


def test_what_was_not_given_is_taken_back_only_with_its_benefit(cast: Cast, reward: MeasureTask) -> None:
    _give(cast, reward)
    with pytest.raises(IntegrityError, match="兑现没有撤销"), transaction.atomic():
        measures.take_back(task_id=reward.pk, actor=cast.wage_clerk, opinion="误报")
    assert identity("linxiuyun").name not in browser(cast.wage_clerk).get("/desk/measures/").content.decode()
