"""提醒反馈: what was found in a check is owed until it is given. Told shortly before its last day, and each week after.

Whoever asked is told; where a system asked, or the officer has left the duty, everybody who checks there. Once it is
late, those who approve checks there are told as well. Who was told, and when, is the message itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min

from daoli_credit.accounts import messages
from daoli_credit.accounts.access import holders
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, workdays
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import noun
from incentives.models import Check
from incentives.selectors.checks import unanswered

REMINDED = register("check.reminded", "提醒反馈措施适用情况")
SOON, LATE = "措施反馈快到期", "措施反馈已经逾期"
BEFORE = 2  # 工作日
EVERY = timedelta(days=7)
AT_ONCE = 500


def owing(on: date) -> list[tuple[int, date]]:
    """要提醒的: checks whose feedback falls due within so many working days, or is late."""
    until = workdays.due(on, BEFORE).on
    rows = unanswered().filter(due_on__lte=until).order_by().values_list("check_made")
    return list(rows.annotate(day=Min("due_on")).order_by("day", "check_made")[:AT_ONCE])


def remind(*, actor: User) -> int:
    """提醒. Returns of how many checks; harmless twice and side by side."""
    return one_by_one(owing(clock.today()), lambda one: _one(*one, actor))


@transaction.atomic
def _one(pk: int, due: date, actor: User) -> bool:
    related = Check.objects.select_related("department", "made_by", "case")
    check = related.select_for_update(of=("self",)).get(pk=pk)
    if not unanswered().filter(check_made=check).exists():
        return False
    late = due < clock.today()
    told = [one for one in _people(check, late=late) if not _told(one, check, late=late)]
    for user in told:
        messages.tell_user(
            user,
            title=LATE if late else SOON,
            text=_words(check, due, late=late),
            noun=noun(Check),
            object_id=check.number,
        )
    if told:
        events.record(
            act=REMINDED,
            noun=noun(Check),
            object_id=check.pk,
            actor=actor,
            department=check.department.code,
            count=len(told),
        )
    return bool(told)


def _people(check: Check, *, late: bool) -> Iterable[User]:
    asker = check.made_by
    if asker is not None and asker.may("check_applicants", check.department_id):
        found = [asker]
    else:
        found = holders("check_applicants", check.department_id)
    if late:
        found += holders("approve_check", check.department_id)
    return {user.pk: user for user in found}.values()


def _told(user: User, check: Check, *, late: bool) -> bool:
    """已经提醒过: once before the day, and not within the week after it."""
    before = Message.objects.filter(user=user, noun=noun(Check), object_id=check.number, title=LATE if late else SOON)
    return before.filter(sent_at__gt=clock.now() - EVERY).exists() if late else before.exists()


def _words(check: Check, due: date, *, late: bool) -> str:
    until = f"应在 {due} 前反馈，已经逾期" if late else f"最晚 {due} 反馈"
    return (
        f"核查单 {check.number}（办件 {check.case.case_number}）查到了可以或者应当适用的措施，{until}。"
        "请打开核查单，逐项写明适用了还是没有适用；没有反馈以前会一直提醒。"
    )
