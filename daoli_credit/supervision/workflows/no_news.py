"""确认本期无新增: one click by the unit's own clerk; a fact, not a step."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.supervision.models import NoNews
from daoli_credit.supervision.weeks import Week, latest
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun
from records import days

SAID = register("report.none", "确认本期无新增", duty="submit_record")


def say(*, department: Department, starts_on: date, actor: User) -> NoNews:
    """确认本期无新增. Raises PermissionDenied, RuleBroken, and AlreadyDone for a second click."""
    if not actor.may("submit_record", department.pk):
        raise PermissionDenied(f"您没有为{department.name}报送的职责")
    today, week = clock.today(), Week(starts_on)
    if week not in latest(today):
        raise RuleBroken("只能确认最近 12 周，请从列表里选择")
    if today < week.can_be_confirmed_from:
        raise RuleBroken(f"这一周还没有过完，{week.can_be_confirmed_from} 起可以确认")
    with transaction.atomic():
        Department.objects.select_for_update(no_key=True).get(pk=department.pk)  # two clicks at once are one
        if department.pk in {unit for unit, _ in days.items(week.first, week.last)}:
            raise RuleBroken("这一周已经有报送，不用再确认")
        said, made = NoNews.objects.get_or_create(
            department=department, starts_on=week.first,
            defaults={"ends_on": week.last, "said_by": actor, "said_on": today},
        )  # fmt: skip
        if not made:
            raise AlreadyDone(f"{week} 已经确认过本期无新增")
        events.record(act=SAID, noun=noun(NoNews), object_id=said.pk, actor=actor, department=department.code)
    return said
