"""核查的系统编号."""

from datetime import date

from django.db import connection


def next_numbers(day: date, count: int) -> list[str]:
    """下一组核查编号: HC2026-000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(nextval('incentives_check_number')) FROM generate_series(1, %s)", [count])
        return [f"HC{day.year}-{value:06d}" for value in cursor.fetchone()[0] or []]


def next_set_number(day: date) -> str:
    """成批核查的下一个编号: HP2026-000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('incentives_check_set_number')")
        return f"HP{day.year}-{cursor.fetchone()[0]:06d}"
