"""What only triggers can refuse: a registration without its document seen, a record of a list without case or
registration, an early end without a second person, a notice or a decision of which nobody says what it contains."""

from django.db import migrations

NUMBERS = "CREATE SEQUENCE incentives_registration_number; CREATE SEQUENCE incentives_early_exit_number"
NO_NUMBERS = "DROP SEQUENCE incentives_early_exit_number; DROP SEQUENCE incentives_registration_number"

PROVIDER = """
ALTER TABLE incentives_registration ADD CONSTRAINT a_registration_is_of_a_provider_of_its_item
  FOREIGN KEY (item_id, department_id) REFERENCES records_catalogueprovider (item_id, department_id)
"""
NO_PROVIDER = "ALTER TABLE incentives_registration DROP CONSTRAINT a_registration_is_of_a_provider_of_its_item"

# Shared by both nouns: what is empty may be filled once, what is written stays.
FACTS = """
CREATE FUNCTION incentives_facts_stay(was jsonb, becomes jsonb, what text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  fact text;
BEGIN
  FOR fact IN SELECT jsonb_object_keys(was - 'status' - 'revision') LOOP
    IF was -> fact NOT IN ('null'::jsonb, '""'::jsonb) AND becomes -> fact <> was -> fact THEN
      RAISE EXCEPTION '登记的事实写下后不能改写：% %', what, fact USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
END $$;
"""
NO_FACTS = "DROP FUNCTION incentives_facts_stay(jsonb, jsonb, text)"

