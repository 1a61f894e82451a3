"""A platform is sent nothing without an agreed assessment of it; withdrawals take away, and always go."""

from django.db import migrations

GATE = """
CREATE FUNCTION feeds_delivery_is_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'sending' AND NEW.lane = 'ordinary' AND (TG_OP = 'INSERT' OR OLD.state <> 'sending')
     AND NOT accounts_assessed('feed', NEW.feed_id) THEN
    RAISE EXCEPTION '平台 % 没有在效的个人信息保护影响评估，不送出', NEW.feed_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER feeds_delivery_is_assessed BEFORE INSERT OR UPDATE ON feeds_delivery
  FOR EACH ROW EXECUTE FUNCTION feeds_delivery_is_assessed();
"""
NO_GATE = """
DROP TRIGGER feeds_delivery_is_assessed ON feeds_delivery;
DROP FUNCTION feeds_delivery_is_assessed();
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0002_a_body_may_be_sealed_anew"), ("accounts", "0011_what_an_assessment_keeps")]

    operations = [migrations.RunSQL(GATE, NO_GATE)]
