"""“信用中国”的受理编号: kept beside our own application, as the person says it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun
from records.models import Repair
from records.models.repair import IN_HAND

NOTED = register("repair.credit-china", "填写“信用中国”受理编号")


def note(*, repair_id: int, actor: User, number: str, on: date) -> Repair:
    """填写: number and day. Raises PermissionDenied, RuleBroken, AlreadyDone, OpinionRefused."""
    with transaction.atomic():
        repair = Repair.objects.select_for_update(of=("self",)).get(pk=repair_id)
        if not actor.is_person(repair.person_keys()):
            raise PermissionDenied("只有本人可以填写")
        if repair.status not in IN_HAND:
            raise RuleBroken("这一件已经办结，不用再填写")
        if not number.strip():
            raise RuleBroken("请填写“信用中国”的受理编号")
        if not repair.record.determined_on <= on <= clock.today():
            begun = repair.record.determined_on
            raise RuleBroken(f"在那里申请的日期要在这一条的认定日期（{begun:%Y-%m-%d}）和今天之间，请核对")
        if (repair.credit_china_number, repair.credit_china_on) == (number.strip(), on):
            raise AlreadyDone("受理编号已经填好了")
        repair.credit_china_number, repair.credit_china_on = checked(number.strip()), on
        repair.save(update_fields=["credit_china_number", "credit_china_on"])
        events.record(
            act=NOTED,
            noun=noun(Repair),
            object_id=repair.pk,
            actor=actor,
            department=repair.record.department.code,
            revision=repair.revision,
        )
    return repair
