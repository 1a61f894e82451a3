"""承诺不实: found by one, confirmed by another; what follows comes from the pack, and where it is silent, nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records.models import FalsePromise, Repair
from records.rules.repairable import precheck
from records.workflows import false_promise as acts
from records.workflows import repair as repair_acts
from tests import make_listing, make_repairs
from tests.cast import Cast, browser

pytestmark = pytest.mark.django_db
FACTS = {"facts": "罚款没有缴清，所附收据与单位账目不符。", "document": "哈里市监认〔2026〕2号"}


def decided(cast: Cast) -> Repair:
    repair = make_repairs.accepted(cast)
    return repair_acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=repair.revision)


def found(cast: Cast) -> FalsePromise:
    return acts.find(repair_id=decided(cast).pk, actor=cast.clerk, on=clock.today(), **FACTS)


def test_two_people_and_the_pack_bar_further_repairs_until_a_day(cast: Cast) -> None:
    promise = found(cast)
    other = make_repairs.old(cast, serial=8)
    assert precheck(other, clock.today()).may_apply
    acts.confirm(promise_id=promise.pk, actor=cast.reviewer, seen=1)
    promise.refresh_from_db()
    until = promise.barred_until
    assert until is not None
    assert until.year == clock.today().year + 3
    assert "信用修复" in promise.article
    assert FACTS["document"] in precheck(other, clock.today()).why_not
    assert precheck(other, until).may_apply
    with pytest.raises(RuleBroken, match="承诺不实"):
        make_repairs.applied(cast, other)
    letter = messages.text(Message.objects.filter(title="修复承诺不实确认告知").latest("pk"))
    assert "行政复议" in letter
    assert FACTS["facts"] in letter


def test_where_the_pack_may_not_bar_the_person_is_told_and_may_go_on(cast: Cast) -> None:
    promise = found(cast)
    make_listing.suspend("limits", acts.BAR)
    acts.confirm(promise_id=promise.pk, actor=cast.reviewer, seen=1)
    promise.refresh_from_db()
    assert (promise.status, promise.barred_until) == ("confirmed", None)
    assert precheck(make_repairs.old(cast, serial=8), clock.today()).may_apply
    assert "不适用" in messages.text(Message.objects.filter(title="修复承诺不实确认告知").latest("pk"))


def test_what_is_not_confirmed_has_no_consequence(cast: Cast) -> None:
    promise = found(cast)
    with pytest.raises(RuleBroken):
        acts.drop(promise_id=promise.pk, actor=cast.reviewer, opinion="", seen=1)
    acts.drop(promise_id=promise.pk, actor=cast.reviewer, opinion="收据核对无误", seen=1)
    assert precheck(make_repairs.old(cast, serial=8), clock.today()).may_apply
    assert not Message.objects.filter(title="修复承诺不实确认告知").exists()


def test_nobody_confirms_alone_and_nothing_is_found_before_a_decision(cast: Cast) -> None:
    waiting = make_repairs.accepted(cast, make_repairs.old(cast, serial=6))
    with pytest.raises(RuleBroken, match="条件没有满足"):
        acts.find(repair_id=waiting.pk, actor=cast.clerk, on=clock.today(), **FACTS)
    promise = found(cast)
    with pytest.raises(PermissionDenied):
        acts.confirm(promise_id=promise.pk, actor=cast.other_reviewer, seen=1)
    with pytest.raises(AlreadyDone):
        acts.find(repair_id=promise.repair_id, actor=cast.clerk, on=clock.today(), **FACTS)
    for changed in ({"facts": " "}, {"document": ""}):
        with pytest.raises(RuleBroken, match="请写明"):
            acts.find(repair_id=promise.repair_id, actor=cast.clerk, on=clock.today(), **{**FACTS, **changed})
    for day in (clock.today() + timedelta(days=1), date(2020, 1, 1)):
        with pytest.raises(RuleBroken, match="认定日"):
            acts.find(repair_id=promise.repair_id, actor=cast.clerk, on=day, **FACTS)


def test_the_page_shows_the_consequence_before_it_is_confirmed(cast: Cast) -> None:
    repair = decided(cast)
    address = f"/desk/repairs/{repair.number}/promise/"
    clerk, reviewer = browser(cast.clerk), browser(cast.reviewer)
    assert "不能填写" in clerk.get(address).content.decode()
    bad = clerk.post(address, {**FACTS, "document": "", "on": clock.today()})
    assert bad.status_code == 422
    assert FACTS["facts"] in bad.content.decode()
    assert clerk.post(address, {**FACTS, "on": clock.today()}).status_code == 302
    assert "以前不能申请信用修复" in reviewer.get(address).content.decode()
    assert clerk.post(f"{address}judge/", {"judged": "confirm", "seen": 1}).status_code == 403
    assert reviewer.post(f"{address}judge/", {"judged": "confirm", "seen": 5}).status_code == 409
    assert reviewer.post(f"{address}judge/", {"judged": "confirm", "seen": 1}).status_code == 302
    assert browser(cast.other_reviewer).get(address).status_code == 404
    assert FalsePromise.objects.get().status == "confirmed"


def test_the_database_wants_two_people_and_an_article(cast: Cast) -> None:
    found(cast)
    for statement in (
        "UPDATE records_falsepromise SET decided_by_id = found_by_id",
        "UPDATE records_falsepromise SET status = 'confirmed'",
        "UPDATE records_falsepromise SET barred_until = '2030-01-01'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
