"""核查过的记录终止了: every department that has read it in a check is told, and its kept answer shows it no more."""

from collections import defaultdict

from django.db import transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import noun
from incentives.models import Check, CheckAnswer
from incentives.workflows.checking import recipient
from records.models import CreditRecord, Holding
from records.models.record import S
from records.workflows import holding

TOLD = register("check.end-told", "告知核查过的部门：记录已终止")
PREFIX = recipient("")
AT_ONCE = 200
TITLE = "核查过的记录已终止"


def over(most: int = AT_ONCE) -> list[Holding]:
    """要告知的: held since a check, of a record that has ended or whose shared use is over."""
    today = clock.today()
    ended = CreditRecord.objects.filter(status=S.ENDED) | CreditRecord.objects.filter(
        status=S.EFFECTIVE, use_until__lt=today
    )
    open_ones = Holding.objects.filter(recipient__startswith=PREFIX, gone_at__isnull=True, record__in=ended)
    return list(open_ones.select_related("record").order_by("record", "recipient")[:most])


def tell(*, actor: User) -> int:
    """告知. What the department has here is hidden by then already; on paper it is told to use it no more.

    Returns how many copies; harmless twice.
    """
    return one_by_one(over(), lambda row: _one(row, actor))


@transaction.atomic
def _one(row: Holding, actor: User) -> bool:
    held = Holding.objects.select_for_update().filter(pk=row.pk, gone_at__isnull=True).first()
    if held is None:
        return False
    by_checker: dict[User, set[str]] = defaultdict(set)
    department = row.recipient.removeprefix(PREFIX)
    answers = CheckAnswer.objects.filter(record=row.record_id, check_made__department__code=department)
    for answer in answers.select_related("check_made__made_by", "check_made__case"):
        if answer.check_made.made_by:
            by_checker[answer.check_made.made_by].add(answer.check_made.number)
    for user, numbers in by_checker.items():
        messages.tell_user(
            user,
            title=TITLE,
            text=(
                f"核查单 {'、'.join(sorted(numbers))} 里的一条记录已经终止，系统里的内容不再显示。"
                "卷宗里打印的核查单请注明已终止，今后不得再据以办理。"
            ),
            noun=noun(Check),
            object_id=min(numbers),
        )
    newest = row.record.revisions.order_by("-number").values_list("number", flat=True).first() or 1
    holding.confirm_gone(
        record_id=row.record_id, recipient=row.recipient, title=row.recipient_title, revision=max(newest, row.revision)
    )
    events.record(act=TOLD, noun=noun(CreditRecord), object_id=row.record_id, actor=actor, department=department)
    return True
