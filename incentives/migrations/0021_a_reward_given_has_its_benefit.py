"""What only triggers can refuse: a reward called given without the benefit that says so, a benefit of another case."""

from django.db import migrations

# `given` and a benefit that was not retracted stand and fall together; the second half at commit, for the two rows are
# written one after the other.
TASK = """
CREATE FUNCTION incentives_a_given_reward_has_its_benefit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stands boolean := EXISTS (SELECT FROM public.incentives_benefit WHERE task_id = NEW.id AND status <> 'retracted');
BEGIN
  IF NEW.status = 'given' AND NOT stands THEN
    RAISE EXCEPTION '激励只由一次兑现说明已经给到：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.status = 'given' AND stands THEN
    RAISE EXCEPTION '兑现没有撤销，任务不能重新办理：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_a_given_reward_has_its_benefit BEFORE UPDATE ON incentives_measuretask FOR EACH ROW
  WHEN (NEW.status <> OLD.status AND 'given' IN (NEW.status, OLD.status))
  EXECUTE FUNCTION incentives_a_given_reward_has_its_benefit();
"""
NO_TASK = """
DROP TRIGGER incentives_a_given_reward_has_its_benefit ON incentives_measuretask;
DROP FUNCTION incentives_a_given_reward_has_its_benefit();
"""

BENEFIT = """
CREATE FUNCTION incentives_benefit_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.task_id, NEW.case_id) IS DISTINCT FROM (OLD.task_id, OLD.case_id) THEN
    RAISE EXCEPTION '兑现的任务和办件写下后不能改写：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.task_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM public.incentives_measuretask t JOIN public.incentives_nomination n ON n.record_id = t.record_id
    WHERE t.id = NEW.task_id AND n.id = NEW.nomination_id AND t.measure = NEW.measure
      AND t.department_id = NEW.department_id
  ) THEN
    RAISE EXCEPTION '兑现与任务不是同一份荣誉、同一项激励、同一个单位：%', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.case_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM public.incentives_mattercase c
    WHERE c.id = NEW.case_id AND c.department_id = NEW.department_id AND c.matter = NEW.matter
      AND c.case_number = NEW.case_number AND c.opened_on <= NEW.received_on
  ) THEN
    RAISE EXCEPTION '兑现与登记的办件不符：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_benefit_agrees BEFORE INSERT OR UPDATE ON incentives_benefit
  FOR EACH ROW EXECUTE FUNCTION incentives_benefit_agrees();

CREATE FUNCTION incentives_what_was_not_given_is_open_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.incentives_measuretask WHERE id = NEW.task_id AND status = 'given')
     AND NOT EXISTS (
       SELECT FROM public.incentives_benefit WHERE task_id = NEW.task_id AND status <> 'retracted') THEN
    RAISE EXCEPTION '误报撤销以后，任务要重新办理：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER incentives_what_was_not_given_is_open_again AFTER UPDATE ON incentives_benefit
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'retracted' AND NEW.task_id IS NOT NULL)
  EXECUTE FUNCTION incentives_what_was_not_given_is_open_again();
"""
NO_BENEFIT = """
DROP TRIGGER incentives_what_was_not_given_is_open_again ON incentives_benefit;
DROP FUNCTION incentives_what_was_not_given_is_open_again();
DROP TRIGGER incentives_benefit_agrees ON incentives_benefit;
DROP FUNCTION incentives_benefit_agrees();
"""

# 0011's table of steps, with the way back of what was not given.
OPENED = "('offered', 'given'), ('offered', 'declined'), ('given', 'open'),"
SHUT = "('offered', 'given'), ('offered', 'declined'),"
STEPS = """
DO $do$
DECLARE
  body text := pg_get_functiondef('incentives_measure_task_stays()'::regprocedure);
BEGIN
  IF position($a${old}$a$ in body) = 0 THEN RAISE EXCEPTION 'incentives_measure_task_stays is another'; END IF;
  EXECUTE replace(body, $a${old}$a$, $a${new}$a$);
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0020_one_truth_of_what_was_given"),
    ]

    operations = [
        migrations.RunSQL(STEPS.format(old=SHUT, new=OPENED), STEPS.format(old=OPENED, new=SHUT)),
        migrations.RunSQL(TASK, NO_TASK),
        migrations.RunSQL(BENEFIT, NO_BENEFIT),
    ]
