"""审核: what stands between the person's answer and the decision, as far as the list type has it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState, allowed, noun
from incentives.models import Listing
from incentives.models.status import BETWEEN, Hearing
from incentives.rules import gate, to_answer
from incentives.rules.steps import STEPS
from incentives.rules.to_answer import Reply
from incentives.workflows import pointing, telling
from incentives.workflows.own_words import cleaned
from incentives.workflows.stepping import stepping
from records.rules.values import document_number


def _day_in_the_case(listing: Listing, day: date, what: str) -> date:
    if day > clock.today():
        raise RuleBroken(f"{what} {day} 还没有到，请核对")
    if listing.notice_served_on is None or day < listing.notice_served_on:
        raise RuleBroken(f"{what} {day} 早于告知书送达之日，请核对")
    return day


def review(*, listing_id: int, actor: User, seen: int | None = None, outcome: str) -> Listing:
    """核实异议: what was found of the person's objections; where there are none, that too is written.

    Raises RuleBroken without words.
    """
    with stepping("review", listing_id, actor=actor, seen=seen) as listing:
        if not outcome.strip():
            raise RuleBroken("请写明核实的结果；没有异议的，写明没有收到异议")
        listing.reviewed_on, listing.reviewed_by = clock.today(), actor
        listing.review_outcome = outcome.strip()
    return listing


def _asked(listing: Listing, on: date) -> None:
    if listing.hearing_asked_on is not None:
        raise AlreadyDone(f"{listing.hearing_asked_on} 已经要求听证，不用重复登记")
    if on > clock.today():
        raise RuleBroken(f"要求听证的日期 {on} 还没有到，请核对")
    if why_not := gate.asking(listing, on):
        raise RuleBroken(why_not)
    listing.hearing_asked_on = on


def ask_hearing(*, listing_id: int, actor: User, seen: int | None = None, day: date) -> Listing:
    """登记听证申请: what came at the counter or by post counts by the day on which it was handed in or posted."""
    with stepping("ask-hearing", listing_id, actor=actor, seen=seen) as listing:
        _asked(listing, day)
    return listing


def want_hearing(*, listing_id: int, actor: User, seen: int | None = None) -> Listing:
    """要求听证, by the person's own sign-in: today."""
    with stepping("want-hearing", listing_id, actor=actor, seen=seen) as listing:
        _asked(listing, clock.today())
    return listing


def hear(
    *,
    listing_id: int,
    actor: User,
    seen: int | None = None,
    hearing: str,
    note: str,
    day: date | None = None,
    points: str = "",
) -> Listing:
    """登记听证: held, or why none was held. That nobody asked can be said only after the days for asking.

    `points`: what the person said there, one point to a paragraph; without it the whole record is one point to answer.
    Raises RuleBroken for what is missing, and for “not asked” when somebody asked or the days still run.
    """
    with stepping("hear", listing_id, actor=actor, seen=seen) as listing:
        if hearing not in Hearing.values or not hearing:
            raise RuleBroken("请选择听证的办理情况")
        if hearing == Hearing.NOT_ASKED and listing.hearing_asked_on is not None:
            raise RuleBroken(f"当事人于 {listing.hearing_asked_on} 要求听证，不能登记为没有要求听证")
        if lock := gate.hearing(listing, hearing):
            raise RuleBroken(lock.why)
        if not note.strip():
            raise RuleBroken("请写明听证笔录的编号，或者没有听证的依据")
        if hearing == Hearing.HELD and day is None:
            raise RuleBroken("请写明举行听证的日期")
        held_on = day if hearing == Hearing.HELD and day else clock.today()
        listing.heard_on = _day_in_the_case(listing, held_on, "听证日期")
        listing.hearing, listing.hearing_note = hearing, note.strip()
        if hearing == Hearing.HELD:
            said = cleaned(points) if points.strip() else ""
            message = telling.file(listing, "您在听证中的意见（登记副本）", said) if said else None
            pointing.take_down(listing, said, message=message)
    return listing


def legal_review(
    *,
    listing_id: int,
    actor: User,
    opinion: str,
    seen: int | None = None,
    replies: Sequence[Reply] = (),
) -> Listing:
    """法制审核通过: by another than the proposer; every point of the statements and the hearing is answered first.

    `replies`: one for each of `to_answer.asked`, in their order. RuleBroken names what is not answered yet.
    """
    with stepping("legal-review", listing_id, actor=actor, opinion=opinion, seen=seen) as listing:
        if actor.pk == listing.proposed_by_id:
            raise RuleBroken("法制审核人员不能是本案经办人，请由另一人审核")
        if why_not := to_answer.refusal(listing, replies):
            raise RuleBroken(why_not)
        pointing.reply(listing, replies)
        listing.legal_reviewed_by, listing.legal_reviewed_on = actor, clock.today()
        listing.legal_response = to_answer.written(listing, replies)
    return listing


def object_to(*, listing_id: int, actor: User, opinion: str, seen: int | None = None) -> Listing:
    """法制审核提出意见: does not pass it; it stands in the file, and the proposer or the decider acts on it.

    Raises PermissionDenied, WrongState outside the review, and RuleBroken without words.
    """
    listing = Listing.objects.select_related("department").get(pk=listing_id)
    if not allowed(STEPS["legal-review"], listing, actor):
        raise PermissionDenied("您没有“法制审核”这项职责")
    if listing.status not in {one.value for one in BETWEEN}:
        raise WrongState("这一件现在不在审核中，请看最新情况")
    if not opinion.strip():
        raise RuleBroken("请写明意见")
    events.record(
        act="listing.legal-objected",
        noun=noun(Listing),
        object_id=listing.pk,
        actor=actor,
        department=listing.department.code,
        from_status=listing.status,
        to_status=listing.status,
        opinion=opinion.strip(),
        revision=listing.revision,
    )
    return listing


def discuss(*, listing_id: int, actor: User, seen: int | None = None, day: date, document: str) -> Listing:
    """登记集体讨论: day and number of its record. Raises RuleBroken without the record's number."""
    with stepping("discuss", listing_id, actor=actor, seen=seen) as listing:
        if not document.strip():
            raise RuleBroken("请写明集体讨论记录的编号")
        listing.discussed_on = _day_in_the_case(listing, day, "集体讨论日期")
        listing.discussion_number = document_number(document)
    return listing


def agree(*, listing_id: int, actor: User, seen: int | None = None, day: date, document: str) -> Listing:
    """登记上级同意: day and number of the higher body's document. Raises RuleBroken without the document's number."""
    with stepping("agree", listing_id, actor=actor, seen=seen) as listing:
        if not document.strip():
            raise RuleBroken("请写明上级同意文书的文号")
        listing.higher_agreed_on = _day_in_the_case(listing, day, "上级同意日期")
        listing.higher_number = document_number(document)
    return listing
