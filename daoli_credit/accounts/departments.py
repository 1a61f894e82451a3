"""部门表: the 24 bodies of the plan, from departments.csv beside this file."""

import csv
from datetime import date
from pathlib import Path

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department

SOURCE = Path(__file__).with_name("departments.csv")
IN_USE_FROM = date(2018, 1, 1)


def rows() -> list[dict[str, str]]:
    """The csv as dictionaries."""
    with SOURCE.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def load() -> int:
    """装入部门: creates what is missing, and leaves to the pages what is there. Returns how many there are."""
    for row in rows():
        facts = {
            "name": row["name_zh"],
            "name_en": row["name_en"],
            "kind": row["kind"],
            "oversight": row["oversight"],
            "reports_penalties": row["may_report_penalties"] == "yes",
        }
        department, _ = Department.objects.get_or_create(
            code=row["code"], defaults={**facts, "valid_from": IN_USE_FROM}
        )
        for role in roles.offered(department):
            roles.group(department, role)
    return Department.objects.count()
