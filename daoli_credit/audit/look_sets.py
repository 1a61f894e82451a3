"""记一大组查询: the looks of one set at many persons, each a row of its own with its own leaf, by COPY.

What differs from row to row is the person alone; the matter, the case and the purpose are those of the set.
"""

import io
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from daoli_credit import arrays
from daoli_credit.audit import acts
from daoli_credit.audit.events import Actor, PurposeMissing
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock

COLUMNS = "day, kind, actor_id, actor_label, department, person_key, matter, case_number, purpose, shown, result"
# of some: their numbers are wanted, for what was found hangs on them
NUMBERED = f"""
INSERT INTO audit_lookup ({COLUMNS})
SELECT %s, %s, %s, %s, %s, key, %s, %s, %s, %s::text[], %s FROM unnest(%s::bytea[]) WITH ORDINALITY AS listed (key, at)
ORDER BY at RETURNING person_key, id
"""  # noqa: S608 - column names are our own constants
# whoever else works in this process need not give way for every eight kilobytes
PIECE = 1 << 20
WIDE = 34  # the database refuses a person key of another length
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def hexed(person_keys: Iterable[bytes]) -> str:
    """个人标识 of many in hexadecimal, a line each: at once, for all of them are equally long (`WIDE`)."""
    return b"".join(person_keys).hex("\n", WIDE)


def look_up_set(
    *,
    actor: Actor,
    person_keys: Iterable[bytes],
    matter: str,
    case_number: str,
    purpose: str,
    shown: Iterable[str],
    department: str,
) -> None:
    """记一大组查询. Raises PurposeMissing, OpinionRefused."""
    head, tail = _said(actor, matter, case_number, purpose, shown=shown, department=department)
    before = "".join(f"{one.translate(_ESCAPED)}\t" for one in head) + r"\\x"
    after = "".join(f"\t{one.translate(_ESCAPED)}" for one in tail) + "\n"
    lines = hexed(person_keys).replace("\n", after + before)
    if lines:
        rows = io.BytesIO(f"{before}{lines}{after}".encode())
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY audit_lookup ({COLUMNS}) FROM STDIN", rows, PIECE)


LED = """
INSERT INTO audit_lookup
    (day, kind, ref, actor_id, actor_label, department, person_key, matter, case_number, purpose, shown, result)
SELECT DISTINCT ON (person_key, case_number)
    %(day)s::date, 'outcome', id, actor_id, actor_label, department, person_key, matter, case_number, '', '{}',
    %(result)s
FROM audit_lookup
WHERE actor_id = %(actor)s AND kind = 'look' AND purpose = %(purpose)s
    AND person_key = ANY(%(keys)s::bytea[]) AND case_number = ANY(%(cases)s::text[])
ORDER BY person_key, case_number, id DESC
"""


def led_to_set(
    *, actor: Actor, case_numbers: Collection[str], person_keys: Collection[bytes], purpose: str, result: str
) -> None:
    """记一大组查询的后续: what `events.led_to` does, without fetching the looks. Raises UnregisteredAct."""
    acts.demand(result)
    facts: dict[str, Any] = {
        "day": clock.today(),
        "actor": actor.audit_id,
        "purpose": purpose,
        "result": result,
        "keys": arrays.keys(person_keys),
        "cases": arrays.words(case_numbers),
    }
    if case_numbers:
        with connection.cursor() as cursor:
            cursor.execute(LED, facts)


def look_up_some(
    *,
    actor: Actor,
    person_keys: Sequence[bytes],
    matter: str,
    case_number: str,
    purpose: str,
    shown: Iterable[str],
    department: str,
) -> dict[bytes, int]:
    """记一组查询, each person once. Returns the number of each look. Raises PurposeMissing, OpinionRefused."""
    head, tail = _said(actor, matter, case_number, purpose, shown=shown, department=department)
    with connection.cursor() as cursor:
        cursor.execute(NUMBERED, [*head, *tail, list(person_keys)])
        return {bytes(key): number for key, number in cursor.fetchall()}


def _said(
    actor: Actor, matter: str, case_number: str, purpose: str, *, shown: Iterable[str], department: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What every row of the set says before the person, and after."""
    if not (matter.strip() and case_number.strip() and purpose.strip()):
        raise PurposeMissing("查询前请填写：应用事项、办件编号、用途")
    head = (clock.today().isoformat(), LookUp.Kind.LOOK.value, actor.audit_id, actor.audit_label, department)
    return head, (matter, checked(case_number), checked(purpose), arrays.words(list(shown)), "")
