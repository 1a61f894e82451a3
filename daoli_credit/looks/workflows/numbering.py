"""系统编号: says nothing about the person."""

from datetime import date

from django.db import connection


def _next(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        value: int = cursor.fetchone()[0]
    return value


def next_explanation(day: date) -> str:
    """下一个查询说明编号: SM2026-000123."""
    return f"SM{day.year}-{_next('looks_explanation_number'):06d}"


def next_delay(day: date) -> str:
    """下一个暂缓告知编号: ZH2026-000123."""
    return f"ZH{day.year}-{_next('looks_delay_number'):06d}"
