"""演示信用中国平台: it keeps its own store and refuses what a real one would refuse."""

import ast
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from daoli_credit.sandbox import platform as package
from daoli_credit.signing import HmacSm3, signed
from tests.sandbox.platform import KEYS, TOKEN, Place, platform


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with platform("hlj", tmp_path_factory.mktemp("hlj")) as running:
        yield running


def publication(**changed: Any) -> dict[str, Any]:
    payload: dict[str, Any] = changed.pop("payload", None) or {
        "name": "林秀云",
        "id_number": "999999198803120028",
        "item": "penalty-food",
        "item_title": "食品安全行政处罚",
        "document_number": "哈里市监罚〔2026〕1号",
        "determined_on": "2026-11-01",
    }
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = {
        "record": "DL2026-000001",
        "revision": 1,
        "kind": "effective",
        "payload": payload,
        "hash": hashlib.sha256(text.encode()).hexdigest(),
        **changed,
    }
    return {"key": f"{row['record']}-{row['revision']}-{row['kind']}", **row}


def first(answer: requests.Response) -> dict[str, Any]:
    found: dict[str, Any] = answer.json()["rows"][0]
    return found


def test_it_holds_what_was_sent_and_shows_it_masked(place: Place) -> None:
    assert first(place.batch([publication(record="A")]))["accepted"]
    assert "A" in place.holdings()
    page = requests.get(place.url, timeout=5)
    assert "林*云" in page.text
    assert "林秀云" not in page.text
    assert "999999198803120028" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"key": "x" * 32}, "signature"),
        ({"X_Feed_Signature": "00"}, "signature"),
        ({"X_Feed_Timestamp": "1"}, "signature"),
        ({"X_Feed_Sender": "somebody"}, "sender"),
        ({"X_Feed_Key": "2"}, "sender"),
        ({"late": "-301"}, "clock"),
        ({"late": "400"}, "clock"),
    ],
)
def test_a_wrong_signature_sender_or_clock_is_refused(place: Place, changed: dict[str, str], why: str) -> None:
    told = place.batch([publication(record="B")], **changed)
    assert (told.status_code, told.json()) == (401, {"error": why})
    assert "B" not in place.holdings()


def test_a_replayed_request_is_refused(place: Place) -> None:
    body = json.dumps({"rows": [publication(record="C")]}).encode()
    signer = HmacSm3(KEYS["hlj"].encode(), "1")
    headers = signed(signer, method="POST", path="/batches", body=body, sender="daoli", now=time.time())
    answers = [requests.post(f"{place.url}/batches", data=body, headers=headers, timeout=5) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 401]
    assert answers[1].json() == {"error": "replayed"}


def test_the_same_key_twice_is_applied_once(place: Place) -> None:
    row = publication(record="D")
    for _ in range(2):
        assert first(place.batch([row]))["accepted"]
    assert place.applied("D") == [(1, "effective")]


def test_a_lower_revision_is_refused_and_the_highest_stays(place: Place) -> None:
    place.batch([publication(record="E", revision=3)])
    told = first(place.batch([publication(record="E", revision=2)]))
    assert (told["accepted"], told["code"]) == (False, "stale")
    assert place.holdings()["E"][0] == 3


def test_the_same_number_or_key_with_other_content_is_refused(place: Place) -> None:
    place.batch([publication(record="F")])
    other = publication(record="F", payload={**publication()["payload"], "name": "别人"})
    assert first(place.batch([other]))["code"] == "key"
    assert first(place.batch([{**other, "key": "another"}]))["code"] == "conflict"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"hash": "00" * 32}, "hash"),
        ({"kind": "praised"}, "shape"),
        ({"revision": "1"}, "shape"),
        ({"payload": {"name": "林秀云"}}, "fields"),
        ({"kind": "ended"}, "fields"),
        ({"record": ""}, "shape"),
    ],
)
def test_a_bad_row_is_refused_alone(place: Place, changed: dict[str, Any], code: str) -> None:
    bad, good = publication(**{"record": "G", **changed}), publication(record=f"H-{code}-{len(str(changed))}")
    answers = place.batch([bad, good]).json()["rows"]
    assert [(one["accepted"], one.get("code")) for one in answers] == [(False, code), (True, None)]
    assert "G" not in place.holdings()


def test_a_withdrawal_leaves_nothing_of_the_person(place: Place) -> None:
    place.batch([publication(record="I")])
    gone = publication(record="I", revision=2, kind="ended", payload={"reason": "expired"})
    assert first(place.batch([gone]))["accepted"]
    assert "I" not in place.holdings()
    assert first(place.batch([publication(record="I")]))["accepted"], "老的再来一次，只是再说一遍"
    assert "I" not in place.holdings()
    assert place.applied("I") == [(1, "effective"), (2, "ended")]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"rows": 1}', b'{"rows": [1]}', b"\xff"])
def test_a_batch_that_cannot_be_read_is_refused_whole(place: Place, body: bytes) -> None:
    assert place.ask("POST", "/batches", body).status_code == 400


def test_more_than_a_hundred_rows_are_refused(place: Place) -> None:
    assert place.batch([publication(record=f"Z{n}") for n in range(1001)]).status_code == 400


def test_its_lists_are_signed_too_and_faults_want_the_token(place: Place) -> None:
    assert requests.get(f"{place.url}/holdings", timeout=5).status_code == 401
    assert requests.get(f"{place.url}/receipts?after=0", timeout=5).status_code == 401
    for token in ("", "wrong"):
        headers = {"Authorization": f"Bearer {token}"}
        order = {"fault": "500", "count": 1}
        assert requests.post(f"{place.url}/admin/faults", json=order, headers=headers, timeout=5).status_code == 403
        assert requests.get(f"{place.url}/admin/journal", headers=headers, timeout=5).status_code == 403
    headers = {"Authorization": f"Bearer {TOKEN}"}
    unknown = {"fault": "earthquake", "count": 1}
    assert requests.post(f"{place.url}/admin/faults", json=unknown, headers=headers, timeout=5).status_code == 422


def test_its_store_outlives_the_process(tmp_path: Path) -> None:
    with platform("hrb", tmp_path) as running:
        running.batch([publication(record="K")])
    with platform("hrb", tmp_path) as again:
        assert "K" in again.holdings()


def test_without_its_secrets_it_does_not_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "daoli_credit.sandbox.platform", "--port", "1", "--code", "hlj", "--store"]
    failed = subprocess.run(
        [*command, str(tmp_path / "x.sqlite3")], env={}, capture_output=True, text=True, check=False
    )
    assert failed.returncode == 1
    assert "缺少环境变量 DAOLI_FEED_HLJ_KEY" in failed.stderr
    failed = subprocess.run([*command, "/nowhere/x"], env={}, capture_output=True, text=True, check=False)
    assert "目录不存在" in failed.stderr


def test_it_imports_nothing_of_the_product() -> None:
    for file in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            strange = [name for name in names if name.startswith("daoli_credit") and ".sandbox." not in name]
            assert not strange, f"{file} 引用了产品模块 {strange}"
            assert not [name for name in names if name.partition(".")[0] in {"django", "records"}], file
