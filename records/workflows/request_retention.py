"""依法调取保存期满: some years after its end a request is deleted with its document, in sets; a certificate stays.

The row that says so stands first (the database checks that the request is over), and at commit the database checks
that nothing of it is left.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from daoli_credit.audit import events, merkle
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.law import clock
from daoli_credit.law.keeping import Keeping
from daoli_credit.rounds import in_sets
from daoli_credit.workflow import noun
from records.models import LawfulRequest, RequestDeletion, RequestFile
from records.workflows import certifying, numbering

DELETED = register("request.deleted", "依法调取件保存期满，销毁")
KEPT = Keeping("keep-request")  # from the day on which it was over
SET = 50


def due(on: date) -> QuerySet[LawfulRequest]:
    """保存期已满的, handed over, refused or withdrawn."""
    before = KEPT.over_before(on)
    return LawfulRequest.objects.filter(over_on__lt=before) if before else LawfulRequest.objects.none()


def delete_due(*, actor: Actor) -> int:
    """销毁期满的, a set at a time. Returns how many; harmless twice, side by side and after a crash."""
    over = due(clock.today()).order_by("pk").values_list("pk", flat=True)
    return in_sets(over, lambda ids: _set(actor, ids), SET)


@transaction.atomic
def _set(actor: Actor, chosen: Sequence[int]) -> int:
    today = clock.today()
    locked = due(today).filter(pk__in=chosen).order_by("pk").select_for_update(of=("self",), skip_locked=True)
    over = list(locked.select_related("department"))
    if not over:
        return 0
    certificate = numbering.next_certificate_number(today)
    RequestDeletion.objects.bulk_create(_row(one, certificate, today) for one in over)
    ids = [one.pk for one in over]
    files = RequestFile._base_manager.filter(request__in=ids)
    files._raw_delete(files.db)
    rows = LawfulRequest._base_manager.filter(pk__in=ids)
    rows._raw_delete(rows.db)
    events.record(
        act=DELETED,
        noun=noun(RequestDeletion),
        object_id=certificate,
        actor=actor,
        count=len(over),
        root=merkle.root_of_values(one.number for one in over),
    )
    return len(over)


def _row(one: LawfulRequest, certificate: str, today: date) -> RequestDeletion:
    assert one.over_on is not None  # noqa: S101 - asked for in `due`
    until = KEPT.until(one.over_on)
    assert until is not None  # noqa: S101 - without a term nothing is due
    return RequestDeletion(
        request_pk=one.pk,
        number=one.number,
        department=one.department.code,
        certificate=certificate,
        over_on=one.over_on,
        due_on=until,
        deleted_on=today,
    )


def faults() -> Iterator[str]:
    """查出的问题: what was deleted and is still here, and certificates that the evidence does not bear out."""
    gone = RequestDeletion.objects.values("request_pk")
    if left := LawfulRequest.objects.filter(pk__in=gone).count() + RequestFile.objects.filter(request__in=gone).count():
        yield f"还有 {left} 行属于已销毁的依法调取件"
    rows = RequestDeletion.objects.order_by("request_pk").values_list("certificate", "number")
    yield from certifying.faults(
        DELETED, RequestDeletion, ((one, [number]) for one, number in rows), what="依法调取销毁记载"
    )
