"""决定: by a third person, in writing, served; only then a record. Ending a case is as easy as going on."""

from collections.abc import Sequence
from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models import Listing
from incentives.models.status import MATTER
from incentives.rules import as_record, contents, grounds, listable, period, route
from incentives.workflows import telling
from incentives.workflows.stepping import stepping
from records import identity
from records.rules import intake
from records.rules.values import document_number
from records.workflows import listed
from records.workflows.from_case import Case


def decide(
    *,
    listing_id: int,
    actor: User,
    opinion: str,
    seen: int | None = None,
    document: str,
    covers: Sequence[str] = (),
) -> Listing:
    """作出列入决定: by neither the proposer nor the legal officer, under the bureau's own number.

    `covers`: what the bureau's own document says, ticked one by one; RuleBroken names what is missing.
    """
    with stepping("decide", listing_id, actor=actor, opinion=opinion, seen=seen) as listing:
        if actor.pk in {listing.proposed_by_id, listing.legal_reviewed_by_id}:
            raise RuleBroken("审批人不能是本案经办人或者法制审核人，请由另一位负责人审批")
        if why_not := listable.refusal(listing.list_type, listing.department.code, on=clock.today()):
            raise RuleBroken(why_not)
        if why_not := grounds.refusal(listing.ground_record, on=clock.today()):
            raise RuleBroken(f"{why_not}。请撤回提议或者决定不予列入")
        number = document_number(document)
        if not number:
            raise RuleBroken("请写明决定书的文号")
        if Listing.objects.filter(department=listing.department, decision_number=number).exists():
            raise RuleBroken(f"决定书文号 {number} 已经用在另一件上，请核对")
        if why_not := contents.refusal(listing, "decision", covers):
            raise RuleBroken(why_not)
        listing.decision_covers = contents.required(listing, "decision")
        listing.decided_by, listing.decided_on, listing.decision_number = actor, clock.today(), number
        listing.save()
        telling.decision(listing)
    return listing


def serve(
    *,
    listing_id: int,
    actor: User,
    seen: int | None = None,
    service: str,
    day: date,
    proof: str,
    confirmed: bool = False,
) -> Listing:
    """登记决定送达. Raises RuleBroken before there is a decision, and for a service that is none."""
    with stepping("serve", listing_id, actor=actor, seen=seen) as listing:
        if listing.decided_on is None:
            raise RuleBroken("还没有作出决定")
        served = period.served_on(
            service, day, not_before=listing.decided_on, today=clock.today(), proof=proof, confirmed=confirmed
        )
        listing.decision_service, listing.decision_proof = service, proof.strip()
        listing.decision_served_on = served
    return listing


def take_effect(*, listing_id: int, actor: User, seen: int | None = None) -> Listing:
    """生效并登记: a person's act. The record is held to the rules of intake, with the identity opened and logged.

    Raises RuleBroken when the law or the basis does not carry it now, naming what is missing.
    """
    with stepping("take-effect", listing_id, actor=actor, seen=seen) as listing:
        if why_not := listable.refusal(listing.list_type, listing.department.code, on=clock.today()):
            raise RuleBroken(why_not)
        if why_not := grounds.refusal(listing.ground_record, on=clock.today()):
            raise RuleBroken(f"{why_not}。请撤销列入决定")
        look = events.look_up(
            actor=actor,
            person_key=listing.person_keys()[0],
            matter=MATTER,
            case_number=listing.number,
            purpose="列入生效，登记信用记录",
            shown=["listing", "identity"],
            department=listing.department.code,
        )
        raw = as_record.raw(
            route.kind(listing),
            identity.reveal(listing.subject, because=look),
            authority=listing.department.name,
            authority_code=listing.authority_code,
            reason=listing.reason,
            legal_ground=listing.legal_ground,
            today=clock.today(),
            document_number=listing.decision_number,
            decided_on=listing.decided_on,
            told_on=listing.notice_served_on,
            told_how=listing.notice_service,
            service=listing.decision_service,
            served_on=listing.decision_served_on,
        )
        verdict = intake.check(listing.item_id, raw, today=clock.today())
        if verdict.checked is None or listing.decided_by is None:
            raise RuleBroken("不能登记：" + "；".join(str(problem) for problem in verdict.problems))
        case = Case(listing.department, listing.subject, listing.proposed_by, listing.decided_by, listing.number)
        listing.record = listed.take_effect(case=case, checked=verdict.checked, actor=actor)
        listing.effective_on = clock.today()
    return listing


def _drop(listing: Listing, actor: User, opinion: str) -> None:
    listing.dropped_by, listing.dropped_on, listing.dropped_why = actor, clock.today(), opinion.strip()
    telling.dropped(listing)


def withdraw(*, listing_id: int, actor: User, opinion: str, seen: int | None = None) -> Listing:
    """撤回提议，不予列入: by the proposing side, with reasons."""
    with stepping("withdraw", listing_id, actor=actor, opinion=opinion, seen=seen) as listing:
        _drop(listing, actor, opinion)
    return listing


def reject(*, listing_id: int, actor: User, opinion: str, seen: int | None = None) -> Listing:
    """决定不予列入: by the decider, with reasons."""
    with stepping("reject", listing_id, actor=actor, opinion=opinion, seen=seen) as listing:
        _drop(listing, actor, opinion)
    return listing


def revoke(*, listing_id: int, actor: User, opinion: str, seen: int | None = None, document: str) -> Listing:
    """撤销列入决定: its record, if it made one that still runs, ends in the same moment.

    Raises RuleBroken without the number of the revoking decision.
    """
    with stepping("revoke", listing_id, actor=actor, opinion=opinion, seen=seen) as listing:
        if not document.strip():
            raise RuleBroken("请写明撤销决定的文号")
        if listing.record is not None and listing.record.status != "ended":
            listed.revoke(record_id=listing.record.pk, actor=actor, opinion=opinion)
            listing.record.refresh_from_db()
        listing.revoked_by, listing.revoked_on = actor, clock.today()
        listing.revocation_number, listing.revoked_why = document_number(document), opinion.strip()
        telling.revoked(listing)
    return listing
