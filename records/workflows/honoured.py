"""荣誉类记录的门: a nomination that the person consented to becomes a credit record, and ends with the consent.

The nomination itself is another app's noun; here stand its facts, and the database asks for it (docs/adr/0029).
"""

from datetime import date

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, pack
from daoli_credit.workflow import PERSON, RuleBroken, Step, department, taking
from records.models import CreditRecord
from records.models.record import S
from records.models.revision import Kind
from records.rules.collectable import honourable, not_firm
from records.rules.intake import Checked
from records.workflows import from_case
from records.workflows.from_case import Case
from records.workflows.revisions import append_revision, end_today

STEPS = {
    "honour": Step("record.honoured", "荣誉登记生效", frozenset({S.DRAFT}), S.EFFECTIVE, department("nominate_honour")),
    "withdraw": Step("record.consent-withdrawn", "本人撤回同意，终止", frozenset({S.EFFECTIVE}), S.ENDED, PERSON),
    "annul": Step(
        "record.honour-revoked",
        "荣誉被撤销，终止",
        frozenset({S.EFFECTIVE}),
        S.ENDED,
        department("decide_honour"),
        opinion=True,
    ),
}
register("record.made-by-nomination", "由荣誉推荐产生")


def take_effect(
    *, case: Case, checked: Checked, public: bool, service: str, served_on: date, actor: User
) -> CreditRecord:
    """荣誉登记生效: the record of a decided nomination, in force at once; the person is told.

    `public`: the person agreed that it be public, which it then is only where the pack lets it. Call it inside the
    transaction of the nomination's own step. Raises PermissionDenied, and RuleBroken.
    """
    item, today = pack.current().item(checked.item), clock.today()
    if not honourable(item, case.department.code, on=today):
        raise RuleBroken(f"{case.department.name}不是“{item.title}”的归集单位")
    if why_not := not_firm(item):
        raise RuleBroken(why_not)
    with transaction.atomic():
        record = from_case.begun(case, checked)
        record.service, record.served_on = service, served_on
        if not public:
            record.public_until = None
        if record.is_over(today):
            raise RuleBroken(f"荣誉的期限已于 {record.use_until} 届满，不能再登记")
        from_case.entered(record, case, act="record.made-by-nomination", actor=actor, source="荣誉推荐")
        return from_case.in_force(record, case, step=STEPS["honour"], actor=actor)


def withdraw(*, record_id: int, actor: User) -> CreditRecord:
    """本人撤回同意: the record ends today at every exit; whoever holds a copy is asked to take it down."""
    with taking(STEPS["withdraw"], CreditRecord, record_id, actor=actor) as record:
        _only_honours(record)
        end_today(record, "consent-withdrawn")
    return record


def annul(*, record_id: int, actor: User, opinion: str) -> CreditRecord:
    """荣誉被撤销: the determining body took the honour back; the record ends today."""
    with taking(STEPS["annul"], CreditRecord, record_id, actor=actor, opinion=opinion) as record:
        _only_honours(record)
        end_today(record, "honour-revoked")
    return record


def hide(record: CreditRecord) -> None:
    """撤回公开的同意: the record stays, and is public nowhere any more. The caller has locked the nomination."""
    locked = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if locked.status != S.EFFECTIVE or locked.public_until is None:
        return
    locked.public_until = None
    locked.save(update_fields=["public_until"])
    append_revision(locked, Kind.CORRECTED)


def _only_honours(record: CreditRecord) -> None:
    if not record.item.by_consent:
        raise RuleBroken("这条记录不是由荣誉推荐产生的")
