"""What only the database can keep of identities and papers: who is joined, who has left, and files as reviewed."""

from django.db import migrations

NUMBER = "CREATE SEQUENCE records_identity_number"
NO_NUMBER = "DROP SEQUENCE records_identity_number"

# Numbers are joined and people leave by a case that two have decided, and by nothing else; joins make no chains.
SUBJECTS = """
CREATE FUNCTION records_subject_by_case() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was bigint; left_was date;
BEGIN
  IF TG_OP = 'UPDATE' THEN was := OLD.same_as_id; left_was := OLD.left_on; END IF;
  IF NEW.same_as_id IS DISTINCT FROM was THEN
    IF NOT EXISTS (
      SELECT FROM records_identitycase
      WHERE kind IN ('same', 'apart') AND decided_by_id IS NOT NULL AND moved @> to_jsonb(NEW.id)
    ) THEN
      RAISE EXCEPTION '没有两人核定，不能变动同一人认定' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.same_as_id = NEW.id OR EXISTS (
      SELECT FROM records_subject WHERE id = NEW.same_as_id AND same_as_id IS NOT NULL
    ) OR (NEW.same_as_id IS NOT NULL AND EXISTS (SELECT FROM records_subject WHERE same_as_id = NEW.id)) THEN
      RAISE EXCEPTION '同一人认定不能连成链' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF NEW.left_on IS DISTINCT FROM left_was AND NOT EXISTS (
    SELECT FROM records_identitycase
    WHERE kind IN ('capacity', 'death', 'back') AND decided_by_id IS NOT NULL AND moved @> to_jsonb(NEW.id)
  ) THEN
    RAISE EXCEPTION '没有两人核定，不能变动主体资格' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_subject_by_case BEFORE UPDATE OF same_as_id, left_on ON records_subject
  FOR EACH ROW EXECUTE FUNCTION records_subject_by_case();
CREATE TRIGGER records_subject_begins_alone BEFORE INSERT ON records_subject FOR EACH ROW
  WHEN (NEW.same_as_id IS NOT NULL OR NEW.left_on IS NOT NULL) EXECUTE FUNCTION records_subject_by_case();
ALTER TABLE records_subject ADD CONSTRAINT leaving_says_why CHECK ((left_on IS NULL) = (left_why = ''));

CREATE FUNCTION records_identity_case_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '身份核定件不能删除：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (NEW.kind, NEW.subject_id, NEW.other_id, NEW.undoes_id) IS DISTINCT FROM
     (OLD.kind, OLD.subject_id, OLD.other_id, OLD.undoes_id) OR (
       OLD.decided_by_id IS NOT NULL AND (
         NEW.decided_by_id, NEW.proposed_by_id, NEW.reason, NEW.paper, NEW.paper_number, NEW.paper_on
       ) IS DISTINCT FROM (
         OLD.decided_by_id, OLD.proposed_by_id, OLD.reason, OLD.paper, OLD.paper_number, OLD.paper_on
       )) OR (
       OLD.status IN ('settled', 'refused', 'kept') AND (NEW.status, NEW.moved) IS DISTINCT FROM (OLD.status, OLD.moved)
     ) THEN
    RAISE EXCEPTION '已核定的身份不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_identity_case_stays BEFORE UPDATE OR DELETE ON records_identitycase
  FOR EACH ROW EXECUTE FUNCTION records_identity_case_stays();
"""
NO_SUBJECTS = """
DROP TRIGGER records_identity_case_stays ON records_identitycase;
DROP FUNCTION records_identity_case_stays();
ALTER TABLE records_subject DROP CONSTRAINT leaving_says_why;
DROP TRIGGER records_subject_begins_alone ON records_subject;
DROP TRIGGER records_subject_by_case ON records_subject;
DROP FUNCTION records_subject_by_case();
"""

# Of somebody who has left, nothing takes effect, and nothing ends in this way for anybody else.
LEFT = """
CREATE FUNCTION records_of_who_left() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE why text;
BEGIN
  SELECT left_why INTO why FROM records_subject WHERE id = NEW.subject_id;
  IF TG_ARGV[0] = 'effect' AND why <> '' THEN
    RAISE EXCEPTION '当事人已不是信用主体，记录不能生效：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_ARGV[0] = 'end' AND NEW.end_kind <> why THEN
    RAISE EXCEPTION '当事人没有退出，不能以此终止：%', NEW.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER records_nobody_who_left BEFORE UPDATE ON records_creditrecord FOR EACH ROW
  WHEN (NEW.status = 'effective' AND OLD.status <> 'effective') EXECUTE FUNCTION records_of_who_left('effect');
CREATE TRIGGER records_nobody_who_left_anew BEFORE INSERT ON records_creditrecord FOR EACH ROW
  WHEN (NEW.status = 'effective') EXECUTE FUNCTION records_of_who_left('effect');
CREATE TRIGGER records_ended_by_leaving BEFORE UPDATE ON records_creditrecord FOR EACH ROW
  WHEN (NEW.end_kind IN ('no-capacity', 'deceased') AND OLD.end_kind IS DISTINCT FROM NEW.end_kind)
  EXECUTE FUNCTION records_of_who_left('end');
"""
NO_LEFT = """
DROP TRIGGER records_ended_by_leaving ON records_creditrecord;
DROP TRIGGER records_nobody_who_left_anew ON records_creditrecord;
DROP TRIGGER records_nobody_who_left ON records_creditrecord;
DROP FUNCTION records_of_who_left();
"""

# The file that a second person has seen is the one that stands there; keys are changed, content is not.
PAPERS = """
CREATE FUNCTION records_papers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.record_id, NEW.case_id, NEW.paper, NEW.format, NEW.size, NEW.digest, NEW.token) IS DISTINCT FROM
       (OLD.record_id, OLD.case_id, OLD.paper, OLD.format, OLD.size, OLD.digest, OLD.token) THEN
      RAISE EXCEPTION '附件不能改写' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT status INTO held FROM records_creditrecord WHERE id = NEW.record_id;
    IF held IN ('submitted', 'effective', 'ended') THEN
      RAISE EXCEPTION '报送以后不能再加附件' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  SELECT status INTO held FROM records_creditrecord WHERE id = OLD.record_id;
  IF held IN ('submitted', 'effective') THEN
    RAISE EXCEPTION '报送以后不能删附件' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER records_papers_stay BEFORE INSERT OR UPDATE OR DELETE ON records_attachment
  FOR EACH ROW EXECUTE FUNCTION records_papers_stay();
"""
NO_PAPERS = "DROP TRIGGER records_papers_stay ON records_attachment; DROP FUNCTION records_papers_stay();"


class Migration(migrations.Migration):
    dependencies = [("records", "0017_identity_and_papers")]

    operations = [
        migrations.RunSQL(NUMBER, NO_NUMBER),
        migrations.RunSQL(SUBJECTS, NO_SUBJECTS),
        migrations.RunSQL(LEFT, NO_LEFT),
        migrations.RunSQL(PAPERS, NO_PAPERS),
    ]
