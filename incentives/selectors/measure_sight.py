"""任务看得到什么: of a record, what the sharing of the task's matter allows its body on the day, and no more.

A law that says that a body shall do something does not say that it may look at whomever it likes: it sees a person in a
matter of its own, of items that are its own or that their provider shares with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import In
from django.urls import reverse

from daoli_credit.accounts.models import Department, ImpactAssessment
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import pack
from incentives.models import MeasureTask, Sharing
from incentives.rules import matters
from incentives.selectors import sharing
from incentives.selectors.sharing import Usable
from records.models import CreditRecord

SPACE = Value(" ")  # no code has one


@dataclass(frozen=True)
class Lacking:
    """还缺什么: why a task shows nobody, and where its body asks for it."""

    says: str
    address: str


def _fields(found: Iterable[Usable], record: CreditRecord) -> frozenset[str]:
    mine = [one for one in found if one.item == record.item_id and one.provider == record.department.code]
    return frozenset[str]().union(*(one.fields for one in mine))


def sees(matter: str, body: Department, record: CreditRecord, on: date) -> bool:
    """看得到: whether this body may see this record in this matter on the day."""
    return bool(_fields(sharing.usable(matter, body, on), record))


def of(tasks: Iterable[MeasureTask], on: date) -> dict[int, frozenset[str]]:
    """栏目 by task: empty where nothing may be seen. Asked once per matter and body, however many tasks there are."""
    asked: dict[tuple[str, int], tuple[Usable, ...]] = {}
    found = {}
    for task in tasks:
        key = task.matter, task.department_id
        if key not in asked:
            asked[key] = sharing.usable(task.matter, task.department, on)
        found[task.pk] = _fields(asked[key], task.record)
    return found


def seen(on: date) -> Q:
    """看得到的任务, as `of` finds them, in one question: for counts, and for the lists that agree with them.

    Depends on the rules, the day and the rows of the database alone, and reads no row to be put together.
    """
    # one list and not one alternative a matter: the planner weighs each of those against every join
    able = In(
        Concat("matter", SPACE, "department__code", SPACE, "record__item_id", output_field=TextField()),
        [
            f"{row.code} {row.department} {item}"
            for row in pack.held().matters.values()
            if row.in_force(on) and not matters.missing(row)
            for item in row.items
        ],
    )
    assessed = ImpactAssessment.objects.standing(on=on).filter(kind=Subject.MATTER, code=OuterRef("matter"))
    shared = Sharing.objects.active(on).filter(
        department=OuterRef("department"),
        matter=OuterRef("matter"),
        provider=OuterRef("record__department"),
        agreed_items__contains=[OuterRef("record__item")],
    )
    return Q(able) & (Q(department=F("record__department")) | (Exists(assessed) & Exists(shared)))


def lacking(task: MeasureTask, on: date) -> Lacking | None:
    """还缺什么, or None when the record may be seen."""
    if of([task], on)[task.pk]:
        return None
    rules, body, provider = pack.current(), task.department, task.record.department
    matter, item = rules.matters.get(task.matter), rules.items.get(task.record.item_id)
    if matter is None or matter.department != body.code or not matter.in_force(on):
        return Lacking("这一项所在的应用事项已经不在施行，不能据以查看任何人", reverse("matters"))
    title = item.title if item else task.record.item_id
    says = f"本单位在“{matter.title}”里还没有获准查看{provider.name}的“{title}”，所以看不到是谁，也不能据以办理"
    if why := sharing.why_not_active(matter, on):
        return Lacking(f"{says}。{why}", reverse("matter", args=[matter.code]))
    return Lacking(
        f"{says}。请先申请共享授权；批准以后，这里就看得到",
        reverse("sharing-new", args=[body.code, matter.code, provider.code]),
    )
