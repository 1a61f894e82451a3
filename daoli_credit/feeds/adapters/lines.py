"""行的写法: how a row is written and a receipt or a holding is read, the same on every wire."""

import json
from typing import Any

from daoli_credit.feeds.adapters import Kept, Row, Told
from daoli_credit.feeds.masking import masked

_plain = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def line(row: Row) -> bytes:
    """一行: the stored bytes stand in it as they are; the same row is the same bytes in whatever package."""
    head = {"hash": row.digest, "key": row.key, "kind": row.kind, "record": row.record, "revision": row.revision}
    text = _plain(head).encode()
    return text[:-1] + b',"payload":' + row.payload + b"}"


def told(one: dict[str, Any]) -> Told:
    """一份回执, however it came. Raises ValueError, KeyError, TypeError for anything else."""
    if one["verdict"] not in {"accepted", "rejected"}:
        raise ValueError(one["verdict"])
    number, words = str(one["receipt"])[:64], masked(str(one.get("words", "")))
    return Told(str(one["key"]), number, one["verdict"] == "accepted", words, str(one.get("code", ""))[:20])


def kept(one: dict[str, Any]) -> Kept:
    """对方持有的一条. Raises ValueError, KeyError, TypeError."""
    return Kept(str(one["record"]), int(one["revision"]), str(one["hash"]))
