"""扫描一段一段: a sweep looks at what was said last and at one stretch; round by round nothing is forgotten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.workflows import sweeping
from records.models import Removal, Revision
from records.workflows import service
from tests import make, make_assessments
from tests.cast import Cast
from tests.feeds.ground import Ground
from tests.make_feeds import CHANNEL


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep sees the newest revision and two numbers more."""
    monkeypatch.setattr(sweeping, "NEWEST", 1)
    monkeypatch.setattr(sweeping, "STRETCH", 2)


def _owed() -> int:
    return Delivery.objects.filter(feed="hlj").count()


@pytest.mark.usefixtures("narrow")
def test_what_is_older_than_the_newest_is_found_in_the_course_of_a_round(cast: Cast) -> None:
    make_assessments.feed(CHANNEL.code)
    for serial in range(1, 8):
        make.effective(cast, serial=serial)
    assert 0 < sweeping.sweep(CHANNEL) < 7, "一次只看一段"
    assert Feed.objects.get(code="hlj").walked_to >= 2
    sweeping.sweep_all(CHANNEL)
    assert _owed() == 7 == Revision.objects.count()
    assert sweeping.sweep_all(CHANNEL) == 0 == Feed.objects.get(code="hlj").walked_to


@pytest.mark.usefixtures("narrow")
def test_the_newest_does_not_wait_for_its_turn(cast: Cast) -> None:
    for serial in range(1, 6):
        make.effective(cast, serial=serial)
    newest = make.effective(cast, serial=6)
    sweeping.sweep(CHANNEL)
    assert Delivery.objects.filter(feed="hlj", record=newest).exists()


@pytest.mark.usefixtures("narrow")
def test_what_may_leave_only_now_is_found_though_its_revision_is_old(cast: Cast) -> None:
    late = make.effective(cast, serial=1, service="", served_on="")
    for serial in range(2, 8):
        make.effective(cast, serial=serial)
    sweeping.sweep_all(CHANNEL)
    assert not Delivery.objects.filter(record=late).exists()
    late.refresh_from_db()
    service.register(record_id=late.pk, how="left", when=late.determined_on, actor=cast.clerk, seen=late.revision)
    sweeping.sweep_all(CHANNEL)
    assert Delivery.objects.get(record=late).state == "waiting"


@pytest.mark.usefixtures("narrow")
def test_an_end_that_came_late_into_the_journal_does_not_wait_for_its_turn(ground: Ground) -> None:
    first = ground.record(serial=1)
    ground.sweep()
    ground.send()
    ended = ground.end(first, journal=False)
    for serial in range(2, 9):
        ground.record(serial=serial)
    for _ in range(4):
        ground.sweep()
    assert not Delivery.objects.filter(record=first, lane="withdrawal").exists(), "还没有写进撤下日志"
    Removal.objects.create(revision=ended)
    ground.sweep()
    assert ground.delivery(first, ended.number).lane == "withdrawal"


@pytest.mark.usefixtures("narrow")
def test_a_sweep_asks_as_much_of_seven_records_as_of_three(cast: Cast) -> None:
    counts = []
    for first, last in ((1, 4), (4, 8)):
        for serial in range(first, last):
            make.effective(cast, serial=serial)
        sweeping.sweep_all(CHANNEL)
        with CaptureQueriesContext(connection) as asked:
            assert sweeping.sweep(CHANNEL) == 0
        counts.append(len(asked))
    assert counts[0] == counts[1]
