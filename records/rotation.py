"""换密钥: everything that is sealed or keyed moves to the ring's current key, a portion at a time, while people work.

Each portion is one short transaction that takes its rows with SKIP LOCKED: nobody waits for it, and what somebody else
holds is met again on the next pass. What is done is told by the key number in the bytes themselves, so a run that was
killed is simply begun again. Rows that are only added to stay as they are and are read with every key of the ring.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from psycopg2.extras import execute_values

from daoli_credit import cipher, sealed
from records import identity
from records.models import Subject, SubjectKey

PATIENCE = 30  # passes over rows that somebody else holds
Tell = Callable[[str], None]


@dataclass
class Tally:
    """一次换钥的结果: how many of each column were moved, and what stands in the way."""

    moved: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All columns together."""
        return sum(self.moved.values())


def _number(key_id: int) -> bytes:
    return key_id.to_bytes(2, "big")


def _table(model: str) -> tuple[str, str]:
    meta = apps.get_model(model)._meta
    return connection.ops.quote_name(meta.db_table), connection.ops.quote_name(meta.pk.column)


def title(column: sealed.Envelope | sealed.PersonKey) -> str:
    """栏目的中文名."""
    meta = apps.get_model(column.model)._meta
    return f"{meta.verbose_name}·{meta.get_field(column.name).verbose_name}"


def _count(statement: str, values: Any) -> int:
    return int(_ask(statement, values)[0][0])


