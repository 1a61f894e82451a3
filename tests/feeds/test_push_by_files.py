"""文件交换: numbered packages on a real SFTP server, signed both ways; asked over HTTP what it holds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from daoli_credit.feeds import bodies, channels
from daoli_credit.feeds.adapters import PackageNumber, Row, Unreachable
from daoli_credit.feeds.adapters.sftp_files import SftpFiles
from daoli_credit.feeds.models import Attempt, Discrepancy, Feed
from daoli_credit.feeds.workflows import reconciling, sending, settling
from records.models import CreditRecord, Holding
from records.models.revision import Kind
from tests import make_assessments
from tests.cast import Cast
from tests.feeds.ground import Ground, until
from tests.sandbox.platform import KEYS, TITLES, Place, platform
from tests.sandbox.ssh import SENDER, STRANGER


@pytest.fixture
def files(crew: Cast, tmp_path: Path, settings: Settings) -> Iterator[Ground]:
    """市平台 by files, and no other."""
    settings.FEED_TIMEOUT = 5
    with platform("hrb", tmp_path, files=True) as place:
        make_assessments.feed("hrb")
        facts = {"title": TITLES["hrb"], "url": place.files, "key": KEYS["hrb"], "key_id": "1"}
        settings.FEEDS = {"hrb": {**facts, "host_key": place.host_key, "identity": SENDER.private}}
        yield Ground(crew, {"hrb": place})


def settled(ground: Ground, record: CreditRecord, number: int = 1, state: str = "confirmed") -> None:
    """Until the receipt file has been fetched."""

    def met() -> bool:
        settling.poll(channels.of("hrb"))
        return ground.delivery(record, number, "hrb").state == state

    until(met)


def manifests(place: Place) -> list[dict[str, object]]:
    """Every package that the platform has read, in order."""
    read = sorted((place.folder / "done").glob("*.json"))
    return [json.loads(one.read_text(encoding="utf-8").splitlines()[0]) for one in read]


def test_a_record_goes_in_a_package_and_its_receipt_comes_as_a_file(files: Ground) -> None:
    record = files.record()
    files.sweep()
    assert files.send("hrb") == 1
    assert files.delivery(record, 1, "hrb").state == "awaiting"
    settled(files, record)
    assert files.hrb.holdings()[record.number][0] == 1
    assert Holding.objects.get(record=record, recipient="hrb").revision == 1
    (package,) = manifests(files.hrb)
    assert (package["epoch"], package["package"], package["rows"]) == (1, 1, 1)
    assert files.delivery(record, 1, "hrb").package == 1
    assert not list((files.hrb.folder / "inbox").iterdir()), "没有半截的文件"


def test_a_withdrawal_goes_in_a_package_of_its_own_and_first(files: Ground) -> None:
    record = files.record(serial=1)
    files.sweep()
    files.send("hrb")
    settled(files, record)
    files.record(serial=2)
    files.end(record)
    files.sweep()
    assert files.send("hrb") == 1
    assert files.send("hrb") == 1
    settled(files, record, 2)
    assert record.number not in files.hrb.holdings()
    until(lambda: [one["rows"] for one in manifests(files.hrb)] == [1, 1, 1])
    assert files.delivery(record, 2, "hrb").package == 2


def test_a_later_revision_waits_for_the_receipt_of_an_earlier_package_and_a_withdrawal_does_not(files: Ground) -> None:
    record = files.record()
    files.sweep()
    files.hrb.fault("no-receipt")
    files.send("hrb")
    files.revise(record, Kind.MARKED)
    files.sweep()
    assert files.send("hrb") == 0, "前一包里还有没了结的"
    files.end(record)
    files.sweep()
    assert files.send("hrb") == 1
    settled(files, record, 3)
    assert record.number not in files.hrb.holdings()


def test_packages_read_out_of_order_undo_nothing(files: Ground) -> None:
    record = files.record()
    files.sweep()
    files.hrb.fault("reverse")
    files.send("hrb")
    files.end(record)
    files.sweep()
    files.send("hrb")
    settled(files, record, 2)
    settled(files, record, 1, "superseded")
    assert files.hrb.applied(record.number) == [(2, "ended")]
    assert record.number not in files.hrb.holdings()
    assert not Holding.objects.filter(record=record, gone_at=None).exists()


@pytest.mark.parametrize("fault", ["full-disk", "reset", "reset-after-store"])
def test_a_wire_that_breaks_costs_a_package_number_and_nothing_else(files: Ground, fault: str) -> None:
    record = files.record()
    files.sweep()
    files.hrb.fault(fault)
    files.send("hrb")
    assert files.delivery(record, 1, "hrb").state == "waiting"
    assert "没有放好" in Attempt.objects.get().answer
    before = bodies.opened(files.delivery(record, 1, "hrb"))
    files.due(record, "hrb")
    files.send("hrb")
    settled(files, record)
    assert bodies.opened(files.delivery(record, 1, "hrb")) == before
    assert files.hrb.applied(record.number) == [(1, "effective")]
    assert Feed.objects.get(code="hrb").serial == 2


@pytest.mark.parametrize("fault", ["refuse", "reject"])
def test_what_the_platform_will_not_take_comes_back_by_receipt_with_its_words(files: Ground, fault: str) -> None:
    record = files.record()
    files.sweep()
    files.hrb.fault(fault)
    files.send("hrb")
    settled(files, record, 1, "held")
    one = files.delivery(record, 1, "hrb")
    assert (one.held_reason, one.held_owner) == ("rejected", record.department)
    assert "演练" in one.held_words


def test_what_was_repaired_there_is_heard_by_receipt_file(files: Ground) -> None:
    record = files.record()
    files.sweep()
    files.hrb.fault("repaired")
    files.send("hrb")
    settled(files, record)
    until(lambda: settling.poll(channels.of("hrb")) >= 0 and Discrepancy.objects.exists())
    found = Discrepancy.objects.get()
    assert (found.kind, found.owner, found.record_number) == ("repaired", record.department, record.number)


def test_another_server_under_the_same_address_is_sent_nothing(files: Ground, settings: Settings) -> None:
    settings.FEEDS = {"hrb": {**settings.FEEDS["hrb"], "host_key": STRANGER.public}}
    record = files.record()
    files.sweep()
    files.send("hrb")
    assert "对方的主机公钥不是约定的那一把" in Attempt.objects.get().answer
    assert record.number not in files.hrb.holdings()
    settings.FEEDS = {"hrb": {**settings.FEEDS["hrb"], "host_key": files.hrb.host_key, "identity": STRANGER.private}}
    files.due(record, "hrb")
    files.send("hrb")
    assert "对方不认我方的钥匙" in Attempt.objects.last().answer  # type: ignore[union-attr]


def test_a_receipt_file_that_is_not_theirs_is_heard_by_nobody_and_seen(files: Ground) -> None:
    record = files.record()
    files.sweep()
    files.hrb.fault("no-receipt")
    files.send("hrb")
    key = files.delivery(record, 1, "hrb").key
    forged = {"receipts": [{"receipt": "X", "key": key, "verdict": "accepted"}]}
    (files.hrb.folder / "outbox" / "R0000000001.json").write_text(f"{json.dumps(forged)}\n{{}}\n", encoding="utf-8")
    with pytest.raises(Unreachable, match="不是对方签名的"):
        settling.poll(channels.of("hrb"))
    assert files.delivery(record, 1, "hrb").state == "awaiting"
    assert "R0000000001" in Feed.objects.get(code="hrb").receipts_failed


def test_both_sides_agree_by_the_list_of_holdings(files: Ground) -> None:
    record = files.record()
    files.sweep()
    files.send("hrb")
    settled(files, record)
    run = reconciling.reconcile(channels.of("hrb"))
    assert (run.here, run.there, run.differences, run.failed) == (1, 1, 0, "")


def test_a_number_used_before_or_an_older_epoch_is_not_read(files: Ground) -> None:
    wire, row = sending.adapter(channels.of("hrb")), Row("k1", "DL2026-1", 1, "ended", "00", b"{}")
    assert isinstance(wire, SftpFiles)
    for number in (PackageNumber(2, 1), PackageNumber(1, 9)):
        assert wire.send([row], number).reached
        until(lambda number=number: not (files.hrb.folder / "inbox" / f"{number}.json").exists())  # type: ignore[misc]
    other = Row("k2", "DL2026-2", 1, "ended", "00", b"{}")
    assert wire.send([other], PackageNumber(2, 1)).reached
    until(lambda: len(list((files.hrb.folder / "refused").glob("*.json"))) == 2)
    assert [one["epoch"] for one in manifests(files.hrb)] == [2]
