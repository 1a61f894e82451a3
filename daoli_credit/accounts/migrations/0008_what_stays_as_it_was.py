"""What the database itself keeps: used stays used, facts stay facts, a time step never goes back."""

from django.db import migrations

RULES = """
CREATE FUNCTION accounts_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% 的事实不能改写', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER accounts_step_only_grows BEFORE UPDATE ON accounts_secondfactor
  FOR EACH ROW WHEN (
    NEW.last_step < OLD.last_step OR NEW.user_id <> OLD.user_id
    -- the same secret may be sealed anew: as long as before, under another key, whose number stands in bytes 2 and 3
    OR (NEW.secret <> OLD.secret AND (
      octet_length(NEW.secret) <> octet_length(OLD.secret)
      OR substring(NEW.secret FROM 2 FOR 2) = substring(OLD.secret FROM 2 FOR 2)))
  )
  EXECUTE FUNCTION accounts_facts_stay();
CREATE TRIGGER accounts_recovery_code_once BEFORE UPDATE ON accounts_recoverycode
  FOR EACH ROW WHEN (OLD.used_at IS NOT NULL OR NEW.digest <> OLD.digest OR NEW.factor_id <> OLD.factor_id)
  EXECUTE FUNCTION accounts_facts_stay();

CREATE TRIGGER accounts_letter_stays BEFORE UPDATE ON accounts_activationletter
  FOR EACH ROW WHEN (
    OLD.used_on IS NOT NULL OR OLD.voided_on IS NOT NULL OR NEW.wrong_tries < OLD.wrong_tries
    OR (NEW.token, NEW.number, NEW.person_key, NEW.digest, NEW.printed_by_id, NEW.department_id, NEW.printed_on, NEW.good_until)
       IS DISTINCT FROM
       (OLD.token, OLD.number, OLD.person_key, OLD.digest, OLD.printed_by_id, OLD.department_id, OLD.printed_on, OLD.good_until)
  ) EXECUTE FUNCTION accounts_facts_stay();
CREATE TRIGGER accounts_letter_is_kept BEFORE DELETE ON accounts_activationletter
  FOR EACH ROW EXECUTE FUNCTION accounts_facts_stay();

CREATE TRIGGER accounts_key_stays BEFORE UPDATE ON accounts_servicekey
  FOR EACH ROW WHEN (
    (OLD.revoked_on IS NOT NULL AND (NEW.revoked_on, NEW.revoked_by_id) IS DISTINCT FROM (OLD.revoked_on, OLD.revoked_by_id))
    OR (OLD.approved_on IS NOT NULL
        AND (NEW.approved_on, NEW.approved_by_id) IS DISTINCT FROM (OLD.approved_on, OLD.approved_by_id))
    OR (OLD.revoked_on IS NOT NULL AND NEW.last_used_on IS DISTINCT FROM OLD.last_used_on)
    OR (NEW.prefix, NEW.digest, NEW.title, NEW.department_id, NEW.scopes, NEW.made_by_id, NEW.made_on, NEW.expires_on)
       IS DISTINCT FROM
       (OLD.prefix, OLD.digest, OLD.title, OLD.department_id, OLD.scopes, OLD.made_by_id, OLD.made_on, OLD.expires_on)
  ) EXECUTE FUNCTION accounts_facts_stay();
CREATE TRIGGER accounts_key_is_kept BEFORE DELETE ON accounts_servicekey
  FOR EACH ROW EXECUTE FUNCTION accounts_facts_stay();

CREATE FUNCTION accounts_staff_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_user WHERE id = NEW.user_id AND face = 'staff') THEN
    RAISE EXCEPTION '% 只属于工作人员', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_external_login_is_staff BEFORE INSERT OR UPDATE ON accounts_externallogin
  FOR EACH ROW EXECUTE FUNCTION accounts_staff_only();
CREATE TRIGGER accounts_second_factor_is_staff BEFORE INSERT OR UPDATE ON accounts_secondfactor
  FOR EACH ROW EXECUTE FUNCTION accounts_staff_only();
"""
NO_RULES = """
DROP TRIGGER accounts_second_factor_is_staff ON accounts_secondfactor;
DROP TRIGGER accounts_external_login_is_staff ON accounts_externallogin;
DROP FUNCTION accounts_staff_only();
DROP TRIGGER accounts_key_is_kept ON accounts_servicekey;
DROP TRIGGER accounts_key_stays ON accounts_servicekey;
DROP TRIGGER accounts_letter_is_kept ON accounts_activationletter;
DROP TRIGGER accounts_letter_stays ON accounts_activationletter;
DROP TRIGGER accounts_recovery_code_once ON accounts_recoverycode;
DROP TRIGGER accounts_step_only_grows ON accounts_secondfactor;
DROP FUNCTION accounts_facts_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_entrances")]

    operations = [migrations.RunSQL(RULES, NO_RULES)]
