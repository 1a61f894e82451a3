"""A key is a right too: streets, schools and employers can hold none that reaches a record, whoever writes the row."""

from django.db import migrations

KEYS = """
CREATE FUNCTION accounts_key_where_records_may_be() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE scope text;
BEGIN
  FOREACH scope IN ARRAY NEW.scopes LOOP
    IF scope <> 'connect' THEN
      PERFORM accounts_demand_records_allowed(NEW.department_id::text, scope);
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_key_where_records_may_be BEFORE INSERT OR UPDATE OF department_id, scopes ON accounts_servicekey
  FOR EACH ROW EXECUTE FUNCTION accounts_key_where_records_may_be();

CREATE FUNCTION accounts_kind_fits_its_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind IN ('street', 'school', 'employer') AND EXISTS (
    SELECT 1 FROM accounts_servicekey
    WHERE department_id = NEW.id AND revoked_on IS NULL AND scopes::text[] <> ARRAY['connect']
  ) THEN
    RAISE EXCEPTION '这个部门有能报送或者核查的接口密钥，不能改为街道、学校、用人单位：%', NEW.code
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_kind_fits_its_keys BEFORE UPDATE OF kind ON accounts_department
  FOR EACH ROW EXECUTE FUNCTION accounts_kind_fits_its_keys();
"""
NO_KEYS = """
DROP TRIGGER accounts_kind_fits_its_keys ON accounts_department;
DROP FUNCTION accounts_kind_fits_its_keys();
DROP TRIGGER accounts_key_where_records_may_be ON accounts_servicekey;
DROP FUNCTION accounts_key_where_records_may_be();
"""


class Migration(migrations.Migration):
    """接口密钥看部门的性质."""

    dependencies = [("accounts", "0013_verbs_of_incentives")]
    operations = [migrations.RunSQL(KEYS, NO_KEYS)]
