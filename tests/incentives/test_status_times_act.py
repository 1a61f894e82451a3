"""Every status × every act of a listing: what the table does not name is refused, whoever asks."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.workflow import AlreadyDone, Step, WrongState, taking
from incentives.models import Listing
from incentives.models.status import S
from incentives.rules.steps import STEPS
from incentives.workflows import deciding
from tests import make_listing
from tests.cast import Cast


def _right_actor(step: Step, cast: Cast) -> User:
    if step.by.kind == "person":
        return cast.citizen
    return {"propose_listing": cast.wage_clerk, "legal_review": cast.legal, "decide_listing": cast.decider}[
        step.by.verb
    ]


def _dropped(cast: Cast) -> Listing:
    listing = make_listing.proposed(cast)
    return deciding.reject(listing_id=listing.pk, actor=cast.decider, opinion="x")


def _revoked(cast: Cast) -> Listing:
    listing = make_listing.decided(cast)
    return deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="x", document="撤1")


IN: dict[str, Callable[[Cast], Listing]] = {
    S.PROPOSED: make_listing.proposed,
    S.NOTIFIED: make_listing.notified,
    S.ANSWERED: make_listing.answered,
    S.LAPSED: make_listing.lapsed,
    S.DROPPED: _dropped,
    S.REVOKED: _revoked,
}
FOREIGN = {S.HEARD, S.DISCUSSED, S.AGREED}  # not on the path of wage-arrears; walked in test_walk_a_case


def _in_status(status: str, cast: Cast) -> Listing:
    if status in IN:
        return IN[status](cast)
    return make_listing.go_on(cast, make_listing.answered(cast), status)


@pytest.mark.parametrize("status", [one for one in S.values if one not in FOREIGN])
def test_an_act_from_a_status_that_the_table_does_not_name_is_refused(cast: Cast, status: str) -> None:
    listing, tried = _in_status(status, cast), 0
    for step in STEPS.values():
        if status in step.source:
            continue
        tried += 1
        with (
            pytest.raises((WrongState, AlreadyDone)),
            taking(step, Listing, listing.pk, actor=_right_actor(step, cast), opinion="核对"),
        ):
            pytest.fail("表外的一步不应办成")
    assert tried > 5


@pytest.mark.parametrize("name", list(STEPS))
def test_an_act_by_somebody_without_the_duty_is_refused(cast: Cast, name: str) -> None:
    step, listing = STEPS[name], make_listing.notified(cast)
    right = _right_actor(step, cast)
    everybody = (
        cast.wage_clerk, cast.legal, cast.decider, cast.clerk, cast.reviewer, cast.supervisor, cast.citizen,
        cast.namesake, User.objects.system(),
    )  # fmt: skip
    for user in everybody:
        if user == right:
            continue
        with pytest.raises(PermissionDenied), taking(step, Listing, listing.pk, actor=user, opinion="核对"):
            pytest.fail("没有职责的人不应办成")
