"""不推送的: each with its reason, on the record's page and on the operator's page."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from daoli_credit.accounts.models import Department
from daoli_credit.feeds.models import Delivery
from daoli_credit.law import clock
from daoli_credit.law.book import Pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records import outgoing
from records.models import CreditRecord
from records.models.revision import Kind
from records.workflows import service
from tests import make
from tests.cast import browser
from tests.feeds.ground import Ground

NOT_SERVED = {"service": "", "served_on": ""}


def test_an_unserved_record_waits_and_goes_by_itself_once_service_is_registered(ground: Ground) -> None:
    record = ground.record(**NOT_SERVED)
    assert ground.sweep() == 0
    for address, who in ((f"/desk/records/{record.number}/", "clerk"), (f"/me/records/{record.number}/", "citizen")):
        page = browser(getattr(ground.cast, who)).get(address).content.decode()
        assert "没有送出本系统" in page
        assert "还没有登记送达；登记以后自动推送" in page
    page = browser(ground.cast.feed_operator).get("/desk/feeds/").content.decode()
    assert record.number in page
    assert "等待登记送达" in page
    served = record.determined_on + timedelta(days=1)
    answer = browser(ground.cast.clerk).post(
        f"/desk/records/{record.number}/serve/",
        {"how": "direct", "when": served.isoformat(), "seen": record.revision},
    )
    assert answer.status_code == 302
    assert ground.sweep() == 2
    ground.send()
    ground.confirmed(record)
    assert record.number in ground.hlj.holdings()


def test_a_record_of_a_vertical_body_stays(ground: Ground) -> None:
    tax = Department.objects.get(code="market-regulation")
    tax.kind = "vertical"
    tax.save()
    record = ground.record()
    assert ground.sweep() == 0
    assert [stop.code for stop in outgoing.refusals(record)] == ["vertical"]
    assert "垂直管理单位" in browser(ground.cast.clerk).get(f"/desk/records/{record.number}/").content.decode()


def test_a_record_whose_item_may_not_be_pushed_stays_with_the_words_of_the_pack(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ground.record()
    why = ("目录未列为可推送：只在本区政务共享",)
    monkeypatch.setattr(Pack, "push_refusals", lambda self, item: why)
    assert ground.sweep() == 0
    assert [stop.words for stop in outgoing.refusals(record)] == list(why)
    assert why[0] in browser(ground.cast.citizen).get(f"/me/records/{record.number}/").content.decode()


def test_the_set_and_the_single_record_get_the_same_answer(ground: Ground) -> None:
    going = [ground.record(serial=1), ground.record(serial=2, severity="minor")]
    suspended = ground.record(serial=3)
    ground.revise(suspended, Kind.SUSPENDED)
    staying = [ground.record(serial=4, **NOT_SERVED), suspended]
    ready = {revision.record_id for revision in outgoing.ready()}
    assert ready == {record.pk for record in going}
    assert not any(outgoing.refusals(record) for record in going)
    assert all(outgoing.refusals(record) for record in staying)


def test_what_was_owed_but_has_ended_by_its_day_is_not_sent(ground: Ground) -> None:
    record = ground.record(severity="minor")
    ground.sweep()
    assert record.use_until
    with clock.at(record.use_until + timedelta(days=1)):
        assert ground.send() == 0
    one = ground.delivery(record)
    assert (one.state, one.attempts) == ("waiting", 0)
    assert "到期" in one.held_words
    assert record.number not in ground.hlj.holdings()


def test_an_ended_record_that_was_never_sent_needs_no_withdrawal(ground: Ground) -> None:
    record = ground.record(severity="minor")
    ground.sweep()
    ground.end(record)
    ground.sweep()
    assert [(one.number, one.state) for one in Delivery.objects.filter(feed="hlj").order_by("number")] == [
        (1, "superseded"),
        (2, "unneeded"),
    ]
    assert ground.send() == 0
    assert not record.holdings.exists()


def test_without_feeds_the_page_says_so(ground: Ground, settings: Settings) -> None:
    settings.FEEDS = {}
    page = browser(ground.cast.feed_operator).get("/desk/feeds/").content.decode()
    assert "还没有接通任何信用平台" in page


def test_service_is_registered_once_by_the_clerk_and_within_its_days(ground: Ground) -> None:
    record = ground.record(**NOT_SERVED)
    clerk, seen = ground.cast.clerk, record.revision
    early, late = record.determined_on - timedelta(days=1), clock.today() + timedelta(days=1)
    for how, when, why in (
        ("direct", early, "不能早于认定日期"),
        ("direct", late, "还没有到"),
        ("", record.determined_on, "请选择送达方式"),
        ("pigeon", record.determined_on, "请选择送达方式"),
    ):
        with pytest.raises(RuleBroken, match=why):
            service.register(record_id=record.pk, how=how, when=when, actor=clerk, seen=seen)
    service.register(record_id=record.pk, how="post", when=record.determined_on, actor=clerk, seen=seen)
    with pytest.raises(AlreadyDone):
        service.register(record_id=record.pk, how="post", when=record.determined_on, actor=clerk, seen=seen)
    with pytest.raises(RuleBroken, match="不能改写"):
        service.register(record_id=record.pk, how="left", when=record.determined_on, actor=clerk, seen=seen)
    staying = make.draft(ground.cast, serial=8)
    with pytest.raises(WrongState):
        service.register(record_id=staying.pk, how="post", when=record.determined_on, actor=clerk, seen=1)


def test_a_wrong_service_form_keeps_what_was_typed(ground: Ground) -> None:
    record = ground.record(**NOT_SERVED)
    clerk = browser(ground.cast.clerk)
    address = f"/desk/records/{record.number}/serve/"
    answer = clerk.post(address, {"how": "post", "when": "2999-01-01", "seen": record.revision})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "送达以后再登记" in page
    assert 'value="2999-01-01"' in page
    assert 'value="post" selected' in page
    assert "请写成" in clerk.post(address, {"how": "post", "when": "昨天"}).content.decode()
    assert CreditRecord.objects.get(pk=record.pk).served_on is None


def test_a_clerk_of_the_demo_cannot_serve_a_record_of_another_bureau(ground: Ground) -> None:
    record = ground.record(**NOT_SERVED)
    assert browser(ground.cast.clerk).get(f"/desk/records/{record.number}/").status_code == 200
    answer = browser(ground.cast.other_clerk).post(f"/desk/records/{record.number}/serve/", {"how": "post"})
    assert answer.status_code == 404
    assert CreditRecord.objects.get(pk=record.pk).served_on is None
