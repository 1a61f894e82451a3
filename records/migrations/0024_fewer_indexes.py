"""Indexes that another one begins with, or that no query asks: each is paid for with every record that comes in."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models.deletion import CASCADE, PROTECT

BY_ENTERER = models.Index(
    fields=["entered_by"], name="record_by_enterer", condition=models.Q(status__in=["draft", "returned"])
)
BY_SUBMITTER = models.Index(
    fields=["submitted_by"], name="record_by_submitter", condition=models.Q(status="submitted")
)
# table, column with its class, index that Django made
GONE = (
    ("creditrecord", "department_id", "records_creditrecord_department_id_3ef8478e"),
    ("creditrecord", "subject_id", "records_creditrecord_subject_id_b7b6b8a1"),
    ("creditrecord", "entered_by_id", "records_creditrecord_entered_by_id_3fb4ed2e"),
    ("creditrecord", "submitted_by_id", "records_creditrecord_submitted_by_id_10b83303"),
    ("creditrecord", "reviewed_by_id", "records_creditrecord_reviewed_by_id_559c9670"),
    # for LIKE, which nobody asks of a code or a number
    ("creditrecord", "item_id varchar_pattern_ops", "records_creditrecord_item_id_c75ca2c5_like"),
    ("creditrecord", "number varchar_pattern_ops", "records_creditrecord_number_7e59ab5a_like"),
    ("holding", "recipient varchar_pattern_ops", "records_holding_recipient_34842881_like"),
    ("holding", "record_id", "records_holding_record_id_da43dd40"),
    ("revision", "record_id", "records_revision_record_id_c00a4100"),
    ("batchrow", "batch_id", "records_batchrow_batch_id_12d994aa"),
    ("subjectkey", "subject_id", "records_subjectkey_subject_id_ab69630d"),
)


def _dropped(table: str, column: str, index: str) -> Operation:
    """Past no reader and no writer: a record goes on being entered while it happens."""
    return migrations.RunSQL(
        f"DROP INDEX CONCURRENTLY IF EXISTS {index}",
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {index} ON records_{table} ({column})",
    )


def _field(model: str, name: str, to: str, **more: Any) -> Operation:
    return migrations.AlterField(model, name, models.ForeignKey(to, db_index=False, **{"on_delete": PROTECT, **more}))


USER, NOBODY_YET = settings.AUTH_USER_MODEL, {"blank": True, "null": True, "related_name": "+"}


class Migration(migrations.Migration):
    atomic = False  # as CONCURRENTLY wants it; every operation may be run again

    dependencies = [
        ("records", "0023_restated"),
        ("accounts", "0013_verbs_of_incentives"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                _field("batchrow", "batch", "records.importbatch", on_delete=CASCADE, related_name="rows"),
                _field("creditrecord", "department", "accounts.department", verbose_name="认定部门"),
                _field("creditrecord", "subject", "records.subject", verbose_name="信用主体"),
                _field("creditrecord", "entered_by", USER, related_name="+", verbose_name="录入人"),
                _field("creditrecord", "submitted_by", USER, verbose_name="报送人", **NOBODY_YET),
                _field("creditrecord", "reviewed_by", USER, verbose_name="复核人", **NOBODY_YET),
                _field("holding", "record", "records.creditrecord", related_name="holdings"),
                _field("revision", "record", "records.creditrecord", related_name="revisions"),
                _field("subjectkey", "subject", "records.subject", on_delete=CASCADE, related_name="key_rows"),
            ]
        ),
        AddIndexConcurrently("creditrecord", BY_ENTERER),
        AddIndexConcurrently("creditrecord", BY_SUBMITTER),
        *(_dropped(*one) for one in GONE),
    ]
