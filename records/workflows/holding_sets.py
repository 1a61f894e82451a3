"""收录一组: what `holding.taken` does for one record, for the records of one answer or of a whole sheet of answers."""

from collections.abc import Iterable

from django.db import connection, transaction

from daoli_credit.arrays import listed
from daoli_credit.law import clock
from records.models import CreditRecord, Disclosure
from records.models.record import UNDONE
from records.workflows import disclosing

TAKEN = """
INSERT INTO records_holding (record_id, recipient, recipient_title, revision, since, refusal)
SELECT one.id, %(recipient)s, %(title)s,
       coalesce((SELECT max(number) FROM records_revision v WHERE v.record_id = one.id), 1), %(now)s, ''
FROM unnest(%(ids)s::bigint[]) AS one (id)
ON CONFLICT (record_id, recipient) DO UPDATE
SET revision = excluded.revision, since = excluded.since, asked_at = NULL, gone_at = NULL, refusal = ''
"""


@transaction.atomic
def taken_many(*, record_ids: Iterable[int], recipient: str, title: str, channel: str, basis: str) -> list[int]:
    """已收录一组: the recipient has read these records and keeps what it read. Returns those that it was given.

    What was given, and on which basis, stands in the register from the same moment. A record that an import has
    taken back a moment ago is left out.
    """
    wanted = sorted(set(record_ids))
    if not wanted:
        return []
    found = CreditRecord.objects.filter(pk__in=listed(wanted)).exclude(end_kind=UNDONE).order_by("pk")
    records = list(
        found.select_for_update(of=("self",), no_key=True)
        .select_related("item", "subject")
        .prefetch_related("subject__key_rows", "revisions")
    )
    now, today = clock.now(), clock.today()
    Disclosure.objects.bulk_create(
        Disclosure(
            at=now,
            day=today,
            recipient=recipient,
            recipient_title=title,
            channel=channel,
            record_number=record.number,
            revision=max((one.number for one in record.revisions.all()), default=1),
            item=record.item_id,
            item_title=record.item.title,
            basis=basis or disclosing.basis_of(record.item_id),
            person_key=record.person_keys()[0],
        )
        for record in records
    )
    ids = [record.pk for record in records]
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, {"recipient": recipient, "title": title, "now": now, "ids": ids})
    return ids
