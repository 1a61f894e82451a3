"""记一大组查询: the looks of one set at many persons, each a row of its own with its own leaf, by COPY.

What differs from row to row is the person alone; the matter, the case and the purpose are those of the set.
"""

import io
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from psycopg2 import Binary

from daoli_credit.audit import acts
from daoli_credit.audit.events import Actor, PurposeMissing
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock

COLUMNS = "day, kind, actor_id, actor_label, department, person_key, matter, case_number, purpose, shown, result"
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def _array(codes: Iterable[str]) -> str:
    quoted = ('"' + code.replace("\\", "\\\\").replace('"', '\\"') + '"' for code in codes)
    return "{" + ",".join(quoted) + "}"


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
    if not (matter.strip() and case_number.strip() and purpose.strip()):
        raise PurposeMissing("查询前请填写：应用事项、办件编号、用途")
    head = (clock.today().isoformat(), LookUp.Kind.LOOK.value, actor.audit_id, actor.audit_label, department)
    tail = (matter, checked(case_number), checked(purpose), _array(shown), "")
    before = "".join(f"{one.translate(_ESCAPED)}\t" for one in head) + r"\\x"
    after = "".join(f"\t{one.translate(_ESCAPED)}" for one in tail) + "\n"
    lines = (after + before).join([key.hex() for key in person_keys])
    if lines:
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY audit_lookup ({COLUMNS}) FROM STDIN", io.StringIO(before + lines + after))


LED = """
INSERT INTO audit_lookup
    (day, kind, ref, actor_id, actor_label, department, person_key, matter, case_number, purpose, shown, result)
SELECT DISTINCT ON (case_number, person_key)
    %(day)s::date, 'outcome', id, actor_id, actor_label, department, person_key, matter, case_number, '', '{}',
    %(result)s
FROM audit_lookup
WHERE actor_id = %(actor)s AND kind = 'look' AND purpose = %(purpose)s
    AND person_key = ANY(%(keys)s::bytea[]) AND case_number = ANY(%(cases)s)
ORDER BY case_number, person_key, id DESC
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
        "keys": [Binary(key) for key in person_keys],
        "cases": list(case_numbers),
    }
    if facts["cases"]:
        with connection.cursor() as cursor:
            cursor.execute(LED, facts)
