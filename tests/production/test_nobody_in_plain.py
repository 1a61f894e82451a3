"""没有明文: after a lived-in story, no planted name or ID number stands in a dump, the broker, logs, evidence, media or
temporary files, neither as text in any encoding a sheet comes in, nor as base64, hex, JSON escapes or in an address."""

import base64
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from psycopg2 import extensions, sql
from pytest_django import Settings

from daoli_credit.accounts import real_name
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit import sealer
from daoli_credit.demo import people
from daoli_credit.feeds import bodies
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.workflows import sweeping
from records import identity, outgoing
from records.identity import Identity
from records.models import CreditRecord, ImportBatch, Paper
from records.rules.id_number import RESIDENT
from records.tasks import journal_removals
from records.workflows import importing
from records.workflows import repair as repair_acts
from tests import make, make_feeds, make_importing, make_listing, make_repairs
from tests.cast import Cast, assemble, browser

pytestmark = pytest.mark.whole
NAMES = ("瓟槿枻", "蓸骙黟", "訾勍翀", "夔丽卿", "赟珺懿")
PLANTED = [Identity(name, RESIDENT, people.number(date(1981, 2, 3 + n), 611 + n)) for n, name in enumerate(NAMES)]
ENTERED, IMPORTED, WRONG, LISTED, TYPED = PLANTED
WRITTEN = "明文测试从这里开始记"


def shapes(text: str) -> Iterator[bytes]:
    """Every form in which a careless program leaves a text behind."""
    plain = text.encode()
    yield from (text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))
    yield from (
        plain.hex().encode(),
        plain.hex().upper().encode(),
        quote(text).encode(),
        json.dumps(text)[1:-1].encode(),
    )
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + plain)
        yield coded[-(-before * 4 // 3) : (before + len(plain)) * 4 // 3]


def needles() -> dict[bytes, str]:
    """Shape → the text it stands for; those too short to be distinctive are left out."""
    found: dict[bytes, str] = {}
    for one in PLANTED:
        for text in (one.name, one.id_number):
            found |= {shape: text for shape in shapes(text) if len(shape) >= 6}
    return found


def seen_in(data: bytes) -> list[str]:
    return sorted({text for shape, text in needles().items() if shape in data})


@pytest.mark.parametrize("wrap", [
    lambda text: text.encode(), lambda text: text.encode("gb18030"), lambda text: text.encode("utf-16-le"),
    lambda text: base64.b64encode(f"{{\"name\": \"{text}\"}}".encode()),
    lambda text: base64.b64encode(f"x{text}x".encode()), lambda text: base64.b64encode(f"xy{text}xy".encode()),
    lambda text: json.dumps({"a": text}).encode(), lambda text: text.encode().hex().encode(),
    lambda text: quote(f"/x/{text}/").encode(),
])  # fmt: skip
def test_the_search_finds_what_is_there(wrap) -> None:  # type: ignore[no-untyped-def]
    for one in PLANTED:
        assert seen_in(wrap(one.name)) == [one.name]
        assert seen_in(wrap(one.id_number)) == [one.id_number]
    assert seen_in(b"nobody" * 100) == []


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Path]]:
    """Temporary files and the log of this process and its children, in folders of their own."""
    temporary, log = tmp_path / "temporary", tmp_path / "portal.log"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    writing = logging.FileHandler(log, encoding="utf-8")
    writing.setLevel(logging.DEBUG)
    root = logging.getLogger()
    level = root.level
    root.addHandler(writing)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # statements with their values, off in production
    logging.getLogger("daoli_credit").info(WRITTEN)
    try:
        yield {"temporary": temporary, "log": log}
    finally:
        root.removeHandler(writing)
        root.setLevel(level)
        writing.close()


def _enter_and_repair(cast: Cast) -> None:
    record = make_repairs.old(cast, who=ENTERED)
    clerk, reviewer = browser(cast.clerk), browser(cast.reviewer)
    for desk in (clerk, reviewer):
        desk.get(f"/desk/records/{record.number}/")
        desk.post(f"/desk/records/{record.number}/reveal/", {"purpose": "对照决定书核对当事人"})
    make.draft(cast, who=ENTERED, serial=2)
    person = real_name.citizen(real_name.Identity("issuer", "subject", ENTERED.id_number, ENTERED.name))
    repair = make_repairs.applied(cast, record, by=person)
    repair = repair_acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=repair.revision)
    repair_acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=repair.revision)
    reader = browser(person)
    for address in ("/me/", "/me/looks/", "/me/messages/", f"/me/records/{record.number}/"):
        reader.get(address)
    for letter in Message.objects.filter(noun__in=["creditrecord", "repair"]):
        assert reader.get(f"/me/messages/{letter.token}/pdf/").content.startswith(b"%PDF")
    assert Paper.objects.exists()


