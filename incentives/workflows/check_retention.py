"""核查保存期满: some years after its case was closed everything of a check is deleted, in sets; a certificate remains.

The row that says so stands first (the database checks that the case is closed and that no prior notice rests on it),
then what hangs on the checks goes; at commit the database checks that nothing of them is left.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from daoli_credit.accounts.models import Message
from daoli_credit.audit import events, merkle
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.law import clock
from daoli_credit.law.keeping import Keeping
from daoli_credit.rounds import in_sets
from daoli_credit.workflow import noun
from incentives.models import (
    Check,
    CheckAnswer,
    CheckDeletion,
    CheckSet,
    CheckSheet,
    Feedback,
    InboundAnswer,
    MatterCase,
    PreAdverseNotice,
)
from incentives.models.matter_case import C
from records.workflows import certifying, numbering

DELETED = register("check.deleted", "核查保存期满，销毁")
KEPT = Keeping("keep-check")  # from the day on which its case was closed
SET = 50
# the deepest first, each with its way to the case
HANGING = (
    (Feedback, "answer__check_made__case"),
    (InboundAnswer, "check_made__case"),
    (CheckAnswer, "check_made__case"),
    (Check, "case"),
    (CheckSheet, "check_set__case"),
    (CheckSet, "case"),
)


def due(on: date) -> QuerySet[MatterCase]:
    """保存期已满、还有核查的办件."""
    before = KEPT.over_before(on)
    if before is None:
        return MatterCase.objects.none()
    checks, sets = (model._default_manager.filter(case=OuterRef("pk")) for model in (Check, CheckSet))
    return MatterCase.objects.filter(Exists(checks) | Exists(sets), status=C.CLOSED, closed_on__lt=before)


def held_back(on: date) -> QuerySet[MatterCase]:
    """到期而还不能销毁的: a prior notice rests on a check of the case, and is kept with its own record or file."""
    return due(on).filter(Exists(PreAdverseNotice.objects.filter(check_made__case=OuterRef("pk"))))


def delete_due(*, actor: Actor) -> int:
    """销毁期满的, a set of cases at a time. Returns how many; harmless twice, side by side and after a crash."""
    return in_sets(_over().values_list("pk", flat=True), lambda ids: _set(actor, ids), SET)


def _over() -> QuerySet[MatterCase]:
    today = clock.today()
    return due(today).exclude(pk__in=held_back(today).values("pk")).order_by("pk")


@transaction.atomic
def _set(actor: Actor, chosen: Sequence[int]) -> int:
    today = clock.today()
    locked = _over().filter(pk__in=chosen).select_for_update(of=("self",), skip_locked=True)
    cases = list(locked.select_related("department"))
    if not cases:
        return 0
    certificate = numbering.next_certificate_number(today)
    rows = [_row(case, certificate, today) for case in cases]
    CheckDeletion.objects.bulk_create(rows)
    ids = [case.pk for case in cases]
    for asked in (Check, CheckSet):
        own = asked._default_manager.filter(case__in=ids).values_list("pk", flat=True)
        Message.objects.filter(noun=noun(asked), object_id__in=[str(pk) for pk in own]).delete()
    for model, path in HANGING:
        rest = model._base_manager.filter(**{f"{path}__in": ids})
        model._base_manager.filter(pk__in=list(rest.values_list("pk", flat=True)))._raw_delete(rest.db)
    events.record(
        act=DELETED,
        noun=noun(CheckDeletion),
        object_id=certificate,
        actor=actor,
        count=len(rows),
        root=merkle.root_of_values(number for row in rows for number in row.numbers),
    )
    return len(rows)


def _row(case: MatterCase, certificate: str, today: date) -> CheckDeletion:
    assert case.closed_on is not None  # noqa: S101 - asked for in `due`
    until = KEPT.until(case.closed_on)
    assert until is not None  # noqa: S101 - without a term nothing is due
    counts = {model._meta.db_table: model._base_manager.filter(**{path: case}).count() for model, path in HANGING}
    numbers = [*case.checks.order_by("pk").values_list("number", flat=True)]
    numbers += case.check_sets.order_by("pk").values_list("number", flat=True)
    return CheckDeletion(
        case_pk=case.pk,
        department=case.department.code,
        certificate=certificate,
        numbers=numbers,
        rows={table: count for table, count in sorted(counts.items()) if count},
        closed_on=case.closed_on,
        due_on=until,
        deleted_on=today,
    )


def faults() -> Iterator[str]:
    """查出的问题: what was deleted and is still here, and certificates that the evidence does not bear out."""
    gone = CheckDeletion.objects.values("case_pk")
    for model, path in HANGING:
        if count := model._base_manager.filter(**{f"{path}__in": gone}).count():
            yield f"{model._meta.verbose_name}里还有 {count} 行属于已销毁的核查"
    rows = CheckDeletion.objects.order_by("case_pk").values_list("certificate", "numbers")
    yield from certifying.faults(DELETED, CheckDeletion, rows, what="核查销毁记载")
