"""核对销毁: that of what was deleted nothing is left here, and that the certificates agree with the evidence.

What may still name a deleted record: the evidence of acts and looks (no names, kept for their own terms), the register
of what was given to whom (three years at least, network data regulation), the deletion itself, and the signed receipt
of an import, which says from which number to which and nothing of anybody.
"""

from django.db import connection

from records import reach
from records.models import CreditRecord, Deletion
from records.workflows import certifying
from records.workflows.retention import DELETED

MAY_NAME_IT = (
    "audit_event", "audit_lookup", "audit_unsealed", "audit_seal", "audit_leaves",
    "records_deletion", "records_disclosure", "records_receipt", "django_session",
)  # fmt: skip
_COLUMNS = """
    SELECT c.table_name, c.column_name FROM information_schema.columns c
    JOIN pg_class t ON t.relname = c.table_name AND t.relnamespace = 'public'::regnamespace
    WHERE c.table_schema = 'public' AND t.relkind IN ('r', 'p') AND NOT t.relispartition
      AND c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY') AND NOT c.table_name = ANY (%s)
    ORDER BY 1, 2
"""


def faults() -> list[str]:
    """查出的问题, in words; none when everything that was deleted is really gone."""
    return [*_rows(), *_words(), *_certificates()]


def _rows() -> list[str]:
    gone = Deletion.objects.values("record_pk")
    found = []
    if count := CreditRecord.objects.filter(pk__in=gone).count():
        found.append(f"信用记录里还有 {count} 条已销毁的")
    for one in reach.hanging():
        if count := one.model._base_manager.filter(**{f"{one.path}__in": gone}).count():
            found.append(f"{one.model._meta.verbose_name}里还有 {count} 行属于已销毁的记录")
    return found


def _words() -> list[str]:
    """The number of a deleted record in any text of any table; a number that is not there anywhere says so of all."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [list(MAY_NAME_IT)])
        for table, column in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {connection.ops.quote_name(table)} t, "  # noqa: S608 - names of our own columns
                f"regexp_matches(t.{connection.ops.quote_name(column)}::text, 'DL[0-9]{{4}}-[0-9]{{6}}', 'g') m "
                "JOIN records_deletion d ON d.record_number = m[1]"
            )
            if count := cursor.fetchone()[0]:
                found.append(f"{table}.{column} 里还有 {count} 处写着已销毁的编号")
    return found


def _certificates() -> list[str]:
    rows = Deletion.objects.order_by("record_pk").values_list("certificate", "record_number")
    return certifying.faults(DELETED, Deletion, ((one, [number]) for one, number in rows), what="销毁记载")
