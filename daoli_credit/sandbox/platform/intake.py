"""收件: what happens to one row of a batch. The highest revision number wins; a key is applied once."""

import hashlib
import json
import time
from typing import Any

from daoli_credit.sandbox.platform.store import Store

WITHDRAWALS = {"suspended", "ended"}
LATE = 6.0  # seconds, for what comes after what came later
KINDS = {
    *("effective", "corrected", "marked", "unmarked", "contested", "uncontested", "resumed", "stated", "restated"),
} | WITHDRAWALS
# What becomes of a copy that was taken in and confirmed, without a word about it: only a reconciliation finds it.
SPOILT = {
    "lose": "UPDATE held SET gone = 1, payload = '' WHERE record = ? AND revision = ?",
    "alter": "UPDATE held SET hash = substr(hash, 33) || substr(hash, 1, 32) WHERE record = ? AND revision = ?",
}
# What each layout must carry; a batch in a layout that this platform does not know is read as the common one.
NEEDED = {
    "double-publicity-2018": ("CF_XDR_MC", "CF_XDR_ZJHM", "CF_WSH", "CF_JDRQ", "CF_CFJG", "item"),
    "": ("name", "id_number", "item", "document_number", "determined_on"),
}


def canonical(payload: Any) -> str:
    """规范 JSON, over which the hash is made."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _wrong(row: dict[str, Any]) -> tuple[str, str]:
    payload = row.get("payload")
    if not row.get("key") or not row.get("record"):
        return "shape", "没有键或者编号"
    if row.get("kind") not in KINDS or not isinstance(row.get("revision"), int) or not isinstance(payload, dict):
        return "shape", "版本种类、版本号或者内容不合格式"
    if hashlib.sha256(canonical(payload).encode()).hexdigest() != row.get("hash"):
        return "hash", "内容与摘要不符"
    if row["kind"] not in WITHDRAWALS and any(
        not payload.get(name) for name in NEEDED.get(str(payload.get("layout")), NEEDED[""])
    ):
        return "fields", "缺少必填字段"
    if row["kind"] in WITHDRAWALS and (payload.keys() & {"name", "id_number", "CF_XDR_MC", "CF_XDR_ZJHM"}):
        return "fields", "撤回不得带有个人信息"
    return "", ""


def take(store: Store, row: dict[str, Any], fault: str, *, by_file: bool = False) -> dict[str, Any]:
    """One row, one answer. Call it inside `store.whole()`. By file nobody waits at the door: a refusal is a receipt."""
    key = str(row.get("key", ""))
    code, words = _wrong(row)
    if not code and fault == "refuse":
        code, words = "fields", "演练：文书号不合格式"
    if not code:
        code, words = _clash(store, key, row)
    if code:
        if by_file and key:
            _receipt(store, row, ("rejected", words, code), fault)
        return {"key": key, "accepted": False, "code": code, "words": words}
    if fault == "reject":
        _receipt(store, row, ("rejected", "演练：证件号码 999999198803120028 核验不通过", ""), fault)
    else:
        held = store.ask("SELECT revision FROM held WHERE record = ?", row["record"])
        gone = row["kind"] in WITHDRAWALS
        if (not held or held[0]["revision"] < row["revision"]) and not (fault == "keep" and gone):
            _apply(store, row)
        _receipt(store, row, ("accepted", "", ""), fault)  # asked again: said again
        if fault == "repaired" and not gone:
            _repaired(store, row)
        elif fault in SPOILT and not gone:
            store.ask(SPOILT[fault], row["record"], row["revision"])
    return {"key": key, "accepted": True}


def _clash(store: Store, key: str, row: dict[str, Any]) -> tuple[str, str]:
    """Against what is already here: one key has one content, and the highest number stays."""
    facts = (row["record"], row["revision"], row["hash"])
    for known in store.ask("SELECT * FROM row WHERE key = ?", key):
        same = (known["record"], known["revision"], known["hash"]) == facts
        return ("", "") if same else ("key", "同一个键，内容不同")
    for held in store.ask("SELECT * FROM held WHERE record = ?", row["record"]):
        if held["revision"] > row["revision"]:
            return "stale", f"已有第 {held['revision']} 版"
        if held["revision"] == row["revision"] and held["hash"] != row["hash"]:
            return "conflict", "同一个版本号，内容不同"
    return "", ""


def _apply(store: Store, row: dict[str, Any]) -> None:
    gone, now, key = row["kind"] in WITHDRAWALS, time.time(), row["key"]
    kept = "" if gone else canonical(row["payload"])
    store.ask("INSERT INTO row VALUES (?, ?, ?, ?, ?)", key, row["record"], row["revision"], row["kind"], row["hash"])
    store.ask(
        "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (record) DO UPDATE SET revision = excluded.revision,"
        " hash = excluded.hash, payload = excluded.payload, gone = excluded.gone, at = excluded.at",
        row["record"], row["revision"], row["hash"], kept, int(gone), now,
    )  # fmt: skip
    facts = (row["record"], row["revision"], row["kind"], key, now)
    store.ask("INSERT INTO applied (record, revision, kind, key, at) VALUES (?, ?, ?, ?, ?)", *facts)


def _repaired(store: Store, row: dict[str, Any]) -> None:
    """The person has asked this platform, and it has taken its copy down: it says so, of its own accord."""
    store.ask(
        "UPDATE held SET gone = 1, payload = '' WHERE record = ? AND revision = ?", row["record"], row["revision"]
    )
    _receipt(store, row, ("rejected", "演练：本人在本平台申请信用修复，已撤下", "repaired"), "")


def _receipt(store: Store, row: dict[str, Any], says: tuple[str, str, str], fault: str) -> None:
    verdict, words, code = says
    if fault == "no-receipt":
        return
    key, times = row["key"], 2 if fault == "duplicate-receipt" else 1
    due = time.time() + (LATE if fault == "late-receipt" else 0)
    if fault == "wrong-receipt":
        key = key[::-1]
    said = store.ask("SELECT id FROM receipt WHERE key = ? AND verdict = ?", key, verdict)
    if said:
        store.ask("UPDATE receipt SET sent = 0, due = ?, sendable = 1 WHERE id = ?", time.time(), said[0]["id"])
        return
    store.ask(
        "INSERT INTO receipt (key, record, revision, verdict, words, sendable, sent, due, code)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key, row["record"], row["revision"], verdict, words, int(fault != "no-callback"), 1 - times, due, code,
    )  # fmt: skip
