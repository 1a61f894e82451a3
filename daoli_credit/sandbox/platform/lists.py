"""名单查询: who asks about one person and some lists is told what stands on them here, signed, and nothing else."""

import json
import time
from email.message import Message
from io import BufferedIOBase
from typing import Any, Protocol

from daoli_credit.sandbox.platform.faults import Faults
from daoli_credit.sandbox.platform.signing import NAMES, SIGNATURE, Keys
from daoli_credit.sandbox.platform.store import Found, Store

COLUMNS = ("id_number", "list", "authority", "document_number", "decided_on", "until")
# Invented people of the region 999999, as the courts and offices of other places would have entered them here.
GU, FANG, LIN = "999999197002280019", "999999199206150020", "999999198803120028"
COURT, TAX, PLACE = "哈尔滨市某区人民法院", "国家税务总局某市税务局", "某县市场监督管理局"
INVENTED = {
    "hlj": [
        (GU, "court-dishonest", COURT, "（2026）黑01执901号", -255, 475),
        (FANG, "tax-major", TAX, "黑税稽列〔2026〕12号", -206, 889),
        (LIN, "tax-major", TAX, "黑税稽列〔2021〕3号", -2126, -1032),
    ],
    "hrb": [(GU, "item:responsibility-ban", PLACE, "某市监禁〔2025〕7号", -404, 1421)],
}  # decided and until, in days from the day on which the platform is first opened
CHINA = 8 * 3600.0
SLOW, DRIP, HUGE = 1.0, 0.3, 2 * 1024 * 1024


class Place(Protocol):
    """The platform that is asked."""

    @property
    def code(self) -> str: ...
    @property
    def store(self) -> Store: ...
    @property
    def list_faults(self) -> Faults: ...


class Answering(Protocol):
    """What of a request to the web server is needed here."""

    @property
    def platform(self) -> Place: ...
    @property
    def path(self) -> str: ...
    @property
    def headers(self) -> Message: ...
    @property
    def wfile(self) -> BufferedIOBase: ...
    def tell(self, content: Any, status: int = 200) -> None: ...
    def breaks(self, how: str) -> None: ...
    def answer_signed(self, body: bytes, headers: dict[str, str]) -> None: ...
    def send_response(self, code: int) -> None: ...
    def send_header(self, keyword: str, value: str) -> None: ...
    def end_headers(self) -> None: ...


def enter_invented(store: Store, code: str) -> None:
    """The platform's own rows; harmless twice."""
    for *facts, decided, until in INVENTED.get(code, []):
        days = (_in_days(int(decided)), _in_days(int(until)))
        store.ask("INSERT OR IGNORE INTO list_entry VALUES (?, ?, ?, ?, ?, ?)", *facts, *days)


def _in_days(count: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + CHINA + count * 86400))


def enter(store: Store, body: bytes) -> int:
    """Rows that an administrator enters. How many; 0 for what cannot be read."""
    try:
        rows = [[row[name] for name in COLUMNS] for row in json.loads(body)]
    except (ValueError, KeyError, TypeError):
        return 0
    for row in rows:
        store.ask("INSERT OR REPLACE INTO list_entry VALUES (?, ?, ?, ?, ?, ?)", *row)
    return len(rows)


def _asked(body: bytes) -> dict[str, Any] | None:
    try:
        given = json.loads(body)
        wanted = {"id_number": str, "lists": list, "purpose": str}
        fits = all(isinstance(given[name], kind) and given[name] for name, kind in wanted.items())
    except (ValueError, KeyError, TypeError):
        return None
    return given if fits else None


def _standing(store: Store, id_number: str, wanted: list[str]) -> Found:
    rows = store.ask("SELECT * FROM list_entry WHERE id_number = ? ORDER BY list, document_number", id_number)
    return [{name: row[name] for name in COLUMNS[1:]} for row in rows if row["list"] in wanted]


def respond(handler: Answering, keys: Keys, body: bytes) -> None:
    """Answers one question, or does what was ordered to go wrong."""
    given = _asked(body)
    if given is None:
        handler.tell({"error": "shape"}, 400)
        return
    fault = handler.platform.list_faults.take()
    if fault in {"500", "silent", "reset"}:
        handler.breaks(fault)
    elif fault == "refuse":
        handler.tell({"error": "not-agreed"}, 403)
    elif fault == "drip":
        _drip(handler)
    else:
        time.sleep(SLOW if fault == "slow" else 0)
        _answer(handler, keys, given, fault)


def _answer(handler: Answering, keys: Keys, given: dict[str, Any], fault: str) -> None:
    platform = handler.platform
    told: dict[str, Any] = {
        "id_number": given["id_number"],
        "entries": _standing(platform.store, given["id_number"], given["lists"]),
    }
    if fault == "other-person":
        told["id_number"] = "999999197001010014"
    if fault == "other-list":
        told["entries"] = [dict.fromkeys(COLUMNS[1:], "不相干")]
    body = json.dumps(told, ensure_ascii=False).encode()
    body = {"garbage": "<html>正在维护</html>".encode(), "huge": b" " * HUGE}.get(fault, body)
    nonce = "0" * 32 if fault == "replayed" else handler.headers[NAMES[3]]
    late = -3600 if fault == "clock-skew" else 0
    headers = keys.headers("POST", handler.path, body, platform.code, nonce=nonce, late=late)
    if fault == "wrong-signature":
        headers[SIGNATURE] = "0" * 64
    handler.answer_signed(body, {} if fault == "unsigned" else headers)


def _drip(handler: Answering) -> None:
    """An answer that never ends: a byte now and then, for half a minute."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        time.sleep(DRIP)
