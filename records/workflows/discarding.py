"""作废草稿: what never took effect goes for good, and with it whoever was known by it alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import Event
from daoli_credit.workflow import Stale, WrongState, noun
from records import identity
from records.models import CreditRecord
from records.models.record import S

DISCARDED = register("record.discarded", "作废草稿", duty="submit_record")
OPEN = frozenset({S.DRAFT, S.RETURNED})


def may(record: CreditRecord, actor: User) -> bool:
    """可否作废: by whoever entered it, while it is a draft or came back; what came in by a listing never."""
    own = record.entered_by_id == actor.pk and actor.may("submit_record", record.department_id)
    return own and record.status in OPEN and not record.item.by_listing


def discard(*, record_id: int, actor: User, seen: int) -> str:
    """作废: the record, its papers and, if nothing else is about it, the person. What stays is that it was, and who.

    Raises PermissionDenied, WrongState, Stale, and DoesNotExist when it is gone.
    """
    with transaction.atomic():
        record = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
        if record.status not in OPEN:
            raise WrongState("这一件现在不能作废：已经报送或者生效，请看最新情况")
        if not may(record, actor):
            raise PermissionDenied("只有录入人可以作废自己的草稿")
        if seen != record.revision:
            raise Stale("内容已变更：您打开之后有人改过，请看过最新内容再办")
        number, person, body, was = record.number, record.subject, record.department.code, record.status
        record.delete()
        if not person.creditrecord_set.exists():
            identity.forget(person)
        events.record(
            act=DISCARDED,
            noun=noun(CreditRecord),
            object_id=record_id,
            actor=actor,
            department=body,
            from_status=was,
            opinion=number,
        )
    return number


def was_discarded_by(number: str, actor: User) -> bool:
    """已经由本人作废: a double click is a success."""
    return Event.objects.filter(act=DISCARDED, actor_id=actor.audit_id, opinion=number).exists()