def _import(cast: Cast) -> None:
    good = make_importing.row(31, IMPORTED.name, IMPORTED.id_number)
    wrong = make_importing.row(32, WRONG.name, WRONG.id_number[:-1] + ("0" if WRONG.id_number[-1] != "0" else "1"))
    formula = make_importing.row(33, f'=HYPERLINK("x","{WRONG.name}")', WRONG.id_number)
    for coded in ("utf-8", "gb18030"):
        data = make_importing.sheet([good, wrong, formula]).decode().encode(coded)
        batch = make_importing.checked(cast, data, name=f"处罚-{coded}.csv")
        desk = browser(cast.clerk)
        desk.get(f"/desk/imports/{batch.number}/")
        desk.get(f"/desk/imports/{batch.number}/wrong/")
    first = ImportBatch.objects.earliest("pk")
    importing.commit(batch_id=first.pk, actor=cast.clerk, seen=first.revision)
    browser(cast.reviewer).get(f"/desk/imports/{first.number}/review/")


def _push(cast: Cast) -> None:
    record = make.effective(cast, who=ENTERED, serial=5, item="penalty-ip")
    sweeping.sweep(make_feeds.CHANNEL)
    delivery = Delivery.objects.get(record=record)
    body = outgoing.publication(delivery.revision, actor=User.objects.system(), title=make_feeds.CHANNEL.title)
    assert seen_in(body) == sorted({ENTERED.name, ENTERED.id_number})
    bodies.store(delivery, body)
    delivery.save()


def _type_it_into_the_wrong_field(cast: Cast) -> None:
    nobody = browser(None)
    nobody.post("/sign-in/", {"username": TYPED.id_number, "password": TYPED.name})
    desk = browser(cast.clerk)
    entry = "/desk/records/new/market-regulation/penalty-food/"
    desk.post(entry, {"party_name": TYPED.name, "id_number": TYPED.id_number, "decided_on": "2099-01-01"})
    record = CreditRecord.objects.latest("pk")
    reviewer = browser(cast.reviewer)
    reviewer.post(f"/desk/records/{record.number}/return/", {"opinion": f"号码 {TYPED.id_number} 不对", "seen": 1})
    reviewer.post(f"/desk/records/{record.number}/reveal/", {"purpose": f"核对 {TYPED.id_number}"})
    auditor = browser(cast.audit_officer)
    auditor.get("/desk/evidence/", {"actor": TYPED.id_number})
    auditor.post("/desk/evidence/export/", {"actor": TYPED.id_number})


def tables(cursor: extensions.cursor) -> Iterator[tuple[str, bytes]]:
    """Every table of ours as COPY writes it, which is what a dump holds."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )
    for (name,) in cursor.fetchall():
        with tempfile.SpooledTemporaryFile(max_size=1 << 30) as kept:
            cursor.copy_expert(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name)), kept)
            kept.seek(0)
            yield name, kept.read()


def broker() -> Iterator[tuple[str, bytes]]:
    """Every key of Valkey with what it holds: cache, sessions' helpers, and the queues of Celery."""
    client: Any = redis.from_url(settings.REDIS_URL)
    reading = {
        b"string": client.get, b"hash": client.hgetall, b"set": client.smembers, b"none": lambda key: b"",
        b"list": lambda key: client.lrange(key, 0, -1), b"zset": lambda key: client.zrange(key, 0, -1),
    }  # fmt: skip
    for key in client.scan_iter(count=1000):
        held = reading[client.type(key)](key)
        yield key.decode(errors="replace"), key + b"\n" + (held if isinstance(held, bytes) else repr(held).encode())


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, names included."""
    for path in sorted(folder.rglob("*") if folder.is_dir() else [folder]):
        yield str(path), os.fsencode(path) + (b"\n" + path.read_bytes() if path.is_file() else b"")


def test_no_planted_name_or_number_is_left_in_plain(
    committing_db: str, owner_cursor: extensions.cursor, places: dict[str, Path], settings: Settings, tmp_path: Path
) -> None:
    from daoli_credit import celery  # noqa: F401, PLC0415  tasks really go to the broker

    settings.FEEDS = make_feeds.CONNECTED
    settings.MEDIA_ROOT = str(tmp_path / "media")
    cast = assemble()
    _enter_and_repair(cast)
    _import(cast)
    party = real_name.citizen(real_name.Identity("issuer", "another", LISTED.id_number, LISTED.name))
    listing = make_listing.answered(cast, by=party, who=LISTED)
    browser(cast.wage_clerk).get(f"/desk/listings/{listing.number}/")
    _push(cast)
    _type_it_into_the_wrong_field(cast)
    assert journal_removals()
    assert sealer.seal()
    assert all(identity.find(one.id_number) for one in (ENTERED, IMPORTED, LISTED))
    assert Message.objects.count() >= 5
    found = []
    looked = {"tables": 0, "keys": 0, "files": 0}
    for name, data in tables(owner_cursor):
        looked["tables"] += 1
        found += [f"表 {name}：{text}" for text in seen_in(data)]
    for name, data in broker():
        looked["keys"] += 1
        found += [f"Valkey {name}：{text}" for text in seen_in(data)]
    for folder in (places["temporary"], places["log"], Path(settings.EVIDENCE_DIR), Path(settings.MEDIA_ROOT)):
        for name, data in files(folder) if folder.exists() else ():
            looked["files"] += 1
            found += [f"文件 {name}：{text}" for text in seen_in(data)]
    assert found == []
    assert looked["tables"] > 40
    assert looked["keys"] > 0
    assert any(name == "celery" for name, _ in broker()), "没有一件任务真的进了队列"
    assert looked["files"] >= 2
    assert WRITTEN in places["log"].read_text(encoding="utf-8"), "日志没有写到这里，就没有查过"