REGISTRATION = """
CREATE FUNCTION incentives_registration_keeps_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'registered'
       OR num_nonnulls(NEW.confirmed_by_id, NEW.record_id, NEW.returned_by_id, NEW.cancelled_by_id) > 0 THEN
      RAISE EXCEPTION '名单登记只能从“已登记，等第二人确认”开始：%', NEW.number
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
      SELECT 1 FROM accounts_impactassessment
      WHERE kind = 'list-type' AND code = NEW.list_type AND status = 'approved'
        AND approved_on <= NEW.registered_on AND valid_until >= NEW.registered_on
    ) THEN
      RAISE EXCEPTION '名单类型 % 在 % 没有在效的个人信息保护影响评估', NEW.list_type, NEW.registered_on
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  PERFORM incentives_facts_stay(to_jsonb(OLD), to_jsonb(NEW), OLD.number);
  IF NEW.confirmed_by_id IS NOT NULL AND OLD.confirmed_by_id IS NULL AND (
    OLD.status <> 'registered'
    OR NOT EXISTS (SELECT 1 FROM incentives_registrationsight WHERE registration_id = NEW.id AND by_id = NEW.confirmed_by_id)
  ) THEN
    RAISE EXCEPTION '确认人还没有打开过文书：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF (OLD.status, NEW.status) NOT IN (('registered', 'effective'), ('registered', 'returned'), ('effective', 'cancelled'))
  THEN
    RAISE EXCEPTION '登记 % 不能从 % 到 %', OLD.number, OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'effective' AND (
    NOT EXISTS (
      SELECT 1 FROM records_creditrecord
      WHERE id = NEW.record_id AND subject_id = NEW.subject_id AND department_id = NEW.department_id
        AND item_id = NEW.item_id AND document_number = NEW.document_number AND determined_on = NEW.decided_on
    )
    OR NOT EXISTS (
      SELECT 1 FROM records_attachment WHERE record_id = NEW.record_id AND digest = NEW.document_digest
    )
  ) THEN
    RAISE EXCEPTION '生效的登记须有它自己的信用记录和文书附件：%', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'cancelled' AND NOT EXISTS (
    SELECT 1 FROM records_creditrecord WHERE id = NEW.record_id AND status = 'ended'
  ) THEN
    RAISE EXCEPTION '撤销登记时，记录须同时终止：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_registration_keeps_its_way BEFORE INSERT OR UPDATE ON incentives_registration
  FOR EACH ROW EXECUTE FUNCTION incentives_registration_keeps_its_way();
CREATE TRIGGER incentives_registration_stays BEFORE DELETE ON incentives_registration FOR EACH ROW
  WHEN (OLD.record_id IS NULL OR NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();

CREATE FUNCTION incentives_registration_is_deleting(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM public.incentives_registration r JOIN public.records_deletion x ON x.record_pk = r.record_id
    WHERE r.id = which)
$$;
CREATE FUNCTION incentives_registration_paper_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (
      SELECT 1 FROM incentives_registration
      WHERE id = NEW.registration_id AND status = 'registered' AND document_digest = NEW.digest
    ) THEN
      RAISE EXCEPTION '附件与登记的文书不符' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (to_jsonb(NEW) - 'envelope') IS DISTINCT FROM (to_jsonb(OLD) - 'envelope') THEN
      RAISE EXCEPTION '登记的文书附件不能改写' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  -- it may go once the record has it, once the registration was sent back, and at the end of keeping
  IF NOT EXISTS (
    SELECT 1 FROM incentives_registration r LEFT JOIN records_attachment a ON a.token = OLD.token
    WHERE r.id = OLD.registration_id AND (r.status = 'returned' OR r.returned_on IS NOT NULL OR a.id IS NOT NULL)
  ) AND NOT incentives_registration_is_deleting(OLD.registration_id) THEN
    RAISE EXCEPTION '登记的文书附件不能删除' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER incentives_registration_paper_stays BEFORE INSERT OR UPDATE OR DELETE ON incentives_registrationpaper
  FOR EACH ROW EXECUTE FUNCTION incentives_registration_paper_stays();
CREATE TRIGGER incentives_registrationsight_only_grows BEFORE UPDATE ON incentives_registrationsight
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER incentives_registrationsight_deleted_in_time BEFORE DELETE ON incentives_registrationsight FOR EACH ROW
  WHEN (NOT incentives_registration_is_deleting(OLD.registration_id)) EXECUTE FUNCTION records_only_grows();
"""
NO_REGISTRATION = """
DROP TRIGGER incentives_registrationsight_deleted_in_time ON incentives_registrationsight;
DROP TRIGGER incentives_registrationsight_only_grows ON incentives_registrationsight;
DROP TRIGGER incentives_registration_paper_stays ON incentives_registrationpaper;
DROP FUNCTION incentives_registration_paper_stays();
DROP TRIGGER incentives_registration_stays ON incentives_registration;
DROP TRIGGER incentives_registration_keeps_its_way ON incentives_registration;
DROP FUNCTION incentives_registration_is_deleting(bigint);
DROP FUNCTION incentives_registration_keeps_its_way();
"""

CASE_ONLY = """
CREATE OR REPLACE FUNCTION incentives_a_listing_record_has_its_case() RETURNS trigger LANGUAGE plpgsql AS $$
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
  ){or_registered} THEN
    RAISE EXCEPTION '名单类信息只能由已决定并送达的列入案件产生{or_words}：%', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
REGISTERED = """ AND NOT EXISTS (
    SELECT 1 FROM incentives_registration
    WHERE subject_id = NEW.subject_id AND department_id = NEW.department_id AND item_id = NEW.item_id
      AND document_number = NEW.document_number AND decided_on = NEW.determined_on AND confirmed_by_id IS NOT NULL
      AND (record_id = NEW.id AND status IN ('registered', 'effective') OR record_id IS NULL AND status = 'registered')
  )"""


def door(*, registered: bool) -> str:
    """The one door of a list's record, with or without registrations."""
    words = "，或者由第二人确认过的登记产生" if registered else ""
    return CASE_ONLY.format(or_registered=REGISTERED if registered else "", or_words=words)


