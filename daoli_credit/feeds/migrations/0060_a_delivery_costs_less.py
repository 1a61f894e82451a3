"""A delivery is written three times, each time with every index: those that another one begins with, or that nobody
asks, go. Its triggers are called only for what they may have to refuse (docs/adr/0045)."""

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models.deletion import PROTECT

# table, column with its class, index that Django made
GONE = (
    ("delivery", "feed_id", "feeds_delivery_feed_id_81f91581"),
    ("delivery", "feed_id varchar_pattern_ops", "feeds_delivery_feed_id_81f91581_like"),
    ("delivery", "key varchar_pattern_ops", "feeds_delivery_key_543b9dc9_like"),
    ("delivery", "record_id", "feeds_delivery_record_id_0e69ef4a"),
    ("delivery", "revision_id", "feeds_delivery_revision_id_b3175705"),
    ("delivery", "held_owner_id", "feeds_delivery_held_owner_id_d38c945a"),
    ("receipt", "delivery_id", "feeds_receipt_delivery_id_7bae021e"),
)
# the record and the revision first: so each also answers for its foreign key
TURNED = """
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_revision_is_owed_once_turned ON feeds_delivery ({columns});
ALTER TABLE feeds_delivery DROP CONSTRAINT a_revision_is_owed_once_to_a_feed,
  ADD CONSTRAINT a_revision_is_owed_once_to_a_feed UNIQUE USING INDEX a_revision_is_owed_once_turned
"""
TRIGGERS = """
DROP TRIGGER feeds_delivery_stays ON feeds_delivery;
CREATE TRIGGER feeds_delivery_stays BEFORE UPDATE ON feeds_delivery FOR EACH ROW
  WHEN ((NEW.key, NEW.feed_id, NEW.revision_id, NEW.record_id, NEW.number, NEW.lane)
          IS DISTINCT FROM (OLD.key, OLD.feed_id, OLD.revision_id, OLD.record_id, OLD.number, OLD.lane)
        OR (OLD.digest IS NOT NULL AND (NEW.digest IS DISTINCT FROM OLD.digest OR NEW.body IS DISTINCT FROM OLD.body))
        OR NEW.attempts < OLD.attempts
        OR (OLD.body_dropped_at IS NOT NULL AND NEW.body_dropped_at IS DISTINCT FROM OLD.body_dropped_at))
  EXECUTE FUNCTION feeds_delivery_stays();
DROP TRIGGER feeds_delivery_is_assessed ON feeds_delivery;
CREATE TRIGGER feeds_delivery_is_assessed BEFORE INSERT ON feeds_delivery FOR EACH ROW
  WHEN (NEW.state = 'sending') EXECUTE FUNCTION feeds_delivery_is_assessed();
CREATE TRIGGER feeds_delivery_sent_is_assessed BEFORE UPDATE ON feeds_delivery FOR EACH ROW
  WHEN (NEW.state = 'sending' AND OLD.state <> 'sending') EXECUTE FUNCTION feeds_delivery_is_assessed();
"""
ALWAYS = """
DROP TRIGGER feeds_delivery_sent_is_assessed ON feeds_delivery;
DROP TRIGGER feeds_delivery_is_assessed ON feeds_delivery;
CREATE TRIGGER feeds_delivery_is_assessed BEFORE INSERT OR UPDATE ON feeds_delivery
  FOR EACH ROW EXECUTE FUNCTION feeds_delivery_is_assessed();
DROP TRIGGER feeds_delivery_stays ON feeds_delivery;
CREATE TRIGGER feeds_delivery_stays BEFORE UPDATE ON feeds_delivery
  FOR EACH ROW EXECUTE FUNCTION feeds_delivery_stays();
"""


def _dropped(table: str, column: str, index: str) -> Operation:
    """Past no reader and no writer."""
    return migrations.RunSQL(
        f"DROP INDEX CONCURRENTLY IF EXISTS {index}",
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {index} ON feeds_{table} ({column})",
    )


def _turned(columns: str) -> list[str]:
    return TURNED.format(columns=columns).split(";")


def _field(model: str, name: str, field: models.Field) -> Operation:
    return migrations.AlterField(model, name, field)


BY_RECORD = models.Index(fields=["record", "feed", "number"], name="delivery_of_record")
BY_OWNER = models.Index(fields=["held_owner"], name="delivery_held_by", condition=models.Q(held_owner__isnull=False))


class Migration(migrations.Migration):
    atomic = False  # as CONCURRENTLY wants it; every operation may be run again

    dependencies = [
        ("feeds", "0007_repaired_there"),
        ("records", "0028_indexes_of_days"),
        ("accounts", "0013_verbs_of_incentives"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(_turned("revision_id, feed_id"), _turned("feed_id, revision_id")),
            ],
            state_operations=[
                migrations.RemoveConstraint("delivery", "a_revision_is_owed_once_to_a_feed"),
                migrations.AddConstraint(
                    "delivery",
                    models.UniqueConstraint(fields=["revision", "feed"], name="a_revision_is_owed_once_to_a_feed"),
                ),
                _field(
                    "delivery",
                    "feed",
                    models.ForeignKey(
                        "feeds.feed", PROTECT, db_index=False, related_name="deliveries", verbose_name="平台"
                    ),
                ),
                _field(
                    "delivery",
                    "revision",
                    models.ForeignKey(
                        "records.revision", PROTECT, db_index=False, related_name="+", verbose_name="版本"
                    ),
                ),
                _field(
                    "delivery",
                    "record",
                    models.ForeignKey(
                        "records.creditrecord", PROTECT, db_index=False, related_name="+", verbose_name="信用记录"
                    ),
                ),
                _field(
                    "delivery",
                    "held_owner",
                    models.ForeignKey(
                        "accounts.department", PROTECT, db_index=False, null=True, blank=True, related_name="+"
                    ),
                ),
                _field(
                    "receipt",
                    "delivery",
                    models.ForeignKey(
                        "feeds.delivery", PROTECT, db_index=False, related_name="receipts", verbose_name="推送单"
                    ),
                ),
            ],
        ),
        migrations.AddIndex("delivery", BY_RECORD),
        migrations.AddIndex("delivery", BY_OWNER),
        migrations.RemoveIndex("delivery", "delivery_by_record"),
        *(_dropped(*one) for one in GONE),
        migrations.RunSQL(TRIGGERS, ALWAYS),
    ]
