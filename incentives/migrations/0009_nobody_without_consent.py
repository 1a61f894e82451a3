"""What only triggers can refuse: a person without consent, a fact rewritten, an honour without its nomination."""

from django.db import migrations

NUMBERS = "CREATE SEQUENCE incentives_nomination_number; CREATE SEQUENCE incentives_benefit_number"
NO_NUMBERS = "DROP SEQUENCE incentives_benefit_number; DROP SEQUENCE incentives_nomination_number"

PROVIDER = """
ALTER TABLE incentives_nomination ADD CONSTRAINT a_nomination_is_of_a_provider_of_its_item
  FOREIGN KEY (item_id, department_id) REFERENCES records_catalogueprovider (item_id, department_id)
"""
NO_PROVIDER = "ALTER TABLE incentives_nomination DROP CONSTRAINT a_nomination_is_of_a_provider_of_its_item"

# A fact, once written, stays; but for the invitation while it waits, and the person, who is forgotten when there is to
# be no record. What is empty ('', null) may be filled once.
NOMINATION = """
CREATE FUNCTION incentives_nomination_keeps_its_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fact text;
  before jsonb;
  after jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'invited' THEN
      RAISE EXCEPTION '荣誉推荐只能从邀请开始，本人同意以前不写任何人：%', NEW.number
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  before := to_jsonb(OLD) - 'status' - 'revision' - 'code_digest';
  IF OLD.status = 'invited' AND NEW.status = 'invited' THEN
    before := before - 'sent_on' - 'good_until';
  END IF;
  IF NEW.status IN ('withdrawn', 'dropped') AND NEW.record_id IS NULL AND NEW.subject_id IS NULL THEN
    before := before - 'subject_id';
  END IF;
  after := to_jsonb(NEW);
  FOR fact IN SELECT jsonb_object_keys(before) LOOP
    IF before -> fact NOT IN ('null'::jsonb, '""'::jsonb) AND after -> fact <> before -> fact THEN
      RAISE EXCEPTION '荣誉推荐的事实写下后不能改写：% %', OLD.number, fact
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF NEW.subject_id IS NOT NULL AND OLD.subject_id IS NULL AND NOT (OLD.status = 'invited' AND NEW.status = 'consented') THEN
    RAISE EXCEPTION '只有本人同意的那一步写下是谁：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.public_on IS NOT NULL AND OLD.public_on IS NULL AND NOT (OLD.status = 'invited' AND NEW.status = 'consented') THEN
    RAISE EXCEPTION '公开只在本人同意的那一步另外同意：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
    ('invited', 'refused'), ('invited', 'consented'), ('invited', 'dropped'),
    ('consented', 'verified'), ('consented', 'dropped'), ('consented', 'withdrawn'),
    ('verified', 'decided'), ('verified', 'dropped'), ('verified', 'withdrawn'),
    ('decided', 'effective'), ('decided', 'dropped'), ('decided', 'withdrawn'),
    ('effective', 'withdrawn'), ('effective', 'annulled')
  ) THEN
    RAISE EXCEPTION '荣誉推荐 % 不能从 % 到 %', OLD.number, OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'effective' AND OLD.status <> 'effective' AND NOT EXISTS (
    SELECT 1 FROM records_creditrecord
    WHERE id = NEW.record_id AND subject_id = NEW.subject_id AND department_id = NEW.department_id
      AND item_id = NEW.item_id AND document_number = NEW.document_number AND status = 'effective'
  ) THEN
    RAISE EXCEPTION '在效的荣誉须有它自己的信用记录：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status IN ('withdrawn', 'annulled') AND NEW.record_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM records_creditrecord WHERE id = NEW.record_id AND status = 'ended'
  ) THEN
    RAISE EXCEPTION '撤回同意或者荣誉被撤销时，记录须同时终止：%', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_nomination_keeps_its_order BEFORE INSERT OR UPDATE ON incentives_nomination
  FOR EACH ROW EXECUTE FUNCTION incentives_nomination_keeps_its_order();
CREATE TRIGGER incentives_nomination_stays BEFORE DELETE ON incentives_nomination FOR EACH ROW
  WHEN (OLD.record_id IS NULL OR NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();
"""
NO_NOMINATION = """
DROP TRIGGER incentives_nomination_stays ON incentives_nomination;
DROP TRIGGER incentives_nomination_keeps_its_order ON incentives_nomination;
DROP FUNCTION incentives_nomination_keeps_its_order();
"""

