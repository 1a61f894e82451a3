"""自查更正的办理: a department's own correction or withdrawal; proposed by one person, agreed to by another (ADR 0023).

Order of locks: the record before its amendment, as with objections.
"""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken, Stale, Step, department, noun, once, taking
from records.models import Amendment, CreditRecord
from records.models.amendment import A, AmendmentKind, WithdrawCause
from records.models.record import S
from records.rules import amendable, objectable
from records.rules.values import typed_number
from records.workflows import correcting, numbering, undoing
from records.workflows.amendment_letters import tell
from records.workflows.revisions import end_today

REVIEW = department("review_record")
STEPS = {
    "agree": Step("amendment.agreed", "同意更正", frozenset({A.PROPOSED}), A.AGREED, REVIEW),
    "withdraw": Step("amendment.withdrawn", "同意撤回", frozenset({A.PROPOSED}), A.WITHDRAWN, REVIEW),
    "refuse": Step("amendment.refused", "不同意更正", frozenset({A.PROPOSED}), A.REFUSED, REVIEW, opinion=True),
    "drop": Step("amendment.dropped", "收回更正", frozenset({A.PROPOSED}), A.DROPPED, department("submit_record")),
}
RECORD_STEPS = {
    "amend": Step("record.amended", "自查更正", frozenset({S.EFFECTIVE}), S.EFFECTIVE, REVIEW),
    "retract": Step("record.retracted", "自查撤回", frozenset({S.EFFECTIVE}), S.ENDED, REVIEW),
}
register("amendment.proposed", "提出自查更正", duty="submit_record")


def _locked(record_id: int) -> CreditRecord:
    return CreditRecord.objects.select_for_update(of=("self",)).select_related("item", "department").get(pk=record_id)


def _titles(record: CreditRecord) -> dict[str, str]:
    item = pack.current().item(record.item_id)
    titles = {field.name: field.zh for field in item.fields if not field.ignored}
    return titles | {point.field: point.title for point in objectable.fields(record, item)}


def propose(
    *,
    record_id: int,
    actor: User,
    kind: str,
    document: str,
    reason: str,
    seen: int,
    changes: Mapping[str, str] | None = None,
    cause: str = "",
    because: LookUp | None = None,
) -> Amendment:
    """提出: what should stand instead, or why nothing should; with the document that shows it. Nothing changes yet.

    A correction is held to every rule of the item already here, because of a look. Raises PermissionDenied, Stale,
    AlreadyDone while one waits, OpinionRefused, and RuleBroken in words.
    """
    with transaction.atomic():
        record = _locked(record_id)
        if not actor.may("submit_record", record.department_id):
            raise PermissionDenied("您没有为这个部门提出更正的职责")
        if why_not := amendable.refusal(record, on=clock.today()):
            raise RuleBroken(why_not)
        if seen != record.revision:
            raise Stale("内容已变更：您打开之后有人改过，请看过最新内容再办")
        number = typed_number(document)
        if not number or not reason.strip():
            raise RuleBroken("请写明更正所依据的文书号和理由")
        wanted = {field: checked(now.strip()) for field, now in (changes or {}).items()}
        if kind == AmendmentKind.CORRECT:
            if not wanted or not set(wanted) <= set(_titles(record)) or because is None:
                raise RuleBroken("请写出至少一项应当是什么")
            correcting.would_be(record, wanted, because)
        elif cause not in WithdrawCause.values or not cause:
            raise RuleBroken("请选择撤回的原因")
        amendment = Amendment(
            number=numbering.next_amendment_number(clock.today()),
            record=record,
            kind=kind,
            changes=wanted if kind == AmendmentKind.CORRECT else {},
            cause=cause if kind == AmendmentKind.WITHDRAW else "",
            document_number=number,
            reason=checked(reason.strip()),
            of_revision=record.revision,
            proposed_by=actor,
            proposed_on=clock.today(),
        )
        with once("one_waiting_amendment_per_record", "这条信息已经有一件更正在等待复核，请先办结那一件"):
            amendment.save()
        events.record(
            act="amendment.proposed",
            noun=noun(Amendment),
            object_id=amendment.pk,
            actor=actor,
            department=record.department.code,
            to_status=A.PROPOSED,
            revision=amendment.revision,
        )
    return amendment


def agree(*, amendment_id: int, actor: User, seen: int, because: LookUp) -> Amendment:
    """同意: by another than the proposer. The record changes, or ends, in the same moment; the person is told.

    Raises PermissionDenied, WrongState, Stale (also when the record has changed since), AlreadyDone, RuleBroken.
    """
    with transaction.atomic():
        kind, record_id = Amendment.objects.values_list("kind", "record_id").get(pk=amendment_id)
        record = _locked(record_id)
        step = STEPS["agree" if kind == AmendmentKind.CORRECT else "withdraw"]
        with taking(step, Amendment, amendment_id, actor=actor, seen=seen) as amendment:
            if actor.pk == amendment.proposed_by_id:
                raise RuleBroken("提出更正的人不能同意自己的更正，请由另一人复核")
            if why_not := amendable.refusal(record, on=clock.today()):
                raise RuleBroken(why_not)
            if amendment.of_revision != record.revision:
                raise Stale("内容已变更：提出更正以后这条信息改过，请看过最新内容，重新提出")
            amendment.decided_by, amendment.decided_on, amendment.agreed = actor, clock.today(), True
            amendment.save()  # the database lets an effective record change only for an agreed amendment
            if kind == AmendmentKind.CORRECT:
                with taking(RECORD_STEPS["amend"], CreditRecord, record.pk, actor=actor) as row:
                    correcting.change(row, amendment.changes, because)
                undoing.answered(record, amendment.document_number, actor)
            else:
                with taking(RECORD_STEPS["retract"], CreditRecord, record.pk, actor=actor) as row:
                    end_today(row, "wrong")
            tell(amendment, _titles(record))
    return amendment


def refuse(*, amendment_id: int, actor: User, opinion: str, seen: int) -> Amendment:
    """不同意: with the reason; the record stays as it is. Raises RuleBroken for the proposer."""
    with taking(STEPS["refuse"], Amendment, amendment_id, actor=actor, opinion=opinion, seen=seen) as amendment:
        if actor.pk == amendment.proposed_by_id:
            raise RuleBroken("这是您提出的；不再需要的，请收回")
        amendment.decided_by, amendment.decided_on = actor, clock.today()
    return amendment


def drop(*, amendment_id: int, actor: User, seen: int) -> Amendment:
    """收回: by the proposer, as long as nobody has decided. Raises RuleBroken for anybody but the proposer."""
    with taking(STEPS["drop"], Amendment, amendment_id, actor=actor, seen=seen) as amendment:
        if actor.pk != amendment.proposed_by_id:
            raise RuleBroken("只有提出人可以收回")
    return amendment
