"""核实、决定、生效: by two further people of the nominating body, each after the other; only then a record."""

from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, taking
from incentives.models import Nomination
from incentives.models.nomination_status import MATTER
from incentives.rules import honour, period
from incentives.rules.nomination_steps import STEPS
from incentives.workflows import honour_letters
from incentives.workflows.nominating import dropping
from records import identity
from records.rules import intake
from records.rules.values import typed_number
from records.workflows import honoured
from records.workflows.from_case import Case


def verify(*, nomination_id: int, actor: User, opinion: str, seen: int | None = None) -> Nomination:
    """核实通过: another than the nominator compared name, honour and document. Raises RuleBroken for the nominator."""
    with taking(STEPS["verify"], Nomination, nomination_id, actor=actor, opinion=opinion, seen=seen) as nomination:
        if actor.pk == nomination.invited_by_id:
            raise RuleBroken("核实人不能是推荐人，请由另一人对照文件核实")
        nomination.verified_by, nomination.verified_on = actor, clock.today()
        nomination.revision += 1
    return nomination


def reject(*, nomination_id: int, actor: User, opinion: str, seen: int | None = None) -> Nomination:
    """核实不通过: the document does not name this person or this honour; told with the reason, and forgotten."""
    return dropping("reject", nomination_id, actor=actor, opinion=opinion, seen=seen)


def decide(*, nomination_id: int, actor: User, opinion: str, document: str, seen: int | None = None) -> Nomination:
    """决定登记: by a third person, under the bureau's own number; the person gets the decision.

    Raises RuleBroken for the nominator and the verifier, and without a number.
    """
    with taking(STEPS["decide"], Nomination, nomination_id, actor=actor, opinion=opinion, seen=seen) as nomination:
        if actor.pk in {nomination.invited_by_id, nomination.verified_by_id}:
            raise RuleBroken("决定人不能是推荐人或者核实人，请由另一位负责人决定")
        number = typed_number(document)
        if not number:
            raise RuleBroken("请写明决定的文号")
        nomination.decided_by, nomination.decided_on, nomination.decision_number = actor, clock.today(), number
        nomination.revision += 1
        honour_letters.tell(nomination, honour_letters.DECISION)
    return nomination


def decline(*, nomination_id: int, actor: User, opinion: str, seen: int | None = None) -> Nomination:
    """决定不予登记, or 收回 before it took effect: told with the reason, and forgotten."""
    return dropping("decline", nomination_id, actor=actor, opinion=opinion, seen=seen)


def take_effect(
    *,
    nomination_id: int,
    actor: User,
    service: str,
    day: date,
    proof: str,
    confirmed: bool = False,
    seen: int | None = None,
) -> Nomination:
    """登记送达并生效: the record of the honour, held to the rules of intake, with the identity opened and logged.

    Raises RuleBroken before the decision, while a public notice runs, and for what intake refuses.
    """
    with taking(STEPS["take-effect"], Nomination, nomination_id, actor=actor, seen=seen) as nomination:
        if nomination.decided_on is None or nomination.decided_by is None or nomination.subject is None:
            raise RuleBroken("还没有作出决定")
        served = period.served_on(
            service, day, not_before=nomination.decided_on, today=clock.today(), proof=proof, confirmed=confirmed
        )
        if served > clock.today():
            raise RuleBroken(f"公告送达到 {served} 才视为送达，请到时再办；直接送达更快")
        look = events.look_up(
            actor=actor,
            person_key=nomination.person_keys()[0],
            matter=MATTER,
            case_number=nomination.number,
            purpose="荣誉生效，登记信用记录",
            shown=["honour", "identity"],
            department=nomination.department.code,
        )
        who = identity.reveal(nomination.subject, because=look)
        raw = honour.raw(
            nomination,
            who,
            consented_on=nomination.consented_on or clock.today(),
            public=nomination.agrees_to_publicity,
        )
        verdict = intake.check(nomination.item_id, raw, today=clock.today())
        if verdict.checked is None:
            raise RuleBroken("不能登记：" + "；".join(str(problem) for problem in verdict.problems))
        nomination.record = honoured.take_effect(
            case=Case(
                nomination.department,
                nomination.subject,
                nomination.invited_by,
                nomination.decided_by,
                nomination.number,
            ),
            checked=verdict.checked,
            public=nomination.agrees_to_publicity,
            service=service,
            served_on=served,
            actor=actor,
        )
        nomination.service, nomination.service_proof, nomination.served_on = service, proof.strip(), served
        nomination.effective_on = clock.today()
        nomination.revision += 1
    return nomination


def annul(*, nomination_id: int, actor: User, opinion: str, document: str, seen: int | None = None) -> Nomination:
    """荣誉被撤销: the body that had given the honour took it back; the record ends in the same moment.

    Raises RuleBroken without the document's number.
    """
    with taking(STEPS["annul"], Nomination, nomination_id, actor=actor, opinion=opinion, seen=seen) as nomination:
        number = typed_number(document)
        if not number:
            raise RuleBroken("请写明撤销荣誉的文件文号：没有文件的不能终止")
        if nomination.record is not None and nomination.record.status != "ended":
            honoured.annul(record_id=nomination.record.pk, actor=actor, opinion=opinion)
            nomination.record.refresh_from_db()
        nomination.annulled_by, nomination.annulled_on = actor, clock.today()
        nomination.annulment_number, nomination.annulled_why = number, opinion.strip()
        nomination.revision += 1
        honour_letters.tell(nomination, honour_letters.ANNULLED)
    return nomination
