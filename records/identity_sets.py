"""一批人的身份: what `records.identity` does for one, for a whole sheet with a handful of statements."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from daoli_credit import arrays, cipher
from daoli_credit.law import clock
from records import identity
from records.copying import copy_in, in_pieces
from records.identity import Identity
from records.models import Subject, SubjectKey

_encoded = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes a new one at every call
Keys = Mapping[str, list[bytes]]


@dataclass(frozen=True)
class Known:
    """已登记的人: who has this number, and whether under this name."""

    subject_id: int
    agrees: bool
    left: bool = False


def keys_of(numbers: Iterable[str]) -> dict[str, list[bytes]]:
    """个人标识 by number, under every key of the ring, newest first; each person once."""
    return {number: cipher.person_keys(number) for number in set(numbers)}


def registered(keys: Keys) -> dict[str, int]:
    """已登记的 among these numbers, and under which id; nobody is opened."""
    if not keys:
        return {}
    number_of = {key: number for number, digests in keys.items() for key in digests}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest, subject_id FROM records_subjectkey JOIN unnest(%s::bytea[]) AS asked (digest)"
            " USING (digest)",
            [arrays.keys(number_of)],
        )
        return {number_of[bytes(digest)]: subject for digest, subject in cursor.fetchall()}


def known(people: Iterable[tuple[str, str]], keys: Keys) -> dict[tuple[str, str], Known]:
    """已登记的人 among `people` (number, name). Names are compared inside; nothing is shown."""
    number_of = {key: number for number, digests in keys.items() for key in digests}
    found = SubjectKey.objects.filter(digest__in=list(number_of)).select_related("subject")
    subjects = {number_of[bytes(row.digest)]: row.subject for row in found}
    return {
        (number, name): Known(
            subjects[number].pk, identity.agrees(subjects[number], name), subjects[number].left_on is not None
        )
        for number, name in people
        if number in subjects
    }


def next_ids(table: str, count: int) -> list[int]:
    """下一组编号 of a table, taken before the rows go in."""
    with connection.cursor() as cursor:
        # the sequence is looked up once: looking takes six times as long as taking a number
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        cursor.execute(
            "SELECT array_agg(nextval(%s::regclass)) FROM generate_series(1, %s)", [cursor.fetchone()[0], count]
        )
        return cursor.fetchone()[0] or []


@dataclass(frozen=True, slots=True)
class Sealed:
    """封好的人, before it is known under which number of ours."""

    token: uuid.UUID
    envelope: bytes
    tail: bytes


def sealed(people: Iterable[Identity]) -> dict[str, Sealed]:
    """封存各人, by number; nothing is written."""
    subject, made = Subject(), {}
    for one in people:
        subject.token = uuid.uuid4()
        plain = _encoded(vars(one)).encode()
        envelope = cipher.seal(plain, context=identity.context_of(subject))
        made[one.id_number] = Sealed(subject.token, envelope, cipher.name_tail_keys(one.name, one.id_number)[0])
    return made


def register(people: Iterable[Identity], keys: Keys) -> dict[str, int]:
    """登记新的人, each sealed once, with a row for every ring key, older keys first (decisions.md §2.6).

    Raises IntegrityError when somebody else registered one of them a moment ago: nothing of the set stands then.
    """
    made = sealed(people)
    if not made:
        return {}
    now, ids = clock.now().isoformat(), next_ids("records_subject", len(made))
    of_number = dict(zip(made, ids, strict=True))
    copy_in(
        "records_subject",
        ("id", "token", "envelope", "name_tail_key", "created_at"),
        in_pieces(_subject(subject_id, made[number], now) for number, subject_id in of_number.items()),
    )
    # one order for everybody who inserts keys, so that two imports wait for each other and never in a ring
    rows = sorted((key, of_number[number]) for number in made for key in cipher.living(keys[number]))
    copy_in(
        "records_subjectkey",
        ("subject_id", "key_id", "digest"),
        in_pieces(f"{subject_id}\t{int.from_bytes(key[:2], 'big')}\t\\\\x{key.hex()}\n" for key, subject_id in rows),
    )
    return of_number


def _subject(subject_id: int, made: Sealed, now: str) -> str:
    return f"{subject_id}\t{made.token}\t\\\\x{made.envelope.hex()}\t\\\\x{made.tail.hex()}\t{now}\n"
