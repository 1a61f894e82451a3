"""系统编号: our own number beside the bureau's 文号; says nothing about the person."""

from array import array
from collections.abc import Iterator
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


def next_amendment_number(day: date) -> str:
    """更正件的下一个编号: GZ2026-000123."""
    return f"GZ{day.year}-{_next('records_amendment_number'):06d}"


def next_lapse_number(day: date) -> str:
    """依据失效件的下一个编号: SX2026-000123."""
    return f"SX{day.year}-{_next('records_lapse_number'):06d}"


def next_batch(day: date) -> str:
    """下一个批次号: PC2026-000123."""
    return f"PC{day.year}-{_next('records_batch_number'):06d}"


def next_numbers(day: date, count: int) -> Iterator[str]:
    """下一组编号, for a set of records; taken at once, and written out as they are wanted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(nextval('records_number')) FROM generate_series(1, %s)", [count])
        taken = array("q", cursor.fetchone()[0] or [])
    return (f"DL{day.year}-{value:06d}" for value in taken)


def next_export_number(day: date) -> str:
    """导出的下一个编号: DC2026-000123."""
    return f"DC{day.year}-{_next('records_export_number'):06d}"


def next_contest_number(day: date) -> str:
    """复议、诉讼标注的下一个编号: FS2026-000123."""
    return f"FS{day.year}-{_next('records_contest_number'):06d}"


def next_undoing_number(day: date) -> str:
    """原决定变更、撤销的下一个编号: CX2026-000123."""
    return f"CX{day.year}-{_next('records_undoing_number'):06d}"


def next_archive_number(day: date) -> str:
    """封存件的下一个编号: FC2026-000123."""
    return f"FC{day.year}-{_next('records_archive_number'):06d}"


def next_opening_number(day: date) -> str:
    """开启封存件的下一个编号: KQ2026-000123."""
    return f"KQ{day.year}-{_next('records_opening_number'):06d}"


def next_end_notice_number(day: date) -> str:
    """终止登记的下一个编号: ZZ2026-000123."""
    return f"ZZ{day.year}-{_next('records_end_notice_number'):06d}"


def next_certificate_number(day: date) -> str:
    """销毁证明的下一个编号: XH2026-000123."""
    return f"XH{day.year}-{_next('records_certificate_number'):06d}"


def next_identity_number(day: date) -> str:
    """身份核定件的下一个编号: HD2026-000123."""
    return f"HD{day.year}-{_next('records_identity_number'):06d}"


def next_request_number(day: date) -> str:
    """依法调取件的下一个编号: DQ2026-000123."""
    return f"DQ{day.year}-{_next('records_request_number'):06d}"
