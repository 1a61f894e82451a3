"""解除是否按时, and rewards that people got. Nothing else is counted: no figure rises with the number of measures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from daoli_credit.law import pack
from incentives.models import Benefit, MeasureTask
from incentives.models.measure_task import LiftWhy, T
from incentives.models.nomination_status import B


@dataclass(frozen=True)
class Lifting:
    """一个单位: what it had to lift, by how it was done. `late` is work owed to people, not people."""

    department: str
    on_time: int
    after: int
    running: int
    late: int

    @property
    def says(self) -> str:
        """一句话."""
        if self.late:
            return f"{self.late} 项已过期限还没有解除"
        return f"{self.running} 项在期限以内" if self.running else "都已解除"


def lifting(on: date) -> list[Lifting]:
    """各单位应解除的: those that a record, a term or a basis called back, not what a body lifted of its own accord."""
    due = MeasureTask.objects.exclude(lift_why__in=["", LiftWhy.OWN])
    counted = due.values("department__name").annotate(
        on_time=Count("pk", filter=Q(lifted_on__lte=F("lift_due_on"))),
        after=Count("pk", filter=Q(lifted_on__gt=F("lift_due_on"))),
        running=Count("pk", filter=Q(status=T.TO_LIFT, lift_due_on__gte=on)),
        late=Count("pk", filter=Q(status=T.TO_LIFT, lift_due_on__lt=on)),
    )
    return [
        Lifting(row["department__name"], row["on_time"], row["after"], row["running"], row["late"])
        for row in counted.order_by("-late", "department__name")
    ]


def given() -> str:
    """已兑现的激励, in words: what people say they received. Few enough to point at somebody are not counted out."""
    count = Benefit.objects.filter(status=B.RECEIVED).count()
    smallest = pack.current().limit("small-cell").value or 10
    return f"{count} 项" if count >= smallest else f"不足 {smallest} 项"
