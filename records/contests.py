"""读复议、诉讼标注和原决定变更、撤销."""

from collections.abc import Sequence

from django.db.models import QuerySet

from daoli_credit import questions
from daoli_credit.accounts.models import User
from daoli_credit.audit.told import Told, by_day
from daoli_credit.law import clock
from daoli_credit.workflow import noun
from records.models import Contest, CreditRecord, Holding, Undoing
from records.models.contest import C
from records.models.undoing import OPEN, Undoings

# 应用事项 of a look at a person while an overturned decision is handled.
HANDLING = "undoing-handling"


@questions.prepared
def _running(record: int) -> QuerySet[Contest]:
    return Contest.objects.filter(record=record, status=C.RUNNING).order_by("-pk")[:1]


@questions.prepared
def _undoing(record: int) -> QuerySet[Undoing]:
    return Undoing.objects.filter(record=record, status__in=OPEN).order_by("-pk")[:1]


def running(record: CreditRecord) -> Contest | None:
    """正在审理的一件, of the one there can be."""
    return next(iter(_running(record.pk)), None)


def undoing(record: CreditRecord) -> Undoing | None:
    """待处理的一件."""
    return next(iter(_undoing(record.pk)), None)


def why(row: Undoing) -> str:
    """更正的理由, as the form of a correction begins with it; an empty one is written anew by its clerk."""
    return f"原决定已由{row.issuer}{row.get_kind_display()}（{row.document}），按该决定更正。"


def queue(user: User) -> Undoings:
    """本单位待处理的, whoever is due first on top."""
    found = Undoing.objects.visible_to(user).open().select_related("record__item", "record__department")
    return found.order_by("due_on", "pk")


def waiting_for(user: User) -> Undoings:
    """等这个人处理的: where the user may review, except of what the user registered."""
    mine = Undoing.objects.filter(record__department_id__in=user.departments("review_record"), status__in=OPEN)
    return mine.exclude(registered_by=user)


def everywhere() -> Undoings:
    """全区待处理的, for the credit office: numbers, bodies and days, nobody's name."""
    return Undoing.objects.filter(status__in=OPEN).select_related("record__department").order_by("due_on", "pk")


def over(user: User) -> Undoings:
    """本单位已经处理完的, for the page that says how each went."""
    return Undoing.objects.over(user).order_by("-pk")


def late(row: Undoing) -> bool:
    """处理得晚了: after its last day."""
    return row.due_on is not None and row.over_on is not None and row.over_on > row.due_on


def overdue(row: Undoing) -> bool:
    """逾期: the last day is over."""
    return row.due_on is not None and row.due_on < clock.today()


def holdings(row: Undoing) -> Sequence[Holding]:
    """收录方和它们的确认."""
    return list(row.record.holdings.order_by("recipient"))


def told(row: Contest | Undoing) -> Sequence[Told]:
    """办理经过, oldest first."""
    return by_day(noun(type(row)), row.pk)
