"""A case neither begins nor is notified under a list type that nobody has assessed (stored days with stored days)."""

from django.db import migrations

GATE = """
CREATE FUNCTION incentives_list_type_is_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  day date := CASE TG_OP WHEN 'INSERT' THEN NEW.proposed_on ELSE NEW.noticed_on END;
BEGIN
  -- without its day a constraint refuses it
  IF day IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.status = 'proposed' AND NEW.status = 'notified') AND NOT EXISTS (
    SELECT 1 FROM accounts_impactassessment
    WHERE kind = 'list-type' AND code = NEW.list_type AND status = 'approved'
      AND approved_on <= day AND valid_until >= day
  ) THEN
    RAISE EXCEPTION '名单类型 % 在 % 没有在效的个人信息保护影响评估', NEW.list_type, day
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
-- after the other triggers of the table by its name: a case that leaves its path is refused for that
CREATE TRIGGER incentives_zz_list_type_is_assessed BEFORE INSERT OR UPDATE OF status ON incentives_listing
  FOR EACH ROW EXECUTE FUNCTION incentives_list_type_is_assessed();
"""
NO_GATE = """
DROP TRIGGER incentives_zz_list_type_is_assessed ON incentives_listing;
DROP FUNCTION incentives_list_type_is_assessed();
"""


class Migration(migrations.Migration):
    dependencies = [("incentives", "0003_one_vocabulary_of_service"), ("accounts", "0011_what_an_assessment_keeps")]

    operations = [migrations.RunSQL(GATE, NO_GATE)]
