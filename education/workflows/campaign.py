"""宣传活动的办理: arranged → held (reported, and corrected when something was wrong) | cancelled with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, noun, taking
from education.models import Campaign, NoCampaign
from education.models.campaign import Contents, S
from education.rules import words
from education.rules.calendar import Occurrence, occurrence

STEPS = {
    "report": Step("campaign.reported", "报告举办", frozenset({S.PLANNED}), S.HELD, department("plan_campaign")),
    "correct": Step("campaign.corrected", "更正报告", frozenset({S.HELD}), S.HELD, department("plan_campaign")),
    "cancel": Step(
        "campaign.cancelled", "取消", frozenset({S.PLANNED}), S.CANCELLED, department("plan_campaign"), opinion=True
    ),
}
register("campaign.arranged", "安排宣传活动", duty="plan_campaign")
register("campaign.none", "确认本节点无活动", duty="plan_campaign")
FARTHEST = timedelta(days=366)
MOST_REACHED = 1_000_000


@dataclass(frozen=True)
class Arrangement:
    """一次安排: what is known before the event."""

    title: str
    place: str
    planned_on: date
    contents: tuple[str, ...]
    key_date: str = ""
    key_day: date | None = None


@dataclass(frozen=True)
class Account:
    """一次报告: what is said after the event."""

    held_on: date
    summary: str
    place: str
    contents: tuple[str, ...]
    reached: int | None = None
    reached_is_estimate: bool = True
    materials: str = ""
    links: tuple[str, ...] = ()
    cases_are_anonymous: bool = False


def _refuse_words(texts: Iterable[str], *, cases: bool) -> None:
    for text in texts:
        if why := words.problem(text, cases=cases):
            raise RuleBroken(why)


def _refuse_contents(contents: tuple[str, ...]) -> None:
    if not contents or not set(contents) <= set(Contents.values):
        raise RuleBroken("请选择宣传内容")


def _occurrence(code: str, first: date | None) -> Occurrence:
    found = occurrence(pack.current(), code, first) if first else None
    if found is None:
        raise RuleBroken("没有这个宣传节点，或者它的日期还没有公布；可以先作为日常宣传安排")
    return found


def _refuse_day(key: Occurrence | None, day: date) -> None:
    if key is not None and not key.holds(day):
        raise RuleBroken(f"“{key.title}”的活动应在 {key.opens} 至 {key.closes} 之间；这一天的活动请作为日常宣传安排")


def arrange(*, department: Department, partners: Iterable[Department], what: Arrangement, actor: User) -> Campaign:
    """安排: by the unit's own organiser. Raises PermissionDenied and RuleBroken."""
    if not actor.may("plan_campaign", department.pk):
        raise PermissionDenied(f"您没有为{department.name}安排宣传活动的职责")
    today = clock.today()
    if not department.in_use(today):
        raise RuleBroken(f"{department.name}已经停用，新的活动由承接部门安排")
    if not what.title.strip() or not what.place.strip():
        raise RuleBroken("请写明活动名称和地点")
    _refuse_contents(what.contents)
    _refuse_words((what.title, what.place), cases=False)
    if abs(what.planned_on - today) > FARTHEST:
        raise RuleBroken("日期应在前后一年之内，请核对年份")
    if what.key_date:
        _refuse_day(_occurrence(what.key_date, what.key_day), what.planned_on)
    same = {"department": department, "title": what.title.strip(), "planned_on": what.planned_on}
    with transaction.atomic():
        Department.objects.select_for_update(no_key=True).get(pk=department.pk)  # two clicks at once are one
        if Campaign.objects.filter(**same).exclude(status=S.CANCELLED).exists():
            raise RuleBroken(f"“{what.title.strip()}”在 {what.planned_on} 已经安排过，不必重复")
        made = Campaign.objects.create(
            **same, place=what.place.strip(), contents=list(what.contents), key_date=what.key_date,
            key_day=what.key_day if what.key_date else None, arranged_by=actor, arranged_on=today,
        )  # fmt: skip
        made.partners.set(one for one in partners if one.pk != department.pk)
        events.record(
            act="campaign.arranged", noun=noun(Campaign), object_id=made.pk, actor=actor, department=department.code,
            to_status=S.PLANNED, revision=made.revision,
        )  # fmt: skip
    return made


