"""对方已修复: a platform says that it has repaired or removed on its own side what we still have in force.

Our word about the outside is put right at once: nobody is told any more that the platform holds a copy. Whether the
record stands here too is for its determining department, so a difference with cause and owner stays open until it has
ended the record or said it anew.
"""

from collections.abc import Sequence

from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Delivery, Discrepancy
from daoli_credit.feeds.models.reconciliation import Difference
from daoli_credit.law import clock
from records.models import CreditRecord
from records.workflows import handing

CODE = "repaired"  # in a receipt of the verdict `rejected`
CAUSE = "对方在它那一边已修复或撤下；请核对修复决定：我方也应终止的办理终止，应当保留的更正后重新推送"


def there(found: Sequence[Delivery], channel: Channel) -> None:
    """对方已修复: the holdings are gone, and what is in force here is a difference, in the receipt's transaction."""
    gone = {one.record_id: one.number for one in found}
    handing.confirm_gone(gone, recipient=channel.code, title=channel.title)
    for one in found:
        if one.record.is_in_force(clock.today()) and not one.withdraws:
            Discrepancy.objects.get_or_create(
                feed_id=channel.code,
                record_number=one.record.number,
                kind=Difference.REPAIRED,
                cleared_at=None,
                defaults={
                    "ours": one.number,
                    "cause": CAUSE[:120],
                    "owner": one.record.department,
                    "found_at": clock.now(),
                },
            )


def still_open(one: Discrepancy) -> bool:
    """仍待处理: the record is in force here, and nothing newer was said to this platform since."""
    record = CreditRecord.objects.filter(number=one.record_number).first()
    if record is None or not record.is_in_force(clock.today()):
        return False
    return not Delivery.objects.filter(feed=one.feed_id, record=record, number__gt=one.ours or 0).exists()
