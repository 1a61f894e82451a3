"""Indexes for the queue and for what supervision asks of days; the one of the item begins one of them and goes."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.deletion import PROTECT

WAITING, SENT_AGAIN = models.Q(status="submitted"), models.Q(was_returned=True)
ALONE = models.Q(row__isnull=True) | models.Q(was_returned=True)
IN_ORDER = ("department", models.F("was_returned").desc(), "submitted_on", "id")
MADE = (
    models.Index(*IN_ORDER, name="record_by_queue", condition=WAITING),
    models.Index(*IN_ORDER, name="record_by_queue_alone", condition=WAITING & ALONE),
    models.Index(
        fields=["item", "department", "submitted_on", "determined_on", "was_returned"], name="record_by_report"
    ),
    models.Index(fields=["department", "submitted_on", "effective_on"], name="record_by_review"),
    models.Index(fields=["submitted_on"], name="record_sent_again", condition=SENT_AGAIN),
    models.Index(fields=["department", "determined_on"], name="record_first_sent_again", condition=SENT_AGAIN),
    models.Index(
        fields=["ended_on"], name="record_by_expiry", condition=models.Q(status="ended", end_kind="expired")
    ),
    models.Index(
        fields=["department"], name="record_unsealed", condition=models.Q(status="ended") & ~models.Q(content={})
    ),
)
ITEM = models.ForeignKey("records.catalogueitem", PROTECT, db_index=False, verbose_name="目录事项")
OF_ITEM = "records_creditrecord_item_id_c75ca2c5"


class Migration(migrations.Migration):
    atomic = False  # as CONCURRENTLY wants it; every operation may be run again

    dependencies = [("records", "0027_imports_entered_by_the_worker")]

    operations = [
        *(AddIndexConcurrently("creditrecord", one) for one in MADE),
        migrations.RunSQL(
            f"DROP INDEX CONCURRENTLY IF EXISTS {OF_ITEM}",
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {OF_ITEM} ON records_creditrecord (item_id)",
            state_operations=[migrations.AlterField("creditrecord", "item", ITEM)],
        ),
    ]
