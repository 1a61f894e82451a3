"""依据失效的办理: found by the system → paused after five working days, unless two people anchor it to a successor.

Nothing is withdrawn: what was lawfully decided is not erased overnight because an order was issued anew. Showing to the
public and sending stand still; the person and the determining body are told.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from daoli_credit.accounts import access, messages
from daoli_credit.accounts.messages import Letter
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock, pack
from daoli_credit.law.calendar import DAY
from daoli_credit.law.citations import Basis
from daoli_credit.law.deadlines import deadline
from daoli_credit.law.doors import how
from daoli_credit.law.status import Effect
from daoli_credit.workflow import SYSTEM, RuleBroken, Step, department, noun, taking
from records import lapses
from records.models import CreditRecord, Lapse
from records.models.lapse import L
from records.rules import lapsed
from records.workflows import numbering

FOUND = register("lapse.found", "发现依据失效")
WITHIN = "lapse-pause"
SECOND = department("review_record")
STEPS = {
    "pause": Step("lapse.paused", "暂停展示和推送", frozenset({L.FOUND}), L.FOUND, SYSTEM),
    "pause-proposed": Step(
        "lapse.paused-meanwhile", "等第二人时暂停展示和推送", frozenset({L.PROPOSED}), L.PROPOSED, SYSTEM
    ),
    "propose": Step(
        "lapse.proposed", "提出改挂继任依据", frozenset({L.FOUND}), L.PROPOSED, department("legal_review"), opinion=True
    ),
    "agree": Step("lapse.anchored", "同意改挂", frozenset({L.PROPOSED}), L.ANCHORED, SECOND),
    "refuse": Step("lapse.refused", "不同意改挂", frozenset({L.PROPOSED}), L.FOUND, SECOND, opinion=True),
}


def find() -> int:
    """找出失效的: items and bodies with records in force that rest on a lapsed basis. Returns how many are new."""
    rules, today, new = pack.current(), clock.today(), 0
    for item in rules.items.values():
        gone = lapsed.of(rules, item, on=today)
        if not gone:
            continue
        held = CreditRecord.objects.in_force(on=today).filter(item=item.code).order_by()
        bodies = list(held.values_list("department_id", flat=True).distinct())
        for basis in gone:
            there = set(Lapse.objects.filter(item=item.code, basis=basis.code).values_list("department_id", flat=True))
            new += sum(_found(item.code, body, basis) for body in bodies if body not in there)
    return new


def _found(item: str, body: int, basis: Basis) -> bool:
    if basis.effective_to is None:
        return False
    due = deadline(WITHIN, basis.effective_to)
    try:
        with transaction.atomic():
            lapse = Lapse.objects.create(
                number=numbering.next_lapse_number(clock.today()),
                item_id=item,
                department_id=body,
                basis=basis.code,
                basis_title=basis.title,
                lapsed_on=basis.effective_to,
                found_on=clock.today(),
                pause_from=due.on + DAY if due else None,
            )
            events.record(
                act=FOUND,
                noun=noun(Lapse),
                object_id=str(lapse.pk),
                actor=User.objects.system(),
                department=lapse.department.code,
                to_status=L.FOUND,
                revision=lapse.revision,
            )
            _tell_body(lapse, "依据失效")
    except IntegrityError:
        return False  # another worker was quicker
    return True


def pause(*, lapse_id: int, actor: User) -> Lapse:
    """暂停展示和推送: by the system, when the five working days are over and nobody has anchored it.

    Raises RuleBroken before that day, and when it is paused.
    """
    proposed = Lapse.objects.filter(pk=lapse_id, status=L.PROPOSED).exists()
    with taking(STEPS["pause-proposed" if proposed else "pause"], Lapse, lapse_id, actor=actor) as lapse:
        if not lapse.is_due(clock.today()):
            raise RuleBroken("还没有到暂停的日期，或者已经暂停")
        lapse.paused_on = clock.today()
        _tell_body(lapse, "依据失效，已暂停展示和推送")
        _tell_persons(lapse, "paused", "依据失效，暂停展示和推送告知")
    return lapse


def propose(*, lapse_id: int, successor: str, actor: User, opinion: str, seen: int) -> Lapse:
    """提出改挂: by the body's legal officer, to a successor in force that is verified or confirmed."""
    with taking(STEPS["propose"], Lapse, lapse_id, actor=actor, opinion=opinion, seen=seen) as lapse:
        basis = _successor(lapse, successor)
        lapse.successor, lapse.successor_title = basis.code, basis.title
        lapse.reason = checked(opinion.strip())
        lapse.proposed_by, lapse.proposed_on = actor, clock.today()
        lapse.revision += 1
    return lapse


def _successor(lapse: Lapse, code: str) -> Basis:
    rules = pack.current()
    chosen = {one.code: one for one in lapsed.successors(rules, lapse.basis, on=clock.today())}.get(code)
    if chosen is None:
        raise RuleBroken("规则包里没有这个继任依据，或者它还没有施行；新的规则版本载入以后再提")
    if not rules.may(chosen, Effect.ADVERSE):
        raise RuleBroken(
            f"《{chosen.title}》{chosen.status.label}，还不能据以改挂。{how('bases', code, chosen.status)}"
        )
    return chosen


def agree(*, lapse_id: int, actor: User, seen: int) -> Lapse:
    """同意改挂: by another person of the body; what was paused is shown and sent again.

    Raises RuleBroken for the proposer.
    """
    with taking(STEPS["agree"], Lapse, lapse_id, actor=actor, seen=seen) as lapse:
        if actor.pk == lapse.proposed_by_id:
            raise RuleBroken("提出人不能同意自己提出的，请由另一人办理")
        _successor(lapse, lapse.successor)
        lapse.anchored_by, lapse.anchored_on = actor, clock.today()
        if lapse.paused_on is not None:
            _tell_persons(lapse, "anchored", "依据已由新的依据承接告知")
    return lapse


def refuse(*, lapse_id: int, actor: User, opinion: str, seen: int) -> Lapse:
    """不同意改挂: with the reason; another successor or other reasons may be proposed.

    Raises RuleBroken for the proposer.
    """
    with taking(STEPS["refuse"], Lapse, lapse_id, actor=actor, opinion=opinion, seen=seen) as lapse:
        if actor.pk == lapse.proposed_by_id:
            raise RuleBroken("提出人不能自己办理，请由另一人办理")
        checked(opinion.strip())
        lapse.revision += 1
    return lapse


def _tell_body(lapse: Lapse, title: str) -> None:
    """告知认定部门: its reviewers and legal officers, each once."""
    told = {user.pk: user for verb in ("review_record", "legal_review") for user in _holders(verb, lapse)}
    text = render_to_string("documents/lapse_body_v1.txt", {"lapse": lapse}).strip() + "\n"
    for user in told.values():
        messages.tell_user(user, title=title, text=text, noun=noun(Lapse), object_id=lapse.number)


def _holders(verb: str, lapse: Lapse) -> Iterable[User]:
    return access.holders(verb, lapse.department_id)


def _tell_persons(lapse: Lapse, what: str, title: str) -> None:
    """告知本人: one letter for each record of the item that is in force today."""
    held = lapses.resting(lapse)
    letters = []
    for record in held.select_related("subject", "item", "department").prefetch_related("subject__key_rows"):
        facts = {"lapse": lapse, "record": record, "today": clock.today(), "site": settings.SITE}
        text = render_to_string(f"documents/lapse_{what}_v1.txt", facts).strip() + "\n"
        letters.append(Letter(record.person_keys()[0], title, text, "creditrecord", str(record.pk)))
    messages.tell_many(letters)
