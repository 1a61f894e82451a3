"""演示的故事: what the cast finds when the portal opens (each record by the true acts, on its day)."""

from datetime import timedelta

from daoli_credit.accounts.cast import CAST
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.law import clock, workdays
from records.identity import Identity
from records.models import CreditRecord
from records.rules.id_number import RESIDENT
from records.workflows import opening
from records.workflows import record as acts


def identity(username: str) -> Identity:
    """A citizen of the cast."""
    person = next(one for one in CAST if one.username == username)
    return Identity(person.display_name, RESIDENT, person.id_number)


def tell() -> int:
    """讲故事. Returns how many records the story has made."""
    today = clock.today()
    market = Department.objects.get(code="market-regulation")
    clerk, reviewer = User.objects.get(username="zhaomin"), User.objects.get(username="sunjianguo")
    before = CreditRecord.objects.count()

    # 林秀云 has one general-class record of last winter: its repair will close a circle later in the story
    decided = today - timedelta(days=200)
    with clock.at(workdays.due(decided, 3).on):
        raw = penalty("penalty-food", identity("linxiuyun"), market, decided=decided, serial=2001, severity="general")
        record = acts.enter(department=market, checked=checked("penalty-food", raw, clock.today()), actor=clerk)
        acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
    with clock.at(workdays.due(decided, 4).on):
        opening.note([record], reviewer)
        acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)

    # one waits for review
    recent = today - timedelta(days=12)
    with clock.at(workdays.due(recent, 2).on):
        raw = penalty(
            "penalty-market-other", identity("guchanglin"), market, decided=recent, serial=2002, severity="minor"
        )
        waiting = acts.enter(
            department=market, checked=checked("penalty-market-other", raw, clock.today()), actor=clerk
        )
        acts.submit(record_id=waiting.pk, actor=clerk, seen=waiting.revision)

    # one came back with a reason, in a week on which the board has already closed, whatever day it is today
    decided = today - timedelta(days=33)
    with clock.at(workdays.due(decided, 2).on):
        raw = penalty("penalty-ip", identity("guchanglin"), market, decided=decided, serial=2003, severity="general")
        returned = acts.enter(department=market, checked=checked("penalty-ip", raw, clock.today()), actor=clerk)
        acts.submit(record_id=returned.pk, actor=clerk, seen=returned.revision)
        why = "处罚内容与决定书不一致：决定书第二项为没收商品，请补上处罚类别。"
        acts.send_back(record_id=returned.pk, actor=reviewer, opinion=why, seen=returned.revision)
    return CreditRecord.objects.count() - before
