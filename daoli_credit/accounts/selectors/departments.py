"""读部门: the table, and one department with its people, liaison and history."""

from collections.abc import Sequence
from dataclasses import dataclass

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, Liaison, SharedLegal
from daoli_credit.accounts.models.department import PENALISING, WITHOUT_RECORDS
from daoli_credit.accounts.selectors.people import Line, Told, staff
from daoli_credit.accounts.selectors.people import lines as people_lines
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock


@dataclass(frozen=True)
class Row:
    """部门表的一行."""

    department: Department
    in_use: bool
    liaison: Liaison | None


@dataclass(frozen=True)
class Page:
    """一个部门."""

    department: Department
    in_use: bool
    may: list[str]
    people: list[Line]
    shares: Sequence[SharedLegal]
    liaison: Liaison | None
    earlier: Sequence[Liaison]
    formers: Sequence[Department]
    history: Sequence[Told]


def lines() -> list[Row]:
    """部门表, those in use first."""
    today = clock.today()
    there = {one.department_id: one for one in Liaison.objects.filter(until_on=None)}
    found = [Row(one, one.in_use(today), there.get(one.pk)) for one in Department.objects.select_related("successor")]
    return sorted(found, key=lambda row: not row.in_use)


def may(department: Department) -> list[str]:
    """由性质决定可以做什么, in words."""
    if department.kind in WITHOUT_RECORDS:
        return ["可以设宣传组织", "没有信用记录方面的任何职责（数据库拒绝授予）"]
    penal = "可以报送行政处罚" if department.kind in PENALISING else "不报送行政处罚（数据库拒绝）"
    return [penal, f"可以设的角色：{'、'.join(role.title for role in roles.offered(department))}"]


def page(department: Department) -> Page:
    """部门页."""
    today = clock.today()
    contacts = list(department.liaisons.all())
    return Page(
        department=department,
        in_use=department.in_use(today),
        may=may(department),
        people=people_lines(list(staff().filter(home_department=department, is_active=True))),
        shares=list(SharedLegal.objects.open(today).filter(department=department).select_related("person")),
        liaison=next((one for one in contacts if one.until_on is None), None),
        earlier=[one for one in contacts if one.until_on is not None],
        formers=list(department.formers.order_by("valid_to", "pk")),
        history=[
            Told(sentence(event.act), event.actor_label, event.day, event.opinion)
            for event in history("department", department.code)
        ],
    )


def contact(department: Department) -> dict[str, str]:
    """现在的联络员, as the form begins."""
    names = ("name", "phone", "substitute", "substitute_phone")
    return department.liaisons.filter(until_on=None).values(*names).first() or {}
