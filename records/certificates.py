"""读销毁证明: one certificate with what it says of each record, and what the database and the evidence answer today."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import merkle
from daoli_credit.audit.models import Event
from daoli_credit.audit.sealed_in import seals_of
from daoli_credit.workflow import noun
from records import reach
from records.models import CreditRecord, Deletion
from records.workflows.retention import DELETED


@dataclass(frozen=True)
class Line:
    """一条销毁记载: numbers only."""

    row: Deletion
    department: str
    rows: int


@dataclass(frozen=True)
class Checked:
    """一项核对: what was asked, and whether it holds."""

    said: str
    holds: bool


@dataclass(frozen=True)
class Certificate:
    """一份销毁证明. `whole`: this user sees every row of it, so that the root can be computed again."""

    number: str
    day: date
    lines: Sequence[Line]
    along: Sequence[tuple[str, int]]
    people: int
    event: Event | None
    root: str
    seal: int | None
    checks: Sequence[Checked]
    whole: bool


def certificate(user: User, number: str) -> Certificate | None:
    """一份, as far as this user may know of it; None when nothing of it is theirs."""
    mine = list(Deletion.objects.visible_to(user).filter(certificate=number).order_by("record_pk"))
    if not mine:
        return None
    every = list(Deletion.objects.filter(certificate=number).order_by("record_pk"))
    event = Event.objects.filter(act=DELETED, noun=noun(Deletion), object_id=number).first()
    names = dict(Department.objects.values_list("code", "name"))
    along: Counter[str] = Counter()
    for row in mine:
        along.update(row.rows)
    return Certificate(
        number=number,
        day=mine[0].deleted_on,
        lines=[Line(row, names.get(row.department, row.department), sum(row.rows.values())) for row in mine],
        along=_named(along),
        people=sum(row.person_gone for row in mine),
        event=event,
        root=bytes(event.root).hex() if event is not None and event.root else "",
        seal=seals_of([event.pk]).get(event.pk) if event is not None else None,
        checks=checks(every, event),
        whole=len(mine) == len(every),
    )


def checks(every: Sequence[Deletion], event: Event | None) -> list[Checked]:
    """核对, asked of the database as it stands at this moment."""
    gone = [row.record_pk for row in every]
    left = CreditRecord.objects.filter(pk__in=gone).exists() or any(
        one.model._base_manager.filter(**{f"{one.path}__in": gone}).exists() for one in reach.hanging()
    )
    root = merkle.root_of_values(row.record_number for row in every)
    agrees = event is not None and event.count == len(every) and bytes(event.root or b"") == root
    return [
        Checked("这些记录和牵连的各表里，现在一行也没有", not left),
        Checked("存证里的数量和编号摘要，与这里的销毁记载一致", agrees),
        Checked("每一条都在保存届满以后才销毁", all(row.deleted_on > row.due_on for row in every)),
    ]


def _named(along: Mapping[str, int]) -> list[tuple[str, int]]:
    titles = {model._meta.db_table: str(model._meta.verbose_name) for model in apps.get_models()}
    return [(titles.get(table, table), count) for table, count in sorted(along.items())]
