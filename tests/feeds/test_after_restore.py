"""恢复备份以后: a real dump of a real database, restored; nothing that ended since comes back, and numbers win."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from psycopg2 import sql
from pytest_django import Settings

from daoli_credit.audit import restored as restored_check
from daoli_credit.audit import roots, sealer
from daoli_credit.audit.models import Event
from daoli_credit.embedded import clones, testbed
from daoli_credit.embedded.binaries import postgres_bin
from daoli_credit.feeds import channels, selectors
from daoli_credit.feeds import tasks as feed_tasks
from daoli_credit.feeds.models import Delivery, Discrepancy, Feed
from daoli_credit.feeds.workflows import restoring, settling
from records.models import CreditRecord
from records.models.revision import Kind
from records.workflows import removals
from tests.feeds.ground import Ground, until


def dump(name: str) -> bytes:
    """pg_dump, as the backup job does it."""
    address = clones.at_database(os.environ[testbed.OWNER], name)
    command = [str(postgres_bin() / "pg_dump"), "--format=custom", "--no-owner", address]
    return subprocess.run(command, check=True, capture_output=True).stdout


@contextmanager
def restored(backup: bytes) -> Iterator[None]:
    """Everything from here on stands on the restored backup, in every thread."""
    name = f"daoli_clone_{os.getpid()}_restored"
    with clones.cursor_at(os.environ[testbed.OWNER]) as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    address = clones.at_database(os.environ[testbed.OWNER], name)
    command = [str(postgres_bin() / "pg_restore"), "--exit-on-error", "--no-owner", "--dbname", address]
    subprocess.run(command, input=backup, check=True, capture_output=True)
    configuration = connections.settings["default"]
    before = configuration["NAME"]
    connections["default"].close()
    configuration["NAME"] = name
    try:
        yield
    finally:
        connections["default"].close()
        configuration["NAME"] = before
        with clones.cursor_at(os.environ[testbed.OWNER]) as cursor:
            clones.drop(cursor, name)


def sent(ground: Ground, serial: int) -> CreditRecord:
    record = ground.record(serial=serial)
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    return record


def quiet() -> bool:
    settling.poll(channels.of("hlj"))
    return not Delivery.objects.filter(state__in=["waiting", "sending", "awaiting"]).exists()


def test_what_ended_after_the_backup_ends_again_and_what_was_said_meanwhile_is_said_again(
    ground: Ground, committing_db: str, settings: Settings
) -> None:
    settings.FEEDS = {"hlj": settings.FEEDS["hlj"]}
    kept, ended, marked = (sent(ground, serial) for serial in (1, 2, 3))
    backup = dump(committing_db)
    # the world goes on
    ground.end(ended, journal=False)
    removals.journal()
    ground.sweep()
    ground.send()
    ground.confirmed(ended, 2)
    ground.revise(marked, Kind.MARKED)
    ground.sweep()
    ground.send()
    ground.confirmed(marked, 2)
    entered = sent(ground, 4)
    assert ended.number not in ground.hlj.holdings()
    with restored(backup):
        assert CreditRecord.objects.get(pk=ended.pk).status == "effective", "备份不知道它已终止"
        assert not CreditRecord.objects.filter(number=entered.number).exists()
        restoring.close_gate(channels.of("hlj"))
        ground.sweep()
        assert ground.send() == 0, "对账以前什么都不送"
        told = StringIO()
        call_command("after_restore", stdout=told)
        assert "按撤下日志再次终止 1 条" in told.getvalue()
        again = CreditRecord.objects.get(pk=ended.pk)
        assert (again.status, again.end_kind) == ("ended", "restored")
        feed = Feed.objects.get(code="hlj")
        assert feed.restored_at is None
        assert feed.epoch > 1
        found = Discrepancy.objects.get(cleared_at=None)
        assert (found.record_number, found.kind) == (entered.number, "extra"), "备份以后录入的，我方不认识"
        ground.sweep()
        while ground.send():
            pass
        until(quiet)  # the door's thread still speaks to the database of before: receipts are fetched
        held = ground.hlj.holdings()
        assert ended.number not in held
        assert held[kept.number][0] == 1
        assert held[marked.number][0] == 3, "号码高过对方手里的那一版"
        assert [number for number, _ in ground.hlj.applied(marked.number)] == [1, 2, 3]
        assert call_command("after_restore", stdout=StringIO()) is None, "再运行一次无害"
        assert not list(selectors.deliveries(ground.cast.feed_operator, "hlj", state="held"))


def _seal() -> None:
    sealer.seal()
    restored_check.forget()


def test_the_site_serves_nothing_from_an_older_database_until_all_is_done(
    ground: Ground, committing_db: str, settings: Settings
) -> None:
    settings.FEEDS = {"hlj": settings.FEEDS["hlj"]}
    record = sent(ground, 1)
    _seal()
    backup = dump(committing_db)
    ground.end(record, journal=False)
    removals.journal()
    _seal()
    assert Client().get("/").status_code == 200
    with restored(backup):
        restored_check.forget()
        for address in ("/", "/sign-in/", "/me/", "/api/v1/receipts/hlj/"):
            answer = Client().get(address)
            assert answer.status_code == 503
            assert "正在恢复备份" in answer.content.decode()
            assert answer["Cache-Control"] == "no-store"
        assert Client().get("/healthz/").status_code == 200
        assert Client().get("/readyz/").json()["evidence"] is False
        assert (feed_tasks.sweep(), feed_tasks.send("hlj")) == (0, 0)
        told = StringIO()
        call_command("after_restore", stdout=told)
        assert "另存为" in told.getvalue()
        assert Client().get("/").status_code == 200
        event = Event.objects.get(act="evidence.restored")
        assert "数据库到第" in event.opinion
        aside = roots.place().with_name(event.object_id)
        assert len(aside.read_bytes().splitlines()) > len(roots.place().read_bytes().splitlines()) - 1
        call_command("after_restore", stdout=StringIO())
        assert Event.objects.filter(act="evidence.restored").count() == 1, "再运行一次无害"
        sealer.seal()
        roots.agree(roots.newest())


def test_a_copy_that_was_sent_only_after_the_backup_and_has_ended_here_is_withdrawn(
    ground: Ground, committing_db: str, settings: Settings
) -> None:
    settings.FEEDS = {"hlj": settings.FEEDS["hlj"]}
    record = ground.record()
    backup = dump(committing_db)
    ground.sweep()
    ground.send()
    ground.confirmed(record)
    with restored(backup):
        ground.end(record, journal=False)
        removals.journal()
        call_command("after_restore", stdout=StringIO())
        ground.sweep()
        assert ground.send() == 1
        until(lambda: record.number not in ground.hlj.holdings())


def test_a_platform_that_cannot_be_asked_keeps_its_gate_closed(ground: Ground, settings: Settings) -> None:
    record = ground.record()
    ground.sweep()
    settings.FEEDS = {**settings.FEEDS, "hrb": {**settings.FEEDS["hrb"], "url": "http://127.0.0.1:1"}}
    with pytest.raises(CommandError, match="没有对成"):
        call_command("after_restore", stdout=StringIO(), stderr=StringIO())
    assert ground.send("hrb") == 0
    assert ground.send("hlj") == 1
    ground.confirmed(record)


def test_a_journal_that_was_altered_opens_nothing(ground: Ground) -> None:
    record = ground.record()
    ground.end(record, journal=False)
    removals.journal()
    text = removals.place().read_text(encoding="ascii")
    removals.place().write_text(text.replace(record.number, record.number[:-1] + "9"), encoding="ascii")
    with pytest.raises(CommandError, match="校验不符"):
        call_command("after_restore", stdout=StringIO())
    assert ground.send() == 0
    assert Feed.objects.filter(restored_at=None).count() == 0
