"""记一笔: the only writers of events and look-ups. Call them inside the transaction of the act they witness."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from daoli_credit import arrays, sparse
from daoli_credit.audit import acts
from daoli_credit.audit.check_proof import FORMS
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.opinion import all_checked, checked
from daoli_credit.law import clock

# Written out once: composing the same statement anew would cost each act more than the database takes to keep it.
_WRITTEN = [column for column, _ in FORMS["event"][1] if column not in {"id", "at"}]
_INSERT = f"""
    INSERT INTO audit_event ({", ".join(_WRITTEN)}) VALUES ({", ".join(["%s"] * len(_WRITTEN))})
    RETURNING id, at, leaf
"""  # noqa: S608 - column names are our own constants

_LOOKS = """
INSERT INTO audit_lookup
    (day, kind, actor_id, actor_label, department, person_key, matter, case_number, purpose, shown, result)
SELECT %(day)s, %(kind)s, %(actor_id)s, %(actor_label)s, %(department)s, one.key, %(matter)s, one.of, %(purpose)s,
    %(said)s::text[], ''
FROM unnest(%(keys)s::bytea[], %(cases)s::text[]) WITH ORDINALITY AS one (key, of, at) ORDER BY one.at RETURNING id
"""


class Actor(Protocol):
    """经手人: whoever acts. The id must be stable for ever; the label is what a reader sees years later."""

    @property
    def audit_id(self) -> str: ...

    @property
    def audit_label(self) -> str: ...


@dataclass(frozen=True)
class Timetable:
    """定时任务: asks for nothing but what the timetable says."""

    audit_id: str = "timetable"
    audit_label: str = "定时任务"


class PurposeMissing(ValueError):
    """查询缺少事由: a look at a person needs a matter, a case number and a purpose (个人信息保护法 第六条)."""


def record(
    *,
    act: str,
    noun: str,
    object_id: object,
    actor: Actor,
    department: str = "",
    from_status: str = "",
    to_status: str = "",
    opinion: str = "",
    revision: int | None = None,
    count: int = 1,
    root: bytes | None = None,
) -> Event:
    """记事件: one act, done once. An act on a set gives its count and the Merkle root of the ids.

    Raises UnregisteredAct, OpinionRefused.
    """
    acts.demand(act)
    event = Event(
        day=clock.today(),
        actor_id=actor.audit_id,
        actor_label=actor.audit_label,
        department=department,
        act=act,
        noun=noun,
        object_id=str(object_id),
        from_status=from_status,
        to_status=to_status,
        opinion=checked(opinion),
        revision=revision,
        count=count,
        root=root,
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [getattr(event, column) for column in _WRITTEN])
        event.pk, event.at, event.leaf = cursor.fetchone()
    event._state.adding, event._state.db = False, connection.alias
    return event


def look_up(
    *,
    actor: Actor,
    person_key: bytes,
    matter: str,
    case_number: str,
    purpose: str,
    shown: Iterable[str],
    department: str,
) -> LookUp:
    """记查询: an officer looks at a person. Selectors that open an identity ask for this row.

    Raises PurposeMissing, OpinionRefused (a purpose or case number that names a person by number).
    """
    wanted = {"应用事项": matter, "办件编号": case_number, "用途": purpose}
    if missing := [label for label, value in wanted.items() if not value.strip()]:
        raise PurposeMissing(f"查询前请填写：{'、'.join(missing)}")
    return LookUp.objects.create(
        day=clock.today(),
        kind=LookUp.Kind.LOOK,
        actor_id=actor.audit_id,
        actor_label=actor.audit_label,
        department=department,
        person_key=person_key,
        matter=matter,
        case_number=checked(case_number),
        purpose=checked(purpose),
        shown=list(shown),
    )


def look_up_many(
    *,
    actor: Actor,
    looks: Iterable[tuple[bytes, str]],
    matter: str,
    purpose: str,
    shown: Iterable[str],
    department: str,
) -> list[LookUp]:
    """记一组查询: an officer looks at several persons on one page; each (person key, case number) is a row of its own.

    Raises PurposeMissing, OpinionRefused.
    """
    keys, cases = [], []
    for person_key, case_number in looks:
        if not (matter.strip() and case_number.strip() and purpose.strip()):
            raise PurposeMissing("查询前请填写：应用事项、办件编号、用途")
        keys.append(person_key)
        cases.append(case_number)
    if not keys:
        return []
    alike: dict[str, Any] = {
        "day": clock.today(),
        "kind": LookUp.Kind.LOOK,
        "actor_id": actor.audit_id,
        "actor_label": actor.audit_label,
        "department": department,
        "matter": matter,
        "purpose": checked(purpose),
        "shown": list(shown),
    }
    with connection.cursor() as cursor:
        facts = {"keys": arrays.keys(keys), "cases": arrays.words(all_checked(cases))}
        cursor.execute(_LOOKS, {**alike, **facts, "said": arrays.words(alike["shown"])})
        numbers = [number for (number,) in cursor.fetchall()]
    return [
        sparse.row(LookUp, {"id": number, "person_key": key, "case_number": case, **alike})
        for number, key, case in zip(numbers, keys, cases, strict=True)
    ]


def own_look(*, actor: Actor, person_key: bytes, shown: Iterable[str]) -> LookUp:
    """记本人查看: a person looks at what is held about themselves. No reason is asked (个人信息保护法 第四十五条)."""
    return LookUp.objects.create(
        day=clock.today(),
        kind=LookUp.Kind.OWN,
        actor_id=actor.audit_id,
        actor_label=actor.audit_label,
        person_key=person_key,
        shown=list(shown),
    )


def led_to(
    *,
    actor: Actor,
    case_numbers: Iterable[str],
    result: str,
    person_keys: Iterable[bytes] = (),
    purpose: str = "",
) -> list[LookUp]:
    """记查询的后续: this actor's last look at each person of these cases led to an act; the result is its act code.

    Nothing is written where the actor has not looked: an act from a sheet or from memory has no look behind it.
    Person keys and purpose narrow it down where they are known. Raises UnregisteredAct.
    """
    acts.demand(result)
    numbers, keys = [number for number in case_numbers if number], list(person_keys)
    if not numbers:
        return []
    looks = LookUp.objects.filter(actor_id=actor.audit_id, kind=LookUp.Kind.LOOK, case_number__in=numbers)
    if keys:
        looks = looks.filter(person_key__in=keys)
    if purpose:
        looks = looks.filter(purpose=purpose)
    last = looks.order_by("case_number", "person_key", "-id").distinct("case_number", "person_key")
    return LookUp.objects.bulk_create(_outcome(look, result) for look in last)


def outcome(look: LookUp, result: str) -> LookUp:
    """记查询结果: what a look led to, as a second row that points at the first.

    Raises ValueError for an empty result, or one that does not follow a look.
    """
    if look.kind != LookUp.Kind.LOOK or not result:
        raise ValueError("结果要写明，并且只能跟在一次查询之后")
    row = _outcome(look, result)
    row.save(force_insert=True)
    return row


def _outcome(look: LookUp, result: str) -> LookUp:
    return LookUp(
        day=clock.today(),
        kind=LookUp.Kind.OUTCOME,
        ref=look.pk,
        actor_id=look.actor_id,
        actor_label=look.actor_label,
        department=look.department,
        person_key=bytes(look.person_key),
        matter=look.matter,
        case_number=look.case_number,
        result=result,
    )
