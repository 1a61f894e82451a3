"""恢复备份以后: what had ended outside the restored database ends here too, and numbers rise above what was said.

A restored database is older than the world: recipients may hold higher numbers. The journal of removals, kept outside,
says what had ended; a revision of kind 重申 says the same content once more under a number that wins.
"""

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import SYSTEM, Step, taking
from records.models import CreditRecord, Revision
from records.models.end_kind import EndKind
from records.models.record import S
from records.models.revision import WITHDRAWALS, Kind
from records.rules import ending
from records.workflows.removals import Removed
from records.workflows.revisions import append_revision

END_KIND = EndKind.RESTORED.value
STEPS = {
    "end-again": Step("record.ended-again", "恢复备份后按撤下日志再次终止", frozenset({S.EFFECTIVE}), S.ENDED, SYSTEM),
}


def end_again(removed: Removed, *, actor: User) -> bool:
    """按撤下日志再次终止: the end that the backup had not seen. False when there is nothing to end; harmless twice."""
    found = CreditRecord.objects.filter(number=removed.number, status=S.EFFECTIVE).first()
    if found is None:
        return False
    with taking(STEPS["end-again"], CreditRecord, found.pk, actor=actor) as record:
        record.ended_on = min(removed.day, clock.today())
        record.end_kind = END_KIND
        ending.shorten(record)
        record.save()
        # above the one of before: the same number with other bytes would be refused
        append_revision(record, Kind.ENDED, at_least=removed.revision + 1)
    return True


@transaction.atomic
def say_again(*, record_id: int, above: int) -> Revision:
    """重申 above a number that somebody holds: the same content, or the same withdrawal, under a number that wins."""
    record = CreditRecord.objects.select_for_update(of=("self",), no_key=True).get(pk=record_id)
    last = record.revisions.order_by("-number").first()
    kind = Kind(last.kind) if last and last.kind in WITHDRAWALS else Kind.RESTATED
    return append_revision(record, kind, at_least=above + 1)
