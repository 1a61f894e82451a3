"""值守: the pages and the acts; every act leaves its event, and only the operator may."""

import re
from collections.abc import Sequence

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.audit.models import Event
from daoli_credit.feeds.adapters import Answer, PackageNumber, Row
from daoli_credit.feeds.adapters.https_json import HttpsJson
from daoli_credit.feeds.models import Attempt, Delivery, Feed
from daoli_credit.feeds.workflows import operating
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from tests.cast import browser
from tests.feeds.ground import Ground
from tests.house import sources


def refused(ground: Ground) -> Delivery:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("refuse")
    ground.send()
    return ground.delivery(record)


def test_the_overview_opens_its_rows_and_names_nobody(ground: Ground) -> None:
    one = refused(ground)
    page = browser(ground.cast.feed_operator).get("/desk/feeds/").content.decode()
    assert "对方退回 1 件" in page
    assert "由区市场监管局处理" in page
    rows = browser(ground.cast.feed_operator).get("/desk/feeds/hlj/?state=held&reason=rejected").content.decode()
    assert one.record.number in rows
    timeline = browser(ground.cast.supervisor).get(f"/desk/feeds/hlj/{one.key}/").content.decode()
    assert "对方当场退回" in timeline
    for text in (page, rows, timeline):
        assert "林" not in text.replace("黑龙江", "")
        assert one.record.document_number not in text
    assert "重试" not in timeline.split("<main")[1], "督导只看不办"


def test_the_figures_and_their_rows_move_together(ground: Ground) -> None:
    ground.record(serial=1)
    ground.sweep()
    client = browser(ground.cast.feed_operator)
    assert "1 件</a>，最早的从" in client.get("/desk/feeds/").content.decode()
    ground.record(serial=2)
    ground.sweep()
    assert "2 件</a>，最早的从" in client.get("/desk/feeds/").content.decode()
    assert "共 2 件" in client.get("/desk/feeds/hlj/?state=waiting").content.decode()


def test_a_held_delivery_is_tried_again_with_a_reason_and_an_event(ground: Ground) -> None:
    one = refused(ground)
    client = browser(ground.cast.feed_operator)
    address = f"/desk/feeds/hlj/{one.key}/retry/"
    for reason, says in (("", "请写明原因"), ("长" * 201, "请缩短")):
        refusal = client.post(address, {"reason": reason})
        assert refusal.status_code == 422
        assert says in refusal.content.decode()
        assert not reason or reason in refusal.content.decode()
    one.refresh_from_db()
    assert one.state == "held"
    page = client.post(address, {"reason": "对方已改正校验规则"}, follow=True).content.decode()
    assert "已排队重试" in page
    event = Event.objects.get(act="feed.retried")
    assert (event.object_id, event.opinion) == (one.key, "对方已改正校验规则")
    ground.send()
    ground.confirmed(one.record)
    with pytest.raises(WrongState):
        operating.retry(key=one.key, actor=ground.cast.feed_operator, opinion="再来")


def test_a_reason_that_names_a_number_is_refused_and_nothing_happens(ground: Ground) -> None:
    one = refused(ground)
    answer = browser(ground.cast.feed_operator).post(
        f"/desk/feeds/hlj/{one.key}/retry/", {"reason": "号码 999999198803120028 已核对"}
    )
    assert answer.status_code == 422
    assert "证件号码" in answer.content.decode()
    assert "已核对" in answer.content.decode(), "填过的还在"
    one.refresh_from_db()
    assert one.state == "held"


def test_a_pause_has_a_reason_stops_the_ordinary_lane_and_is_resumed(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    client = browser(ground.cast.feed_operator)
    client.post("/desk/feeds/hlj/pause/", {"reason": ""})
    assert Feed.objects.get(code="hlj").enabled
    page = client.post("/desk/feeds/hlj/pause/", {"reason": "对方系统升级"}, follow=True).content.decode()
    assert "普通推送已暂停：对方系统升级" in client.get("/desk/feeds/").content.decode()
    assert "撤回照常送出" in page
    assert ground.send() == 0
    assert ground.send("hrb") == 1
    client.post("/desk/feeds/hlj/resume/", {"reason": "对方已修好"})
    assert ground.send() == 1
    ground.confirmed(record)
    acts = list(Event.objects.filter(act__startswith="feed.").order_by("id").values_list("act", flat=True))
    assert acts == ["feed.paused", "feed.resumed"]
    with pytest.raises(AlreadyDone):
        operating.resume(code="hlj", actor=ground.cast.feed_operator)


def test_nobody_else_may_operate(ground: Ground) -> None:
    one = refused(ground)
    for who in (ground.cast.supervisor, ground.cast.clerk, ground.cast.reviewer, ground.cast.citizen):
        for act in (
            lambda who=who: operating.retry(key=one.key, actor=who, opinion="试试"),
            lambda who=who: operating.pause(code="hlj", actor=who, reason="试试"),
            lambda who=who: operating.resume(code="hlj", actor=who),
            lambda who=who: operating.ask_reconciliation(code="hlj", actor=who),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_an_old_revision_is_not_tried_again(ground: Ground) -> None:
    from records.models.revision import Kind  # noqa: PLC0415

    one = refused(ground)
    ground.revise(one.record, Kind.MARKED)
    ground.sweep()
    assert ground.delivery(one.record).state == "superseded"
    Delivery.objects.filter(pk=one.pk).update(
        state="held", held_reason="rejected", held_owner=ground.cast.market, held_words="旧"
    )
    with pytest.raises(RuleBroken, match="更新的版本"):
        operating.retry(key=one.key, actor=ground.cast.feed_operator, opinion="再来")


def test_the_database_keeps_what_was_said_and_what_was_stored(ground: Ground) -> None:
    one = refused(ground)
    for text in (
        "DELETE FROM feeds_attempt",
        "UPDATE feeds_attempt SET answer = '改过'",
        "DELETE FROM feeds_delivery",
        "UPDATE feeds_delivery SET body = 'x'",
        "UPDATE feeds_delivery SET number = 9",
        "UPDATE feeds_delivery SET attempts = 0",
        "UPDATE feeds_delivery SET state = 'sending'",
        "UPDATE feeds_delivery SET held_reason = ''",
        "UPDATE feeds_delivery SET state = 'lost'",
        "UPDATE feeds_feed SET enabled = false",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text)
    assert Attempt.objects.filter(delivery=one).count() == 1


def test_one_module_writes_the_state_of_a_delivery() -> None:
    wrong = []
    for name, path in sources.modules():
        if name == "daoli_credit.feeds.workflows.delivery" or not name.startswith("daoli_credit.feeds"):
            continue
        text = path.read_text(encoding="utf-8")
        wrong += [f"{path}: {found}" for found in re.findall(r"\.state = .*|update\([^)]*\bstate=.*", text)]
    assert not wrong


def test_no_transaction_is_open_while_it_sends(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    real = HttpsJson.send

    def looking(self: HttpsJson, rows: Sequence[Row], package: PackageNumber) -> Answer:
        seen.append(connection.in_atomic_block)
        return real(self, rows, package)

    ground.record()
    ground.sweep()
    monkeypatch.setattr(HttpsJson, "send", looking)
    ground.send()
    assert seen == [False]
