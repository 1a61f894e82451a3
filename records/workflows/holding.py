"""收录方的登记: called downwards by feeds when a recipient confirms. Later versions win; repeats are harmless."""

from datetime import datetime

from django.db import transaction

from records.models import Holding


@transaction.atomic
def held(*, record_id: int, recipient: str, name: str, revision: int, at: datetime) -> Holding:
    """确认收录: the recipient has this version. An older version than the one on file changes nothing."""
    row, made = Holding.objects.select_for_update().get_or_create(
        record_id=record_id,
        recipient=recipient,
        defaults={"recipient_name": name, "revision": revision, "since": at},
    )
    if not made and revision > row.revision:
        row.revision, row.since = revision, at
        row.removal_asked_at = row.removal_confirmed_at = None
        row.save()
    return row


@transaction.atomic
def removal_asked(*, record_id: int, recipient: str, at: datetime) -> None:
    """已要求撤下: the withdrawal has left for this recipient. The first time counts."""
    Holding.objects.filter(record_id=record_id, recipient=recipient, removal_asked_at__isnull=True).update(
        removal_asked_at=at
    )


@transaction.atomic
def confirm_gone(*, record_id: int, recipient: str, revision: int, at: datetime) -> None:
    """确认撤下: the recipient's copy is gone as of this version. The first time counts."""
    Holding.objects.filter(
        record_id=record_id, recipient=recipient, revision__lte=revision, removal_confirmed_at__isnull=True
    ).update(removal_confirmed_at=at, revision=revision)
