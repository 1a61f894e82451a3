"""Officers hold no role, streets hold no right on records, work goes to a department that stays: the database refuses.

Guardian's tables and auth's are guarded where they are: whoever writes them by whatever way meets the same trigger.
A row that is read here is locked FOR SHARE, so that an officer cannot be made while a role is being granted.
"""

from django.db import migrations

OFFICERS = """
CREATE FUNCTION accounts_demand_no_officer(person bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE post text;
BEGIN
  SELECT officer INTO post FROM accounts_user WHERE id = person FOR SHARE;
  IF post <> '' THEN
    RAISE EXCEPTION '三员不能有任何职责：用户 %', person USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;
CREATE FUNCTION accounts_holder_is_no_officer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM accounts_demand_no_officer(NEW.user_id);
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_member_is_no_officer BEFORE INSERT OR UPDATE ON accounts_user_groups
  FOR EACH ROW EXECUTE FUNCTION accounts_holder_is_no_officer();
CREATE TRIGGER accounts_permitted_is_no_officer BEFORE INSERT OR UPDATE ON accounts_user_user_permissions
  FOR EACH ROW EXECUTE FUNCTION accounts_holder_is_no_officer();
CREATE TRIGGER accounts_holder_is_no_officer BEFORE INSERT OR UPDATE ON guardian_userobjectpermission
  FOR EACH ROW EXECUTE FUNCTION accounts_holder_is_no_officer();

CREATE FUNCTION accounts_lender_is_no_officer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM accounts_demand_no_officer(NEW.giver_id);
  PERFORM accounts_demand_no_officer(NEW.taker_id);
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_lender_is_no_officer BEFORE INSERT OR UPDATE OF giver_id, taker_id ON accounts_delegation
  FOR EACH ROW EXECUTE FUNCTION accounts_lender_is_no_officer();
CREATE FUNCTION accounts_shared_is_no_officer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM accounts_demand_no_officer(NEW.person_id);
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_shared_is_no_officer BEFORE INSERT OR UPDATE OF person_id ON accounts_sharedlegal
  FOR EACH ROW EXECUTE FUNCTION accounts_shared_is_no_officer();

CREATE FUNCTION accounts_officer_holds_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.officer <> '' AND (
    EXISTS (SELECT 1 FROM accounts_user_groups WHERE user_id = NEW.id)
    OR EXISTS (SELECT 1 FROM accounts_user_user_permissions WHERE user_id = NEW.id)
    OR EXISTS (SELECT 1 FROM guardian_userobjectpermission WHERE user_id = NEW.id)
    OR EXISTS (SELECT 1 FROM accounts_delegation WHERE NEW.id IN (giver_id, taker_id) AND ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM accounts_sharedlegal WHERE person_id = NEW.id AND ended_at IS NULL)
  ) THEN
    RAISE EXCEPTION '有职责的人不能做三员：用户 %', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_officer_holds_nothing BEFORE UPDATE OF officer ON accounts_user
  FOR EACH ROW EXECUTE FUNCTION accounts_officer_holds_nothing();
"""
NO_OFFICERS = """
DROP TRIGGER accounts_officer_holds_nothing ON accounts_user;
DROP FUNCTION accounts_officer_holds_nothing();
DROP TRIGGER accounts_shared_is_no_officer ON accounts_sharedlegal;
DROP FUNCTION accounts_shared_is_no_officer();
DROP TRIGGER accounts_lender_is_no_officer ON accounts_delegation;
DROP FUNCTION accounts_lender_is_no_officer();
DROP TRIGGER accounts_holder_is_no_officer ON guardian_userobjectpermission;
DROP TRIGGER accounts_permitted_is_no_officer ON accounts_user_user_permissions;
DROP TRIGGER accounts_member_is_no_officer ON accounts_user_groups;
DROP FUNCTION accounts_holder_is_no_officer();
DROP FUNCTION accounts_demand_no_officer(bigint);
"""