# Ending is always allowed: it favours the person.
RECORD = """
CREATE FUNCTION incentives_an_honour_has_its_consent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  begins boolean := TG_OP = 'INSERT' OR NEW.status IS DISTINCT FROM OLD.status;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status = 'ended'
     OR NOT EXISTS (SELECT 1 FROM records_catalogueitem WHERE code = NEW.item_id AND by_consent) THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM incentives_nomination
    WHERE subject_id = NEW.subject_id AND department_id = NEW.department_id AND item_id = NEW.item_id
      AND consented_on IS NOT NULL
      AND (record_id = NEW.id AND status IN ('decided', 'effective') OR record_id IS NULL AND status = 'decided')
      AND (NOT begins OR document_number = NEW.document_number AND determined_on = NEW.determined_on)
      AND (NEW.public_until IS NULL OR public_on IS NOT NULL AND public_ended_on IS NULL)
  ) THEN
    RAISE EXCEPTION '荣誉类信息只能由本人同意、已决定的推荐产生，公开须本人另外同意：%', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_an_honour_has_its_consent BEFORE INSERT OR UPDATE ON records_creditrecord
  FOR EACH ROW EXECUTE FUNCTION incentives_an_honour_has_its_consent();
"""
NO_RECORD = """
DROP TRIGGER incentives_an_honour_has_its_consent ON records_creditrecord;
DROP FUNCTION incentives_an_honour_has_its_consent();
"""

BENEFIT = """
CREATE FUNCTION incentives_benefit_is_of_an_honour() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'reported' OR NOT EXISTS (
      SELECT 1 FROM incentives_nomination n JOIN records_creditrecord r ON r.id = n.record_id
      WHERE n.id = NEW.nomination_id AND n.status = 'effective' AND r.status = 'effective'
        AND NEW.received_on >= n.effective_on AND (r.use_until IS NULL OR NEW.received_on <= r.use_until)
    ) THEN
      RAISE EXCEPTION '兑现只记在效荣誉的激励，并且先由单位报告：%', NEW.number
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.nomination_id, NEW.measure, NEW.matter, NEW.department_id, NEW.case_number, NEW.received_on,
      NEW.reported_by_id, NEW.reported_on)
     IS DISTINCT FROM
     (OLD.nomination_id, OLD.measure, OLD.matter, OLD.department_id, OLD.case_number, OLD.received_on,
      OLD.reported_by_id, OLD.reported_on)
     OR OLD.status IN ('received', 'retracted') AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION '报告过的兑现不能改写，本人确认过的不能收回：%', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_benefit_is_of_an_honour BEFORE INSERT OR UPDATE ON incentives_benefit
  FOR EACH ROW EXECUTE FUNCTION incentives_benefit_is_of_an_honour();

CREATE FUNCTION incentives_nomination_is_deleting(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM public.incentives_nomination n JOIN public.records_deletion x ON x.record_pk = n.record_id
    WHERE n.id = which)
$$;
CREATE TRIGGER incentives_benefit_deleted_in_time BEFORE DELETE ON incentives_benefit FOR EACH ROW
  WHEN (NOT incentives_nomination_is_deleting(OLD.nomination_id)) EXECUTE FUNCTION records_only_grows();
"""
NO_BENEFIT = """
DROP TRIGGER incentives_benefit_deleted_in_time ON incentives_benefit;
DROP FUNCTION incentives_nomination_is_deleting(bigint);
DROP TRIGGER incentives_benefit_is_of_an_honour ON incentives_benefit;
DROP FUNCTION incentives_benefit_is_of_an_honour();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0008_nominations"),
        ("records", "0025_honours_have_their_own_door"),
    ]

    operations = [
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.RunSQL(PROVIDER, NO_PROVIDER),
        migrations.RunSQL(NOMINATION, NO_NOMINATION),
        migrations.RunSQL(RECORD, NO_RECORD),
        migrations.RunSQL(BENEFIT, NO_BENEFIT),
    ]
