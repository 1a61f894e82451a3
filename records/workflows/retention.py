"""期满销毁: at the end of keeping everything of a record is deleted, in sets, and a certificate remains.

The order inside the one transaction of a set: the row that says so (the database checks that the time has come and that
nobody outside still holds a copy), then what hangs on the record, then the letters about it, the record, and the person
when nothing else is known of them. At commit the database checks that the record is really gone.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from daoli_credit.accounts.models import Message
from daoli_credit.audit import events, merkle
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.law import clock
from daoli_credit.rounds import in_sets
from daoli_credit.workflow import noun
from records import reach
from records.models import (
    BatchRow,
    CreditRecord,
    Deletion,
    ExportFile,
    Paper,
    PaperConfirmation,
    PaperService,
    SealedSheet,
    Subject,
)
from records.models.archive import WAITING
from records.models.objection import RUNNING as OBJECTIONS_RUNNING
from records.models.record import S
from records.models.repair import RUNNING as REPAIRS_RUNNING
from records.workflows import numbering

DELETED = register("record.deleted", "保存期满，销毁")
SET = 100
HELD = "收录方还没有确认撤下"
OPENING = "有一件开启还没有办完"
RUNNING = "有在办的异议或者修复"
NEEDED = "是另一件在保存的案件的依据"


def due(on: date) -> QuerySet[CreditRecord]:
    """保存期已满的: sealed, and the last day of keeping is over."""
    return CreditRecord.objects.filter(status=S.ENDED, archive__keep_until__lt=on)


def _in_the_way() -> dict[str, Q]:
    reasons = {
        HELD: Q(holdings__gone_at__isnull=True, holdings__isnull=False),
        OPENING: Q(archive__openings__status__in=WAITING),
        RUNNING: Q(objections__status__in=OBJECTIONS_RUNNING) | Q(repairs__status__in=REPAIRS_RUNNING),
    }
    for model, name in reach.holding():
        needed = model._default_manager.filter(**{f"{name}__isnull": False}).values(name)
        reasons[NEEDED] = reasons.get(NEEDED, Q(pk__in=[])) | Q(pk__in=needed)
    return reasons


def held_back(on: date) -> dict[str, int]:
    """到期而还不能销毁的, by reason; each reason ends by itself and the next round finds the record."""
    counts = {why: due(on).filter(which).distinct().count() for why, which in _in_the_way().items()}
    return {why: count for why, count in counts.items() if count}


def held(on: date, why: str) -> QuerySet[CreditRecord]:
    """到期而还不能销毁的 for this reason; none for a reason that there is not."""
    which = _in_the_way().get(why)
    return due(on).filter(which).distinct() if which is not None else CreditRecord.objects.none()


def ready(on: date) -> QuerySet[CreditRecord]:
    """可以销毁的."""
    found = due(on)
    for which in _in_the_way().values():
        found = found.exclude(pk__in=CreditRecord.objects.filter(which).values("pk"))
    return found


def delete_due(*, actor: Actor, most: int | None = None) -> int:
    """销毁期满的, a set at a time. Returns how many; harmless twice, side by side and after a crash."""
    over = ready(clock.today()).order_by("pk").values_list("pk", flat=True)[:most]
    return in_sets(over, lambda ids: _set(actor, ids), SET)


@transaction.atomic
def _set(actor: Actor, chosen: Sequence[int]) -> int:
    today = clock.today()
    locked = ready(today).filter(pk__in=chosen).order_by("pk").select_for_update(of=("self",), skip_locked=True)
    records = list(locked.select_related("archive", "department"))
    if not records:
        return 0
    number = numbering.next_certificate_number(today)
    rows = [
        Deletion(
            record_pk=record.pk,
            record_number=record.number,
            archive_number=record.archive.number,
            department=record.department.code,
            certificate=number,
            due_on=record.archive.keep_until,
            deleted_on=today,
        )
        for record in records
    ]
    for row, record in zip(rows, records, strict=True):
        row.rows = _counted(record)
        row.person_gone = _last_of(record, [one.pk for one in records])
    Deletion.objects.bulk_create(rows)
    _delete(records)
    events.record(
        act=DELETED,
        noun=noun(Deletion),
        object_id=number,
        actor=actor,
        count=len(rows),
        root=merkle.root_of_values(row.record_number for row in rows),
    )
    return len(rows)


def _counted(record: CreditRecord) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in reach.hanging():
        counts[one.table] = max(counts[one.table], one.model._base_manager.filter(**{one.path: record.pk}).count())
    return {table: count for table, count in sorted(counts.items()) if count}


def _last_of(record: CreditRecord, going: Sequence[int]) -> bool:
    """Nothing else is known of the person: neither another record that stays, nor anything of another noun."""
    for model, name in reach.about_person():
        others = model._base_manager.filter(**{name: record.subject_id})
        if model is CreditRecord:
            others = others.exclude(pk__in=going)
        elif any(field.name == "record" for field in model._meta.concrete_fields):
            others = others.exclude(record__in=going)  # a case goes with its record
        if others.exists():
            return False
    return True


def _letters(ids: Sequence[int], numbers: Sequence[str]) -> set[int]:
    found = set(
        Message.objects.filter(noun=noun(CreditRecord), object_id__in=[str(pk) for pk in ids]).values_list(
            "pk", flat=True
        )
    )
    found |= set(Message.objects.filter(object_id__in=list(numbers)).values_list("pk", flat=True))
    for one in reach.hanging():
        own = [
            str(pk) for pk in one.model._base_manager.filter(**{f"{one.path}__in": ids}).values_list("pk", flat=True)
        ]
        found |= set(Message.objects.filter(noun=noun(one.model), object_id__in=own).values_list("pk", flat=True))
    for one, name in reach.letters():
        rows = one.model._base_manager.filter(**{f"{one.path}__in": ids, f"{name}__isnull": False})
        found |= set(rows.values_list(name, flat=True))
    return found


def _delete(records: Sequence[CreditRecord]) -> None:
    ids = [record.pk for record in records]
    subjects = {record.subject_id for record in records}
    letters = _letters(ids, [record.number for record in records])
    # whole files in which these records stood: they were to be gone long before, and go now at the latest
    ExportFile.objects.filter(export__held__record__in=ids).delete()
    SealedSheet.objects.filter(batch__rows__record__in=ids).delete()
    for one in reach.hanging():
        rows = one.model._base_manager.filter(**{f"{one.path}__in": ids})
        one.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))._raw_delete(rows.db)
    papers = list(Paper.objects.filter(message__in=letters).values_list("pk", flat=True))
    PaperConfirmation.objects.filter(paper__in=papers)._raw_delete("default")
    PaperService.objects.filter(paper__in=papers)._raw_delete("default")
    Paper.objects.filter(pk__in=papers)._raw_delete("default")
    Message.objects.filter(pk__in=letters)._raw_delete("default")
    lines = list(CreditRecord.objects.filter(pk__in=ids, row__isnull=False).values_list("row", flat=True))
    CreditRecord.objects.filter(pk__in=ids)._raw_delete("default")
    BatchRow.objects.filter(pk__in=lines)._raw_delete("default")  # a record points to its line of a sheet
    for subject in Subject.objects.filter(pk__in=subjects):
        if not any(model._base_manager.filter(**{name: subject}).exists() for model, name in reach.about_person()):
            subject.key_rows.all().delete()
            Subject.objects.filter(pk=subject.pk)._raw_delete("default")
