"""换密钥: everything moves to the current key while people work, a killed run is begun again, an old key is retired."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from io import StringIO
from pathlib import Path

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from daoli_credit import cipher, sealed
from daoli_credit.accounts import messages, real_name
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit.models import Event
from daoli_credit.audit.selectors import looks_at
from daoli_credit.demo import people
from daoli_credit.embedded import clones
from daoli_credit.embedded.places import CLONE
from daoli_credit.feeds import bodies
from daoli_credit.feeds.models import Delivery
from records import identity, rotation, sealed_sheets
from records.identity import Identity
from records.models import ImportBatch, Subject, SubjectKey
from records.rules.id_number import RESIDENT
from records.workflows import retiring
from tests import make, make_feeds, make_importing
from tests.cast import Cast, browser
from tests.cast import identity as of_the_cast

ONE, TWO = "0123456789abcdef" * 4, "ab" * 32
PREPARED = json.dumps({"current": 1, "keys": {"1": ONE, "2": TWO}})
BOTH = json.dumps({"current": 2, "keys": {"1": ONE, "2": TWO}})
RETIRED = json.dumps({"current": 2, "keys": {"1": ONE, "2": TWO}, "retired": [1]})
ONLY_TWO = json.dumps({"current": 2, "keys": {"2": TWO}})
WHO = "林秀云", "999999198803120028"


def rotate(*words: str) -> str:
    said = StringIO()
    call_command("rotate_keys", *words, stdout=said, stderr=said)
    return said.getvalue()


def left() -> dict[str, int]:
    counts = {rotation.title(column): rotation.stale(column) for column in sealed.envelopes()}
    counts |= {rotation.title(column): rotation.across(column) for column in sealed.person_keys()}
    return {name: count for name, count in (counts | {"主体": rotation.keyless()}).items() if count}


@pytest.fixture
def lived_in(cast: Cast, settings: Settings) -> Cast:
    """A record in force with its letters, a delivery with a stored body, an uploaded sheet, a look at the person."""
    settings.FEEDS = make_feeds.CONNECTED
    owed = make_feeds.owed(cast)
    bodies.store(owed, b'{"name": "x"}')
    owed.save()
    make_importing.uploaded(cast, make_importing.sheet([make_importing.row(serial=77)]))
    number = owed.record.number
    browser(cast.reviewer).post(f"/desk/records/{number}/reveal/", {"purpose": "对照决定书核对当事人"})
    settings.KEYRING = BOTH
    return cast


def test_everything_moves_to_the_current_key_and_opens_without_the_old_one(lived_in: Cast, settings: Settings) -> None:
    texts = {message.pk: messages.text(message) for message in Message.objects.all()}
    assert set(left()) == {
        "信用主体·身份（封存）", "封存的原表·内容（封存）", "推送单·报文（封存）", "消息·正文（封存）", "主体",
    }  # fmt: skip
    said = rotate()
    assert "没有遗留" in said
    assert "消息·正文（封存）：2/2" in said
    assert left() == {}
    settings.KEYRING = ONLY_TWO
    assert {message.pk: messages.text(message) for message in Message.objects.all()} == texts
    assert bodies.opened(Delivery.objects.get()) == b'{"name": "x"}'
    assert identity.masked(Subject.objects.get()).name == "林*云"
    assert identity.find(WHO[1]) == Subject.objects.get()
    assert bytes(Subject.objects.get().name_tail_key) == cipher.name_tail_keys(*WHO)[0]
    assert sealed_sheets.original(ImportBatch.objects.get())


def test_a_second_run_finds_nothing_and_each_run_is_an_event(lived_in: Cast) -> None:
    rotate()
    assert "本次换了 0 件" in rotate()
    ended = Event.objects.filter(act=retiring.ROTATED).order_by("id")
    assert [event.object_id for event in ended] == ["2", "2"]
    assert "消息·正文（封存） 2" in ended[0].opinion
    assert "没有要换的" in ended[1].opinion
    assert Event.objects.filter(act=retiring.BEGUN).count() == 2


def test_a_citizen_sees_old_letters_and_looks_before_and_after_signing_in_again(lived_in: Cast) -> None:
    before = messages.of(lived_in.citizen).count()
    looks = len(looks_at(lived_in.citizen.person_keys()))
    assert before
    assert looks
    rotate()
    user = User.objects.get(pk=lived_in.citizen.pk)
    assert [key[:2] for key in user.person_keys()] == [b"\x00\x02", b"\x00\x01"]
    assert messages.of(user).count() == before
    assert len(looks_at(user.person_keys())) == looks
    assert browser(user).get("/me/").status_code == 200
    again = real_name.citizen(real_name.Identity("i", "s", WHO[1], WHO[0]))
    assert messages.of(again).count() == before
    assert len(looks_at(again.person_keys())) >= looks


def test_what_is_written_to_somebody_during_rotation_reaches_them(lived_in: Cast) -> None:
    before = messages.of(lived_in.citizen).count()
    rotate()
    keys = Subject.objects.get().person_keys()
    assert keys[0].startswith(b"\x00\x02")
    messages.tell(person_key=keys[0], title="新的", text="正文", noun="creditrecord", object_id="1")
    assert messages.of(User.objects.get(pk=lived_in.citizen.pk)).count() == before + 1


def test_an_envelope_that_cannot_be_opened_is_named_and_stays(lived_in: Cast) -> None:
    message = Message.objects.order_by("pk").first()
    assert message is not None
    body = bytes(message.body)
    broken = body[:-1] + bytes([body[-1] ^ 1])
    Message.objects.filter(pk=message.pk).update(body=broken)
    with pytest.raises(CommandError, match="没有换成"):
        rotate()
    assert bytes(Message.objects.get(pk=message.pk).body) == broken
    assert rotation.stale(next(one for one in sealed.envelopes() if one.model == "accounts.Message")) == 1


def test_a_stored_body_is_sealed_anew_and_never_rewritten(lived_in: Cast) -> None:
    body = bytes(Delivery.objects.get().body or b"")
    for other in (body[:-1] + bytes([body[-1] ^ 1]), body[:2] + b"\x07" + body[3:] + b"x", None):
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            Delivery.objects.update(body=other)
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        Delivery.objects.update(body=body[:2] + b"\x07" + body[3:], digest=b"x" * 32)


def letters(count: int) -> None:
    for n in range(count):
        messages.tell(person_key=bytes(34), title="t", text=f"第 {n} 封", noun="creditrecord", object_id=str(n))


def environment(ring: str) -> dict[str, str]:
    address = clones.at_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    return {**os.environ, "DATABASE_URL": address, "DAOLI_KEYRING": ring}


def test_a_run_that_is_killed_is_begun_again(committing_db: str, settings: Settings) -> None:
    letters(400)
    command = [sys.executable, "manage.py", "rotate_keys", "--portion", "3"]
    with subprocess.Popen(
        command, cwd=CLONE, env=environment(BOTH), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if "：30/400" in line:
                break
        running.send_signal(signal.SIGKILL)
    settings.KEYRING = BOTH
    half = rotation.stale(next(one for one in sealed.envelopes() if one.model == "accounts.Message"))
    assert 0 < half < 400
    assert Event.objects.filter(act=retiring.BEGUN).count() == 1
    assert not Event.objects.filter(act=retiring.ROTATED).exists()
    assert f"消息·正文（封存）：{half}/{half}" in rotate()
    settings.KEYRING = ONLY_TWO
    assert [messages.text(message) for message in Message.objects.order_by("pk")] == [f"第 {n} 封" for n in range(400)]


def test_what_somebody_holds_is_met_when_they_let_go(committing_db: str, settings: Settings) -> None:
    letters(5)
    settings.KEYRING = BOTH
    held = psycopg2.connect(**connection.get_connection_params())
    with held.cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_message ORDER BY id LIMIT 1 FOR UPDATE")
        timer = threading.Timer(1.0, held.rollback)
        timer.start()
        begun = time.monotonic()
        assert "没有遗留" in rotate()
        assert time.monotonic() - begun > 0.5
        timer.join()
    held.close()
    assert left() == {}


ENTER = """
import django, json, sys
django.setup()
from records import identity
from records.identity import Identity
people = json.loads(sys.stdin.readline())
print("ready", flush=True)
sys.stdin.readline()
for name, number in people:
    identity.of(Identity(name, "居民身份证", number))
    print(number, flush=True)
