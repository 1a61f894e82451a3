"""身份核定的办理: asked or opened (`identity_opening`) → proposed with a document → decided by another.

Name and number that disagree come here; nobody is ever matched by name alone, and nothing is guessed.
Order of locks: the records, whose they are, the case.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, Step, department, taking
from records import identity, identity_claims
from records.models import Attachment, CreditRecord, IdentityCase, Subject
from records.models.identity_case import K, S
from records.workflows import joining, leaving
from records.workflows.identity_answers import answer
from records.workflows.identity_letters import tell
from records.workflows.identity_opening import LEAVING, Grounds, may_leave_or_return, nameless

CHECK, DECIDE = department("check_identity"), department("supervise")
STEPS = {
    "propose": Step("identity.proposed", "提出核定", frozenset({S.ASKED}), S.PROPOSED, CHECK),
    "keep": Step("identity.kept", "维持登记", frozenset({S.ASKED}), S.KEPT, CHECK, opinion=True),
    "settle": Step("identity.settled", "核定", frozenset({S.PROPOSED}), S.SETTLED, DECIDE),
    "refuse": Step("identity.refused", "不予核定", frozenset({S.PROPOSED}), S.REFUSED, DECIDE, opinion=True),
}


def propose(*, case_id: int, grounds: Grounds, papers: Sequence[Attachment], actor: User, seen: int) -> IdentityCase:
    """提出核定: the window has the document that says the person is called so."""
    with taking(STEPS["propose"], IdentityCase, case_id, actor=actor, seen=seen) as case:
        grounds.put(case, actor)
        case.revision += 1
        for paper in papers:
            paper.case = case
            paper.save()
    return case


def keep(*, case_id: int, actor: User, opinion: str, seen: int) -> IdentityCase:
    """维持登记: the register is right, the department's sheet is not; who asked is told what to do."""
    with taking(STEPS["keep"], IdentityCase, case_id, actor=actor, opinion=checked(opinion), seen=seen) as case:
        nameless(case, opinion)
        case.over_on = clock.today()
        answer(case, S.KEPT, opinion)
    return case


def settle(*, case_id: int, actor: User, opinion: str, seen: int) -> IdentityCase:
    """核定, by another than whoever proposed or asked. What follows, follows in the same transaction.

    Raises PermissionDenied, WrongState, Stale, AlreadyDone, OpinionRefused, and RuleBroken in words.
    """
    with transaction.atomic():
        _lock(case_id)
        with taking(STEPS["settle"], IdentityCase, case_id, actor=actor, opinion=checked(opinion), seen=seen) as case:
            _demand_another(case, actor)
            nameless(case, opinion)
            may_leave_or_return(case)
            case.decided_by, case.over_on = actor, clock.today()
            EFFECTS[K(case.kind)](case, actor)
            answer(case, S.SETTLED)
            tell(case)
    return case


def refuse(*, case_id: int, actor: User, opinion: str, seen: int) -> IdentityCase:
    """不予核定: nothing changes; the reason stands in the history."""
    with taking(STEPS["refuse"], IdentityCase, case_id, actor=actor, opinion=checked(opinion), seen=seen) as case:
        _demand_another(case, actor)
        nameless(case, opinion)
        case.decided_by, case.over_on = actor, clock.today()
        answer(case, S.REFUSED, opinion)
    return case


def _lock(case_id: int) -> None:
    case = IdentityCase.objects.select_related("subject", "other").get(pk=case_id)
    people = {one.pk for who in (case.subject, case.other) if who for one in who.family()}
    # an approval holds its record and asks for the person at its end: records first, or the two would wait in a ring;
    # the full lock on a person waits for whoever is just writing a new record about them
    list(CreditRecord.objects.select_for_update(of=("self",)).filter(subject__in=people).order_by("pk"))
    list(Subject.objects.select_for_update().filter(pk__in=people).order_by("pk"))


def _demand_another(case: IdentityCase, actor: User) -> None:
    if actor.pk in {case.proposed_by_id, case.asked_by_id}:
        raise RuleBroken("提出的人不能自己核定，请由另一人核定")


def _rename(case: IdentityCase, actor: User) -> None:
    case.moved = [case.subject_id]
    identity.rename(case.subject, identity_claims.name_of(case))
    case.subject.save(update_fields=["envelope", "name_tail_key"])
    # a name is told under every number that stands for the person outside
    joining.tell_anew([one.pk for one in case.subject.family() if one.standing().pk == case.subject_id], actor)


def _leave(case: IdentityCase, actor: User) -> None:
    people = list(case.subject.family())
    case.moved = [one.pk for one in people]
    case.save(update_fields=["moved", "decided_by"])  # the database lets people leave by this case, and no others
    case.ended = leaving.leave(people, LEAVING[K(case.kind)])


def _come_back(case: IdentityCase, actor: User) -> None:
    people = list(case.subject.family())
    case.moved = [one.pk for one in people]
    case.save(update_fields=["moved", "decided_by"])
    leaving.come_back(people)


EFFECTS: dict[K, Callable[[IdentityCase, User], None]] = {
    K.NAME: _rename,
    K.SAME: joining.join,
    K.APART: joining.part,
    K.CAPACITY: _leave,
    K.DEATH: _leave,
    K.BACK: _come_back,
}
