"""行的写法: how a row is written and a receipt or a holding is read, the same on every wire."""

from json.encoder import encode_basestring_ascii
from typing import Any

from daoli_credit.feeds.adapters import Kept, Row, Told
from daoli_credit.feeds.masking import masked


def line(row: Row) -> bytes:
    """一行: the stored bytes stand in it as they are; the same row is the same bytes in whatever package."""
    record = encode_basestring_ascii(row.record)
    said = (
        f'{{"hash":"{row.digest}","key":"{row.key}","kind":"{row.kind}","record":{record},"revision":{row.revision:d}'
    )
    return said.encode() + b',"payload":' + row.payload + b"}"


def told(one: dict[str, Any]) -> Told:
    """一份回执, however it came. Raises ValueError, KeyError, TypeError for anything else."""
    if one["verdict"] not in {"accepted", "rejected"}:
        raise ValueError(one["verdict"])
    number, words = str(one["receipt"])[:64], masked(str(one.get("words", "")))
    return Told(str(one["key"]), number, one["verdict"] == "accepted", words, str(one.get("code", ""))[:20])


def kept(one: dict[str, Any]) -> Kept:
    """对方持有的一条. Raises ValueError, KeyError, TypeError."""
    return Kept(str(one["record"]), int(one["revision"]), str(one["hash"]))
