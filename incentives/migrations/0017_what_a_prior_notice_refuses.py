"""What only triggers can refuse: an adverse use of what has ended or is disputed, a fact rewritten, a question unassessed."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE incentives_pre_adverse_number"
NO_NUMBER = "DROP SEQUENCE incentives_pre_adverse_number"

# What is empty ('', null, false) may be filled once; the same law as for a listing case (0002).
NOTICE = """
CREATE FUNCTION incentives_pre_adverse_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'drafted'
     OR num_nulls(NEW.noticed_on, NEW.notice_served_on, NEW.stated_on, NEW.decided_on, NEW.decision_served_on) < 5 THEN
    RAISE EXCEPTION '事先告知只能从拟稿开始：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM incentives_checkanswer a JOIN incentives_check c ON c.id = a.check_made_id
    WHERE a.id = NEW.answer_id AND c.id = NEW.check_made_id AND c.department_id = NEW.department_id
      AND c.matter = NEW.matter AND a.measure = NEW.measure AND a.force = NEW.force AND a.said = 'found' AND a.firm
      AND a.record_id IS NOT DISTINCT FROM NEW.record_id AND a.sign <> 'reward'
  ) THEN
    RAISE EXCEPTION '事先告知与核查的答复不符：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM records_subjectkey k JOIN incentives_check c ON c.id = NEW.check_made_id AND c.person_key = k.digest
    JOIN records_subject s ON s.id = k.subject_id
    WHERE s.id = NEW.subject_id OR s.same_as_id = NEW.subject_id
      OR EXISTS (SELECT FROM records_subject o WHERE o.id = NEW.subject_id AND o.same_as_id IN (s.id, s.same_as_id))
  ) THEN
    RAISE EXCEPTION '事先告知的当事人不是核查的人：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_pre_adverse_begins BEFORE INSERT ON incentives_preadversenotice
  FOR EACH ROW EXECUTE FUNCTION incentives_pre_adverse_begins();

CREATE FUNCTION incentives_pre_adverse_keeps_its_path() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fact text;
  before jsonb := to_jsonb(OLD) - 'status' - 'revision';
  after jsonb := to_jsonb(NEW);
BEGIN
  FOR fact IN SELECT jsonb_object_keys(before) LOOP
    IF before -> fact NOT IN ('null'::jsonb, '""'::jsonb, 'false'::jsonb) AND after -> fact <> before -> fact THEN
      RAISE EXCEPTION '事先告知的事实写下后不能改写：% %', OLD.number, fact
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF NEW.outright <> OLD.outright OR NEW.record_id IS DISTINCT FROM OLD.record_id THEN
    RAISE EXCEPTION '事先告知的依据写下后不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF NOT (
    OLD.status = 'drafted' AND NOT OLD.outright AND NEW.status = 'notified'
    OR OLD.status = 'drafted' AND OLD.outright AND NEW.status = 'decided'
    OR OLD.status = 'notified' AND NEW.status IN ('answered', 'lapsed')
    OR OLD.status = 'answered' AND NEW.status = 'notified'
       AND OLD.waiver_taken_back_at IS NULL AND NEW.waiver_taken_back_at IS NOT NULL
    OR OLD.status IN ('answered', 'lapsed') AND NEW.status = 'decided'
    OR OLD.status IN ('drafted', 'notified', 'answered', 'lapsed') AND NEW.status = 'spared'
  ) THEN
    RAISE EXCEPTION '事先告知 % 不能从 % 到 %', OLD.number, OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_pre_adverse_keeps_its_path BEFORE UPDATE ON incentives_preadversenotice
  FOR EACH ROW EXECUTE FUNCTION incentives_pre_adverse_keeps_its_path();

