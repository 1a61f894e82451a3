"""安排、报告、更正、取消、本节点无活动: each act and what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState, taking
from education.models import Campaign, NoCampaign
from education.models.campaign import S
from education.workflows import campaign as acts
from tests import make_campaigns as make
from tests.cast import Cast, assemble


def education() -> Department:
    return Department.objects.get(code="education")


def test_a_campaign_is_arranged_with_evidence(cast: Cast) -> None:
    row = make.arranged(cast)
    assert row.status == S.PLANNED
    assert row.arranged_on == clock.today()
    event = Event.objects.get(act="campaign.arranged")
    assert (event.object_id, event.department) == (str(row.pk), "education")


def test_the_unit_itself_is_never_its_own_partner(cast: Cast) -> None:
    both = Department.objects.filter(code__in=["education", "civility"])
    row = acts.arrange(department=education(), partners=both, what=make.arrangement(), actor=cast.organiser)
    assert [one.code for one in row.partners.all()] == ["civility"]


def test_nobody_arranges_for_another_unit(cast: Cast) -> None:
    for user in (cast.organiser, cast.supervisor, cast.clerk):
        with pytest.raises(PermissionDenied):
            acts.arrange(department=cast.health, partners=(), what=make.arrangement(), actor=user)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "名称"),
        ({"place": ""}, "地点"),
        ({"contents": ()}, "内容"),
        ({"contents": ("football",)}, "内容"),
        ({"title": "联系13800001234"}, "电话"),
        ({"planned_on": date(2030, 1, 1)}, "年份"),
        ({"key_date": "network-integrity", "key_day": date(2026, 7, 1)}, "还没有公布"),
        ({"key_date": "network-integrity"}, "还没有公布"),
        ({"key_date": "constitution-day", "key_day": date(2026, 12, 4)}, "2026-12-01 至 2026-12-07"),
    ],
)
def test_a_wrong_arrangement_is_refused_whole(cast: Cast, changes: dict[str, Any], says: str) -> None:
    with clock.at(date(2026, 11, 2)), pytest.raises(RuleBroken, match=says):
        make.arranged(cast, **changes)
    assert not Campaign.objects.exists()


def test_the_same_campaign_is_arranged_once(cast: Cast) -> None:
    make.arranged(cast)
    with pytest.raises(RuleBroken, match="已经安排过"):
        make.arranged(cast)


def test_two_clicks_at_once_arrange_one(committing_db: str) -> None:
    cast = assemble()
    what, department = make.arrangement(), education()

    def click(_: int) -> str:
        try:
            acts.arrange(department=department, partners=(), what=what, actor=User.objects.get(pk=cast.organiser.pk))
        except RuleBroken as why:
            return str(why)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(click, range(2)))
    assert said[0] == ""
    assert "已经安排过" in said[1]
    assert Campaign.objects.count() == 1


def test_a_report_makes_it_public_and_keeps_the_day(cast: Cast) -> None:
    row = make.held(cast, said={"reached": 120, "links": ("https://www.harbin.gov.cn/a",)})
    assert row.status == S.HELD
    assert row.reported_on == clock.today()
    assert row.reported_by == cast.organiser
    assert list(Campaign.objects.published()) == [row]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"held_on": date(2026, 12, 8)}, "还没有到"),
        ({"held_on": date(2026, 11, 20)}, "2026-12-01 至 2026-12-07"),
        ({"summary": " "}, "活动情况"),
        ({"place": ""}, "地点"),
        ({"contents": ()}, "内容"),
        ({"reached": 2_000_000}, "人数"),
        ({"summary": "参加者 999999198803120028"}, "证件号码"),
        ({"materials": "联系 13800001234"}, "电话"),
        ({"links": ("http://example.com",)}, "https"),
        ({"contents": ("typical-cases",)}, "请确认案例已经隐去"),
        ({"contents": ("typical-cases",), "cases_are_anonymous": True, "summary": "当事人（男，42岁）"}, "认出人"),
    ],
)
def test_a_wrong_report_is_refused_whole(cast: Cast, changes: dict[str, Any], says: str) -> None:
    with clock.at(make.CONSTITUTION):
        row = make.arranged(cast, key_date="constitution-day", key_day=make.CONSTITUTION)
        with pytest.raises(RuleBroken, match=says):
            acts.report(campaign_id=row.pk, what=make.account(**changes), actor=cast.organiser, seen=row.revision)
    row.refresh_from_db()
    assert row.status == S.PLANNED
    assert row.held_on is None


def test_anonymous_cases_may_be_told(cast: Cast) -> None:
    row = make.held(cast, said={"contents": ("typical-cases",), "cases_are_anonymous": True})
    assert row.cases_are_anonymous


def test_a_tick_without_cases_is_not_kept(cast: Cast) -> None:
    assert not make.held(cast, said={"cases_are_anonymous": True}).cases_are_anonymous


def test_a_correction_keeps_the_day_of_the_first_report(cast: Cast) -> None:
    row = make.on_constitution_day(cast)
    with clock.at(date(2027, 1, 20)):
        changed = make.account(held_on=date(2026, 12, 3), summary="更正：发放读本 80 册。")
        row = acts.correct(campaign_id=row.pk, what=changed, actor=cast.organiser, seen=row.revision)
    assert row.reported_on == make.CONSTITUTION
    assert row.revision == 3
    assert row.summary.startswith("更正")


def test_a_correction_cannot_move_the_day_behind_its_report(cast: Cast) -> None:
    row = make.on_constitution_day(cast)
    with clock.at(date(2026, 12, 7)), pytest.raises(RuleBroken, match="不能晚于"):
        acts.correct(
            campaign_id=row.pk, what=make.account(held_on=date(2026, 12, 6)), actor=cast.organiser, seen=row.revision
        )


def test_a_cancellation_needs_a_reason_without_numbers(cast: Cast) -> None:
    row = make.arranged(cast)
    for opinion, says in ((" ", "写明意见"), ("找 13800001234", "电话")):
        with pytest.raises(RuleBroken, match=says):
            acts.cancel(campaign_id=row.pk, actor=cast.organiser, opinion=opinion, seen=row.revision)
    acts.cancel(campaign_id=row.pk, actor=cast.organiser, opinion="场地维修", seen=row.revision)
    assert make.arranged(cast).pk != row.pk


def test_a_form_that_is_out_of_date_is_refused(cast: Cast) -> None:
    row = make.held(cast)
    with pytest.raises(Stale):
        acts.correct(campaign_id=row.pk, what=make.account(), actor=cast.organiser, seen=1)


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("name", list(acts.STEPS))
def test_an_act_from_a_status_that_the_table_does_not_name_is_refused(cast: Cast, status: str, name: str) -> None:
    step = acts.STEPS[name]
    row = make.arranged(cast) if status != S.HELD else make.held(cast)
    if status == S.CANCELLED:
        acts.cancel(campaign_id=row.pk, actor=cast.organiser, opinion="场地维修", seen=row.revision)
    if status in step.source:
        with taking(step, Campaign, row.pk, actor=cast.organiser, opinion="核对") as found:
            found.held_on = found.reported_on = clock.today()
            found.reported_by, found.summary = cast.organiser, "办了"
        assert Campaign.objects.get(pk=row.pk).status == step.target
    else:
        refused = pytest.raises((WrongState, AlreadyDone))
        with refused, taking(step, Campaign, row.pk, actor=cast.organiser, opinion="核对"):
            pytest.fail("表外的一步不应办成")


@pytest.mark.parametrize("name", list(acts.STEPS))
def test_an_act_by_somebody_without_the_duty_is_refused(cast: Cast, name: str) -> None:
    step = acts.STEPS[name]
    row = make.held(cast) if name == "correct" else make.arranged(cast)
    for user in (cast.supervisor, cast.clerk, make.organiser("justice"), cast.citizen, User.objects.system()):
        with pytest.raises(PermissionDenied), taking(step, Campaign, row.pk, actor=user, opinion="核对"):
            pytest.fail("没有职责的人不应办成")


def test_the_database_refuses_cases_that_are_not_anonymous(cast: Cast) -> None:
    row = make.held(cast)
    with pytest.raises(IntegrityError, match="typical_cases_are_anonymous"), connection.cursor() as cursor:
        cursor.execute("UPDATE education_campaign SET contents = '{typical-cases}' WHERE id = %s", [row.pk])


def test_the_database_refuses_a_report_before_the_event(cast: Cast) -> None:
    row = make.held(cast)
    with pytest.raises(IntegrityError, match="held_before_it_was_reported"), connection.cursor() as cursor:
        cursor.execute("UPDATE education_campaign SET held_on = reported_on + 1 WHERE id = %s", [row.pk])


def none(user: User, key: str = "constitution-day", day: date | None = make.CONSTITUTION) -> NoCampaign:
    return acts.say_none(department=make.department(user), key_date=key, key_day=day, actor=user)


def test_no_campaign_is_one_click_with_evidence(cast: Cast) -> None:
    with clock.at(make.CONSTITUTION):
        said = none(cast.organiser)
        assert said.said_on == make.CONSTITUTION
        with pytest.raises(AlreadyDone):
            none(cast.organiser)
    assert Event.objects.filter(act="campaign.none").count() == 1


def test_no_campaign_cannot_be_said_ahead_or_of_nothing(cast: Cast) -> None:
    with clock.at(make.CONSTITUTION - timedelta(days=4)), pytest.raises(RuleBroken, match="2026-12-01"):
        none(cast.organiser)
    with clock.at(make.CONSTITUTION):
        for key, day in (("network-integrity", None), ("nothing", make.CONSTITUTION)):
            with pytest.raises(RuleBroken, match="没有这个宣传节点"):
                none(cast.organiser, key, day)


def test_no_campaign_is_not_said_beside_a_campaign(cast: Cast) -> None:
    with clock.at(make.CONSTITUTION):
        row = make.arranged(cast, key_date="constitution-day", key_day=make.CONSTITUTION)
        with pytest.raises(RuleBroken, match="请先取消"):
            none(cast.organiser)
        acts.cancel(campaign_id=row.pk, actor=cast.organiser, opinion="场地维修", seen=row.revision)
        none(cast.organiser)


def test_nobody_says_it_for_another_unit(cast: Cast) -> None:
    with clock.at(make.CONSTITUTION), pytest.raises(PermissionDenied):
        acts.say_none(
            department=cast.health, key_date="constitution-day", key_day=make.CONSTITUTION, actor=cast.organiser
        )
