"""系统编号: our own number beside the bureau's 文号; says nothing about the person."""

from datetime import date

from django.db import connection


def _next(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        value: int = cursor.fetchone()[0]
    return value


def next_number(day: date) -> str:
    """下一个编号: DL2026-000123, from a database sequence, so that two clerks never get the same."""
    return f"DL{day.year}-{_next('records_number'):06d}"


def next_repair_number(day: date) -> str:
    """修复件的下一个编号: XF2026-000123."""
    return f"XF{day.year}-{_next('records_repair_number'):06d}"
