"""对方已修复: a platform takes its copy down of its own accord; we hear it, and its department sees what to do."""

from daoli_credit.feeds import channels
from daoli_credit.feeds.models import Discrepancy
from daoli_credit.feeds.workflows import reconciling
from records.models import Holding
from tests.cast import browser
from tests.feeds.ground import Ground, until


def test_its_department_is_told_and_it_is_over_when_the_record_has_ended_here_too(ground: Ground) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("repaired")
    ground.send()
    until(lambda: Discrepancy.objects.filter(record_number=record.number).exists())
    assert not Holding.objects.filter(record=record, recipient="hlj", gone_at=None).exists()
    assert ground.hlj.holdings() == {}
    clerk, other = browser(ground.cast.clerk), browser(ground.cast.other_clerk)
    page = clerk.get("/desk/feeds/returned/").content.decode()
    link = f'href="/desk/records/{record.number}/"'
    for said in (link, "对方已修复或撤下，我方仍在效", "请核对修复决定", "信用中国（黑龙江）"):
        assert said in page
    assert record.document_number not in page
    assert record.number not in other.get("/desk/feeds/returned/").content.decode()
    assert '平台退回<span class="badge">1<' in clerk.get("/desk/").content.decode()
    reconciling.reconcile(channels.of("hlj"))
    assert record.number in clerk.get("/desk/feeds/returned/").content.decode()
    ground.end(record)
    reconciling.reconcile(channels.of("hlj"))
    assert Discrepancy.objects.get().cleared_at is not None
    assert record.number not in clerk.get("/desk/feeds/returned/").content.decode()
    assert '平台退回<span class="badge">' not in clerk.get("/desk/").content.decode()
