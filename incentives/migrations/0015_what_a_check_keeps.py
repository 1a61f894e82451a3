"""What only triggers can refuse: a check outside its open case, an answer rewritten, a feedback taken back."""

from django.db import migrations

NUMBERS = "CREATE SEQUENCE incentives_check_number; CREATE SEQUENCE incentives_check_set_number"
NO_NUMBERS = "DROP SEQUENCE incentives_check_number; DROP SEQUENCE incentives_check_set_number"

OF_ITS_CASE = """
CREATE FUNCTION incentives_check_is_of_its_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM incentives_mattercase c
    WHERE c.id = NEW.case_id AND c.department_id = NEW.department_id AND c.matter = NEW.matter
  ) THEN
    RAISE EXCEPTION '核查与办件的部门或者事项不符：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_check_is_of_its_case BEFORE INSERT ON incentives_check
  FOR EACH ROW EXECUTE FUNCTION incentives_check_is_of_its_case();
CREATE TRIGGER incentives_checkset_is_of_its_case BEFORE INSERT ON incentives_checkset
  FOR EACH ROW EXECUTE FUNCTION incentives_check_is_of_its_case();

CREATE FUNCTION incentives_check_in_open_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM incentives_mattercase c
    WHERE c.id = NEW.case_id AND c.opened_on <= NEW.made_on AND (c.closed_on IS NULL OR c.closed_on > NEW.made_on)
  ) THEN
    RAISE EXCEPTION '办件不在办，不能核查：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_check_in_open_case BEFORE INSERT ON incentives_check
  FOR EACH ROW EXECUTE FUNCTION incentives_check_in_open_case();
"""
NO_OF_ITS_CASE = """
DROP TRIGGER incentives_check_in_open_case ON incentives_check;
DROP FUNCTION incentives_check_in_open_case();
DROP TRIGGER incentives_checkset_is_of_its_case ON incentives_checkset;
DROP TRIGGER incentives_check_is_of_its_case ON incentives_check;
DROP FUNCTION incentives_check_is_of_its_case();
"""

# An answer goes with its record at the end of keeping; its envelope alone is sealed anew when keys change.
STAYS = """
CREATE TRIGGER incentives_check_stays BEFORE UPDATE OR DELETE ON incentives_check
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE FUNCTION incentives_answer_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'envelope' <> to_jsonb(OLD) - 'envelope' THEN
    RAISE EXCEPTION '核查的答复不能改写：%', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_checkanswer_is_kept BEFORE UPDATE ON incentives_checkanswer
  FOR EACH ROW EXECUTE FUNCTION incentives_answer_is_kept();
CREATE TRIGGER incentives_checkanswer_deleted_in_time BEFORE DELETE ON incentives_checkanswer FOR EACH ROW
  WHEN (OLD.record_id IS NULL OR NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();

CREATE FUNCTION incentives_feedback_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM incentives_checkanswer a
    WHERE a.id = NEW.answer_id AND a.force = NEW.force AND a.due_on IS NOT NULL
  ) THEN
    RAISE EXCEPTION '只对查到的措施反馈' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_feedback_agrees BEFORE INSERT ON incentives_feedback
  FOR EACH ROW EXECUTE FUNCTION incentives_feedback_agrees();
CREATE TRIGGER incentives_feedback_stays BEFORE UPDATE ON incentives_feedback
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE FUNCTION incentives_feedback_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM incentives_checkanswer a JOIN records_deletion x ON x.record_pk = a.record_id WHERE a.id = OLD.answer_id
  ) THEN
    RAISE EXCEPTION '措施反馈只增不改' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER incentives_feedback_deleted_in_time BEFORE DELETE ON incentives_feedback
  FOR EACH ROW EXECUTE FUNCTION incentives_feedback_in_time();
"""
NO_STAYS = """
DROP TRIGGER incentives_feedback_deleted_in_time ON incentives_feedback;
DROP FUNCTION incentives_feedback_in_time();
DROP TRIGGER incentives_feedback_stays ON incentives_feedback;
DROP TRIGGER incentives_feedback_agrees ON incentives_feedback;
DROP FUNCTION incentives_feedback_agrees();
DROP TRIGGER incentives_checkanswer_deleted_in_time ON incentives_checkanswer;
DROP TRIGGER incentives_checkanswer_is_kept ON incentives_checkanswer;
DROP FUNCTION incentives_answer_is_kept();
DROP TRIGGER incentives_check_stays ON incentives_check;
"""

# A set that has been answered, refused or found wrong stays as it is.
SET_OVER = """
CREATE FUNCTION incentives_check_set_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '成批核查已经办完，不能改：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER incentives_checkset_over BEFORE UPDATE ON incentives_checkset FOR EACH ROW
  WHEN (OLD.status IN ('done', 'refused', 'wrong')) EXECUTE FUNCTION incentives_check_set_stays();
CREATE TRIGGER incentives_checkset_stays BEFORE DELETE ON incentives_checkset
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
"""
NO_SET_OVER = """
DROP TRIGGER incentives_checkset_stays ON incentives_checkset;
DROP TRIGGER incentives_checkset_over ON incentives_checkset;
DROP FUNCTION incentives_check_set_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("incentives", "0014_checks"), ("records", "0022_the_end_of_a_record")]

    operations = [
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.RunSQL(OF_ITS_CASE, NO_OF_ITS_CASE),
        migrations.RunSQL(STAYS, NO_STAYS),
        migrations.RunSQL(SET_OVER, NO_SET_OVER),
    ]
