"""送出以前问评估: the same question as before, asked by the trigger itself; a function in between was planned every time."""

from django.db import migrations

ITSELF = """
CREATE OR REPLACE FUNCTION feeds_delivery_is_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lane = 'ordinary' AND NOT EXISTS (
    SELECT 1 FROM accounts_impactassessment WHERE kind = 'feed' AND code = NEW.feed_id AND status = 'approved'
  ) THEN
    RAISE EXCEPTION '平台 % 没有在效的个人信息保护影响评估，不送出', NEW.feed_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
BY_FUNCTION = """
CREATE OR REPLACE FUNCTION feeds_delivery_is_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'sending' AND NEW.lane = 'ordinary' AND (TG_OP = 'INSERT' OR OLD.state <> 'sending')
     AND NOT accounts_assessed('feed', NEW.feed_id) THEN
    RAISE EXCEPTION '平台 % 没有在效的个人信息保护影响评估，不送出', NEW.feed_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0012_bodies_by_their_term"), ("accounts", "0011_what_an_assessment_keeps")]

    operations = [migrations.RunSQL(ITSELF, BY_FUNCTION)]
