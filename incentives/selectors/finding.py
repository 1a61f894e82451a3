"""按编号找: a list is searched by our numbers and the bureau's own, never by a person."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from records.rules.values import document_number

LONGEST = 60
Rows = TypeVar("Rows", bound=QuerySet[Any, Any])


def asked(of: Mapping[str, str]) -> str:
    """地址里写的编号."""
    return of.get("q", "").strip()[:LONGEST]


def by_number(rows: Rows, number: str, *columns: str) -> Rows:
    """编号含有这一段的; all of them when nothing is asked for."""
    wanted = document_number(number)
    if not wanted:
        return rows
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": wanted})
    return rows.filter(found)
