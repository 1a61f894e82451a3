"""A listing case is deleted with its record at the end of keeping, and by no other way (records 0080)."""

from django.db import migrations

PAPERS = {
    "incentives_notice": ("incentives_notice_agrees", "incentives_paper_agrees", "INSERT OR UPDATE"),
    "incentives_decision": ("incentives_decision_agrees", "incentives_paper_agrees", "INSERT OR UPDATE"),
    "incentives_defence": ("incentives_defence_only_grows", "records_only_grows", "UPDATE"),
}
CASE = """
CREATE FUNCTION incentives_is_deleting(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM public.incentives_listing l JOIN public.records_deletion x ON x.record_pk = l.record_id WHERE l.id = which)
$$;
DROP TRIGGER incentives_listing_stays ON incentives_listing;
CREATE TRIGGER incentives_listing_stays BEFORE DELETE ON incentives_listing FOR EACH ROW
  WHEN (OLD.record_id IS NULL OR NOT records_is_deleting(OLD.record_id)) EXECUTE FUNCTION records_only_grows();
"""
NO_CASE = """
DROP TRIGGER incentives_listing_stays ON incentives_listing;
CREATE TRIGGER incentives_listing_stays BEFORE DELETE ON incentives_listing
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
DROP FUNCTION incentives_is_deleting(bigint);
"""
OPENED = """
DROP TRIGGER {trigger} ON {table};
CREATE TRIGGER {trigger} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER {table}_deleted_in_time BEFORE DELETE ON {table} FOR EACH ROW
  WHEN (NOT incentives_is_deleting(OLD.listing_id)) EXECUTE FUNCTION records_only_grows();
"""
CLOSED = """
DROP TRIGGER {table}_deleted_in_time ON {table};
DROP TRIGGER {trigger} ON {table};
CREATE TRIGGER {trigger} BEFORE {when} OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();
"""


def said(text: str, table: str) -> str:
    """The statement for one table of papers."""
    trigger, function, when = PAPERS[table]
    return text.format(table=table, trigger=trigger, function=function, when=when)


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0004_no_listing_without_assessment"),
        ("records", "0022_the_end_of_a_record"),
    ]

    operations = [
        migrations.RunSQL(CASE, NO_CASE),
        *(migrations.RunSQL(said(OPENED, table), said(CLOSED, table)) for table in PAPERS),
    ]
