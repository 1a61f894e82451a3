"""文书应当载明的内容: ticked one by one against the paper; what is missing is named; the ground must still stand."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken
from incentives.models import Listing
from incentives.rules import contents, grounds
from incentives.workflows import deciding, proposing
from records.models import CreditRecord
from records.workflows import contest
from tests import make, make_assessments, make_listing, make_objections
from tests.cast import Cast, browser, identity

CONTACT = "联系单位、联系人和电话"


def test_a_notice_that_lacks_a_required_content_is_refused_and_the_missing_one_named(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    asked = contents.required(listing, "notice")
    assert CONTACT in asked
    assert not any("听证" in one for one in asked)  # this list has none
    given: dict[str, Any] = {"listing_id": listing.pk, "actor": cast.wage_clerk, "document": "告1"}
    with pytest.raises(RuleBroken, match=f"应当载明的内容：{CONTACT}。"):
        proposing.notify(**given, covers=[one for one in asked if one != CONTACT])
    assert Listing.objects.get().noticed_on is None
    made = proposing.notify(**given, covers=asked)
    assert Listing.objects.get(pk=made.pk).notice_covers == asked


def test_a_list_with_a_hearing_asks_for_the_right_to_it(cast: Cast) -> None:
    listing = make_listing.proposed(
        cast, list_type="market-serious", department=cast.market, actor=make_listing.desk(cast.market)[0]
    )
    asked = contents.required(listing, "notice")
    assert any("听证" in one for one in asked)
    assert not any("可以不予列入" in one for one in asked)  # the pack knows no such rule of this list


def test_a_decision_is_ticked_too_and_the_form_comes_back_as_it_was(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    asked = contents.required(listing, "decision")
    assert asked == list(pack.current().document_contents["decision"])
    body = {"document": "列1", "opinion": "同意", "covers": asked[1:], "seen": listing.revision}
    answer = browser(cast.decider).post(f"/desk/listings/{listing.number}/decide/", body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"应当载明的内容：{asked[0]}。" in page
    assert page.count("checked") == len(asked) - 1
    assert Listing.objects.get().decided_on is None


def test_the_database_wants_them_ticked(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    with (
        pytest.raises(IntegrityError, match="没有逐项核对文书应当载明的内容"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE incentives_listing SET status = 'notified', noticed_on = %s, notice_number = '告1' WHERE id = %s",
            [clock.today(), listing.pk],
        )


def _ground(cast: Cast) -> CreditRecord:
    return make.effective(cast)


def test_an_ended_or_disputed_ground_carries_no_listing(cast: Cast) -> None:
    record, today = _ground(cast), clock.today()
    assert grounds.refusal(record, on=today) == ""
    make_objections.raised(cast, record)
    record.refresh_from_db()
    assert "正在异议核实" in grounds.refusal(record, on=today)
    assert record.use_until is not None
    with clock.at(record.use_until):
        assert "异议" in grounds.refusal(record, on=clock.today())
    assert "已经终止" in grounds.refusal(record, on=record.use_until + (record.use_until - today))


def test_a_ground_before_a_court_or_changed_carries_no_listing(cast: Cast) -> None:
    record = _ground(cast)
    case = contest.Case("suit", "区法院", "（2026）黑0102行初1号", "受理通知", clock.today())
    contest.register(record_id=record.pk, actor=cast.clerk, case=case)
    record.refresh_from_db()
    assert "行政复议或者诉讼" in grounds.refusal(record, on=clock.today())


def test_the_own_record_of_the_document_is_found_and_a_case_falls_with_it(cast: Cast) -> None:
    people = make_listing.desk(cast.market)
    record = _ground(cast)
    what = replace(make_listing.GROUNDS, document=record.document_number)
    make_assessments.list_type("market-serious")
    given: dict[str, Any] = {
        "department": cast.market,
        "list_type": "market-serious",
        "who": identity("linxiuyun"),
        "grounds": what,
        "actor": people[0],
    }
    listing = proposing.propose(**given)
    assert listing.ground_record == record
    notice = contents.required(listing, "notice")
    proposing.notify(listing_id=listing.pk, actor=people[0], document="告1", covers=notice)
    deciding.withdraw(listing_id=listing.pk, actor=people[0], opinion="重新核对")
    make_objections.raised(cast, record)
    with pytest.raises(RuleBroken, match="正在异议核实，办结以前不能据此列入"):
        proposing.propose(**given)
