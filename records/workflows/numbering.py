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


def next_objection_number(day: date) -> str:
    """异议件的下一个编号: YY2026-000123."""
    return f"YY{day.year}-{_next('records_objection_number'):06d}"


def next_batch(day: date) -> str:
    """下一个批次号: PC2026-000123."""
    return f"PC{day.year}-{_next('records_batch_number'):06d}"


def next_numbers(day: date, count: int) -> list[str]:
    """下一组编号, for a set of records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_number') FROM generate_series(1, %s)", [count])
        return [f"DL{day.year}-{value:06d}" for (value,) in cursor.fetchall()]


def next_export_number(day: date) -> str:
    """导出的下一个编号: DC2026-000123."""
    return f"DC{day.year}-{_next('records_export_number'):06d}"


def next_identity_number(day: date) -> str:
    """身份核定件的下一个编号: HD2026-000123."""
    return f"HD{day.year}-{_next('records_identity_number'):06d}"
