"""修复提醒: on the first day on which a repair may be applied for, the person is told, once; the form is filled in."""

from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, pack
from daoli_credit.workflow import noun
from records.models import CreditRecord, RepairOffer
from records.models.repair import RUNNING
from records.rules.repairable import precheck

OFFERED = register("repair.offered", "提醒可以申请修复")
TITLE = "可以申请信用修复了"


def due() -> Sequence[int]:
    """该提醒的: adverse, in force, its first day has come, no application runs and nothing was said yet."""
    adverse = [code for code, item in pack.current().items.items() if item.sign == "adverse"]
    today = clock.today()
    ready = CreditRecord.objects.in_force(on=today).filter(repair_from__lte=today, item_id__in=adverse)
    fresh = ready.filter(repair_offer__isnull=True).exclude(repairs__status__in=RUNNING)
    return list(fresh.values_list("pk", flat=True))


def offer(*, record_id: int, actor: User) -> RepairOffer | None:
    """提醒. None when it was said before, or when the day has not come; harmless twice."""
    with transaction.atomic():
        record = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
        today = clock.today()
        if not record.is_in_force(today) or not precheck(record, today).may_apply:
            return None
        facts = {
            "record": record,
            "item": pack.current().item(record.item_id),
            "today": today,
            "site": settings.SITE,
            "published": record.public_until is not None,
        }
        try:
            with transaction.atomic():
                message = messages.tell(
                    person_key=record.person_keys()[0],
                    title=TITLE,
                    text=render_to_string("documents/repair_offered_v1.txt", facts).strip() + "\n",
                    noun=noun(CreditRecord),
                    object_id=str(record.pk),
                )
                made = RepairOffer.objects.create(record=record, message=message, offered_on=today)
        except IntegrityError:
            return None  # another worker was quicker
        events.record(
            act=OFFERED, noun=noun(CreditRecord), object_id=record.pk, actor=actor, department=record.department.code
        )
    return made


def filled_in(record: CreditRecord) -> dict[str, str]:
    """已填好的申请: what the register knows; the ticks and the promise stay the person's own."""
    return {
        # the item, not the document: what the person said stays readable after the record is gone
        "statement": f"{record.department.name}所作“{record.item.title}”的义务已经履行，行为已经纠正，申请信用修复。"
    }
