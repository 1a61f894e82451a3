"""What only the database can keep: an agreed assessment stays as agreed, is never deleted, and opens only its own subject."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE accounts_assessment_number"
NO_NUMBER = "DROP SEQUENCE accounts_assessment_number"

TERM = """
ALTER TABLE accounts_impactassessment ADD CONSTRAINT an_assessment_lasts_three_years_at_most
  CHECK (approved_on IS NULL OR valid_until > approved_on AND valid_until <= approved_on + interval '3 years')
"""
NO_TERM = "ALTER TABLE accounts_impactassessment DROP CONSTRAINT an_assessment_lasts_three_years_at_most"

STAYS = """
CREATE FUNCTION accounts_assessment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '影响评估至少保存三年，不能删除：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION '影响评估只能从草稿开始：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.number, OLD.kind, OLD.code, OLD.drafted_by_id, OLD.drafted_on)
     IS DISTINCT FROM (NEW.number, NEW.kind, NEW.code, NEW.drafted_by_id, NEW.drafted_on) THEN
    RAISE EXCEPTION '影响评估的对象和起草人不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.status IN ('submitted', 'approved', 'ended') AND (
       OLD.title, OLD.purpose, OLD.method, OLD.data_kinds, OLD.necessity, OLD.effect, OLD.measures, OLD.conclusion,
       OLD.valid_until
     ) IS DISTINCT FROM (
       NEW.title, NEW.purpose, NEW.method, NEW.data_kinds, NEW.necessity, NEW.effect, NEW.measures, NEW.conclusion,
       NEW.valid_until
     ) THEN
    RAISE EXCEPTION '提交以后的评估内容不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       OLD.status IN ('draft', 'returned') AND NEW.status IN ('draft', 'submitted')
       OR OLD.status = 'submitted' AND NEW.status IN ('approved', 'returned')
       OR OLD.status = 'approved' AND NEW.status = 'ended'
     ) OR OLD.status IN ('approved', 'ended') AND (OLD.submitted_by_id, OLD.approved_by_id, OLD.approved_on)
       IS DISTINCT FROM (NEW.submitted_by_id, NEW.approved_by_id, NEW.approved_on) THEN
    RAISE EXCEPTION '影响评估 % 不能从 % 到 %', OLD.number, OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_assessment_stays BEFORE INSERT OR UPDATE OR DELETE ON accounts_impactassessment
  FOR EACH ROW EXECUTE FUNCTION accounts_assessment_stays();

CREATE FUNCTION accounts_assessed(what varchar, which varchar) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM accounts_impactassessment WHERE kind = what AND code = which AND status = 'approved')
$$;

CREATE FUNCTION accounts_contractor_is_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'active' AND NOT EXISTS (
    SELECT 1 FROM accounts_impactassessment
    WHERE id = NEW.assessment_id AND kind = 'contractor' AND code = NEW.code AND approved_on <= NEW.activated_on
      AND valid_until >= NEW.activated_on AND (status = 'approved' OR TG_OP = 'UPDATE' AND OLD.status = 'active')
  ) THEN
    RAISE EXCEPTION '没有在效影响评估的受托人不能启用：%', NEW.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_contractor_is_assessed BEFORE INSERT OR UPDATE ON accounts_contractor
  FOR EACH ROW EXECUTE FUNCTION accounts_contractor_is_assessed();
"""
NO_STAYS = """
DROP TRIGGER accounts_contractor_is_assessed ON accounts_contractor;
DROP FUNCTION accounts_contractor_is_assessed();
DROP FUNCTION accounts_assessed(varchar, varchar);
DROP TRIGGER accounts_assessment_stays ON accounts_impactassessment;
DROP FUNCTION accounts_assessment_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_assessments")]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(TERM, NO_TERM),
        migrations.RunSQL(STAYS, NO_STAYS),
    ]
