"""推送经过: by its number an operator finds a record, and sees all that was said of it to every platform."""

from daoli_credit.feeds import selectors
from records.models.revision import Kind
from tests import make
from tests.cast import browser
from tests.feeds.ground import Ground


def test_a_number_opens_the_story_of_its_record_and_names_nobody(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    for code in ("hlj", "hrb"):
        ground.send(code)
        ground.confirmed(record, 1, code)
    ground.revise(record, Kind.MARKED)
    ground.sweep()
    ground.hlj.fault("refuse")
    ground.send()
    client = browser(ground.cast.feed_operator)
    answer = client.get("/desk/feeds/", {"number": f" {record.number.lower()} "})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    for says in (
        "第 1 版 · 生效",
        "第 2 版 · 标注异议",
        "对方当场退回",
        "已确认",
        "回执",
        "已收录",
        "对账里没有见过",
        *selectors.titles().values(),
    ):
        assert says in page
    assert record.document_number not in page
    assert "林" not in page.replace("黑龙江", "").replace("哈尔滨", "")
    assert browser(ground.cast.supervisor).get(answer["Location"]).status_code == 200
    assert browser(ground.cast.clerk).get(answer["Location"]).status_code == 403


def test_a_number_that_is_nobodys_or_of_a_draft_is_said_in_words(ground: Ground) -> None:
    draft = make.draft(ground.cast, serial=2)
    client = browser(ground.cast.feed_operator)
    for number, says in (
        ("DL2026-777777", "没有这个编号的记录"),
        (draft.number, "没有这个编号的记录"),
        ("", "请填系统编号"),
        ("9" * 30, "最多 24 位"),
    ):
        answer = client.get("/desk/feeds/", {"number": number})
        assert answer.status_code == 422, number
        assert says in answer.content.decode()
    assert client.get(f"/desk/feeds/record/{draft.number}/").status_code == 404


def test_what_stops_a_record_is_on_its_story_and_on_the_list(ground: Ground) -> None:
    waiting = ground.record(serial=3, service="", served_on="")
    ground.sweep()
    client = browser(ground.cast.feed_operator)
    page = client.get("/desk/feeds/stopped/").content.decode()
    assert waiting.number in page
    assert "等待登记送达" in page
    story = client.get(f"/desk/feeds/record/{waiting.number}/").content.decode()
    assert "现在不推送" in story
    assert "没有建过推送单" in story
    assert client.get("/desk/feeds/stopped/?before=1").status_code == 200
    assert client.get("/desk/feeds/stopped/?before=x").status_code == 200


def test_the_longest_waiting_come_first_when_asked_and_an_owner_has_its_own(ground: Ground) -> None:
    first, second = ground.record(serial=1), ground.record(serial=2)
    ground.sweep()
    client = browser(ground.cast.feed_operator)
    newest = client.get("/desk/feeds/hlj/").content.decode()
    oldest = client.get("/desk/feeds/hlj/?order=oldest").content.decode()
    assert newest.index(second.number) < newest.index(first.number)
    assert oldest.index(first.number) < oldest.index(second.number)
    ground.hlj.fault("refuse")
    ground.send()
    owner = ground.delivery(first).held_owner
    assert owner
    page = client.get(f"/desk/feeds/hlj/?state=held&reason=rejected&owner={owner.code}").content.decode()
    assert first.number in page
    assert f"由{owner.name}处理" in page
    assert "没有这样的推送单" in client.get("/desk/feeds/hlj/?state=held&owner=credit-office").content.decode()
