"""造名单登记: a court's listing by its own liaison, confirmed by a second person; by the true acts only."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, pack
from incentives.models import EarlyExit, Registration
from incentives.rules import leaving as rules
from incentives.workflows import leaving, registering, registration_facts
from records.identity import Identity
from records.models import Attachment, CreditRecord
from records.sealed_attachments import prepared
from tests import make_assessments
from tests.cast import identity

PDF = b"%PDF-1.7\n%%EOF\n"
REMEDY = "向执行法院申请纠正，不服驳回可申请复议"
COURT = {"basis_document": "（2025）黑0102民初88号", "conduct": "规避执行", "performance": "全部未履行"}


def court() -> Department:
    """区法院."""
    return Department.objects.get(code="court")


def facts(**changes: Any) -> registration_facts.Facts:
    """What the court's decision says, a week old."""
    today = clock.today()
    made = registration_facts.Facts(
        document_number="（2026）黑0102执321号",
        decided_on=today - timedelta(days=7),
        authority="哈尔滨市道里区人民法院",
        authority_code="1199999900000000AP",
        legal_ground="《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条",
        reason="有履行能力而规避执行。",
        told_on=today - timedelta(days=30),
        told_how="执行通知书载明",
        told_proof="执行通知书送达回证第8号",
        remedy=REMEDY,
        removal="履行完毕后三个工作日内删除",
        term_basis="纳入期限二年（决定书第二项）",
        particulars=dict(COURT),
    )
    return replace(made, **changes)


def document(actor: User, data: bytes = PDF) -> Attachment:
    """The scan of the decision, sealed and not yet anybody's."""
    return prepared(data, "decision", actor)


def registered(
    clerk: User, *, who: Identity | None = None, list_type: str = "court-dishonest", body: Department | None = None,
    **changes: Any,
) -> Registration:  # fmt: skip
    """Waits for the second person."""
    make_assessments.list_type(list_type)
    return registering.register(
        department=body or court(),
        list_type=list_type,
        who=who or identity("linxiuyun"),
        facts=facts(**changes),
        document=document(clerk),
        actor=clerk,
    )


def confirmed(clerk: User, decider: User, **given: Any) -> Registration:
    """Seen and confirmed: with its record."""
    made = registered(clerk, **given)
    registering.see(registration_id=made.pk, actor=decider)
    return registering.confirm(registration_id=made.pk, actor=decider)


def asked_to_leave(desk: tuple[User, User, User]) -> EarlyExit:
    """A confirmed registration of which the liaison has asked that it end early."""
    made = confirmed(desk[0], desk[2])
    assert made.record is not None
    return leave(made.record, desk[0])


def leave(record: CreditRecord, actor: User) -> EarlyExit:
    """Asked that this entry of the court's list end early."""
    conditions = rules.terms(pack.current().list_type("court-dishonest")).conditions
    return leaving.ask(
        record_id=record.pk, actor=actor, conditions=conditions, document="结案1", ground_on=clock.today()
    )
