"""一批人的身份: what `records.identity` does for one, for a whole sheet with a handful of statements."""

import io
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from daoli_credit import cipher
from daoli_credit.law import clock
from records import identity
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


@dataclass(frozen=True)
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


def register(people: Iterable[Identity], keys: Keys, prepared: Mapping[str, Sealed] | None = None) -> dict[str, int]:
    """登记新的人, each sealed once (before the transaction where `prepared` has it, by number), with a row for
    every ring key, older keys first (decisions.md §2.6).

    Raises IntegrityError when somebody else registered one of them a moment ago: nothing of the set stands then.
    """
    new = {one.id_number: one for one in people}
    ready = {**sealed(one for number, one in new.items() if number not in (prepared or {})), **(prepared or {})}
    now, ids = clock.now().isoformat(), next_ids("records_subject", len(new))
    subjects, rows = io.StringIO(), []
    for subject_id, one in zip(ids, new.values(), strict=True):
        made = ready[one.id_number]
        envelope, tail = made.envelope.hex(), made.tail.hex()
        subjects.write(f"{subject_id}\t{made.token}\t\\\\x{envelope}\t\\\\x{tail}\t{now}\n")
        rows += [(int.from_bytes(key[:2], "big"), key.hex(), subject_id) for key in cipher.living(keys[one.id_number])]
    # one order for everybody who inserts keys, so that two imports wait for each other and never in a ring
    rows.sort()
    lines = io.StringIO("".join(f"{subject_id}\t{key_id}\t\\\\x{key}\n" for key_id, key, subject_id in rows))
    subjects.seek(0)
    with connection.cursor() as cursor, connection.wrap_database_errors:  # of a COPY the cursor does not do it
        cursor.copy_expert("COPY records_subject (id, token, envelope, name_tail_key, created_at) FROM STDIN", subjects)
        cursor.copy_expert("COPY records_subjectkey (subject_id, key_id, digest) FROM STDIN", lines)
    return dict(zip(new, ids, strict=True))
