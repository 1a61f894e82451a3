"""A check, what hangs on it and its sheets are deleted some years after their case was closed, and by no other way.

A row that says so stands first: for a case that is closed, of which no prior notice is kept; at commit all of it is gone.
"""

from django.db import migrations

DELETION = """
CREATE FUNCTION incentives_check_deletion_is_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION '核查销毁记载只增不改：%', OLD.case_pk USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM incentives_mattercase c JOIN accounts_department d ON d.id = c.department_id
    WHERE c.id = NEW.case_pk AND c.status = 'closed' AND c.closed_on = NEW.closed_on AND d.code = NEW.department
  ) THEN
    RAISE EXCEPTION '办件没有办结，核查不能销毁：%', NEW.case_pk USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
    SELECT FROM incentives_preadversenotice n JOIN incentives_check k ON k.id = n.check_made_id
    WHERE k.case_id = NEW.case_pk
  ) THEN
    RAISE EXCEPTION '事先告知还据以保存，核查不能销毁：%', NEW.case_pk USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_check_deletion_is_due BEFORE INSERT OR UPDATE OR DELETE ON incentives_checkdeletion
  FOR EACH ROW EXECUTE FUNCTION incentives_check_deletion_is_due();

CREATE FUNCTION incentives_check_deletion_is_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM incentives_check WHERE case_id = NEW.case_pk)
     OR EXISTS (SELECT FROM incentives_checkset WHERE case_id = NEW.case_pk) THEN
    RAISE EXCEPTION '写了销毁而没有销毁：%', NEW.case_pk USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER incentives_check_deletion_is_done AFTER INSERT ON incentives_checkdeletion
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION incentives_check_deletion_is_done();

CREATE FUNCTION incentives_case_is_deleting(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM public.incentives_checkdeletion WHERE case_pk = which)
$$;
CREATE FUNCTION incentives_check_is_deleting(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM public.incentives_check k JOIN public.incentives_checkdeletion x ON x.case_pk = k.case_id
    WHERE k.id = which)
$$;

DROP TRIGGER incentives_check_stays ON incentives_check;
CREATE TRIGGER incentives_check_stays BEFORE UPDATE ON incentives_check
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER incentives_check_deleted_in_time BEFORE DELETE ON incentives_check FOR EACH ROW
  WHEN (NOT incentives_case_is_deleting(OLD.case_id)) EXECUTE FUNCTION records_only_grows();

DROP TRIGGER incentives_checkset_stays ON incentives_checkset;
CREATE TRIGGER incentives_checkset_deleted_in_time BEFORE DELETE ON incentives_checkset FOR EACH ROW
  WHEN (NOT incentives_case_is_deleting(OLD.case_id)) EXECUTE FUNCTION records_only_grows();

DROP TRIGGER incentives_checkanswer_deleted_in_time ON incentives_checkanswer;
CREATE TRIGGER incentives_checkanswer_deleted_in_time BEFORE DELETE ON incentives_checkanswer FOR EACH ROW
  WHEN ((OLD.record_id IS NULL OR NOT records_is_deleting(OLD.record_id))
        AND NOT incentives_check_is_deleting(OLD.check_made_id)) EXECUTE FUNCTION records_only_grows();

DROP TRIGGER incentives_inbound_only_grows ON incentives_inboundanswer;
CREATE TRIGGER incentives_inbound_only_grows BEFORE UPDATE ON incentives_inboundanswer
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER incentives_inbound_deleted_in_time BEFORE DELETE ON incentives_inboundanswer FOR EACH ROW
  WHEN (NOT incentives_check_is_deleting(OLD.check_made_id)) EXECUTE FUNCTION records_only_grows();

CREATE OR REPLACE FUNCTION incentives_feedback_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM incentives_checkanswer a LEFT JOIN records_deletion x ON x.record_pk = a.record_id
    WHERE a.id = OLD.answer_id AND (x.record_pk IS NOT NULL OR incentives_check_is_deleting(a.check_made_id))
  ) THEN
    RAISE EXCEPTION '措施反馈只增不改' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
"""
NO_DELETION = """
CREATE OR REPLACE FUNCTION incentives_feedback_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM incentives_checkanswer a JOIN records_deletion x ON x.record_pk = a.record_id WHERE a.id = OLD.answer_id
  ) THEN
    RAISE EXCEPTION '措施反馈只增不改' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
DROP TRIGGER incentives_inbound_deleted_in_time ON incentives_inboundanswer;
DROP TRIGGER incentives_inbound_only_grows ON incentives_inboundanswer;
CREATE TRIGGER incentives_inbound_only_grows BEFORE UPDATE OR DELETE ON incentives_inboundanswer
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
DROP TRIGGER incentives_checkanswer_deleted_in_time ON incentives_checkanswer;
CREATE TRIGGER incentives_checkanswer_deleted_in_time BEFORE DELETE ON incentives_checkanswer FOR EACH ROW
  WHEN (OLD.record_id IS NULL OR NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();
DROP TRIGGER incentives_checkset_deleted_in_time ON incentives_checkset;
CREATE TRIGGER incentives_checkset_stays BEFORE DELETE ON incentives_checkset
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
DROP TRIGGER incentives_check_deleted_in_time ON incentives_check;
DROP TRIGGER incentives_check_stays ON incentives_check;
CREATE TRIGGER incentives_check_stays BEFORE UPDATE OR DELETE ON incentives_check
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
DROP FUNCTION incentives_check_is_deleting(bigint);
DROP FUNCTION incentives_case_is_deleting(bigint);
DROP TRIGGER incentives_check_deletion_is_done ON incentives_checkdeletion;
DROP FUNCTION incentives_check_deletion_is_done();
DROP TRIGGER incentives_check_deletion_is_due ON incentives_checkdeletion;
DROP FUNCTION incentives_check_deletion_is_due();
"""


class Migration(migrations.Migration):
    dependencies = [("incentives", "0018_check_deletions"), ("records", "0022_the_end_of_a_record")]

    operations = [migrations.RunSQL(DELETION, NO_DELETION)]