def _tell(row: Campaign, what: Account) -> None:
    """Writes what was said, held to every rule."""
    cases = Contents.TYPICAL_CASES in what.contents
    if what.held_on > clock.today():
        raise RuleBroken(f"举办日期 {what.held_on} 还没有到；办过以后再报告")
    if row.key_date:
        _refuse_day(_occurrence(row.key_date, row.key_day), what.held_on)
    elif clock.today() - what.held_on > FARTHEST:
        raise RuleBroken("举办日期应在一年之内，请核对年份")
    if not what.summary.strip() or not what.place.strip():
        raise RuleBroken("请写明活动情况和地点")
    _refuse_contents(what.contents)
    if what.reached is not None and what.reached > MOST_REACHED:
        raise RuleBroken("参加人数超出可信的范围，请核对")
    _refuse_words((what.summary, what.materials, what.place), cases=cases)
    for link in what.links:
        if why := words.link_problem(link):
            raise RuleBroken(why)
    if cases and not what.cases_are_anonymous:
        raise RuleBroken("讲了典型案例的，请确认案例已经隐去姓名、单位、住址等能认出人的内容")
    row.held_on, row.summary, row.place = what.held_on, what.summary.strip(), what.place.strip()
    row.contents, row.links, row.materials = list(what.contents), list(what.links), what.materials.strip()
    row.reached, row.reached_is_estimate = what.reached, what.reached_is_estimate
    row.cases_are_anonymous = cases and what.cases_are_anonymous


def report(*, campaign_id: int, what: Account, actor: User, seen: int) -> Campaign:
    """报告举办: it is on the public page from now on. Raises what `taking` raises, and RuleBroken."""
    with taking(STEPS["report"], Campaign, campaign_id, actor=actor, seen=seen) as row:
        _tell(row, what)
        row.reported_by, row.reported_on = actor, clock.today()
        row.revision += 1
    return row


def correct(*, campaign_id: int, what: Account, actor: User, seen: int) -> Campaign:
    """更正报告: the day of the first report stays; the number of the revision grows.

    Raises RuleBroken for a day after the first report.
    """
    with taking(STEPS["correct"], Campaign, campaign_id, actor=actor, seen=seen) as row:
        _tell(row, what)
        if row.reported_on is not None and what.held_on > row.reported_on:
            raise RuleBroken(f"举办日期不能晚于第一次报告的日期 {row.reported_on}")
        row.revision += 1
    return row


def cancel(*, campaign_id: int, actor: User, opinion: str, seen: int) -> Campaign:
    """取消, with the reason. Postponed beyond the window is cancelled too and arranged anew.

    Raises RuleBroken when the reason says too little or names somebody.
    """
    if why := words.problem(opinion):
        raise RuleBroken(why)
    with taking(STEPS["cancel"], Campaign, campaign_id, actor=actor, opinion=opinion, seen=seen) as row:
        row.revision += 1
    return row


def say_none(*, department: Department, key_date: str, key_day: date | None, actor: User) -> NoCampaign:
    """确认本节点无活动: counts as fully on time. Not before the window opens; a second click changes nothing.

    Raises PermissionDenied, RuleBroken and AlreadyDone.
    """
    if not actor.may("plan_campaign", department.pk):
        raise PermissionDenied(f"您没有为{department.name}安排宣传活动的职责")
    key = _occurrence(key_date, key_day)
    today = clock.today()
    if key.opens is not None and today < key.opens:
        raise RuleBroken(f"“{key.title}”的宣传从 {key.opens} 开始，到时再确认")
    if key.first is None:
        raise RuleBroken("这个宣传节点的日期还没有公布")
    with transaction.atomic():
        Department.objects.select_for_update(no_key=True).get(pk=department.pk)  # two clicks at once are one
        here = Campaign.objects.filter(department=department, key_date=key.code, key_day=key.first)
        if here.exclude(status=S.CANCELLED).exists():
            raise RuleBroken(f"“{key.title}”已有安排或者举办的活动，不必再确认；不办了的，请先取消")
        said, made = NoCampaign.objects.get_or_create(
            department=department, key_date=key.code, key_day=key.first, defaults={"said_by": actor, "said_on": today}
        )
        if not made:
            raise AlreadyDone(f"“{key.title}”已经确认过本节点无活动")
        events.record(
            act="campaign.none", noun=noun(NoCampaign), object_id=said.pk, actor=actor, department=department.code
        )
    return said
