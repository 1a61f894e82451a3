"""按月分区: prepared by the application a year ahead, dropped by the owner only (manage.py drop_evidence_month)."""

from django.db import connection

AHEAD = 12  # months

# By the database's own clock: `at` is its time, not the business day.
_PREPARE = """
    SELECT count(*) FILTER (WHERE audit_ensure_partition((this_month + make_interval(months => n))::date))
    FROM date_trunc('month', clock_timestamp() AT TIME ZONE 'Asia/Shanghai') this_month, generate_series(0, %s) n
"""


def prepare() -> int:
    """备好本月和以后十二个月的分区; returns how many months were made."""
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE, [AHEAD])
        return int(cursor.fetchone()[0])
