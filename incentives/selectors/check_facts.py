"""核查所依据的记录: of this person, of the items that may be used in this matter, as they are provided today."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from daoli_credit.arrays import among
from daoli_credit.audit.look_sets import PIECE, hexed
from incentives.rules.measures import RecordFact
from records.models import CreditRecord, Statement, Subject, SubjectKey

ONE_BY_ONE = 20

# A temporary table of one transaction: nothing of a session is left behind (pgbouncer).
ASKED = "CREATE TEMPORARY TABLE asked (digest bytea) ON COMMIT DROP"
MATCH = """
SELECT a.digest, s.id, s.same_as_id, s.has_joined
FROM asked a JOIN records_subjectkey k ON k.digest = a.digest JOIN records_subject s ON s.id = k.subject_id
"""


@dataclass(frozen=True)
class Known:
    """登记过的一个人: by the place in the sheet; `subjects` are all numbers of that person."""

    place: int
    subjects: tuple[int, ...]


def subjects_of(keys: Sequence[bytes]) -> tuple[int, ...]:
    """一个人的主体, all numbers of the same person among them; empty for whom nothing is known."""
    found = SubjectKey.objects.filter(digest__in=list(keys)).select_related("subject").first()
    return _family(found.subject) if found else ()


def _family(subject: Subject) -> tuple[int, ...]:
    if subject.same_as_id is None and not subject.has_joined:
        return (subject.pk,)
    return tuple(subject.family().values_list("pk", flat=True))


def known_among(columns: Sequence[Sequence[bytes]]) -> list[Known]:
    """登记过的人 among many: one COPY and one join. `columns` has one list of keys for each key of the ring."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ASKED)
        for column in columns:
            text = "\\\\x" + hexed(column).replace("\n", "\n\\\\x") + "\n" if column else ""
            cursor.copy_expert("COPY asked FROM STDIN", io.BytesIO(text.encode()), PIECE)
        cursor.execute(MATCH)
        found = {bytes(digest): rest for digest, *rest in cursor.fetchall()}
        cursor.execute("DROP TABLE asked")
    hits = {place: found[key] for column in columns for place, key in enumerate(column) if key in found}
    joined = {pk: _family(Subject.objects.get(pk=pk)) for pk, head, joins in hits.values() if head is not None or joins}
    return [Known(place, joined.get(pk, (pk,))) for place, (pk, _, _) in sorted(hits.items())]


def about_any(subjects: Iterable[int]) -> RawSQL:
    """这些主体的记录, as a condition on records: asked also where there are none."""
    return among(CreditRecord, sorted(set(subjects)), "subject_id")


def beside_any(records: Iterable[int]) -> RawSQL:
    """这些记录旁的声明, as a condition on statements: asked also where there are none."""
    return among(Statement, sorted(set(records)), "record_id")


def records_of(subjects: Iterable[int], items: Iterable[str], on: date) -> dict[int, list[CreditRecord]]:
    """可用的记录 by subject: of these items, provided today, neither paused nor ended.

    The register is asked about nobody as well: who is unknown takes no less than who has nothing usable.
    """
    wanted = set(subjects)
    found = CreditRecord.objects.provided(on=on).filter(about_any(wanted), item__in=list(items))
    by_subject: dict[int, list[CreditRecord]] = {}
    # of many the departments and items are few: each is made once and not for every record
    beside = found.prefetch_related if len(wanted) > ONE_BY_ONE else found.select_related
    for record in beside("department", "item").order_by("pk"):
        by_subject.setdefault(record.subject_id, []).append(record)
    return by_subject


def fact(record: CreditRecord) -> RecordFact:
    """一条记录的事实, without the person."""
    content: Mapping[str, object] = record.content
    return RecordFact(
        record=record.pk,
        item=record.item_id,
        decided_on=record.determined_on,
        use_until=record.use_until,
        severity=record.severity,
        content=content,
        disputed=record.disputed_on is not None,
        contested=record.contested_on is not None,
    )
