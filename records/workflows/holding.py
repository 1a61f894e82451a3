"""收录: the only writer of holdings. Feeds call it on a receipt, others when they hand a copy out."""

from django.db import transaction

from daoli_credit.law import clock
from records.models import CreditRecord, Holding
from records.models.record import UNDONE
from records.outgoing import MayNotLeave
from records.workflows import disclosing, repair

HANDED = 0  # 所持版本 of a copy that may be out and that nobody has confirmed yet


def _lock(record_id: int) -> CreditRecord:
    return CreditRecord.objects.select_for_update(of=("self",), no_key=True).get(pk=record_id)


@transaction.atomic
def handed(*, record_id: int, recipient: str, title: str, number: int | None = None) -> Holding:
    """已送出: a copy may be out from now on; it counts as held, so that nothing closes before it is known gone.

    What was given, and on which basis, stands in the register from the same moment. `number` is the revision that goes
    out, the newest when it is not said. Raises MayNotLeave for what an import has taken back a moment ago.
    """
    if _lock(record_id).end_kind == UNDONE:
        raise MayNotLeave("这条记录刚刚随整批撤回，不再送出")
    disclosing.given(record_id=record_id, number=number, recipient=recipient, title=title)
    facts = {"recipient_title": title, "revision": HANDED, "since": clock.now()}
    holding, made = Holding.objects.get_or_create(record_id=record_id, recipient=recipient, defaults=facts)
    if not made:
        if holding.gone_at is not None:
            holding.since, holding.gone_at = clock.now(), None
        holding.asked_at = None  # what is handed out now is newer than any withdrawal before it
        holding.save(update_fields=["since", "asked_at", "gone_at"])
    return holding


@transaction.atomic
def taken(*, record_id: int, recipient: str, title: str, revision: int) -> Holding:
    """已收录: the recipient says that it holds this revision. A late word about an older one changes nothing."""
    _lock(record_id)
    facts = {"recipient_title": title, "revision": revision, "since": clock.now()}
    holding, made = Holding.objects.get_or_create(record_id=record_id, recipient=recipient, defaults=facts)
    if not made and revision > holding.revision:
        holding.revision, holding.since, holding.gone_at, holding.refusal = revision, clock.now(), None, ""
        holding.save(update_fields=["revision", "since", "gone_at", "refusal"])
    return holding


@transaction.atomic
def refused(*, record_id: int, recipient: str, words: str) -> None:
    """对方退回: what was only handed out is not held after all; an older copy that it did take stays held."""
    _lock(record_id)
    for holding in Holding.objects.filter(record_id=record_id, recipient=recipient):
        holding.refusal = words[:300]
        if holding.revision == HANDED and holding.gone_at is None:
            holding.gone_at = clock.now()
        holding.save(update_fields=["refusal", "gone_at"])


@transaction.atomic
def asked(*, record_id: int, recipient: str) -> None:
    """已要求撤下: the withdrawal is on its way; the first time counts."""
    _lock(record_id)
    open_ones = Holding.objects.filter(record_id=record_id, recipient=recipient, gone_at__isnull=True)
    open_ones.filter(asked_at__isnull=True).update(asked_at=clock.now())


@transaction.atomic
def confirm_gone(*, record_id: int, recipient: str, title: str, revision: int) -> Holding:
    """确认撤下: the recipient says that from this revision on it holds nothing. Harmless twice, deaf to older words.

    The last one to say so closes the repair that ended the record, in the same transaction.
    """
    _lock(record_id)
    facts = {"recipient_title": title, "revision": revision, "since": clock.now(), "gone_at": clock.now()}
    holding, made = Holding.objects.get_or_create(record_id=record_id, recipient=recipient, defaults=facts)
    if not made and revision >= holding.revision and (holding.gone_at is None or revision > holding.revision):
        holding.revision, holding.gone_at = revision, clock.now()
        holding.save(update_fields=["revision", "gone_at"])
    repair.close_if_gone(record_id)
    return holding


@transaction.atomic
def is_back(*, record_id: int, recipient: str) -> bool:
    """仍在它手里: its own list names what it has said is gone. A copy may be out, and counts as held."""
    _lock(record_id)
    gone = Holding.objects.filter(record_id=record_id, recipient=recipient, gone_at__isnull=False)
    return bool(gone.update(revision=HANDED, gone_at=None))


def still_held(record_id: int) -> bool:
    """仍有收录方: somebody outside still holds it, or has not yet said that it is gone."""
    return Holding.objects.filter(record_id=record_id, gone_at__isnull=True).exists()
