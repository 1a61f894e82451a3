"""读身份核定件: lines for the office, and one case for its page. Masked, until somebody looks with a purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import models

from daoli_credit import questions
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.told import Told, by_day
from daoli_credit.law import clock
from daoli_credit.workflow import noun
from records import by_status, identity, identity_claims
from records.identity import Identity, NotThisPerson
from records.models import CreditRecord, IdentityCase, Subject
from records.models.identity_case import RUNNING, IdentityCases, K, S

HANDLING = "identity-check"
MOST, RECENT = 20, timedelta(days=30)
KINDS = {S.ASKED: "warn", S.PROPOSED: "off", S.SETTLED: "done", S.KEPT: "done", S.REFUSED: "done"}


@dataclass(frozen=True)
class Line:
    """一行."""

    case: IdentityCase
    who: Identity
    kind: str


@dataclass(frozen=True)
class Person:
    """件里的一个人: what the register says, masked or, because of a look, whole; and how many records are in force."""

    title: str
    known: Identity
    records: int


def lines(cases: IdentityCases) -> list[Line]:
    """列表行: what waits on top, the oldest first; then what was decided, the newest first."""
    found = by_status.in_turn(cases.select_related("subject", "asked_for"), RUNNING, "opened_on")
    return [Line(one, identity.masked(one.subject), KINDS.get(S(one.status), "off")) for one in found]


def waiting_for(user: User) -> IdentityCases:
    """等这个人办的: to check at the window, or to decide what another has proposed."""
    found = IdentityCase.objects.visible_to(user)
    waits = ([S.ASKED] if user.may_anywhere("check_identity") else []) + (
        [S.PROPOSED] if user.may_anywhere("supervise") else []
    )
    return found.filter(status__in=waits).exclude(proposed_by=user)


@dataclass(frozen=True)
class Handed:
    """转告的一件 as the department sees it: our own records of the person that are still in force, and no person."""

    case: IdentityCase
    kind: str
    records: list[str]
    why: str


def handed(user: User) -> list[Handed]:
    """本单位转告区信用办的: what runs, and what was answered in the last thirty days, the newest first."""
    mine = user.departments("submit_record") | user.departments("review_record")
    own = IdentityCase.objects.filter(asked_for_id__in=mine, kind__in=[K.DEATH, K.CAPACITY])
    recent = models.Q(status__in=RUNNING) | models.Q(over_on__gt=clock.today() - RECENT)
    cases = own.filter(recent).select_related("subject").order_by("-pk")[:MOST]
    return [Handed(one, KINDS.get(S(one.status), "off"), _standing(one), _why(one)) for one in cases]


def _why(case: IdentityCase) -> str:
    """What was missing, where it came back; the opinions of whoever decides stay with the office."""
    return told(case)[-1].opinion if case.status in {S.KEPT, S.REFUSED} else ""


@questions.prepared
def _running(head: int) -> IdentityCases:
    family = Subject.objects.filter(models.Q(pk=head) | models.Q(same_as=head))
    gone = IdentityCase.objects.filter(subject__in=family, kind__in=[K.DEATH, K.CAPACITY], status__in=RUNNING)
    return gone.order_by("-pk")[:1]


def running(record: CreditRecord) -> IdentityCase | None:
    """正在核定的去世、丧失行为能力 of whoever a record is about."""
    return next(iter(_running(record.subject.same_as_id or record.subject_id)), None)


def _standing(case: IdentityCase) -> list[str]:
    found = CreditRecord.objects.in_force(on=clock.today()).filter(
        subject__in=case.subject.family(), department_id=case.asked_for_id
    )
    return list(found.order_by("pk").values_list("number", flat=True)[:MOST])


def chain(case: IdentityCase) -> list[IdentityCase]:
    """这些人的各次核定, oldest first: joined, parted, joined again. It changes nothing and is never shortened."""
    who = {case.subject_id, *([case.other_id] if case.other_id else [])}
    about = models.Q(subject__in=who) | models.Q(other__in=who)
    return list(IdentityCase.objects.filter(about).select_related("undoes").order_by("pk"))


def people(case: IdentityCase, because: Sequence[LookUp], *, whole: bool) -> list[Person]:
    """件里的人, each because of a look. Raises NotThisPerson."""
    looks = {bytes(one.person_key): one for one in because}
    found = []
    for title, subject in (("登记的人", case.subject), ("另一个号码", case.other)):
        if subject is None:
            continue
        look = next((looks[key] for key in subject.person_keys() if key in looks), None)
        if look is None:
            raise NotThisPerson("查询记录与信用主体不符")
        shown = identity.reveal(subject, because=look) if whole else identity.masked(subject)
        found.append(Person("今后的号码" if case.other and title == "登记的人" else title, shown, _in_force(subject)))
    return found


def claimed(case: IdentityCase, *, whole: bool) -> str:
    """据称的姓名, masked unless it is shown whole beside the register's own."""
    name = identity_claims.name_of(case)
    return name if whole or not name else identity.mask_name(name)


def _in_force(subject: Subject) -> int:
    return CreditRecord.objects.in_force(on=clock.today()).filter(subject=subject).count()


def undoing(case: IdentityCase) -> IdentityCase | None:
    """正在核定的撤销: what somebody has proposed against this case, until it is decided."""
    return IdentityCase.objects.filter(undoes=case, kind=K.APART, status=S.PROPOSED).first()


def undone(case: IdentityCase) -> bool:
    """已经撤销的同一人认定."""
    return IdentityCase.objects.filter(undoes=case, kind=K.APART, status=S.SETTLED).exists()


def told(case: IdentityCase) -> list[Told]:
    """办理经过, oldest first."""
    return by_day(noun(IdentityCase), case.pk)
