"""说撤下了却仍有: what the platform's own list still names counts as held, on every page, until it is really gone."""

from django.db import transaction

from daoli_credit.feeds import tasks
from daoli_credit.feeds.models import Discrepancy, Feed
from daoli_credit.feeds.workflows import reconciling, resaying
from records import endings, holders
from records.models import CreditRecord, Holding
from records.workflows import removals
from tests.cast import browser
from tests.feeds.ground import Ground


def _kept(ground: Ground) -> CreditRecord:
    """Ended here, confirmed as withdrawn there, and still there."""
    record = ground.record()
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    ground.end(record)
    ground.sweep()
    ground.hlj.fault("keep")
    ground.send()
    ground.confirmed(record, 2)
    assert record.number in ground.hlj.holdings()
    return CreditRecord.objects.get(pk=record.pk)


def _words(record: CreditRecord) -> list[str]:
    return [one.word for one in holders.of(record).holders if "哈尔滨" not in one.title]


def test_its_own_list_opens_the_holding_again_and_another_withdrawal_closes_it(ground: Ground) -> None:
    record = _kept(ground)
    assert _words(record) == ["已确认撤下"], "它是这么说的"
    assert endings.still_to_confirm() == []
    tasks.reconcile("hlj")
    assert Discrepancy.objects.filter(feed="hlj", alarm=True, cleared_at=None).count() == 1
    assert _words(record) == ["已要求撤下，等待对方确认"]
    assert [count for *_, count in endings.still_to_confirm()] == [1]
    assert record.number in browser(ground.cast.supervisor).get("/desk/feeds/owed/").content.decode()
    tasks.reconcile("hlj")
    (one,) = Discrepancy.objects.filter(feed="hlj", alarm=True)
    assert one.cleared_at is None, "再对一次，还是那一处，还是那时起"
    resaying.say_again(code="hlj", actor=ground.cast.feed_operator, opinion="再撤回一次", number=record.number)
    removals.journal()
    ground.sweep()
    ground.send()
    ground.confirmed(record, 3)
    assert record.number not in ground.hlj.holdings()
    assert _words(record) == ["已确认撤下"]
    tasks.reconcile("hlj")
    assert not Discrepancy.objects.filter(feed="hlj", cleared_at=None).exists()
    assert endings.still_to_confirm() == []


def test_a_list_that_names_it_no_longer_closes_it_too(ground: Ground) -> None:
    record = _kept(ground)
    tasks.reconcile("hlj")
    assert [count for *_, count in endings.still_to_confirm()] == [1]
    with transaction.atomic():
        reconciling.compare(Feed.objects.select_for_update().get(code="hlj"), {})
    assert _words(record) == ["已确认撤下"]
    assert endings.still_to_confirm() == []
    assert not Discrepancy.objects.filter(feed="hlj", cleared_at=None).exists()


def test_what_is_in_force_and_differs_is_a_difference_and_nothing_else(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("lose")
    ground.send()
    ground.confirmed(record)
    before = list(Holding.objects.filter(record=record, recipient="hlj").values())
    tasks.reconcile("hlj")
    assert Discrepancy.objects.get(feed="hlj", cleared_at=None).kind == "missing"
    assert list(Holding.objects.filter(record=record, recipient="hlj").values()) == before
