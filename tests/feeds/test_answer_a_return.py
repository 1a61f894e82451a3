"""平台退回: the department whose record it is sees the platform's words and answers, or corrects."""

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.audit.models import Event
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.workflows import answering
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records.models.revision import Kind
from tests.cast import browser
from tests.feeds.ground import Ground
from tests.feeds.test_operate import refused


def test_the_department_finds_it_in_its_menu_and_reads_the_platforms_words(ground: Ground) -> None:
    one = refused(ground)
    client = browser(ground.cast.clerk)
    assert "平台退回" in client.get("/desk/").content.decode()
    page = client.get("/desk/feeds/returned/").content.decode()
    assert one.record.number in page
    assert one.held_words in page
    assert one.record.document_number not in page
    other = browser(ground.cast.other_clerk).get("/desk/feeds/returned/").content.decode()
    assert one.record.number not in other
    assert browser(ground.cast.other_clerk).get(f"/desk/feeds/returned/{one.key}/").status_code == 404


def test_an_answer_hands_it_to_the_operator_with_an_event(ground: Ground) -> None:
    one = refused(ground)
    address = f"/desk/feeds/returned/{one.key}/"
    client = browser(ground.cast.clerk)
    empty = client.post(address, {"says": ""})
    assert empty.status_code == 422
    assert "请写明核对了什么" in empty.content.decode()
    page = client.post(address, {"says": "与决定书逐项核对，一致"}, follow=True).content.decode()
    assert "已答复" in page
    one.refresh_from_db()
    assert (one.held_owner.code, one.state) == ("credit-office", "held")  # type: ignore[union-attr]
    event = Event.objects.get(act="feed.answered")
    assert (event.object_id, event.department) == (one.key, "market-regulation")
    seen = browser(ground.cast.feed_operator).get(f"/desk/feeds/hlj/{one.key}/").content.decode()
    assert "与决定书逐项核对，一致" in seen
    again = client.post(address, {"says": "再说一次"}, follow=True)
    assert "已经答复" in again.content.decode()
    with pytest.raises(AlreadyDone):
        answering.answer(key=one.key, actor=ground.cast.clerk, says="再说一次")


def test_an_answer_with_a_persons_number_is_refused_and_the_form_comes_back(ground: Ground) -> None:
    one = refused(ground)
    typed = "号码 999999198803120028 已核对"
    answer = browser(ground.cast.clerk).post(f"/desk/feeds/returned/{one.key}/", {"says": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    one.refresh_from_db()
    assert one.owner_says == ""


def test_a_corrected_record_needs_no_answer(ground: Ground) -> None:
    one = refused(ground)
    ground.revise(one.record, Kind.MARKED)
    ground.sweep()
    assert one.record.number not in browser(ground.cast.clerk).get("/desk/feeds/returned/").content.decode()
    with pytest.raises(WrongState):
        answering.answer(key=one.key, actor=ground.cast.clerk, says="内容无误")


def test_only_its_own_department_answers_and_with_words(ground: Ground) -> None:
    one = refused(ground)
    for who in (ground.cast.other_clerk, ground.cast.feed_operator, ground.cast.citizen):
        with pytest.raises(PermissionDenied):
            answering.answer(key=one.key, actor=who, says="试试")
    with pytest.raises(RuleBroken):
        answering.answer(key=one.key, actor=ground.cast.clerk, says="  ")
    assert Delivery.objects.get(pk=one.pk).held_owner_id == one.record.department_id
