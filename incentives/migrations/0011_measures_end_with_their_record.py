"""What only triggers can refuse: a task without its record in effect, a fact rewritten, a measure applied after the end."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE incentives_measure_number"
NO_NUMBER = "DROP SEQUENCE incentives_measure_number"

# What the task rests on never changes; what was reported is written once. A reason may follow a reason.
TASK = """
CREATE FUNCTION incentives_measure_task_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['status', 'revision', 'reason', 'reported_by_id', 'reported_on', 'done_on'];
  fact text;
  before jsonb;
  after jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'open' OR NOT EXISTS (
      SELECT 1 FROM records_creditrecord
      WHERE id = NEW.record_id AND status = 'effective' AND effective_on = NEW.effect_on
    ) THEN
      RAISE EXCEPTION '措施任务只能随在效的记录产生：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  before := to_jsonb(OLD) - free;
  after := to_jsonb(NEW);
  FOR fact IN SELECT jsonb_object_keys(before) LOOP
    IF before -> fact NOT IN ('null'::jsonb, '""'::jsonb) AND after -> fact <> before -> fact THEN
      RAISE EXCEPTION '措施任务的事实写下后不能改写：% %', OLD.number, fact
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
       ('open', 'applied'), ('open', 'not-applied'), ('not-applied', 'applied'), ('applied', 'to-lift'),
       ('applied', 'lifted'), ('to-lift', 'lifted'), ('open', 'offered'), ('open', 'given'), ('open', 'declined'),
       ('offered', 'given'), ('offered', 'declined'), ('open', 'moot'), ('not-applied', 'moot'), ('offered', 'moot'))
  THEN
    RAISE EXCEPTION '措施任务 % 不能从 % 到 %', OLD.number, OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status <> OLD.status AND NEW.status IN ('applied', 'offered', 'given') AND NOT EXISTS (
    SELECT 1 FROM records_creditrecord r WHERE r.id = NEW.record_id AND (
      r.status = 'effective' AND (r.use_until IS NULL OR r.use_until >= coalesce(NEW.applied_on, NEW.done_on))
      OR NEW.outlives AND (r.status = 'effective' OR r.end_kind = 'expired'
                           OR r.end_kind = 'repaired' AND NOT NEW.lifts_with_repair))
  ) THEN
    RAISE EXCEPTION '记录已经终止，不能再据以实施：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_measure_task_stays BEFORE INSERT OR UPDATE ON incentives_measuretask
  FOR EACH ROW EXECUTE FUNCTION incentives_measure_task_stays();
CREATE TRIGGER incentives_measure_task_deleted_in_time BEFORE DELETE ON incentives_measuretask FOR EACH ROW
  WHEN (NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();
"""
NO_TASK = """
DROP TRIGGER incentives_measure_task_deleted_in_time ON incentives_measuretask;
DROP TRIGGER incentives_measure_task_stays ON incentives_measuretask;
DROP FUNCTION incentives_measure_task_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0010_measure_tasks"),
        ("records", "0022_the_end_of_a_record"),
    ]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(TASK, NO_TASK),
    ]
