"""下载清单: the rows on the screen as a sheet for the talk with the platform, with an event and nobody's identity."""

import io
from typing import Any

from python_calamine import CalamineWorkbook

from daoli_credit.audit.models import Event
from daoli_credit.feeds import channels
from daoli_credit.feeds.workflows import reconciling
from tests.cast import browser
from tests.feeds.ground import Ground
from tests.sandbox.test_platform import publication


def rows_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_filtered_deliveries_are_taken_out_with_an_event(ground: Ground) -> None:
    refused = ground.record(serial=1)
    ground.sweep()
    ground.hlj.fault("refuse")
    ground.send()
    waiting = ground.record(serial=2)
    ground.sweep()
    client = browser(ground.cast.feed_operator)
    assert "下载这份清单" in client.get("/desk/feeds/hlj/?state=held").content.decode()
    answer = client.post("/desk/feeds/hlj/sheet/", {"state": "held", "reason": "rejected", "owner": ""})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    head, one, mark = rows_of(answer.content)
    assert (head[0], one[0], one[6]) == ("记录", refused.number, "对方退回")
    assert "下载；只供与平台核对" in str(mark[0])
    text = str(rows_of(answer.content))
    assert waiting.number not in text
    assert refused.document_number not in text
    assert "林" not in text.replace("黑龙江", "")
    event = Event.objects.get(act="feed.listed")
    assert (event.object_id, event.count, event.opinion) == ("hlj", 1, "推送单")


def test_the_differences_are_taken_out_and_only_by_the_operator(ground: Ground) -> None:
    ground.sweep()
    ground.hlj.batch([publication(record="DL2026-999999")])
    reconciling.reconcile(channels.of("hlj"))
    asked = {"what": "differences", "kind": "extra"}
    answer = browser(ground.cast.feed_operator).post("/desk/feeds/hlj/sheet/", asked)
    assert rows_of(answer.content)[1][:4] == ["DL2026-999999", "对方仍有，我方没有记为收录", "", "1"]
    assert browser(ground.cast.supervisor).post("/desk/feeds/hlj/sheet/", asked).status_code == 403
    assert browser(ground.cast.feed_operator).post("/desk/feeds/nobody/sheet/", asked).status_code == 404