"""


def test_people_entered_under_both_rings_while_keys_rotate_are_one_subject_each(
    committing_db: str, settings: Settings
) -> None:
    everyone = [(f"林秀{people.GIVEN[n % 30]}", people.number(people.ELDEST, n)) for n in range(60)]
    for name, number in everyone[:20]:
        identity.of(Identity(name, RESIDENT, number))
    command = [sys.executable, "-c", ENTER]
    with subprocess.Popen(
        command,
        cwd=CLONE,
        env=environment(PREPARED),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write(json.dumps(everyone) + "\n")
        other.stdin.flush()
        assert other.stdout.readline() == "ready\n"
        settings.KEYRING = BOTH
        faults: list[str] = ["没有跑完"]

        def turn() -> None:
            try:
                faults[:] = rotation.run(lambda line: None, portion=4).faults
            finally:
                connection.close()

        turning = threading.Thread(target=turn)
        other.stdin.write("go\n")
        other.stdin.flush()
        turning.start()
        for name, number in reversed(everyone):
            identity.of(Identity(name, RESIDENT, number))
        turning.join()
        assert other.stdout.read().split() == [number for _, number in everyone]
        assert other.wait() == 0
    assert not [fault for fault in faults if "请再运行一次" not in fault]
    rotate()
    assert left() == {}
    assert Subject.objects.count() == 60
    assert SubjectKey.objects.count() == 120
    settings.KEYRING = ONLY_TWO
    assert all(identity.find(number) for _, number in everyone)


def test_an_old_key_is_retired_only_after_every_process_knows(lived_in: Cast, settings: Settings) -> None:
    with pytest.raises(CommandError, match="先把 1 写进密钥环的 retired"):
        rotate("--drop-old", "1")
    settings.KEYRING = RETIRED
    assert "第 1 号密钥已停用，删去 1 行" in rotate("--drop-old", "1")
    assert set(SubjectKey.objects.values_list("key_id", flat=True)) == {2}
    assert "删去 0 行" in rotate("--drop-old", "1")
    assert Event.objects.filter(act=retiring.RETIRED, object_id="1").count() == 1
    assert len(looks_at(User.objects.get(pk=lived_in.citizen.pk).person_keys())) > 0


def test_a_key_that_is_still_in_use_is_not_retired(lived_in: Cast, settings: Settings) -> None:
    settings.KEYRING = RETIRED
    with pytest.raises(retiring.NotYet, match="还有"):
        retiring.retire(1, actor=User.objects.system())
    assert SubjectKey.objects.filter(key_id=1).exists()


def test_a_stale_process_cannot_register_anybody_under_a_retired_key(lived_in: Cast, settings: Settings) -> None:
    settings.KEYRING = RETIRED
    rotate("--drop-old", "1")
    gu = of_the_cast("guchanglin")
    settings.KEYRING = json.dumps({"current": 1, "keys": {"1": ONE}})
    with pytest.raises(IntegrityError, match="已经停用"), transaction.atomic():
        identity.of(gu)
    settings.KEYRING = RETIRED
    subject = identity.of(gu)
    assert [row.key_id for row in subject.key_rows.all()] == [2]
    assert identity.of(of_the_cast("linxiuyun")) == Subject.objects.exclude(pk=subject.pk).get()


def test_records_go_on_under_a_ring_in_rotation(lived_in: Cast) -> None:
    record = make.effective(lived_in, serial=9)
    assert record.subject == Subject.objects.get()
    assert messages.of(lived_in.citizen).exists()


@pytest.mark.parametrize(
    "ring",
    [
        {"current": 1, "keys": {"1": ONE}, "retired": [1]},
        {"current": 1, "keys": {"1": ONE}, "retired": [2]},
        {"current": 2, "keys": {"1": ONE}},
    ],
)
def test_a_ring_that_retires_what_it_needs_is_refused(ring: dict[str, object]) -> None:
    with pytest.raises(Exception, match="不完整"):
        cipher.read_ring(json.dumps(ring))


def test_the_ring_comes_from_text_or_from_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "ring.json"
    kept.write_text(RETIRED, encoding="utf-8")
    assert cipher.read_ring(str(kept)) == cipher.read_ring(RETIRED)
    assert cipher.read_ring(RETIRED).retired == {1}
    assert cipher.read_ring(BOTH).newest_first() == [2, 1]


def test_resealing_keeps_the_text_and_the_context() -> None:
    token = uuid.uuid4().bytes
    one = cipher.seal("正文".encode(), context=token)
    two = cipher.reseal(one, context=token)
    assert one != two
    assert cipher.unseal(two, context=token).decode() == "正文"
    with pytest.raises(cipher.Unsealable):
        cipher.reseal(one, context=b"other")
