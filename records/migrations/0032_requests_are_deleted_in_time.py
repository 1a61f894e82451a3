"""A lawful request and its document are deleted some years after it was over, and by no other way.

A row that says so stands first: of a request that is over, as it was; at commit it is gone.
"""

from django.db import migrations

DELETION = """
CREATE FUNCTION records_request_deletion_is_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION '依法调取销毁记载只增不改：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM records_lawfulrequest r JOIN accounts_department d ON d.id = r.department_id
    WHERE r.id = NEW.request_pk AND r.number = NEW.number AND r.over_on = NEW.over_on AND d.code = NEW.department
  ) THEN
    RAISE EXCEPTION '依法调取没有办结，不能销毁：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_request_deletion_is_due BEFORE INSERT OR UPDATE OR DELETE ON records_requestdeletion
  FOR EACH ROW EXECUTE FUNCTION records_request_deletion_is_due();

CREATE FUNCTION records_request_deletion_is_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM records_lawfulrequest WHERE id = NEW.request_pk)
     OR EXISTS (SELECT FROM records_requestfile WHERE request_id = NEW.request_pk) THEN
    RAISE EXCEPTION '写了销毁而没有销毁：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER records_request_deletion_is_done AFTER INSERT ON records_requestdeletion
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION records_request_deletion_is_done();

CREATE FUNCTION records_request_is_deleting(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM public.records_requestdeletion WHERE request_pk = which)
$$;

DROP TRIGGER records_request_is_kept ON records_lawfulrequest;
CREATE TRIGGER records_request_is_kept BEFORE DELETE ON records_lawfulrequest FOR EACH ROW
  WHEN (NOT records_request_is_deleting(OLD.id)) EXECUTE FUNCTION records_only_grows();

DROP TRIGGER records_request_file_stays ON records_requestfile;
CREATE TRIGGER records_request_file_stays BEFORE INSERT OR UPDATE ON records_requestfile
  FOR EACH ROW EXECUTE FUNCTION records_request_file_stays();
CREATE TRIGGER records_request_file_is_kept BEFORE DELETE ON records_requestfile FOR EACH ROW
  WHEN (NOT records_request_is_deleting(OLD.request_id)) EXECUTE FUNCTION records_request_file_stays();

CREATE OR REPLACE FUNCTION records_request_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT records_request_is_deleting(NEW.id) AND NOT EXISTS (SELECT 1 FROM records_requestfile WHERE request_id = NEW.id AND kind = 'document') THEN
    RAISE EXCEPTION '依法调取没有附文书：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM records_lawfulrequest r JOIN records_requestfile f ON f.request_id = r.id AND f.kind = 'answer'
    WHERE r.id = NEW.id AND r.over_on IS NOT NULL
  ) THEN
    RAISE EXCEPTION '办结以后不留提取的内容：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""
NO_DELETION = """
CREATE OR REPLACE FUNCTION records_request_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM records_requestfile WHERE request_id = NEW.id AND kind = 'document') THEN
    RAISE EXCEPTION '依法调取没有附文书：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM records_lawfulrequest r JOIN records_requestfile f ON f.request_id = r.id AND f.kind = 'answer'
    WHERE r.id = NEW.id AND r.over_on IS NOT NULL
  ) THEN
    RAISE EXCEPTION '办结以后不留提取的内容：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER records_request_file_is_kept ON records_requestfile;
DROP TRIGGER records_request_file_stays ON records_requestfile;
CREATE TRIGGER records_request_file_stays BEFORE INSERT OR UPDATE OR DELETE ON records_requestfile
  FOR EACH ROW EXECUTE FUNCTION records_request_file_stays();
DROP TRIGGER records_request_is_kept ON records_lawfulrequest;
CREATE TRIGGER records_request_is_kept BEFORE DELETE ON records_lawfulrequest
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
DROP FUNCTION records_request_is_deleting(bigint);
DROP TRIGGER records_request_deletion_is_done ON records_requestdeletion;
DROP FUNCTION records_request_deletion_is_done();
DROP TRIGGER records_request_deletion_is_due ON records_requestdeletion;
DROP FUNCTION records_request_deletion_is_due();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0031_request_deletions")]

    operations = [migrations.RunSQL(DELETION, NO_DELETION)]
