"""收录: the only writer of holdings. Feeds call it on a receipt, others when they hand a copy out."""

from django.db import transaction

from daoli_credit.law import clock
from records.models import CreditRecord, Holding
from records.workflows import repair


@transaction.atomic
def taken(*, record_id: int, recipient: str, title: str, revision: int) -> Holding:
    """已收录: the recipient says that it holds this revision. A late word about an older one changes nothing."""
    CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    facts = {"recipient_title": title, "revision": revision, "since": clock.now()}
    holding, made = Holding.objects.get_or_create(record_id=record_id, recipient=recipient, defaults=facts)
    if not made and revision > holding.revision:
        holding.revision, holding.since, holding.gone_at = revision, clock.now(), None
        holding.save(update_fields=["revision", "since", "gone_at"])
    return holding


@transaction.atomic
def confirm_gone(*, record_id: int, recipient: str, title: str, revision: int) -> Holding:
    """确认撤下: the recipient says that from this revision on it holds nothing. Harmless twice, deaf to older words.

    The last one to say so closes the repair that ended the record, in the same transaction.
    """
    CreditRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    facts = {"recipient_title": title, "revision": revision, "since": clock.now(), "gone_at": clock.now()}
    holding, made = Holding.objects.get_or_create(record_id=record_id, recipient=recipient, defaults=facts)
    if not made and revision >= holding.revision and (holding.gone_at is None or revision > holding.revision):
        holding.revision, holding.gone_at = revision, clock.now()
        holding.save(update_fields=["revision", "gone_at"])
    repair.close_if_gone(record_id)
    return holding


def still_held(record_id: int) -> bool:
    """仍有收录方: somebody outside still holds it, or has not yet said that it is gone."""
    return Holding.objects.filter(record_id=record_id, gone_at__isnull=True).exists()
