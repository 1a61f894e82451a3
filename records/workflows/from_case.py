"""一件产生的记录: a decided case of another app becomes a credit record in force, whatever kind of case it was."""

from dataclasses import dataclass

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, Step, noun, taking
from records.models import CatalogueItem, CreditRecord, Subject
from records.models.record import S
from records.models.revision import Kind
from records.rules.intake import Checked
from records.workflows import numbering, telling
from records.workflows.content import LEFT, fill
from records.workflows.revisions import append_revision


@dataclass(frozen=True)
class Case:
    """案件的事实 that a record takes over: whose case, who proposed and who decided."""

    department: Department
    subject: Subject
    proposed_by: User
    decided_by: User
    number: str


def begun(case: Case, checked: Checked) -> CreditRecord:
    """起一条记录, filled and not yet saved. Raises RuleBroken for somebody who has left (不再是信用主体)."""
    if case.subject.left_on is not None:
        raise RuleBroken(LEFT)
    record = CreditRecord(
        number=numbering.next_number(clock.today()),
        item=CatalogueItem.objects.get(code=checked.item),
        department=case.department,
        subject=case.subject,
        entered_by=case.proposed_by,
    )
    fill(record, checked)
    return record


def entered(record: CreditRecord, case: Case, *, act: str, actor: User, source: str) -> None:
    """录入: it stands as a draft, with the event that names the case."""
    record.save()
    events.record(
        act=act,
        noun=noun(CreditRecord),
        object_id=record.pk,
        actor=actor,
        department=case.department.code,
        to_status=S.DRAFT,
        opinion=f"{source} {case.number}",
        revision=record.revision,
    )


def in_force(record: CreditRecord, case: Case, *, step: Step, actor: User) -> CreditRecord:
    """生效: proposed and decided by the people of the case; the first revision, and the documents to the person."""
    today = clock.today()
    with taking(step, CreditRecord, record.pk, actor=actor) as made:
        made.submitted_by, made.submitted_on = case.proposed_by, today
        made.first_submitted_on = today
        made.reviewed_by, made.effective_on = case.decided_by, today
        made.save()
        append_revision(made, Kind.EFFECTIVE)
        telling.tell_of_effect(made)
    return made
