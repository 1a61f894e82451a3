"""What only the database can keep: what was proposed stays as proposed, and nothing is confirmed without its text."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE rulepack_change_number"
NO_NUMBER = "DROP SEQUENCE rulepack_change_number"

STAYS = """
CREATE FUNCTION rulepack_change_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '规则确认件不能删除：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'proposed' THEN
      RAISE EXCEPTION '规则确认件只能从提出开始：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.number, OLD.action, OLD.kind, OLD.code, OLD.title, OLD.edition, OLD.row_digest, OLD.reason,
      OLD.department_id, OLD.proposed_by_id, OLD.proposed_on)
     IS DISTINCT FROM
     (NEW.number, NEW.action, NEW.kind, NEW.code, NEW.title, NEW.edition, NEW.row_digest, NEW.reason,
      NEW.department_id, NEW.proposed_by_id, NEW.proposed_on) OR OLD.status <> 'proposed' THEN
    RAISE EXCEPTION '提出的内容和办结的件不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'agreed' AND NEW.action = 'confirm'
     AND NOT EXISTS (SELECT 1 FROM rulepack_ruletext WHERE change_id = NEW.id) THEN
    RAISE EXCEPTION '没有附条文的不能确认：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rulepack_change_stays BEFORE INSERT OR UPDATE OR DELETE ON rulepack_rulechange
  FOR EACH ROW EXECUTE FUNCTION rulepack_change_stays();

CREATE FUNCTION rulepack_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.change_id, OLD.token, OLD.name, OLD.kind, OLD.size, OLD.digest)
     IS DISTINCT FROM (NEW.change_id, NEW.token, NEW.name, NEW.kind, NEW.size, NEW.digest) THEN
    RAISE EXCEPTION '条文附件不能改写、不能删除' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rulepack_text_stays BEFORE UPDATE OR DELETE ON rulepack_ruletext
  FOR EACH ROW EXECUTE FUNCTION rulepack_text_stays();
"""
NO_STAYS = """
DROP TRIGGER rulepack_text_stays ON rulepack_ruletext;
DROP FUNCTION rulepack_text_stays();
DROP TRIGGER rulepack_change_stays ON rulepack_rulechange;
DROP FUNCTION rulepack_change_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("rulepack", "0001_changes_and_texts")]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(STAYS, NO_STAYS),
    ]
