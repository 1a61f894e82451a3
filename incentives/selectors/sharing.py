"""读共享: what a department may see in a matter on a day. Asked each time; nothing has to be switched off."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import Department
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import pack
from daoli_credit.law.list_rows import Matter
from incentives.models import Sharing
from incentives.rules import matters


@dataclass(frozen=True)
class Usable:
    """可以看的一项: whose records of which item, in which fields, and until when; None for one's own."""

    item: str
    provider: str
    fields: frozenset[str]
    until: date | None


def active_matters(department: Department, on: date) -> tuple[Matter, ...]:
    """可用的应用事项 of a department: in force, its rule confirmed, with an impact assessment in force on the day."""
    able = [one for one in matters.of_department(department.code, on) if not matters.missing(one)]
    assessed = assessments.covered(Subject.MATTER, [one.code for one in able], on=on)
    return tuple(one for one in able if one.code in assessed)


def usable(matter: str, department: Department, on: date) -> tuple[Usable, ...]:
    """可以看的全部, by source: own items always, another's only with a sharing and an assessment in force.

    Empty for a matter that is unknown, another department's, not in force, or whose rule nobody confirmed.
    """
    row = pack.current().matters.get(matter)
    if row is None or row.department != department.code or not row.in_force(on) or matters.missing(row):
        return ()
    shows = frozenset(row.shows)
    found = [
        Usable(item, department.code, shows, None) for item in row.items if item in matters.own(row, row.department)
    ]
    if assessments.in_force(Subject.MATTER, matter, on=on) is None:
        return tuple(found)
    for one in Sharing.objects.active(on).filter(department=department, matter=matter).select_related("provider"):
        # the rule may have become narrower since it was agreed
        fields = shows & {*one.agreed_fields, *matters.ALWAYS}
        found += [
            Usable(item, one.provider.code, fields, one.active_until) for item in one.agreed_items if item in row.items
        ]
    return tuple(found)


def usable_items(matter: str, department: Department, on: date) -> frozenset[str]:
    """可以看的目录事项 of this department in this matter on the day; whose records of them, `usable` says."""
    return frozenset(one.item for one in usable(matter, department, on))


def why_not_active(matter: Matter, on: date) -> str:
    """还缺什么, or "" for a matter that may be used today."""
    if not matter.in_force(on):
        return f"“{matter.title}”不在施行期内，不能用"
    return matters.missing(matter) or assessments.refusal(Subject.MATTER, matter.code, matter.title, on=on)


# several checks read side by side; only whoever stops the sharing waits for them
HOLD = "SELECT 1 FROM incentives_sharing WHERE matter = %s AND department_id = %s AND status = 'active' FOR SHARE"


def hold(matter: str, department: int) -> None:
    """握住在用的共享授权 until the transaction ends: what is stopped meanwhile is stopped after this answer."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [matter, department])
