"""系统编号: GB2026-000123."""

from datetime import date

from django.db import connection


def next_number(day: date) -> str:
    """下一个规则确认件编号."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rulepack_change_number')")
        return f"GB{day.year}-{cursor.fetchone()[0]:06d}"
