"""What was sent about a record is deleted with it at the end of keeping, and by no other way (records 0080)."""

from django.db import migrations

DELETED = """
CREATE FUNCTION feeds_is_deleting(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM public.feeds_delivery d JOIN public.records_deletion x ON x.record_pk = d.record_id WHERE d.id = which)
$$;
DROP TRIGGER feeds_attempt_only_grows ON feeds_attempt;
CREATE TRIGGER feeds_attempt_only_grows BEFORE UPDATE ON feeds_attempt
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER feeds_attempt_deleted_in_time BEFORE DELETE ON feeds_attempt FOR EACH ROW
  WHEN (NOT feeds_is_deleting(OLD.delivery_id)) EXECUTE FUNCTION records_only_grows();
DROP TRIGGER feeds_receipt_only_grows ON feeds_receipt;
CREATE TRIGGER feeds_receipt_only_grows BEFORE UPDATE ON feeds_receipt
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
CREATE TRIGGER feeds_receipt_deleted_in_time BEFORE DELETE ON feeds_receipt FOR EACH ROW
  WHEN (NOT feeds_is_deleting(OLD.delivery_id)) EXECUTE FUNCTION records_only_grows();
DROP TRIGGER feeds_delivery_stays ON feeds_delivery;
CREATE TRIGGER feeds_delivery_stays BEFORE UPDATE ON feeds_delivery
  FOR EACH ROW EXECUTE FUNCTION feeds_delivery_stays();
CREATE TRIGGER feeds_delivery_deleted_in_time BEFORE DELETE ON feeds_delivery FOR EACH ROW
  WHEN (NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION feeds_delivery_stays();
"""
KEPT = """
DROP TRIGGER feeds_delivery_deleted_in_time ON feeds_delivery;
DROP TRIGGER feeds_delivery_stays ON feeds_delivery;
CREATE TRIGGER feeds_delivery_stays BEFORE UPDATE OR DELETE ON feeds_delivery
  FOR EACH ROW EXECUTE FUNCTION feeds_delivery_stays();
DROP TRIGGER feeds_receipt_deleted_in_time ON feeds_receipt;
DROP TRIGGER feeds_receipt_only_grows ON feeds_receipt;
CREATE TRIGGER feeds_receipt_only_grows BEFORE UPDATE OR DELETE ON feeds_receipt
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
DROP TRIGGER feeds_attempt_deleted_in_time ON feeds_attempt;
DROP TRIGGER feeds_attempt_only_grows ON feeds_attempt;
CREATE TRIGGER feeds_attempt_only_grows BEFORE UPDATE OR DELETE ON feeds_attempt
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
DROP FUNCTION feeds_is_deleting(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0004_packages_and_epochs"),
        ("records", "0022_the_end_of_a_record"),
    ]

    operations = [migrations.RunSQL(DELETED, KEPT)]
