"""同意和撤回: the person's own acts. Asked in plain words, publicity apart; both are taken back at once."""

from django.db import IntegrityError, transaction

from daoli_credit import cipher
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, WrongState, noun, taking
from incentives.models import Nomination
from incentives.models.nomination_status import RUNNING, S
from incentives.rules import honour
from incentives.rules.nomination_steps import STEPS
from incentives.workflows import honour_letters, nominating
from records import identity
from records.identity import Identity
from records.rules import intake
from records.workflows import honoured
from records.workflows.content import LEFT


class NoSuchInvitation(Exception):
    """邀请码不对: wrong, used, replaced or too old; the same words for all, so that nobody learns which."""


def invited(code: str) -> Nomination:
    """这个邀请码的推荐. Raises NoSuchInvitation. Looking changes nothing and writes nothing about the reader."""
    found = Nomination.objects.filter(
        code_digest__in=nominating.digests(code), status=S.INVITED, good_until__gte=clock.today()
    )
    nomination = found.select_related("department", "item").first()
    if nomination is None:
        raise NoSuchInvitation
    return nomination


def _holds(nomination: Nomination, code: str) -> None:
    """Under the row's lock: the letter may have been replaced a moment ago."""
    alive = nomination.good_until >= clock.today() and nomination.code_digest is not None
    if not alive or bytes(nomination.code_digest or b"") not in nominating.digests(code):
        raise WrongState("这个邀请码已经失效，请看最新的邀请信")


def refuse(*, nomination_id: int, code: str, actor: User) -> Nomination:
    """不同意: nobody is written down, neither who refused nor that somebody did by name; there is no consequence."""
    with taking(STEPS["refuse"], Nomination, nomination_id, actor=_Nobody(actor.is_citizen)) as nomination:
        _holds(nomination, code)
        nomination.refused_on, nomination.code_digest = clock.today(), None
    return nomination


class _Nobody:
    """拿着邀请码的某个市民: what stands in evidence of a refusal is that it was refused, not by whom."""

    audit_id, audit_label, officer, is_system = "invited", "受邀人", "", False

    def __init__(self, is_citizen: bool) -> None:
        self.is_citizen = is_citizen

    def may(self, verb: str, department_id: int) -> bool:
        return False

    def is_person(self, keys: list[bytes]) -> bool:
        return False


def consent(*, nomination_id: int, code: str, who: Identity, public: bool, actor: User) -> Nomination:
    """同意登记: the person, by real name, writes who they are for the first time; publicity only if agreed to apart.

    Raises RuleBroken when the number is not the signed-in person's own, or no record may be made of it.
    """
    if not set(cipher.person_keys(who.id_number)) & set(actor.own_keys()):
        raise RuleBroken("证件号码和您登录时核验的不是同一个人；请填写您本人的，替别人同意不算数")
    today = clock.today()
    try:
        with taking(STEPS["consent"], Nomination, nomination_id, actor=actor) as nomination:
            _holds(nomination, code)
            raw = honour.raw(nomination, who, consented_on=today, public=public)
            verdict = intake.check(nomination.item_id, raw, today=today)
            if verdict.checked is None:
                raise RuleBroken("；".join(str(problem) for problem in verdict.problems) or verdict.apart)
            try:
                subject = identity.of(verdict.checked.identity)
            except identity.OtherName:
                raise RuleBroken("姓名和本系统已登记的不一致，请照身份证填写；改过名的，请到窗口核对") from None
            if subject.left_on is not None:
                raise RuleBroken(LEFT)
            nomination.subject, nomination.consented_on = subject, today
            nomination.public_on = today if public else None
            nomination.code_digest = None
            nomination.revision += 1
    except IntegrityError as why:
        if "one_running_nomination_per_person_and_document" in str(why):
            raise RuleBroken("同一份文件的荣誉，您已经同意过一次，不用再办；请看“我的荣誉”") from why
        raise
    return nomination


def withdraw(*, nomination_id: int, actor: User) -> Nomination:
    """撤回同意: at any time, at once, without a reason. The record, if there is one, ends at every exit today."""
    with nominating.letting_go("withdraw", nomination_id, actor=actor) as nomination:
        if nomination.record is not None and nomination.record.status != "ended":
            honoured.withdraw(record_id=nomination.record.pk, actor=actor)
            nomination.record.refresh_from_db()
        nomination.withdrawn_on = clock.today()
        nomination.revision += 1
        honour_letters.tell(nomination, honour_letters.WITHDRAWN)
    return nomination


def hide(*, nomination_id: int, actor: User) -> Nomination:
    """撤回公开的同意: the record and its benefits stay; it is public nowhere any more. Harmless twice.

    Raises WrongState for what is not public or is over.
    """
    with transaction.atomic():
        nomination = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination_id)
        if not actor.is_person(nomination.person_keys()) or nomination.status not in RUNNING:
            raise WrongState("这一项现在不能撤回公开的同意，请看最新情况")
        if not nomination.agrees_to_publicity:
            return nomination
        if nomination.record is not None:
            honoured.hide(nomination.record)
        nomination.public_ended_on = clock.today()
        nomination.revision += 1
        nomination.save(update_fields=["public_ended_on", "revision"])
        events.record(
            act="honour.publicity-ended",
            noun=noun(Nomination),
            object_id=nomination.pk,
            actor=actor,
            department=nomination.department.code,
            from_status=nomination.status,
            to_status=nomination.status,
            revision=nomination.revision,
        )
    return nomination
