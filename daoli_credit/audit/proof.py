"""存证证明: everything an outsider needs to check one row with check_proof.py and a root they trust."""

from typing import Any

from django.db import connection

from daoli_credit.audit import roots
from daoli_credit.audit.check_proof import FORMS
from daoli_credit.audit.merkle import SIZE
from daoli_credit.audit.merkle import proof as path_of
from daoli_credit.audit.models import Event, LookUp, Seal

_PART = """
    SELECT seal_id, month, array_position(ids, %(id)s) - 1 FROM audit_leaves
    WHERE source = %(source)s AND %(id)s BETWEEN first_id AND last_id AND %(id)s = ANY (ids)
"""
_LEAVES = "SELECT source, month, leaves FROM audit_leaves WHERE seal_id = %s ORDER BY source, month"


class NotSealed(LookupError):
    """尚未封存: no proof can be given yet."""


def of(row: Event | LookUp) -> dict[str, Any]:
    """导出证明. Raises NotSealed for a row that is still queued."""
    form, source = _kind(row)
    with connection.cursor() as cursor:
        cursor.execute(_PART, {"id": row.pk, "source": source})
        found = cursor.fetchone()
        if found is None:
            raise NotSealed(f"编号 {row.pk} 的行还没有封存，过一分钟再导出")
        seal_id, month, place = found
        cursor.execute(_LEAVES, [seal_id])
        parts = cursor.fetchall()
    before = sum(len(leaves) for other, at, leaves in parts if (other, at) < (source, month)) // SIZE
    joined = b"".join(leaves for _, _, leaves in parts)
    leaves = [joined[at : at + SIZE] for at in range(0, len(joined), SIZE)]
    position = before + place
    return {
        "source": form,
        "row": row_of(row),
        "leaf": leaves[position].hex(),
        "position": position,
        "path": [node.hex() for node in path_of(leaves, position)],
        "seal": roots.line_of(Seal.objects.get(pk=seal_id)),
    }


def row_of(row: Event | LookUp) -> dict[str, Any]:
    """The row in plain values, as check_proof.py reads it."""
    return {column: _plain(kind, getattr(row, column)) for column, kind in FORMS[_kind(row)[0]][1]}


def _kind(row: Event | LookUp) -> tuple[str, int]:
    return ("event", 1) if isinstance(row, Event) else ("lookup", 2)


def _plain(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "bytea":
        return bytes(value).hex()
    if kind == "timestamptz":
        return roots.moment(value)
    return value.isoformat() if kind == "date" else value