-- neither is a person told of, nor anything decided by, what has ended, is paused or is being disputed
CREATE FUNCTION incentives_pre_adverse_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR NEW.status NOT IN ('notified', 'decided') OR OLD.status = 'answered' AND NEW.status = 'notified'
  THEN
    RETURN NEW;
  END IF;
  IF NEW.record_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM records_creditrecord r
    WHERE r.id = NEW.record_id AND r.suspended_on IS NULL AND r.disputed_on IS NULL
      AND (r.status = 'effective' AND (NEW.outlives OR r.use_until IS NULL
             OR r.use_until >= coalesce(NEW.decided_on, NEW.noticed_on))
        OR r.status = 'ended' AND NEW.outlives AND r.end_kind IN ('expired', 'repaired'))
  ) THEN
    RAISE EXCEPTION '所依据的记录已经终止、暂停或者正在核实异议，不能据以作出不利决定：%', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
    SELECT FROM incentives_checkanswer a
    WHERE a.id = NEW.answer_id AND a.until < coalesce(NEW.decided_on, NEW.noticed_on)
  ) THEN
    RAISE EXCEPTION '措施的期限已满，不能据以作出不利决定：%', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
-- after the path by its name
CREATE TRIGGER incentives_pre_adverse_stands BEFORE UPDATE OF status ON incentives_preadversenotice
  FOR EACH ROW EXECUTE FUNCTION incentives_pre_adverse_stands();

CREATE TRIGGER incentives_pre_adverse_deleted_in_time BEFORE DELETE ON incentives_preadversenotice FOR EACH ROW
  WHEN (OLD.record_id IS NULL OR NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER incentives_pre_adverse_statement_grows BEFORE UPDATE ON incentives_preadversestatement
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE FUNCTION incentives_statement_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM incentives_preadversenotice n JOIN records_deletion x ON x.record_pk = n.record_id
    WHERE n.id = OLD.notice_id
  ) THEN
    RAISE EXCEPTION '陈述申辩只增不改' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER incentives_pre_adverse_statement_deleted_in_time BEFORE DELETE ON incentives_preadversestatement
  FOR EACH ROW EXECUTE FUNCTION incentives_statement_in_time();
"""
NO_NOTICE = """
DROP TRIGGER incentives_pre_adverse_statement_deleted_in_time ON incentives_preadversestatement;
DROP FUNCTION incentives_statement_in_time();
DROP TRIGGER incentives_pre_adverse_statement_grows ON incentives_preadversestatement;
DROP TRIGGER incentives_pre_adverse_deleted_in_time ON incentives_preadversenotice;
DROP TRIGGER incentives_pre_adverse_stands ON incentives_preadversenotice;
DROP FUNCTION incentives_pre_adverse_stands();
DROP TRIGGER incentives_pre_adverse_keeps_its_path ON incentives_preadversenotice;
DROP FUNCTION incentives_pre_adverse_keeps_its_path();
DROP TRIGGER incentives_pre_adverse_begins ON incentives_preadversenotice;
DROP FUNCTION incentives_pre_adverse_begins();
"""

INBOUND = """
CREATE FUNCTION incentives_inbound_is_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.outcome NOT IN ('paused', 'not-allowed') AND NOT EXISTS (
    SELECT FROM accounts_impactassessment
    WHERE kind = 'inbound-source' AND code = NEW.source_id AND status = 'approved'
      AND approved_on <= NEW.day AND valid_until >= NEW.day
  ) THEN
    RAISE EXCEPTION '上级平台 % 在 % 没有在效的个人信息保护影响评估', NEW.source_id, NEW.day
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_inbound_is_assessed BEFORE INSERT ON incentives_inboundanswer
  FOR EACH ROW EXECUTE FUNCTION incentives_inbound_is_assessed();
CREATE TRIGGER incentives_inbound_only_grows BEFORE UPDATE OR DELETE ON incentives_inboundanswer
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
"""
NO_INBOUND = """
DROP TRIGGER incentives_inbound_only_grows ON incentives_inboundanswer;
DROP TRIGGER incentives_inbound_is_assessed ON incentives_inboundanswer;
DROP FUNCTION incentives_inbound_is_assessed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0016_inbound_and_prior_notices"),
        ("accounts", "0011_what_an_assessment_keeps"),
        ("records", "0022_the_end_of_a_record"),
    ]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(NOTICE, NO_NOTICE),
        migrations.RunSQL(INBOUND, NO_INBOUND),
    ]
