"""The parts of promise 1 that only the database can keep: providers, numbers, and facts that stay as decided."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE records_number"
NO_NUMBER = "DROP SEQUENCE records_number"

PROVIDER = """
ALTER TABLE records_creditrecord ADD CONSTRAINT a_record_comes_from_a_provider_of_its_item
  FOREIGN KEY (item_id, department_id) REFERENCES records_catalogueprovider (item_id, department_id)
"""
NO_PROVIDER = "ALTER TABLE records_creditrecord DROP CONSTRAINT a_record_comes_from_a_provider_of_its_item"

# What a second person has seen stays what that person saw; later acts add revisions, they do not rewrite.
FACTS = """
CREATE FUNCTION records_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('effective', 'ended') AND (
       NEW.item_id, NEW.department_id, NEW.subject_id, NEW.document_number, NEW.determined_on, NEW.conduct_on,
       NEW.content, NEW.severity, NEW.submitted_by_id, NEW.reviewed_by_id, NEW.effective_on
     ) IS DISTINCT FROM (
       OLD.item_id, OLD.department_id, OLD.subject_id, OLD.document_number, OLD.determined_on, OLD.conduct_on,
       OLD.content, OLD.severity, OLD.submitted_by_id, OLD.reviewed_by_id, OLD.effective_on
     ) THEN
    RAISE EXCEPTION '已生效记录的事实不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.status = 'ended' AND NEW.status <> 'ended' THEN
    RAISE EXCEPTION '已终止的记录不能恢复：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_facts_stay BEFORE UPDATE ON records_creditrecord
  FOR EACH ROW EXECUTE FUNCTION records_facts_stay();

CREATE FUNCTION records_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% 只增不改', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER records_revision_only_grows BEFORE UPDATE OR DELETE ON records_revision
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER records_document_only_grows BEFORE UPDATE OR DELETE ON records_serveddocument
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();

CREATE FUNCTION records_effective_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('effective', 'ended') THEN
    RAISE EXCEPTION '已生效的记录不能删除：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER records_effective_stays BEFORE DELETE ON records_creditrecord
  FOR EACH ROW EXECUTE FUNCTION records_effective_stays();
"""
NO_FACTS = """
DROP TRIGGER records_effective_stays ON records_creditrecord;
DROP TRIGGER records_document_only_grows ON records_serveddocument;
DROP TRIGGER records_revision_only_grows ON records_revision;
DROP TRIGGER records_facts_stay ON records_creditrecord;
DROP FUNCTION records_effective_stays();
DROP FUNCTION records_only_grows();
DROP FUNCTION records_facts_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(PROVIDER, NO_PROVIDER),
        migrations.RunSQL(FACTS, NO_FACTS),
    ]
