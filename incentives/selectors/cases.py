"""读办件: the ones of one's departments, found by number, each with its matter and whether it may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import pack
from daoli_credit.law.list_rows import Matter
from incentives.models import MatterCase
from incentives.models.matter_case import MatterCases
from incentives.rules import matters
from incentives.selectors.sharing import active_matters
from records.rules.values import document_number

VERBS = ("register_case", "check_applicants", "approve_check")


@dataclass(frozen=True)
class Line:
    """表里的一行."""

    row: MatterCase
    matter: str
    checkable: bool


def found(user: User, *, number: str = "", status: str = "", matter: str = "") -> MatterCases:
    """本部门的办件, by a part of their number, a status and a matter."""
    rows = MatterCase.objects.visible_to(user)
    if number.strip():
        rows = rows.filter(case_number__contains=document_number(number))
    if status:
        rows = rows.filter(status=status)
    return rows.filter(matter=matter) if matter else rows


def matters_of(user: User) -> list[tuple[str, str]]:
    """本部门的应用事项, for the filter: code and title, as the rules of today have them."""
    seen = frozenset[int]().union(*(user.departments(verb) for verb in VERBS))
    codes = set(Department.objects.filter(pk__in=seen).values_list("code", flat=True))
    rows = pack.current().matters.values()
    return sorted(((row.code, row.title) for row in rows if row.department in codes), key=lambda one: one[1])


def lines(rows: Sequence[MatterCase], user: User, on: date) -> list[Line]:
    """表里的各行: a case may be checked in while it is open, by whoever checks there, in a matter that may be used."""
    rules = pack.current()
    bodies = {row.department_id: row.department for row in rows}
    usable = {pk: {one.code for one in active_matters(body, on)} for pk, body in bodies.items()}
    return [
        Line(
            row=row,
            matter=rules.matters[row.matter].title if row.matter in rules.matters else row.matter,
            checkable=row.is_open(on)
            and row.matter in usable[row.department_id]
            and user.may("check_applicants", row.department_id),
        )
        for row in rows
    ]


def choices(user: User, on: date) -> list[tuple[Department, list[Matter]]]:
    """可以登记办件的部门和事项, in use today."""
    bodies = Department.objects.in_use(on).filter(pk__in=user.departments("register_case"))
    able = [(body, list(active_matters(body, on))) for body in bodies]
    return [(body, rows) for body, rows in able if rows]


def without(user: User, on: date) -> list[Matter]:
    """本部门还不能用的事项: registered nowhere until what is missing is there."""
    bodies = Department.objects.in_use(on).filter(pk__in=user.departments("register_case"))
    return [
        row for body in bodies for row in matters.of_department(body.code, on) if row not in active_matters(body, on)
    ]
