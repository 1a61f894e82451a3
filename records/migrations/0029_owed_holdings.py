"""终止后未撤下: what is still held of what has ended, by an index that holds only that."""

from django.db import migrations, models

TRIGGERS = """
CREATE FUNCTION records_holding_is_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.owed := NEW.gone_at IS NULL
    AND EXISTS (SELECT 1 FROM records_creditrecord WHERE id = NEW.record_id AND status = 'ended');
  RETURN NEW;
END $$;
CREATE TRIGGER records_holding_is_owed BEFORE INSERT OR UPDATE OF gone_at, record_id, owed ON records_holding
  FOR EACH ROW EXECUTE FUNCTION records_holding_is_owed();

CREATE FUNCTION records_ended_is_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE records_holding SET owed = true WHERE record_id = NEW.id AND gone_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER records_ended_is_owed AFTER UPDATE OF status ON records_creditrecord
  FOR EACH ROW WHEN (NEW.status = 'ended' AND OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION records_ended_is_owed();

UPDATE records_holding SET owed = true WHERE gone_at IS NULL
  AND EXISTS (SELECT 1 FROM records_creditrecord WHERE id = record_id AND status = 'ended');
"""
BACK = """
DROP TRIGGER records_ended_is_owed ON records_creditrecord;
DROP FUNCTION records_ended_is_owed();
DROP TRIGGER records_holding_is_owed ON records_holding;
DROP FUNCTION records_holding_is_owed();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0028_indexes_of_days")]

    operations = [
        migrations.AddField(
            "holding",
            "owed",
            models.BooleanField("终止后未撤下", default=False, db_default=False, editable=False),
        ),
        migrations.RunSQL(TRIGGERS, BACK),
        migrations.AddConstraint(
            "holding",
            models.CheckConstraint(
                name="what_is_gone_is_not_owed", condition=models.Q(owed=False) | models.Q(gone_at__isnull=True)
            ),
        ),
        migrations.AddIndex(
            "holding",
            models.Index(fields=["record"], name="owed_holdings", condition=models.Q(owed=True)),
        ),
    ]
