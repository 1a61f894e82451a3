"""换密钥、双向证书: both sides change over without a gap, and a platform that wants our certificate gets no other's."""

import hashlib
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from pytest_django import Settings

from daoli_credit.feeds import channels, keys, tasks
from daoli_credit.feeds.adapters import PackageNumber, Row, Unreachable
from daoli_credit.feeds.adapters.https_json import HttpsJson
from daoli_credit.feeds.adapters.sftp_files import SftpFiles
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Feed
from daoli_credit.signing import HmacSm3, problem, signed
from tests.cast import Cast, browser
from tests.feeds.ground import Ground, until
from tests.sandbox.certificates import Authority
from tests.sandbox.platform import KEYS, TITLES, Place, platform
from tests.sandbox.ssh import HOST, SENDER

NEW = "n3" * 16
WITHDRAWAL = Row("k1", "DL2026-000001", 2, "ended", "", b'{"reason":"expired"}')


def channel(url: str, **changed: str) -> Channel:
    return Channel(**{"code": "hlj", "title": TITLES["hlj"], "url": url, "key": KEYS["hlj"], "key_id": "1", **changed})


def row() -> Row:
    return WITHDRAWAL._replace(digest=hashlib.sha256(WITHDRAWAL.payload).hexdigest())


def test_the_new_key_is_believed_beside_the_old_one_and_the_old_one_only_while_it_is_named(tmp_path: Path) -> None:
    over = {"DAOLI_FEED_HLJ_KEY": NEW, "DAOLI_FEED_HLJ_KEY_ID": "2"}
    both = {**over, "DAOLI_FEED_HLJ_OLD_KEY": KEYS["hlj"], "DAOLI_FEED_HLJ_OLD_KEY_ID": "1"}
    with platform("hlj", tmp_path, named=both) as place:
        assert HttpsJson(channel(place.url)).send([row()], PackageNumber(1, 1)).reached
        assert HttpsJson(channel(place.url, key=NEW, key_id="2")).send([row()], PackageNumber(1, 2)).reached
    with platform("hlj", tmp_path, named=over) as place:
        assert HttpsJson(channel(place.url)).send([row()], PackageNumber(1, 3)).status == 401
        assert HttpsJson(channel(place.url, key=NEW, key_id="2")).send([row()], PackageNumber(1, 4)).reached


def test_files_are_read_under_either_key_while_both_are_named_and_then_under_the_new_one_only(tmp_path: Path) -> None:
    def wire(place: Place, **changed: str) -> SftpFiles:
        facts = {
            "code": "hrb",
            "title": TITLES["hrb"],
            "url": place.files,
            "key": KEYS["hrb"],
            "key_id": "1",
            **changed,
        }
        return SftpFiles(Channel(**facts, host_key=place.host_key, identity=SENDER.private))

    def lie(place: Place, folder: str, count: int) -> None:
        until(lambda: len(list((place.folder / folder).glob("*.json"))) == count)

    over = {"DAOLI_FEED_HRB_KEY": NEW, "DAOLI_FEED_HRB_KEY_ID": "2"}
    both = {**over, "DAOLI_FEED_HRB_OLD_KEY": KEYS["hrb"], "DAOLI_FEED_HRB_OLD_KEY_ID": "1"}
    with platform("hrb", tmp_path, files=True, named=both) as place:
        assert wire(place).send([row()], PackageNumber(1, 1)).reached
        assert wire(place, key=NEW, key_id="2").send([row()], PackageNumber(1, 2)).reached
        lie(place, "done", 2)
        theirs = wire(place, key=NEW, key_id="2", old_key=KEYS["hrb"], old_key_id="1").receipts(0)
        assert theirs[1] > 0, "它用新的密钥签回执"
        with pytest.raises(Unreachable, match="不是对方签名的"):
            wire(place).receipts(0)
    with platform("hrb", tmp_path, files=True, named=over) as place:
        assert wire(place).send([row()], PackageNumber(1, 3)).reached
        lie(place, "refused", 1)
        assert wire(place, key=NEW, key_id="2").send([row()], PackageNumber(1, 4)).reached
        lie(place, "done", 3)


def test_receipts_under_either_key_are_heard_while_both_sides_change(ground: Ground, settings: Settings) -> None:
    record = ground.record()
    ground.sweep()
    ground.hlj.fault("no-callback")
    ground.send()
    facts = settings.FEEDS["hlj"]
    settings.FEEDS = {
        **settings.FEEDS,
        "hlj": {**facts, "key": NEW, "key_id": "2", "old_key": facts["key"], "old_key_id": "1"},
    }
    here, key = channels.of("hlj"), ground.delivery(record).key
    assert [one.key_id for one in here.believed()] == ["2", "1"]
    told = b'{"receipts":[{"receipt":"HLJ1","key":"%s","verdict":"accepted"}]}' % key.encode()

    def call(secret: str, key_id: str) -> int:
        path = "/api/v1/receipts/hlj/"
        signer = HmacSm3(secret.encode(), key_id)
        headers = signed(signer, method="POST", path=path, body=told, sender="hlj", now=time.time())
        from django.test import Client  # noqa: PLC0415

        return Client().post(path, told, content_type="application/json", headers=headers).status_code

    assert [call(KEYS["hlj"], "1"), call(NEW, "2"), call(NEW, "1"), call("x" * 32, "3")] == [200, 200, 401, 401]
    assert ground.delivery(record).state == "confirmed"


