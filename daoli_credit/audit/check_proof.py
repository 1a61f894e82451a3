#!/usr/bin/env python3
"""核验一份存证证明。Stand-alone: Python 3.8 or later and nothing else, so that anyone can check without our system.

    python3 check_proof.py proof.json roots.jsonl

proof.json 由 manage.py audit_proof 导出；roots.jsonl 是存放在数据库之外的根，应当从可信的另一处取得。
The row is written as bytes again, hashed to its leaf, climbed to the root, and the root is looked for outside.
"""

import json
import struct
import sys
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any, Dict, Iterable, List, Sequence, Tuple  # noqa: UP035 - runs on older Pythons outside

# Columns in the order in which they are hashed, with PostgreSQL's type. The first value of the form is its name.
FORMS: Dict[str, Tuple[str, Sequence[Tuple[str, str]]]] = {  # noqa: UP006
    "event": (
        "daoli-event-1",
        (
            ("id", "bigint"),
            ("at", "timestamptz"),
            ("day", "date"),
            ("actor_id", "text"),
            ("actor_label", "text"),
            ("department", "text"),
            ("act", "text"),
            ("noun", "text"),
            ("object_id", "text"),
            ("from_status", "text"),
            ("to_status", "text"),
            ("opinion", "text"),
            ("revision", "integer"),
            ("count", "integer"),
            ("root", "bytea"),
        ),
    ),
    "lookup": (
        "daoli-lookup-1",
        (
            ("id", "bigint"),
            ("at", "timestamptz"),
            ("day", "date"),
            ("kind", "text"),
            ("ref", "bigint"),
            ("actor_id", "text"),
            ("actor_label", "text"),
            ("department", "text"),
            ("person_key", "bytea"),
            ("matter", "text"),
            ("case_number", "text"),
            ("purpose", "text"),
            ("shown", "text[]"),
            ("result", "text"),
        ),
    ),
}
TYPE_NUMBERS = {"bytea": 17, "bigint": 20, "integer": 23, "text": 25, "text[]": 1009, "date": 1082, "timestamptz": 1184}
EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - datetime.UTC is younger than the Pythons outside
GENESIS = "00" * 32


class Broken(Exception):
    """核验不通过, with the reason in words."""


def moment(text: str) -> datetime:
    """A time as the proof writes it, 2026-11-22T15:39:17.123456Z."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)  # noqa: UP017


def _sized(data: bytes) -> bytes:
    return struct.pack(">i", len(data)) + data


def _value(kind: str, value: Any) -> bytes:  # noqa: PLR0911 - one line per type
    if kind == "text":
        return str(value).encode("utf-8")
    if kind == "bigint":
        return struct.pack(">q", value)
    if kind == "integer":
        return struct.pack(">i", value)
    if kind == "bytea":
        return bytes.fromhex(value)
    if kind == "date":
        return struct.pack(">i", (date.fromisoformat(value) - EPOCH.date()).days)
    if kind == "timestamptz":
        return struct.pack(">q", (moment(value) - EPOCH) // timedelta(microseconds=1))
    if not value:
        return struct.pack(">iiI", 0, 0, TYPE_NUMBERS["text"])
    items = b"".join(_sized(item.encode("utf-8")) for item in value)
    return struct.pack(">iiIii", 1, 0, TYPE_NUMBERS["text"], len(value), 1) + items


def canonical(source: str, row: Dict[str, Any]) -> bytes:  # noqa: UP006
    """规范字节: the row as PostgreSQL's record_send writes it. Raises KeyError for a missing column."""
    name, columns = FORMS[source]
    fields = [("text", name)] + [(kind, row[column]) for column, kind in columns]
    parts = [struct.pack(">i", len(fields))]
    for kind, value in fields:
        parts.append(struct.pack(">I", TYPE_NUMBERS[kind]))
        parts.append(struct.pack(">i", -1) if value is None else _sized(_value(kind, value)))
    return b"".join(parts)


def leaf_of(data: bytes) -> bytes:
    """叶子 (RFC 6962): SHA-256 of 0x00 and the data."""
    return sha256(b"\x00" + data).digest()


def climb(leaf: bytes, position: int, count: int, path: Iterable[bytes]) -> bytes:
    """从叶到根 (RFC 9162, 2.1.3.2). Raises Broken when the path does not fit the place."""
    if not 0 <= position < count:
        raise Broken("位置不在本批之内")
    node, here, last = leaf, position, count - 1
    for sibling in path:
        if last == 0:
            raise Broken("路径过长")
        if here & 1 or here == last:
            node = sha256(b"\x01" + sibling + node).digest()
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + sibling).digest()
        here, last = here >> 1, last >> 1
    if last:
        raise Broken("路径过短")
    return node


def chain_of(seal: Dict[str, Any]) -> str:  # noqa: UP006
    """链值: SHA-256 over the lines of a seal, the chain value of the one before among them."""
    lines = [seal[name] for name in ("id", "previous", "root", "count", "first_at", "last_at", "sealed_at")]
    return sha256("\n".join(["daoli-seal-1", *map(str, lines)]).encode("ascii")).hexdigest()


def roots(lines: Iterable[str]) -> List[Dict[str, Any]]:  # noqa: UP006
    """库外的根, one a line. Raises Broken at the first line that does not follow from the one before."""
    seals: List[Dict[str, Any]] = []  # noqa: UP006
    for number, line in enumerate(lines, start=1):
        seal = json.loads(line)
        before = seals[-1]["chain"] if seals else GENESIS
        if seal["id"] != number or seal["previous"] != before or seal["chain"] != chain_of(seal):
            raise Broken(f"根文件第 {number} 行与前文不相连")
        seals.append(seal)
    return seals


def check(proof: Dict[str, Any], outside: List[Dict[str, Any]]) -> None:  # noqa: UP006
    """核验. Returns when the row was sealed as it stands; raises Broken with the first thing that is wrong."""
    seal = proof["seal"]
    leaf = leaf_of(canonical(proof["source"], proof["row"]))
    if leaf.hex() != proof["leaf"]:
        raise Broken("内容与叶子不符：这一行被改过")
    path = [bytes.fromhex(node) for node in proof["path"]]
    if climb(leaf, proof["position"], seal["count"], path).hex() != seal["root"]:
        raise Broken("叶子与根不符：这一行不在这一批里")
    if not 0 < seal["id"] <= len(outside):
        raise Broken(f"根文件里没有第 {seal['id']} 次封存")
    if outside[seal["id"] - 1] != seal:
        raise Broken(f"第 {seal['id']} 次封存与根文件里的不同")


def main(arguments: List[str]) -> int:  # noqa: UP006
    """Two file names in, one line of Chinese out; 0 when the proof holds."""
    if len(arguments) != 2:
        sys.stderr.write("用法：python3 check_proof.py proof.json roots.jsonl\n")
        return 2
    try:
        proof = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        outside = roots(Path(arguments[1]).read_text(encoding="utf-8").splitlines())
        check(proof, outside)
    except Broken as why:
        sys.stdout.write(f"不通过：{why}\n")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error) as why:
        sys.stdout.write(f"不通过：文件读不懂（{why!r}）\n")
        return 1
    seal = proof["seal"]
    sys.stdout.write(f"通过：这一行在 {seal['sealed_at']} 第 {seal['id']} 次封存之前已经存在，此后未被改动\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
