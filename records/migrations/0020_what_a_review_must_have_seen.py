"""What only the database can keep of reviews and of a department's own corrections."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE records_amendment_number"
NO_NUMBER = "DROP SEQUENCE records_amendment_number"

# What a second person has seen changes only by an answered objection, or by a correction that one person proposed and
# another agreed to: once, to the next content version, and of a correction only the fields that it names.
FACTS = """
CREATE FUNCTION records_changes_only(changes jsonb, was jsonb, now jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT NOT EXISTS (
    SELECT 1 FROM jsonb_each(was) o FULL JOIN jsonb_each(now) n USING (key)
    WHERE o.value IS DISTINCT FROM n.value AND NOT changes ? key
  )
$$;

CREATE OR REPLACE FUNCTION records_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('effective', 'ended') AND (
       NEW.item_id, NEW.department_id, NEW.subject_id, NEW.submitted_by_id, NEW.reviewed_by_id, NEW.effective_on
     ) IS DISTINCT FROM (
       OLD.item_id, OLD.department_id, OLD.subject_id, OLD.submitted_by_id, OLD.reviewed_by_id, OLD.effective_on
     ) THEN
    RAISE EXCEPTION '已生效记录的事实不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.status IN ('effective', 'ended') AND (
       NEW.document_number, NEW.determined_on, NEW.conduct_on, NEW.content, NEW.severity
     ) IS DISTINCT FROM (
       OLD.document_number, OLD.determined_on, OLD.conduct_on, OLD.content, OLD.severity
     ) AND NOT EXISTS (
       SELECT 1 FROM records_objection
       WHERE record_id = OLD.id AND answered_by_id IS NOT NULL AND corrects_revision = OLD.revision
         AND OLD.status = 'effective' AND NEW.revision = OLD.revision + 1
     ) AND NOT EXISTS (
       SELECT 1 FROM records_amendment
       WHERE record_id = OLD.id AND agreed AND kind = 'correct' AND of_revision = OLD.revision
         AND OLD.status = 'effective' AND NEW.revision = OLD.revision + 1
         AND (NEW.document_number = OLD.document_number OR changes ? 'document_number')
         AND (NEW.severity = OLD.severity OR changes ? 'severity')
         AND records_changes_only(changes, OLD.content, NEW.content)
     ) THEN
    RAISE EXCEPTION '已生效记录的事实不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.end_kind = 'wrong' AND OLD.end_kind IS DISTINCT FROM 'wrong' AND NOT EXISTS (
       SELECT 1 FROM records_objection WHERE record_id = OLD.id AND answered_by_id IS NOT NULL
     ) AND NOT EXISTS (
       SELECT 1 FROM records_amendment
       WHERE record_id = OLD.id AND agreed AND kind = 'withdraw' AND of_revision = OLD.revision
     ) THEN
    RAISE EXCEPTION '没有异议答复、也没有第二人同意的撤回，不能以认定有误撤回：%', OLD.number
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.status = 'ended' AND NEW.status <> 'ended' THEN
    RAISE EXCEPTION '已终止的记录不能恢复：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""

AMENDMENT = """
CREATE FUNCTION records_amendment_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.record_id, NEW.kind, NEW.changes, NEW.cause, NEW.document_number, NEW.reason, NEW.of_revision,
      NEW.proposed_by_id, NEW.proposed_on) IS DISTINCT FROM
     (OLD.record_id, OLD.kind, OLD.changes, OLD.cause, OLD.document_number, OLD.reason, OLD.of_revision,
      OLD.proposed_by_id, OLD.proposed_on) OR (
       OLD.status <> 'proposed' AND (NEW.status, NEW.agreed, NEW.decided_by_id, NEW.decided_on)
         IS DISTINCT FROM (OLD.status, OLD.agreed, OLD.decided_by_id, OLD.decided_on)
     ) THEN
    RAISE EXCEPTION '更正件不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_amendment_facts_stay BEFORE UPDATE ON records_amendment
  FOR EACH ROW EXECUTE FUNCTION records_amendment_facts_stay();
CREATE TRIGGER records_amendment_stays BEFORE DELETE ON records_amendment
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
"""
NO_AMENDMENT = """
DROP TRIGGER records_amendment_stays ON records_amendment;
DROP TRIGGER records_amendment_facts_stay ON records_amendment;
DROP FUNCTION records_amendment_facts_stay();
"""

# Nobody approves adverse information unseen: the reviewer's own opening of this very version must stand there.
OPENED = """
CREATE FUNCTION records_adverse_is_opened_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
       SELECT 1 FROM records_opening
       WHERE record_id = OLD.id AND reviewer_id = NEW.reviewed_by_id AND revision = OLD.revision
     ) AND EXISTS (
       SELECT 1 FROM records_catalogueitem WHERE code = OLD.item_id AND adverse AND NOT by_listing
     ) THEN
    RAISE EXCEPTION '复核人没有打开过这份文书，不能通过：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_adverse_is_opened_first BEFORE UPDATE ON records_creditrecord
  FOR EACH ROW WHEN (OLD.reviewed_by_id IS NULL AND NEW.reviewed_by_id IS NOT NULL)
  EXECUTE FUNCTION records_adverse_is_opened_first();
CREATE TRIGGER records_opening_is_not_rewritten BEFORE UPDATE ON records_opening
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER records_return_is_not_rewritten BEFORE UPDATE ON records_sentback
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();

CREATE FUNCTION records_no_sample_of_adverse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
       SELECT 1 FROM records_importbatch b JOIN records_catalogueitem i ON i.code = b.item_id
       WHERE b.id = NEW.batch_id AND i.adverse
     ) THEN
    RAISE EXCEPTION '不利信息逐件核对，不抽查' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND ((NEW.batch_id, NEW.seed, NEW.of, NEW.drawn, NEW.drawn_by_id, NEW.drawn_on)
       IS DISTINCT FROM (OLD.batch_id, OLD.seed, OLD.of, OLD.drawn, OLD.drawn_by_id, OLD.drawn_on)
       OR OLD.judged_on IS NOT NULL) THEN
    RAISE EXCEPTION '抽查的抽取和结论不能改写' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_no_sample_of_adverse BEFORE INSERT OR UPDATE ON records_sample
  FOR EACH ROW EXECUTE FUNCTION records_no_sample_of_adverse();
"""
NO_OPENED = """
DROP TRIGGER records_no_sample_of_adverse ON records_sample;
DROP FUNCTION records_no_sample_of_adverse();
DROP TRIGGER records_return_is_not_rewritten ON records_sentback;
DROP TRIGGER records_opening_is_not_rewritten ON records_opening;
DROP TRIGGER records_adverse_is_opened_first ON records_creditrecord;
DROP FUNCTION records_adverse_is_opened_first();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0019_reviews_and_own_corrections")]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        # the way back needs the former text of records_facts_stay: see 0008
        migrations.RunSQL(FACTS, migrations.RunSQL.noop),
        migrations.RunSQL(AMENDMENT, NO_AMENDMENT),
        migrations.RunSQL(OPENED, NO_OPENED),
    ]
