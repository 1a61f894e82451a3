"""收录一条问记录一次: two triggers asked the record of every copy that began, and again when the platform confirmed it.

What they refuse and what they write stays as it was.
"""

from django.db import migrations

ONCE = """
DROP TRIGGER records_undone_is_not_handed ON records_holding;
DROP FUNCTION records_undone_is_not_handed();
DROP TRIGGER records_holding_is_owed ON records_holding;
CREATE FUNCTION records_holding_begins() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  over boolean;
  undone boolean;
BEGIN
  SELECT status = 'ended', end_kind = 'undone' INTO over, undone FROM records_creditrecord WHERE id = NEW.record_id;
  IF undone THEN
    RAISE EXCEPTION '随整批撤回的记录没有收录方' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  NEW.owed := NEW.gone_at IS NULL AND coalesce(over, false);
  RETURN NEW;
END $$;
CREATE TRIGGER records_holding_begins BEFORE INSERT ON records_holding
  FOR EACH ROW EXECUTE FUNCTION records_holding_begins();
CREATE TRIGGER records_holding_is_owed BEFORE UPDATE ON records_holding FOR EACH ROW
  WHEN ((NEW.gone_at, NEW.record_id, NEW.owed) IS DISTINCT FROM (OLD.gone_at, OLD.record_id, OLD.owed))
  EXECUTE FUNCTION records_holding_is_owed();
"""
TWICE = """
DROP TRIGGER records_holding_is_owed ON records_holding;
DROP TRIGGER records_holding_begins ON records_holding;
DROP FUNCTION records_holding_begins();
CREATE TRIGGER records_holding_is_owed BEFORE INSERT OR UPDATE OF gone_at, record_id, owed ON records_holding
  FOR EACH ROW EXECUTE FUNCTION records_holding_is_owed();
CREATE FUNCTION records_undone_is_not_handed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM records_creditrecord WHERE id = NEW.record_id AND end_kind = 'undone') THEN
    RAISE EXCEPTION '随整批撤回的记录没有收录方' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_undone_is_not_handed BEFORE INSERT ON records_holding
  FOR EACH ROW EXECUTE FUNCTION records_undone_is_not_handed();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0033_rows_to_look_at")]

    operations = [migrations.RunSQL(ONCE, TWICE)]