def test_a_stale_or_future_hour_is_refused_to_the_second() -> None:
    signer, now = HmacSm3(b"k" * 32, "1"), 1_800_000_000.0
    for late, wrong in ((0, ""), (-300, ""), (300, ""), (-301, "时间超出允许范围"), (301, "时间超出允许范围")):
        headers = signed(signer, method="GET", path="/", body=b"", sender="hlj", now=now + late)
        said = problem([signer], method="GET", path="/", headers=headers, body=b"", sender="hlj", now=now)
        assert said == wrong, late


def test_a_platform_that_wants_our_certificate_is_sent_it_and_refuses_another(tmp_path: Path) -> None:
    ours, strange = Authority(tmp_path, "ours"), Authority(tmp_path, "strange")
    server, mine, other = ours.of("platform"), ours.of("daoli"), strange.of("daoli-too")
    line = ("--tls", str(server), "--client-ca", str(ours.ca))
    with platform("hlj", tmp_path, "", *line) as place:
        known = channel(place.url, ca=str(ours.ca), certificate=str(mine))
        answer = HttpsJson(known).send([row()], PackageNumber(1, 1))
        assert answer.reached, answer
        for number, wrong in enumerate(
            (
                channel(place.url, ca=str(ours.ca)),
                channel(place.url, ca=str(ours.ca), certificate=str(other)),
                channel(place.url, ca=str(strange.ca), certificate=str(mine)),
            )
        ):
            assert not HttpsJson(wrong).send([row()], PackageNumber(1, 2 + number)).reached, number
        with pytest.raises(requests.RequestException):
            requests.get(place.url, verify=str(ours.ca), timeout=5)


def test_what_is_wrong_with_a_certificate_is_said_and_a_new_file_is_taken_up_by_itself(tmp_path: Path) -> None:
    ours = Authority(tmp_path, "ours")
    server, mine, past = ours.of("platform"), ours.of("daoli"), ours.of("daoli-past", ago=timedelta(days=3))
    lies = tmp_path / "configured.pem"
    lies.write_bytes(past.read_bytes())
    with platform("hlj", tmp_path, "", "--tls", str(server), "--client-ca", str(ours.ca)) as place:
        here = channel(place.url, ca=str(ours.ca), certificate=str(lies))

        def said(serial: int, wire: Channel = here) -> str:
            return HttpsJson(wire).send([row()], PackageNumber(1, serial)).words

        hung_up = "不认我方的证书"  # they may hang up before they have said why
        assert re.search(f"我方的证书过期了|{hung_up}", said(1))
        assert re.search(f"我方没有出示|{hung_up}", said(2, channel(place.url, ca=str(ours.ca))))
        assert "我方的证书文件读不出" in said(3, channel(place.url, ca=str(ours.ca), certificate="/nowhere.pem"))
        assert keys.of(here).over
        lies.write_bytes(mine.read_bytes())
        assert HttpsJson(here).send([row()], PackageNumber(1, 4)).reached, "不用重启"
        assert not keys.of(here).over
    old = ours.of("platform-past", ago=timedelta(days=3))
    with platform("hlj", tmp_path, "", "--tls", str(old)) as place:
        assert (
            "对方的证书过期了"
            in HttpsJson(channel(place.url, ca=str(ours.ca))).send([row()], PackageNumber(1, 5)).words
        )


def test_a_key_line_that_cannot_be_read_is_said_and_holds_up_nobody(both: Ground, settings: Settings) -> None:
    record = both.record()
    both.sweep()
    settings.FEEDS = {**settings.FEEDS, "hrb": {**settings.FEEDS["hrb"], "host_key": "ssh-ed25519 没有抄全"}}
    assert both.send("hrb") == 1
    assert "读不懂" in both.delivery(record, code="hrb").held_words
    both.send("hlj")
    tasks.poll()
    assert both.confirmed(record).state == "confirmed", "别的平台的回执照取"
    assert "读不懂" in Feed.objects.get(code="hrb").receipts_failed


def test_the_page_says_which_keys_are_in_use_and_until_when(crew: Cast, settings: Settings, tmp_path: Path) -> None:
    ours, desk = Authority(tmp_path, "ours"), browser(crew.feed_operator)
    facts = {"title": TITLES["hlj"], "url": "https://127.0.0.1:1", "key": KEYS["hlj"], "key_id": "1"}
    both_known = {**facts, "old_key": NEW, "old_key_id": "2", "certificate": str(ours.of("daoli"))}

    def page(**feed: str) -> str:
        settings.FEEDS = {"hlj": feed}
        return desk.get("/desk/feeds/hlj/").content.decode()

    plain = page(**facts)
    assert "第 1 号密钥" in plain
    assert "也认" not in plain
    changing = page(**both_known)
    assert "第 2 号，换密钥期间" in changing
    assert "快到期了" in changing
    assert "过期了" in page(**{**both_known, "certificate": str(ours.of("past", ago=timedelta(days=3)))})
    assert "读不出" in page(**{**both_known, "certificate": str(tmp_path / "none.pem")})
    for one in (plain, changing):
        assert KEYS["hlj"] not in one
        assert NEW not in one
    pinned = page(**{**facts, "url": "sftp://127.0.0.1:1", "host_key": HOST.public, "identity": SENDER.private})
    assert keys.of(channel("sftp://127.0.0.1:1", host_key=HOST.public)).host in pinned
    assert "SHA256:" in pinned
