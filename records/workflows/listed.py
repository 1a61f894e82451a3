"""名单类记录的门: a decided and served listing case becomes a credit record, and a revoked decision ends it.

The case itself is another app's noun; here stand its facts, and the database asks for the case (docs/adr/0009).
"""

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, Step, department, taking
from records.models import Attachment, CreditRecord
from records.models.record import S
from records.rules.collectable import listable
from records.rules.intake import Checked
from records.workflows import from_case
from records.workflows.from_case import Case
from records.workflows.revisions import end_today

STEPS = {
    "list": Step("record.listed", "列入生效", frozenset({S.DRAFT}), S.EFFECTIVE, department("propose_listing")),
    # decided outside this portal: the second person's confirmation is what makes the record (docs/adr/0030)
    "confirm": Step(
        "record.registered", "登记经确认，生效", frozenset({S.DRAFT}), S.EFFECTIVE, department("decide_listing")
    ),
    "leave": Step("record.left-early", "提前移出", frozenset({S.EFFECTIVE}), S.ENDED, department("decide_listing")),
    "unlist": Step(
        "record.unlisted",
        "撤销列入决定",
        frozenset({S.EFFECTIVE}),
        S.ENDED,
        department("decide_listing"),
        opinion=True,
    ),
}
register("record.made-by-listing", "由列入案件产生")


def take_effect(
    *, case: Case, checked: Checked, actor: User, step: str = "list", paper: Attachment | None = None
) -> CreditRecord:
    """列入生效: the record of a decided and served case, in force at once; the two documents go to the person.

    Call it inside the transaction of the case's own step. Raises PermissionDenied, and RuleBroken when the item is
    not one of this department's lists, or when the record's use would already have ended.
    """
    item, today = pack.current().item(checked.item), clock.today()
    if not listable(item, case.department.code, on=today):
        raise RuleBroken(f"“{item.title}”不是{case.department.name}可以列入的名单")
    with transaction.atomic():
        record = from_case.begun(case, checked)
        if record.is_over(today):
            raise RuleBroken(f"列入的期限已于 {record.use_until} 届满，不能再生效")
        source = "登记" if step == "confirm" else "列入案件"
        from_case.entered(record, case, act="record.made-by-listing", actor=actor, source=source)
        if paper is not None:  # while it is a draft: a record that is in force takes no file any more
            paper.record = record
            paper.save()
        return from_case.in_force(record, case, step=STEPS[step], actor=actor)


def revoke(*, record_id: int, actor: User, opinion: str) -> CreditRecord:
    """撤销列入决定: the record ends today; whoever holds a copy is asked to take it down by the ending revision.

    Raises RuleBroken for a record that no case made.
    """
    with taking(STEPS["unlist"], CreditRecord, record_id, actor=actor, opinion=opinion) as record:
        if not record.item.by_listing:
            raise RuleBroken("这条记录不是由列入案件产生的")
        end_today(record, "revoked")
    return record


def leave_early(*, record_id: int, actor: User, kind: str) -> CreditRecord:
    """提前移出: the record ends today; the database wants the exit that another person had asked for.

    Raises RuleBroken for what is no list or not in force.
    """
    with taking(STEPS["leave"], CreditRecord, record_id, actor=actor) as record:
        if not record.item.by_listing or not record.is_in_force(clock.today()):
            raise RuleBroken("这条信息不是在效的名单信息，没有可以提前移出的")
        end_today(record, kind)
    return record