def _ask(statement: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def stale(column: sealed.Envelope, *, only: int | None = None) -> int:
    """还没有换的密文: sealed under another key than the current one, or under `only` this one."""
    table, _ = _table(column.model)
    sign, key_id = ("<>", cipher.ring().current) if only is None else ("=", only)
    statement = f"SELECT count(*) FROM {table} WHERE substring({column.name} FROM 2 FOR 2) {sign} %s"  # noqa: S608
    return _count(statement, [_number(key_id)])


def _reseal(column: sealed.Envelope, faults: list[str]) -> Iterator[int]:
    model = apps.get_model(column.model)
    table, key = _table(column.model)
    some = f"""
        SELECT {key} FROM {table} WHERE {key} > %s AND substring({column.name} FROM 2 FOR 2) <> %s
        ORDER BY {key} LIMIT %s FOR UPDATE SKIP LOCKED
    """  # noqa: S608 - names of our own columns
    write = f"UPDATE {table} t SET {column.name} = new.body FROM (VALUES %s) new (id, body) WHERE t.{key} = new.id"  # noqa: S608
    last = 0
    while True:
        with transaction.atomic():
            ids = [pk for (pk,) in _ask(some, [last, _number(cipher.ring().current), column.portion])]
            if not ids:
                return
            fresh = []
            for row in model._base_manager.filter(pk__in=ids).select_related(*column.related):
                try:
                    body = cipher.reseal(bytes(getattr(row, column.name)), context=column.context(row))
                except cipher.Unsealable as why:
                    faults.append(f"{title(column)} {row.pk}：{why}")
                else:
                    fresh.append((row.pk, body))
            if fresh:
                with connection.cursor() as cursor:
                    execute_values(cursor.cursor, write, fresh, page_size=len(fresh))
        last = ids[-1]
        yield len(fresh)


_KEYLESS = """
    FROM records_subject s WHERE s.id > %(last)s AND (
        substring(s.name_tail_key FROM 1 FOR 2) <> %(current)s
        OR NOT EXISTS (SELECT FROM records_subjectkey k WHERE k.subject_id = s.id AND k.key_id = %(key_id)s))
"""


def keyless() -> int:
    """还没有当前密钥标识的主体."""
    current = cipher.ring().current
    return _count(f"SELECT count(*) {_KEYLESS}", {"last": 0, "current": _number(current), "key_id": current})


def _rekey(faults: list[str], portion: int) -> Iterator[int]:
    current = cipher.ring().current
    values = {"last": 0, "current": _number(current), "key_id": current, "portion": portion}
    some = f"SELECT s.id {_KEYLESS} ORDER BY s.id LIMIT %(portion)s FOR UPDATE OF s SKIP LOCKED"
    while True:
        with transaction.atomic():
            ids = [pk for (pk,) in _ask(some, values)]
            if not ids:
                return
            done = 0
            for subject in Subject.objects.filter(pk__in=ids).order_by("pk"):
                try:
                    keys, tail = identity.keys_of(subject)
                except cipher.Unsealable as why:
                    faults.append(f"信用主体 {subject.pk}：{why}")
                    continue
                rows = [SubjectKey(subject=subject, key_id=int.from_bytes(key[:2], "big"), digest=key) for key in keys]
                SubjectKey.objects.bulk_create(rows, ignore_conflicts=True)
                if not subject.key_rows.filter(key_id=current).exists():
                    faults.append(f"信用主体 {subject.pk}：同一个证件号码登记了另一个主体，请人工核对")
                    continue
                Subject.objects.filter(pk=subject.pk).update(name_tail_key=tail)
                done += 1
        values["last"] = ids[-1]
        yield done


# A person key cannot be computed from another: only where the register knows the person is there a way across.
_ACROSS = """
    FROM {table} t
    JOIN records_subjectkey old ON old.digest = t.{name}
    JOIN records_subjectkey new ON new.subject_id = old.subject_id AND new.key_id = %(current)s
    WHERE old.key_id <> %(current)s
"""


def across(column: sealed.PersonKey, *, only: int | None = None) -> int:
    """还能换的个人标识: of people whom the register knows, under an old key (or under `only` this one)."""
    table, _ = _table(column.model)
    narrow = "" if only is None else " AND old.key_id = %(only)s"
    statement = f"SELECT count(*) {_ACROSS.format(table=table, name=column.name)}{narrow}"
    return _count(statement, {"current": cipher.ring().current, "only": only})


def _move(column: sealed.PersonKey, portion: int) -> Iterator[int]:
    table, key = _table(column.model)
    former = f", {column.former} = array_remove(t.{column.former}, taken.digest) || t.{column.name}"
    statement = f"""
        WITH taken AS (
            SELECT t.{key} AS id, new.digest {_ACROSS.format(table=table, name=column.name)}
            ORDER BY t.{key} LIMIT %(portion)s FOR UPDATE OF t SKIP LOCKED)
        UPDATE {table} t SET {column.name} = taken.digest{former if column.former else ""}
        FROM taken WHERE t.{key} = taken.id RETURNING t.{key}
    """  # noqa: S608 - names of our own columns
    while found := _ask(statement, {"current": cipher.ring().current, "portion": portion}):
        yield len(found)


def _passes(name: str, left: Callable[[], int], once: Callable[[], Iterator[int]], tally: Tally, tell: Tell) -> None:
    before, done = len(tally.faults), 0
    whole = left()
    for turn in range(PATIENCE):
        if turn and (len(tally.faults) > before or not left()):
            break
        if turn:
            time.sleep(0.2)  # somebody holds what is left; they commit in a moment
        for count in once():
            done += count
            tell(f"{name}：{done}/{max(whole, done)}")
    if remaining := left():
        tally.faults.append(f"{name}：还有 {remaining} 件没有换，请再运行一次")
    tally.moved[name] = done


def run(tell: Tell, portion: int | None = None) -> Tally:
    """换到当前密钥. Harmless twice; what people write meanwhile under an older ring is met by the next run."""
    tally = Tally()
    for column in sealed.envelopes():
        size = sealed.Envelope(column.model, column.name, column.context, column.related, portion or column.portion)
        _passes(title(column), lambda c=column: stale(c), lambda c=size: _reseal(c, tally.faults), tally, tell)  # type: ignore[misc]
    _passes("信用主体·个人标识", keyless, lambda: _rekey(tally.faults, portion or 500), tally, tell)
    for key in sealed.person_keys():
        _passes(title(key), lambda k=key: across(k), lambda k=key: _move(k, portion or 500), tally, tell)  # type: ignore[misc]
    return tally
