"""系统编号: our own number beside the bureau's 文号; says nothing about the person."""

from datetime import date

from django.db import connection


def next_number(day: date) -> str:
    """下一个编号: DL2026-000123, from a database sequence, so that two clerks never get the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_number')")
        (value,) = cursor.fetchone()
    return f"DL{day.year}-{value:06d}"
