"""一批人的身份: what `records.identity` does for one, for a whole sheet with a handful of statements."""

import io
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.db import connection

from daoli_credit import cipher
from daoli_credit.law import clock
from records import identity
from records.identity import Identity
from records.models import Subject, SubjectKey

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
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [value for (value,) in cursor.fetchall()]


def register(people: Iterable[Identity], keys: Keys) -> dict[str, int]:
    """登记新的人, each sealed once, with a row for every ring key, older keys first (decisions.md §2.6).

    Raises IntegrityError when somebody else registered one of them a moment ago: nothing of the set stands then.
    """
    new = {one.id_number: one for one in people}
    now, ids = clock.now().isoformat(), next_ids("records_subject", len(new))
    subjects, rows = io.StringIO(), []
    for subject_id, one in zip(ids, new.values(), strict=True):
        token = uuid.uuid4()
        subject = Subject(token=token)
        envelope = cipher.seal(
            json.dumps(asdict(one), ensure_ascii=False).encode(), context=identity.context_of(subject)
        )
        tail = cipher.name_tail_keys(one.name, one.id_number)[0]
        subjects.write(f"{subject_id}\t{token}\t\\\\x{envelope.hex()}\t\\\\x{tail.hex()}\t{now}\n")
        rows += [(int.from_bytes(key[:2], "big"), key.hex(), subject_id) for key in cipher.living(keys[one.id_number])]
    # one order for everybody who inserts keys, so that two imports wait for each other and never in a ring
    rows.sort()
    lines = io.StringIO("".join(f"{subject_id}\t{key_id}\t\\\\x{key}\n" for key_id, key, subject_id in rows))
    subjects.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY records_subject (id, token, envelope, name_tail_key, created_at) FROM STDIN", subjects)
        cursor.copy_expert("COPY records_subjectkey (subject_id, key_id, digest) FROM STDIN", lines)
    return dict(zip(new, ids, strict=True))
