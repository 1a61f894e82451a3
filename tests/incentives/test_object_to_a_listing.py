"""对名单类信息的异议: an answer cannot undo a decision; revoking the decision ends both."""

import pytest

from daoli_credit.workflow import RuleBroken
from incentives.workflows import deciding
from records.models import Objection
from records.tasks import settle_objections
from records.workflows.settling import Answer
from tests import make_listing, make_objections
from tests.cast import Cast


def test_only_a_revoked_decision_takes_a_listing_back(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    assert listing.record is not None
    objection = make_objections.raised(cast, listing.record, points={"whole": ""})
    with pytest.raises(RuleBroken, match="撤销列入决定"):
        make_objections.answer(cast, objection, Answer("whole", upheld=True), by=cast.legal)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document="哈里人社撤〔2026〕1号")
    assert settle_objections() == 1
    assert Objection.objects.get().status == "moot"


def test_an_objection_to_a_listing_that_does_not_stand_is_answered_like_any_other(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    assert listing.record is not None
    objection = make_objections.raised(cast, listing.record, points={"whole": ""})
    made = make_objections.answer(cast, objection, Answer("whole", upheld=False, reason="决定已送达。"), by=cast.legal)
    assert made.status == "dismissed"
