"""读导出: what waits, and how one has come along."""

from django.db.models import Case, IntegerField, Value, When

from daoli_credit.accounts.models import User
from daoli_credit.audit.selectors import history
from daoli_credit.audit.told import Told, by_moment
from daoli_credit.workflow import noun
from records.models import ExportRequest
from records.models.export import Exports, X

KINDS = {
    X.ASKED: "warn",
    X.WAITING: "warn",
    X.APPROVED: "warn",
    X.REFUSED: "off",
    X.MADE: "ok",
    X.DROPPED: "off",
    X.EXPIRED: "done",
}


def waiting_for(user: User) -> Exports:
    """等这个人复核的: of their department, asked by somebody else."""
    mine = ExportRequest.objects.visible_to(user).filter(department_id__in=user.departments("approve_export"))
    return mine.filter(status=X.WAITING).exclude(requested_by=user)


def queue(user: User) -> Exports:
    """导出的列表, what waits for a second person first."""
    first = Case(When(status=X.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = ExportRequest.objects.visible_to(user).select_related("department", "requested_by")
    return found.order_by(first, "-pk")


def told(export: ExportRequest) -> list[Told]:
    """经过, oldest first."""
    return by_moment(history(noun(ExportRequest), export.pk))