EXIT = """
CREATE FUNCTION incentives_early_exit_keeps_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'asked' OR NEW.decided_by_id IS NOT NULL THEN
      RAISE EXCEPTION '提前移出只能从提出开始：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
      SELECT 1 FROM records_creditrecord r JOIN records_catalogueitem i ON i.code = r.item_id
      WHERE r.id = NEW.record_id AND r.department_id = NEW.department_id AND r.status = 'effective' AND i.by_listing
    ) THEN
      RAISE EXCEPTION '提前移出的须是本部门在效的名单信息：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  PERFORM incentives_facts_stay(to_jsonb(OLD), to_jsonb(NEW), OLD.number);
  IF NEW.status <> OLD.status AND OLD.status <> 'asked' THEN
    RAISE EXCEPTION '提前移出 % 已经办结', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'granted' AND NOT EXISTS (
    SELECT 1 FROM records_creditrecord WHERE id = NEW.record_id AND status = 'ended' AND end_kind = 'left-early'
  ) THEN
    RAISE EXCEPTION '提前移出时，记录须同时终止：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_early_exit_keeps_its_way BEFORE INSERT OR UPDATE ON incentives_earlyexit
  FOR EACH ROW EXECUTE FUNCTION incentives_early_exit_keeps_its_way();
CREATE TRIGGER incentives_early_exit_stays BEFORE DELETE ON incentives_earlyexit FOR EACH ROW
  WHEN (NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();

CREATE FUNCTION incentives_left_early_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM incentives_earlyexit
    WHERE record_id = NEW.id AND decided_by_id IS NOT NULL AND decision_number <> '' AND status IN ('asked', 'granted')
  ) THEN
    RAISE EXCEPTION '没有经审批人决定的提前移出，不能因此终止：%', NEW.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incentives_left_early_by_two BEFORE UPDATE ON records_creditrecord FOR EACH ROW
  WHEN (NEW.end_kind = 'left-early' AND NEW.end_kind IS DISTINCT FROM OLD.end_kind)
  EXECUTE FUNCTION incentives_left_early_by_two();
"""
NO_EXIT = """
DROP TRIGGER incentives_left_early_by_two ON records_creditrecord;
DROP FUNCTION incentives_left_early_by_two();
DROP TRIGGER incentives_early_exit_stays ON incentives_earlyexit;
DROP TRIGGER incentives_early_exit_keeps_its_way ON incentives_earlyexit;
DROP FUNCTION incentives_early_exit_keeps_its_way();
"""

# Cases that had their notice before these columns existed are left alone: only the step itself is asked.
COVERS = """
CREATE FUNCTION incentives_papers_say_what_they_must() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'notified' AND OLD.status = 'proposed' AND coalesce(cardinality(NEW.notice_covers), 0) = 0
     OR NEW.status = 'decided' AND OLD.status <> 'decided' AND coalesce(cardinality(NEW.decision_covers), 0) = 0 THEN
    RAISE EXCEPTION '没有逐项核对文书应当载明的内容：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
-- after the constraints: a case that lacks a fact or leaves its path is refused for that
CREATE TRIGGER incentives_zz_papers_say_what_they_must AFTER UPDATE OF status ON incentives_listing
  FOR EACH ROW EXECUTE FUNCTION incentives_papers_say_what_they_must();
"""
NO_COVERS = """
DROP TRIGGER incentives_zz_papers_say_what_they_must ON incentives_listing;
DROP FUNCTION incentives_papers_say_what_they_must();
"""


class Migration(migrations.Migration):
    dependencies = [("incentives", "0006_registrations_exits_and_contents")]

    operations = [
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.RunSQL(PROVIDER, NO_PROVIDER),
        migrations.RunSQL(FACTS, NO_FACTS),
        migrations.RunSQL(REGISTRATION, NO_REGISTRATION),
        migrations.RunSQL(door(registered=True), door(registered=False)),
        migrations.RunSQL(EXIT, NO_EXIT),
        migrations.RunSQL(COVERS, NO_COVERS),
    ]
