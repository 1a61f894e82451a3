"""身份核定的开始: a department asks, or the window opens a case with its document; the look stands in the same act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from daoli_credit import cipher
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, noun, once
from records import identity, identity_cases, identity_claims
from records.identity import Identity
from records.models import Attachment, IdentityCase, Subject
from records.models.identity_case import K, S
from records.models.subject import Left
from records.rules.values import document_number
from records.workflows import joining, numbering

OFFICE = "credit-office"
MATTER = identity_cases.HANDLING
register("identity.asked", "交区信用办核对身份")
register("identity.opened", "提出身份核定", duty="check_identity")
LEAVING = {K.CAPACITY: Left.CAPACITY, K.DEATH: Left.DEATH}


@dataclass(frozen=True)
class Grounds:
    """依据: why, and which document of which day says so."""

    reason: str
    paper: str
    number: str
    on: date

    def put(self, case: IdentityCase, actor: User) -> None:
        """写到件上. Raises RuleBroken naming what is missing, OpinionRefused for a number in the text."""
        if not self.reason.strip() or not self.paper.strip():
            raise RuleBroken("请写明理由，并写明凭什么材料（名称、日期）")
        if self.on > clock.today():
            raise RuleBroken(f"材料日期 {self.on} 还没有到，请核对")
        case.reason, case.paper = nameless(case, self.reason), nameless(case, self.paper)
        case.paper_number, case.paper_on = document_number(checked(self.number)), self.on
        case.proposed_by = actor


def nameless(case: IdentityCase, text: str) -> str:
    """可入证的文字. Raises RuleBroken for a name, OpinionRefused for a number: the people stand on the case, masked."""
    claimed = identity_claims.name_of(case)
    if (claimed and claimed in cipher.normal_name(text)) or any(
        identity.named_in(one, text) for one in (case.subject, case.other) if one
    ):
        raise RuleBroken("理由、材料和意见里不要写姓名；是谁，件上已经有了")
    return checked(text.strip())


def ask(*, department: Department, claimed: Identity, actor: User) -> IdentityCase:
    """交区信用办核对: a clerk's number is registered under another name. The clerk's draft is not made meanwhile.

    Raises PermissionDenied, AlreadyDone while the same is being checked, RuleBroken when name and number agree.
    """
    if not actor.may("submit_record", department.pk):
        raise PermissionDenied("您没有为这个部门录入的职责")
    subject = identity.find(claimed.id_number)
    if subject is None or identity.agrees(subject, claimed.name):
        raise RuleBroken("姓名和号码现在相符，请直接保存")
    case = fresh(K.NAME, subject, asked_for=department, asked_by=actor, status=S.ASKED)
    identity_claims.keep(case, claimed.name)
    return save(case, actor, "identity.asked", "姓名和号码不符，交区信用办核对")


def open_(
    *,
    kind: str,
    id_number: str,
    other_number: str,
    name: str,
    grounds: Grounds,
    papers: Sequence[Attachment],
    actor: User,
) -> IdentityCase:
    """提出核定 at the window, by full number only. The look at whoever it is about stands in the same transaction.

    Raises PermissionDenied, RuleBroken in words, AlreadyDone while one of the same kind is running, OpinionRefused.
    """
    office = Department.objects.get(code=OFFICE)
    if not actor.may("check_identity", office.pk):
        raise PermissionDenied("您没有“窗口核对身份”这项职责")
    subject = _known(id_number)
    case = fresh(K(kind), subject)
    if case.kind == K.SAME:
        case.subject, case.other = subject.standing(), _known(other_number)
        joining.may_join(case.subject, case.other)
    if case.kind == K.NAME:
        if not cipher.normal_name(name):
            raise RuleBroken("请填写材料上的姓名")
        if identity.agrees(subject, name):
            raise RuleBroken("登记的就是这个姓名，不用核定")
        identity_claims.keep(case, name)
    may_leave_or_return(case)
    grounds.put(case, actor)
    return save(case, actor, "identity.opened", "窗口核对身份", papers)


def undo(*, case_id: int, grounds: Grounds, actor: User) -> IdentityCase:
    """提出撤销同一人认定, from the page of the decision that was wrong. Raises as `open_` does."""
    former = IdentityCase.objects.select_related("subject", "other", "department").get(pk=case_id)
    if not actor.may("check_identity", former.department_id):
        raise PermissionDenied("您没有“窗口核对身份”这项职责")
    joining.may_part(former)
    case = fresh(K.APART, former.subject, other=former.other, undoes=former)
    grounds.put(case, actor)
    return save(case, actor, "identity.opened", "核对同一人认定")


def _known(id_number: str) -> Subject:
    number = cipher.normal_id(id_number)
    subject = identity.find(number) if number else None
    if subject is None:
        raise RuleBroken("本系统没有登记这个证件号码，名下没有记录，不用核定；请对照证件核对号码")
    return subject


def fresh(kind: K, subject: Subject, **more: object) -> IdentityCase:
    """一件新的, numbered and of today; not saved yet."""
    today = clock.today()
    return IdentityCase(
        number=numbering.next_identity_number(today),
        kind=kind,
        department=Department.objects.get(code=OFFICE),
        subject=subject,
        opened_on=today,
        **more,
    )


def may_leave_or_return(case: IdentityCase) -> None:
    """退出或者恢复: raises RuleBroken for who has left already, and for who would come back without having left."""
    left = case.subject.left_on is not None
    if case.kind in LEAVING and left:
        raise RuleBroken("这个人已经退出，不用再核定")
    if case.kind == K.BACK and not left:
        raise RuleBroken("这个人没有退出，不用恢复")


def save(case: IdentityCase, actor: User, act: str, purpose: str, papers: Sequence[Attachment] = ()) -> IdentityCase:
    """存下, with its papers, its looks and its event. Raises AlreadyDone while one of the kind is running."""
    with once("one_running_identity_case_of_a_kind", "这个人的同一事项正在核定，不用重复提出"):
        case.save()
        for paper in papers:
            paper.case = case
            paper.save()
        for subject in filter(None, (case.subject, case.other)):
            look(case, subject, actor, purpose)
        events.record(
            act=act,
            noun=noun(IdentityCase),
            object_id=case.pk,
            actor=actor,
            department=case.department.code,
            to_status=case.status,
            revision=case.revision,
        )
    return case


def look(case: IdentityCase, subject: Subject, actor: User, purpose: str, *, shown: str = "identity-masked") -> LookUp:
    """查询记录 of a look at one of the people in a case."""
    return events.look_up(
        actor=actor,
        person_key=subject.person_keys()[0],
        matter=MATTER,
        case_number=case.number,
        purpose=purpose,
        shown=[shown],
        department=case.department.code,
    )