# 宣传组织 is no right on records: streets, schools and employers may hold it.
STREETS = """
CREATE FUNCTION accounts_demand_records_allowed(body text, duty text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE nature text;
BEGIN
  IF duty = 'plan_campaign' THEN RETURN; END IF;
  SELECT kind INTO nature FROM accounts_department WHERE id::text = body FOR SHARE;
  IF nature IN ('street', 'school', 'employer') THEN
    RAISE EXCEPTION '街道、学校、用人单位不能有记录方面的职责：%', duty
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;
CREATE FUNCTION accounts_granted_where_records_may_be() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM django_content_type
    WHERE id = NEW.content_type_id AND app_label = 'accounts' AND model = 'department'
  ) THEN
    PERFORM accounts_demand_records_allowed(
      NEW.object_pk, (SELECT codename FROM auth_permission WHERE id = NEW.permission_id)
    );
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_group_may_hold_records BEFORE INSERT OR UPDATE ON guardian_groupobjectpermission
  FOR EACH ROW EXECUTE FUNCTION accounts_granted_where_records_may_be();
CREATE TRIGGER accounts_user_may_hold_records BEFORE INSERT OR UPDATE ON guardian_userobjectpermission
  FOR EACH ROW EXECUTE FUNCTION accounts_granted_where_records_may_be();

CREATE FUNCTION accounts_lent_where_records_may_be() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM accounts_demand_records_allowed(NEW.department_id::text, NEW.verb);
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_lent_where_records_may_be
  BEFORE INSERT OR UPDATE OF verb, department_id ON accounts_delegation
  FOR EACH ROW EXECUTE FUNCTION accounts_lent_where_records_may_be();
CREATE FUNCTION accounts_shared_where_records_may_be() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM accounts_demand_records_allowed(NEW.department_id::text, 'legal_review');
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_shared_where_records_may_be BEFORE INSERT OR UPDATE OF department_id ON accounts_sharedlegal
  FOR EACH ROW EXECUTE FUNCTION accounts_shared_where_records_may_be();

CREATE FUNCTION accounts_kind_fits_its_rights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind IN ('street', 'school', 'employer') AND (
    EXISTS (
      SELECT 1 FROM (
        SELECT permission_id, content_type_id, object_pk FROM guardian_groupobjectpermission
        UNION ALL SELECT permission_id, content_type_id, object_pk FROM guardian_userobjectpermission
      ) held
      JOIN auth_permission p ON p.id = held.permission_id AND p.codename <> 'plan_campaign'
      JOIN django_content_type t ON t.id = held.content_type_id AND t.app_label = 'accounts' AND t.model = 'department'
      WHERE held.object_pk = NEW.id::text
    )
    OR EXISTS (
      SELECT 1 FROM accounts_delegation
      WHERE department_id = NEW.id AND ended_at IS NULL AND verb <> 'plan_campaign'
    )
    OR EXISTS (SELECT 1 FROM accounts_sharedlegal WHERE department_id = NEW.id AND ended_at IS NULL)
  ) THEN
    RAISE EXCEPTION '这个部门设有记录方面的职责，不能改为街道、学校、用人单位：%', NEW.code
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_kind_fits_its_rights BEFORE UPDATE OF kind ON accounts_department
  FOR EACH ROW EXECUTE FUNCTION accounts_kind_fits_its_rights();
"""
NO_STREETS = """
DROP TRIGGER accounts_kind_fits_its_rights ON accounts_department;
DROP FUNCTION accounts_kind_fits_its_rights();
DROP TRIGGER accounts_shared_where_records_may_be ON accounts_sharedlegal;
DROP FUNCTION accounts_shared_where_records_may_be();
DROP TRIGGER accounts_lent_where_records_may_be ON accounts_delegation;
DROP FUNCTION accounts_lent_where_records_may_be();
DROP TRIGGER accounts_user_may_hold_records ON guardian_userobjectpermission;
DROP TRIGGER accounts_group_may_hold_records ON guardian_groupobjectpermission;
DROP FUNCTION accounts_granted_where_records_may_be();
DROP FUNCTION accounts_demand_records_allowed(text, text);
"""

# Along the line of successors the days of closing only grow: it has an end and no circle.
SUCCESSORS = """
CREATE FUNCTION accounts_work_goes_to_one_that_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE heir accounts_department%ROWTYPE;
BEGIN
  IF NEW.successor_id IS NOT NULL THEN
    SELECT * INTO heir FROM accounts_department WHERE id = NEW.successor_id FOR SHARE;
    IF heir.valid_from > NEW.valid_to OR heir.valid_to <= NEW.valid_to THEN
      RAISE EXCEPTION '承接部门在 % 不在用：%', NEW.valid_to, heir.code
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF EXISTS (
    SELECT 1 FROM accounts_department
    WHERE successor_id = NEW.id AND (valid_to >= NEW.valid_to OR valid_to < NEW.valid_from)
  ) THEN
    RAISE EXCEPTION '还有部门的工作要由它承接：%', NEW.code USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER accounts_work_goes_to_one_that_stays
  BEFORE INSERT OR UPDATE OF valid_from, valid_to, successor_id ON accounts_department
  FOR EACH ROW EXECUTE FUNCTION accounts_work_goes_to_one_that_stays();
"""
NO_SUCCESSORS = """
DROP TRIGGER accounts_work_goes_to_one_that_stays ON accounts_department;
DROP FUNCTION accounts_work_goes_to_one_that_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_people_and_departments"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
    ]

    operations = [
        migrations.RunSQL(OFFICERS, NO_OFFICERS),
        migrations.RunSQL(STREETS, NO_STREETS),
        migrations.RunSQL(SUCCESSORS, NO_SUCCESSORS),
    ]
