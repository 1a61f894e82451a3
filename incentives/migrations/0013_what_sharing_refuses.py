"""What only triggers can refuse: a fact rewritten, a step backwards, an item of no catalogue, a start without assessment."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE incentives_sharing_number"
NO_NUMBER = "DROP SEQUENCE incentives_sharing_number"

# What is empty (null, '', []) may be filled once.
STAYS = """
CREATE FUNCTION incentives_matter_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fact text;
  before jsonb := to_jsonb(OLD) - 'status' - 'revision';
  after jsonb := to_jsonb(NEW);
BEGIN
  FOR fact IN SELECT jsonb_object_keys(before) LOOP
    IF before -> fact NOT IN ('null'::jsonb, '""'::jsonb, '[]'::jsonb) AND after -> fact <> before -> fact THEN
      RAISE EXCEPTION '写下的事实不能改写：% % %', TG_TABLE_NAME, OLD.id, fact
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_sharing_facts_stay BEFORE UPDATE ON incentives_sharing
  FOR EACH ROW EXECUTE FUNCTION incentives_matter_facts_stay();
CREATE TRIGGER incentives_sharing_stays BEFORE DELETE ON incentives_sharing
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER incentives_mattercase_facts_stay BEFORE UPDATE ON incentives_mattercase
  FOR EACH ROW EXECUTE FUNCTION incentives_matter_facts_stay();
CREATE TRIGGER incentives_mattercase_stays BEFORE DELETE ON incentives_mattercase
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
"""
NO_STAYS = """
DROP TRIGGER incentives_mattercase_stays ON incentives_mattercase;
DROP TRIGGER incentives_mattercase_facts_stay ON incentives_mattercase;
DROP TRIGGER incentives_sharing_stays ON incentives_sharing;
DROP TRIGGER incentives_sharing_facts_stay ON incentives_sharing;
DROP FUNCTION incentives_matter_facts_stay();
"""

PATH = """
CREATE FUNCTION incentives_sharing_keeps_its_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'asked' OR NEW.answered_on IS NOT NULL OR NEW.decided_on IS NOT NULL
       OR NEW.active_from IS NOT NULL THEN
      RAISE EXCEPTION '共享授权只能从申请开始：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
      SELECT FROM unnest(NEW.items) AS asked (code)
      WHERE NOT EXISTS (SELECT FROM records_catalogueitem i WHERE i.code = asked.code)
    ) THEN
      RAISE EXCEPTION '所申请的事项不都在目录里：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF NOT (
    OLD.status = 'asked' AND NEW.status IN ('agreed', 'refused', 'withdrawn')
    OR OLD.status = 'agreed' AND NEW.status IN ('active', 'declined', 'withdrawn')
    OR OLD.status = 'active' AND NEW.status IN ('ended', 'expired', 'closed')
  ) THEN
    RAISE EXCEPTION '共享授权 % 不能从 % 到 %：结束了的不能重新启用', NEW.number, OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'active' AND NOT EXISTS (
    SELECT FROM accounts_impactassessment a
    WHERE a.id = NEW.assessment_id AND a.kind = 'matter' AND a.code = NEW.matter AND a.status = 'approved'
      AND a.approved_on <= NEW.active_from AND a.valid_until >= NEW.active_from
  ) THEN
    RAISE EXCEPTION '应用事项 % 在 % 没有在效的个人信息保护影响评估', NEW.matter, NEW.active_from
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_sharing_keeps_its_path BEFORE INSERT OR UPDATE ON incentives_sharing
  FOR EACH ROW EXECUTE FUNCTION incentives_sharing_keeps_its_path();

CREATE FUNCTION incentives_matter_case_is_not_reopened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.status <> 'open' OR TG_OP = 'UPDATE' AND OLD.status = 'closed' AND NEW.status <> 'closed'
  THEN
    RAISE EXCEPTION '办件从在办开始，办结后不能重新打开：%', NEW.case_number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_matter_case_is_not_reopened BEFORE INSERT OR UPDATE ON incentives_mattercase
  FOR EACH ROW EXECUTE FUNCTION incentives_matter_case_is_not_reopened();
"""
NO_PATH = """
DROP TRIGGER incentives_matter_case_is_not_reopened ON incentives_mattercase;
DROP FUNCTION incentives_matter_case_is_not_reopened();
DROP TRIGGER incentives_sharing_keeps_its_path ON incentives_sharing;
DROP FUNCTION incentives_sharing_keeps_its_path();
"""


class Migration(migrations.Migration):
    dependencies = [("incentives", "0012_matter_cases_and_sharing")]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(STAYS, NO_STAYS),
        migrations.RunSQL(PATH, NO_PATH),
    ]
