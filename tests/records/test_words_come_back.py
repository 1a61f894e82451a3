"""写了的不丢: whoever writes a number into a reason reads it at the field, with every word still there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from daoli_credit.accounts.models import User
from records.models import FalsePromise, Repair
from records.models.repair import S
from records.workflows import false_promise, objection
from tests import make, make_ends, make_exports, make_objections, make_repairs, make_requests
from tests.cast import Cast, browser

WORDS = "请打电话 13800138000 说明情况"
IN_WORDS = "请打电话幺三八 零零幺三 八零零零 说明情况"

Door = tuple[User, str, str, dict[str, Any]]


def _unmet(cast: Cast) -> Door:
    repair = make_repairs.applied(cast)
    more = {"conditions": ["unpaid"], "seen": repair.revision}
    return cast.clerk, reverse("repair-unmet", args=[repair.number]), "detail", more


def _ask(cast: Cast) -> Door:
    repair = make_repairs.accepted(cast)
    return cast.reviewer, reverse("repair-ask", args=[repair.number]), "opinion", {"seen": repair.revision}


def _supply(cast: Cast) -> Door:
    repair = make_repairs.unmet(cast)
    return cast.citizen, reverse("me-repair-supply", args=[repair.number]), "statement", {"seen": repair.revision}


def _drop(cast: Cast) -> Door:
    found = make_repairs.false(cast)
    address = reverse("repair-promise-judge", args=[found.repair.number])
    return cast.reviewer, address, "opinion", {"judged": "drop", "seen": found.revision}


def _more_of_an_objection(cast: Cast) -> Door:
    one = make_objections.raised(cast)
    return cast.reviewer, reverse("objection-ask", args=[one.number]), "ask-opinion", {"seen": one.revision}


def _answer_of_an_objection(cast: Cast) -> Door:
    one = make_objections.raised(cast)
    objection.ask(objection_id=one.pk, actor=cast.reviewer, opinion="请说明金额", seen=one.revision)
    return cast.citizen, reverse("me-objection-supply", args=[one.number]), "words", {}


def _notice(cast: Cast) -> Door:
    one = make_ends.noted(cast, make.effective(cast, serial=311))
    return cast.reviewer, reverse("end-notice-refuse", args=[one.number]), "opinion", {"seen": one.revision}


def _opening(cast: Cast) -> Door:
    make_ends.legal_of_market(cast)
    one = make_ends.asked(cast, make_ends.sealed(cast))
    return cast.decider, reverse("opening-act", args=[one.number, "refuse"]), "opinion", {"seen": one.revision}


def _request(cast: Cast) -> Door:
    head, one = make_requests.head_of_market(cast), make_requests.asked(cast)
    more = {"refusal": "population", "seen": one.revision}
    return head, reverse("request-act", args=[one.number, "refuse"]), "opinion", more


def _export(cast: Cast) -> Door:
    make.effective(cast, serial=312)
    one = make_exports.asked(cast, full_identity=True)
    return cast.reviewer, reverse("export-refuse", args=[one.number]), "opinion", {"seen": one.revision}


DOORS = (
    _unmet, _ask, _supply, _drop, _more_of_an_objection, _answer_of_an_objection, _notice, _opening, _request, _export,
)  # fmt: skip


@pytest.mark.parametrize("words", [WORDS, IN_WORDS])
@pytest.mark.parametrize("door", DOORS)
def test_a_number_in_a_reason_is_said_at_the_field_and_the_words_come_back(
    cast: Cast, door: Callable[[Cast], Door], words: str
) -> None:
    user, address, field, more = door(cast)
    answer = browser(user).post(address, {**more, field: words})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不要写证件号码或电话" in page
    assert words in page
    written = browser(user).post(address, {**more, field: "材料与账目对不上，请说明"})
    assert written.status_code == 302, written.content.decode()


def test_where_the_case_has_moved_on_the_words_can_still_be_copied(cast: Cast) -> None:
    repair = make_repairs.applied(cast)
    detail = "请到银行缴清并等到账"
    body = {"conditions": ["unpaid"], "detail": detail, "seen": repair.revision}
    address = reverse("repair-unmet", args=[repair.number])
    assert browser(cast.citizen).post(reverse("me-repair-withdraw", args=[repair.number])).status_code == 302
    answer = browser(cast.clerk).post(address, body)
    assert answer.status_code == 409
    assert "您刚才写的没有存下" in answer.content.decode()
    assert detail in answer.content.decode()
    assert Repair.objects.get().status == S.WITHDRAWN


def test_a_promise_that_was_dropped_keeps_the_reason_for_its_finder(cast: Cast) -> None:
    found = make_repairs.false(cast)
    false_promise.drop(promise_id=found.pk, actor=cast.reviewer, opinion="收据核对无误", seen=found.revision)
    page = browser(cast.clerk).get(reverse("repair-promise", args=[found.repair.number])).content.decode()
    assert "收据核对无误" in page
    assert FalsePromise.objects.get().barred_until is None
