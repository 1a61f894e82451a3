"""依法调取的告知: whoever's records were handed over gets a letter, from the next day on, unless a law delays it.

The looks stand in 谁看过 at once, unless a signed delay hides them; as long as one does, the letter waits as well.
"""

from django.db import transaction

from daoli_credit.accounts import messages
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Timetable, record
from daoli_credit.law import clock
from daoli_credit.looks.models import LookDelay
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import noun
from records.models import LawfulRequest
from records.models.lawful_request import R
from records.rules import requesters

TOLD = register("request.told", "告知本人依法调取过")
TEXT = """依法调取告知

{body_name}于 {received_on:%Y年%m月%d日} 凭《{document_number}》（案号 {case_number}）向{department}调取您的信用信息，
{handed_on:%Y年%m月%d日} 已经依法提供 {count} 条，办理编号 {number}。

依据：{article}。
由谁：{first} 登记，{second} 签批，两人不是同一人。

提供了哪些，在“提供给了谁”里；查看的记录在“谁看过”里，您可以请求说明。调取不改变您的任何信息，也不是对您的评价。
"""


def tell_of_requests() -> int:
    """告知. Returns how many; harmless twice and side by side."""
    today = clock.today()
    waiting = LawfulRequest.objects.filter(status=R.HANDED, told_on__isnull=True, handed_on__lt=today)
    hidden = LookDelay.objects.hiding(on=today).values("look_id")
    return one_by_one(waiting.exclude(look_id__in=hidden).values_list("pk", flat=True), _tell)


@transaction.atomic
def _tell(pk: int) -> int:
    locked = LawfulRequest.objects.select_for_update(of=("self",), skip_locked=True)
    found = locked.select_related("department", "registered_by", "decided_by").filter(pk=pk, told_on__isnull=True)
    one = found.first()
    if one is None or one.decided_by is None or one.handed_on is None:
        return 0
    messages.tell(
        person_key=bytes(one.person_key),
        title="您的信用信息依法被调取过",
        text=TEXT.format(
            body_name=one.body_name,
            received_on=one.received_on,
            document_number=one.document_number,
            case_number=one.case_number,
            department=one.department.name,
            handed_on=one.handed_on,
            count=len(one.given),
            number=one.number,
            article=requesters.named(one.article),
            first=one.registered_by.display_name,
            second=one.decided_by.display_name,
        ),
        noun=noun(LawfulRequest),
        object_id=str(one.pk),
    )
    LawfulRequest.objects.filter(pk=pk).update(told_on=clock.today())
    record(act=TOLD, noun=noun(LawfulRequest), object_id=pk, actor=Timetable(), department=one.department.code)
    return 1
