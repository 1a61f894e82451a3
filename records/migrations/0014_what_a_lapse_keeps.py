"""What only the database can keep: which basis lapsed, when, and who anchored it to what."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE records_lapse_number"
NO_NUMBER = "DROP SEQUENCE records_lapse_number"

STAYS = """
CREATE FUNCTION records_lapse_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '依据失效件不能删除：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.number, OLD.item_id, OLD.department_id, OLD.basis, OLD.basis_title, OLD.lapsed_on, OLD.found_on)
     IS DISTINCT FROM
     (NEW.number, NEW.item_id, NEW.department_id, NEW.basis, NEW.basis_title, NEW.lapsed_on, NEW.found_on)
     OR OLD.status = 'anchored'
     OR (OLD.paused_on IS NOT NULL AND NEW.paused_on IS DISTINCT FROM OLD.paused_on)
     OR (NEW.status = 'anchored' AND (OLD.status <> 'proposed' OR NEW.successor <> OLD.successor
         OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id)) THEN
    RAISE EXCEPTION '依据失效件的事实不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_lapse_stays BEFORE UPDATE OR DELETE ON records_lapse
  FOR EACH ROW EXECUTE FUNCTION records_lapse_stays();
"""
NO_STAYS = """
DROP TRIGGER records_lapse_stays ON records_lapse;
DROP FUNCTION records_lapse_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0013_lapses")]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(STAYS, NO_STAYS),
    ]
