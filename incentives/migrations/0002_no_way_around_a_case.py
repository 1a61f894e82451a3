"""What only triggers can refuse: a case that leaves its list type's path, a fact rewritten, a record without a case."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE incentives_number"
NO_NUMBER = "DROP SEQUENCE incentives_number"

PROVIDER = """
ALTER TABLE incentives_listing ADD CONSTRAINT a_case_is_of_a_provider_of_its_item
  FOREIGN KEY (item_id, department_id) REFERENCES records_catalogueprovider (item_id, department_id)
"""
NO_PROVIDER = "ALTER TABLE incentives_listing DROP CONSTRAINT a_case_is_of_a_provider_of_its_item"

# The status moves one place along the row's own path; both ways of answering stand on the same place.
# What is empty ('', null, false) may be filled once.
CASE = """
CREATE FUNCTION incentives_listing_keeps_its_path() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was integer;
  becomes integer;
  fact text;
  before jsonb;
  after jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'proposed' OR NEW.path[1] IS DISTINCT FROM 'proposed'
       OR NEW.path[2] IS DISTINCT FROM 'notified' OR NEW.path[3] IS DISTINCT FROM 'answered'
       OR NEW.path[array_length(NEW.path, 1)] IS DISTINCT FROM 'effective'
       OR array_position(NEW.path, 'legal-reviewed') > array_position(NEW.path, 'decided')
       OR array_position(NEW.path, 'served') <> array_position(NEW.path, 'decided') + 1
       OR num_nulls(NEW.noticed_on, NEW.notice_served_on, NEW.decided_on, NEW.effective_on, NEW.record_id) < 5 THEN
      RAISE EXCEPTION '列入案件只能从“拟列入”开始，并走完名单类型的步骤：%', NEW.number
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  before := to_jsonb(OLD) - 'status' - 'revision';
  after := to_jsonb(NEW);
  FOR fact IN SELECT jsonb_object_keys(before) LOOP
    IF before -> fact NOT IN ('null'::jsonb, '""'::jsonb, 'false'::jsonb) AND after -> fact <> before -> fact THEN
      RAISE EXCEPTION '案件的事实写下后不能改写：% %', OLD.number, fact
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  was := array_position(OLD.path, CASE OLD.status WHEN 'lapsed' THEN 'answered' ELSE OLD.status END::varchar);
  becomes := array_position(OLD.path, CASE NEW.status WHEN 'lapsed' THEN 'answered' ELSE NEW.status END::varchar);
  IF NEW.status = 'dropped' AND OLD.status NOT IN ('decided', 'served', 'effective', 'revoked')
     OR NEW.status = 'revoked' AND OLD.status IN ('decided', 'served', 'effective')
     OR NEW.status = 'notified' AND OLD.status = 'answered'
        AND OLD.waiver_taken_back_at IS NULL AND NEW.waiver_taken_back_at IS NOT NULL
     OR OLD.status NOT IN ('dropped', 'revoked') AND becomes = was + 1 THEN
    IF NEW.status = 'revoked' AND NEW.record_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM records_creditrecord WHERE id = NEW.record_id AND status = 'ended'
    ) THEN
      RAISE EXCEPTION '撤销列入决定时，记录须同时终止：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'effective' AND NOT EXISTS (
      SELECT 1 FROM records_creditrecord
      WHERE id = NEW.record_id AND subject_id = NEW.subject_id AND department_id = NEW.department_id
        AND item_id = NEW.item_id AND document_number = NEW.decision_number
    ) THEN
      RAISE EXCEPTION '生效的案件须有它自己的信用记录：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '案件 % 不能从 % 到 %：这个名单类型的步骤是 %', OLD.number, OLD.status, NEW.status, OLD.path
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER incentives_listing_keeps_its_path BEFORE INSERT OR UPDATE ON incentives_listing
  FOR EACH ROW EXECUTE FUNCTION incentives_listing_keeps_its_path();
CREATE TRIGGER incentives_listing_stays BEFORE DELETE ON incentives_listing
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();

CREATE FUNCTION incentives_paper_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NOT EXISTS (
    SELECT 1 FROM incentives_listing
    WHERE id = NEW.listing_id
      AND NEW.document_number = CASE TG_TABLE_NAME WHEN 'incentives_notice' THEN notice_number ELSE decision_number END
  ) THEN
    RAISE EXCEPTION '文书与案件不符：%', NEW.document_number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION '% 只增不改', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_notice_agrees BEFORE INSERT OR UPDATE OR DELETE ON incentives_notice
  FOR EACH ROW EXECUTE FUNCTION incentives_paper_agrees();
CREATE TRIGGER incentives_decision_agrees BEFORE INSERT OR UPDATE OR DELETE ON incentives_decision
  FOR EACH ROW EXECUTE FUNCTION incentives_paper_agrees();
CREATE TRIGGER incentives_defence_only_grows BEFORE UPDATE OR DELETE ON incentives_defence
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
"""
NO_CASE = """
DROP TRIGGER incentives_defence_only_grows ON incentives_defence;
DROP TRIGGER incentives_decision_agrees ON incentives_decision;
DROP TRIGGER incentives_notice_agrees ON incentives_notice;
DROP TRIGGER incentives_listing_stays ON incentives_listing;
DROP TRIGGER incentives_listing_keeps_its_path ON incentives_listing;
DROP FUNCTION incentives_paper_agrees();
DROP FUNCTION incentives_listing_keeps_its_path();
"""

# Ending is always allowed: it favours the person.
RECORD = """
CREATE FUNCTION incentives_a_listing_record_has_its_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM records_catalogueitem WHERE code = NEW.item_id AND by_listing) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.status = 'ended' THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM incentives_listing
    WHERE subject_id = NEW.subject_id AND department_id = NEW.department_id AND item_id = NEW.item_id
      AND decision_number = NEW.document_number AND decided_on = NEW.determined_on
      AND (record_id = NEW.id AND status IN ('served', 'effective') OR record_id IS NULL AND status = 'served')
  ) THEN
    RAISE EXCEPTION '名单类信息只能由已决定并送达的列入案件产生：%', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_a_listing_record_has_its_case BEFORE INSERT OR UPDATE ON records_creditrecord
  FOR EACH ROW EXECUTE FUNCTION incentives_a_listing_record_has_its_case();
"""
NO_RECORD = """
DROP TRIGGER incentives_a_listing_record_has_its_case ON records_creditrecord;
DROP FUNCTION incentives_a_listing_record_has_its_case();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0001_listings"),
        ("records", "0004_listings_have_their_own_door"),
    ]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(PROVIDER, NO_PROVIDER),
        migrations.RunSQL(CASE, NO_CASE),
        migrations.RunSQL(RECORD, NO_RECORD),
    ]
