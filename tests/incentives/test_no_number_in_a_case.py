"""案件里没有号码: whatever is typed on a step of a case, a notice, a nomination, an exit or a registration."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models import Listing, Nomination, PreAdverseNotice
from incentives.rules import contents
from incentives.workflows import (
    case_words,
    honouring,
    leaving,
    nominating,
    notice_deciding,
    notice_proposing,
    proposing,
    reviewing,
)
from tests import make_assessments, make_honours, make_listing, make_notices, make_registration
from tests.cast import Cast, identity


def number() -> str:
    """Somebody's whole ID number."""
    return identity("linxiuyun").id_number


def _served(**more: Any) -> dict[str, Any]:
    return {"service": "direct", "day": clock.today(), **more}


def _notify(cast: Cast) -> object:
    row = make_listing.proposed(cast)
    covers = contents.required(row, "notice")
    return proposing.notify(listing_id=row.pk, actor=cast.wage_clerk, document=number(), covers=covers)


def _propose(cast: Cast) -> object:
    make_assessments.list_type("wage-arrears")
    return proposing.propose(
        department=cast.wages,
        list_type="wage-arrears",
        who=identity("linxiuyun"),
        grounds=replace(make_listing.GROUNDS, document=number()),
        actor=cast.wage_clerk,
    )


def _serve_listing(cast: Cast) -> object:
    row = make_listing.noticed(cast)
    return proposing.serve_notice(listing_id=row.pk, actor=cast.wage_clerk, **_served(proof=f"签收人 {number()}"))


def _review(cast: Cast) -> object:
    row = make_listing.answered(cast)
    outcome = f"{'核实经过。' * 120}当事人号码 {number()}"  # beyond the length that is looked at in one piece
    return reviewing.review(listing_id=row.pk, actor=cast.wage_clerk, outcome=outcome)


def _issue(cast: Cast) -> object:
    return make_notices.noticed(cast, document=number())


def _serve_notice(cast: Cast) -> object:
    row = make_notices.noticed(cast)
    return notice_proposing.serve_notice(notice_id=row.pk, actor=cast.clerk, **_served(proof=number()))


def _decide_notice(cast: Cast) -> object:
    row = make_notices.answered(cast)
    facts = {**make_notices.DECISION, "document": number()}
    return notice_deciding.decide(notice_id=row.pk, actor=cast.reviewer, response=make_notices.RESPONSE, **facts)


def _nominate(cast: Cast) -> object:
    of = make_honours.league()
    facts = make_honours.document(1, number=number())
    return nominating.nominate(department=of.body, source="volunteer", document=facts, actor=of.clerk)


def _decide_honour(cast: Cast) -> object:
    row = make_honours.verified(cast.citizen)
    return honouring.decide(
        nomination_id=row.pk, actor=make_honours.league().decider, opinion="同意", document=number()
    )  # fmt: skip


def _honour_in_force(cast: Cast) -> object:
    row = make_honours.decided(cast.citizen)
    return honouring.take_effect(
        nomination_id=row.pk, actor=make_honours.league().clerk, **_served(proof=f"电话 139{'0' * 7}1")
    )  # fmt: skip


def _register(cast: Cast) -> object:
    desk = make_listing.desk(make_registration.court())
    return make_registration.registered(desk[0], document_number=number())


def _leave(cast: Cast) -> object:
    desk = make_listing.desk(make_registration.court())
    row = make_registration.asked_to_leave(desk)
    return leaving.grant(exit_id=row.pk, actor=desk[2], document=number())


DOORS: tuple[Callable[[Cast], object], ...] = (
    _propose, _notify, _serve_listing, _review, _issue, _serve_notice, _decide_notice, _nominate, _decide_honour,
    _honour_in_force, _register, _leave,
)  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_number_typed_into_a_case_is_refused_in_words(cast: Cast, door: Callable[[Cast], object]) -> None:
    with pytest.raises((RuleBroken, OpinionRefused), match="号码"):
        door(cast)
    for model in (Listing, Nomination, PreAdverseNotice):
        assert not any(number() in str(row) for row in model.objects.values())


def test_an_old_slip_does_not_hold_up_a_later_step(cast: Cast) -> None:
    row = make_listing.proposed(cast)
    before = case_words.words(row)
    row.hearing_note = f"早先写了 {number()}"
    case_words.demand(row, case_words.words(row))
    with pytest.raises(RuleBroken, match="号码"):
        case_words.demand(row, before)
