"""整批撤回: within 24 hours, and only while nothing of the sheet has left the house. All of it, or nothing.

What nobody has approved is deleted: it never took effect, and nobody is kept who was only mistaken for somebody. What
has taken effect ends today, for its person was told of it and is told of this; its document may be entered again.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, connection
from django.db.models import Exists, OuterRef, ProtectedError
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.messages import Letter
from daoli_credit.accounts.models import User
from daoli_credit.audit import events, merkle
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, Step, department, noun, taking
from daoli_credit.workflow_sets import taking_many
from records.models import CreditRecord, Holding, ImportBatch, Opening, SentBack, Subject, Take
from records.models.batch import B
from records.models.record import UNDONE, S
from records.models.revision import Kind
from records.rules import ending
from records.workflows.entering import ONE_COMMIT
from records.workflows.many import _append

STEPS = {
    "undo": Step(
        "import.undone", "整批撤回", frozenset({B.COMMITTED}), B.UNDONE, department("submit_record"), opinion=True
    ),
}
RECORDS = {
    "undo": Step(
        "record.undone", "随整批撤回终止", frozenset({S.EFFECTIVE}), S.ENDED, department("submit_record"), opinion=True
    ),
}
TAKEN_BACK = register("record.taken-back", "随整批撤回删去", duty="submit_record")
HOURS = 24
LETTER = "documents/import_undone_v1.txt"


def too_late(batch: ImportBatch) -> str:
    """不能再撤回的原因, or "": asked by the page, and again under the locks of the act."""
    if batch.committed_at is None or clock.now() > batch.committed_at + timedelta(hours=HOURS):
        return f"入库已经超过 {HOURS} 小时，不能整批撤回；有误的逐件退回、更正或者撤销"
    if Holding.objects.filter(record__row__batch=batch).exists():
        return "这一批里有的记录已经送出，不能整批撤回；有误的逐件更正或者撤销，收到的一方会收到更正"
    return ""


def undo(*, batch_id: int, actor: User, opinion: str, seen: int) -> ImportBatch:
    """整批撤回. Raises PermissionDenied, WrongState, Stale, AlreadyDone, and RuleBroken when it is too late for it."""
    try:
        with taking(STEPS["undo"], ImportBatch, batch_id, actor=actor, opinion=opinion, seen=seen) as batch:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_COMMIT])
            mine = CreditRecord.objects.filter(row__batch=batch)
            # an approval or a sending that is under way is waited for; one that comes later finds what is left here
            locked = dict(mine.select_for_update(of=("self",)).order_by("pk").values_list("pk", "status"))
            if why := too_late(batch):
                raise RuleBroken(why)
            if ended := sum(status == S.ENDED for status in locked.values()):
                raise RuleBroken(f"这一批里有 {ended} 件已经终止，不能整批撤回")
            _end([pk for pk, status in locked.items() if status == S.EFFECTIVE], batch, actor, opinion)
            _take_back([pk for pk, status in locked.items() if status != S.EFFECTIVE], batch, actor)
            batch.undone_by, batch.undone_at = actor, clock.now()
    except (ProtectedError, IntegrityError) as why:
        raise RuleBroken("这一批里有的记录已经用在别的办件里，不能整批撤回；有误的请逐件退回") from why
    return batch


def _end(ids: list[int], batch: ImportBatch, actor: User, opinion: str) -> None:
    """What took effect ends today, and its person is told."""
    if not ids:
        return
    today, found = clock.today(), CreditRecord.objects.filter(pk__in=ids)
    step, where = RECORDS["undo"], batch.in_department
    with taking_many(step, found, department=where, actor=actor, opinion=opinion, about=batch.number):
        records = list(found.select_related("department", "item", "subject").prefetch_related("subject__key_rows"))
        for record in records:
            record.ended_on, record.end_kind = today, UNDONE
            ending.shorten(record)
        ends = ["ended_on", "end_kind", "public_until", "use_until", "keep_until", "reasons"]
        CreditRecord.objects.bulk_update(records, ends, batch_size=500)
        _append(ids, Kind.ENDED, today)
    facts = {"today": today, "site": settings.SITE}
    messages.tell_many(
        Letter(
            record.person_keys()[0],
            "记入的信息已经撤回",
            render_to_string(LETTER, {**facts, "record": record}).strip() + "\n",
            noun(CreditRecord),
            str(record.pk),
        )
        for record in records
    )


def _take_back(ids: list[int], batch: ImportBatch, actor: User) -> None:
    """What never took effect is deleted, with the people whom nothing else is about."""
    if not ids:
        return
    found = CreditRecord.objects.filter(pk__in=ids)
    people = set(found.values_list("subject_id", flat=True))
    for part in (Opening, SentBack, Take):  # how far their review had come goes with them
        part.objects.filter(record__in=ids)._raw_delete(found.db)
    found._raw_delete(found.db)
    others = CreditRecord.objects.filter(subject=OuterRef("pk"))
    Subject.objects.filter(pk__in=people).exclude(Exists(others)).delete()
    events.record(
        act=TAKEN_BACK,
        noun=noun(CreditRecord),
        object_id=batch.number,
        actor=actor,
        department=batch.department.code,
        count=len(ids),
        root=merkle.root_of_values(ids),
    )
