"""首次报送日 and 日记: what supervision asks of returns and ends, kept by the act instead of looked up in evidence."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

# What has once been said of the first report does not change any more.
STAYS = """
CREATE FUNCTION records_first_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '首次报送日不能改写：%', OLD.number USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER records_first_report_stays BEFORE UPDATE OF first_submitted_on ON records_creditrecord FOR EACH ROW
  WHEN (OLD.first_submitted_on IS NOT NULL AND NEW.first_submitted_on IS DISTINCT FROM OLD.first_submitted_on)
  EXECUTE FUNCTION records_first_report_stays();
CREATE TRIGGER records_day_note_only_grows BEFORE UPDATE OR DELETE ON records_daynote
  FOR EACH ROW EXECUTE FUNCTION records_only_grows();
"""
GOES = """
DROP TRIGGER records_day_note_only_grows ON records_daynote;
DROP TRIGGER records_first_report_stays ON records_creditrecord;
DROP FUNCTION records_first_report_stays();
"""

# What came in by a sheet was reported with it: the one event of the sheet bears the sheet's number.
KNOWN = """
CREATE TEMP TABLE reports ON COMMIT DROP AS
SELECT e.id, e.object_id AS record, e.day FROM audit_event e
WHERE e.act = 'record.submitted' AND e.noun = 'creditrecord'
  AND e.object_id IN (SELECT object_id FROM audit_event WHERE act = 'record.returned' AND noun = 'creditrecord')
UNION ALL
SELECT e.id, r.id::text, e.day FROM records_creditrecord r
JOIN records_batchrow w ON w.id = r.row_id JOIN records_importbatch b ON b.id = w.batch_id
JOIN audit_event e ON e.act = 'record.submitted' AND e.noun = 'creditrecord' AND e.object_id = b.number
WHERE r.was_returned;
CREATE INDEX ON reports (record, id);

UPDATE records_creditrecord r SET first_submitted_on =
  least((SELECT min(day) FROM reports WHERE record = r.id::text), submitted_on) WHERE was_returned;
UPDATE records_creditrecord SET first_submitted_on = submitted_on
WHERE submitted_on IS NOT NULL AND first_submitted_on IS NULL;

INSERT INTO records_daynote (department_id, kind, about, day)
SELECT DISTINCT d.id, 'returned', least(coalesce((
    SELECT s.day FROM reports s WHERE s.record = e.object_id AND s.id < e.id ORDER BY s.id DESC LIMIT 1
  ), e.day), e.day), e.day
FROM audit_event e JOIN accounts_department d ON d.code = e.department
WHERE e.act = 'record.returned' AND e.noun = 'creditrecord';
INSERT INTO records_daynote (department_id, kind, about, day)
SELECT DISTINCT r.department_id, 'incomplete', s.returned_on, s.returned_on
FROM records_sentback s JOIN records_creditrecord r ON r.id = s.record_id WHERE s.reasons ? 'missing';
INSERT INTO records_daynote (department_id, kind, about, day)
SELECT DISTINCT r.department_id, 'expired', r.ended_on, greatest(v.day, r.ended_on)
FROM records_creditrecord r JOIN records_revision v ON v.record_id = r.id AND v.kind = 'ended'
WHERE r.status = 'ended' AND r.end_kind = 'expired';
SET CONSTRAINTS ALL IMMEDIATE;
"""

NOTE = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    (
        "kind",
        models.CharField(
            "种类",
            choices=[("returned", "退回"), ("incomplete", "缺项退回"), ("expired", "到期终止")],
            max_length=12,
        ),
    ),
    ("about", models.DateField("报送日或者到期日")),
    ("day", models.DateField("办理日")),
    (
        "department",
        models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="accounts.department",
            verbose_name="认定部门",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_keys_where_records_may_be"),
        ("audit", "0004_events_by_day"),
        ("records", "0035_electronic_service_is_confirmed"),
    ]

    operations = [
        migrations.AddField(
            "creditrecord",
            "first_submitted_on",
            models.DateField("首次报送日", blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name="DayNote",
            fields=NOTE,
            options={
                "verbose_name": "日记",
                "verbose_name_plural": "日记",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "day", "department", "about"), name="a_day_is_noted_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(kind__in=["returned", "incomplete", "expired"]), name="a_note_is_of_a_known_kind"
                    ),
                    models.CheckConstraint(condition=Q(about__lte=F("day")), name="nothing_is_noted_ahead"),
                ],
            },
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(STAYS, GOES),
        migrations.AddConstraint(
            "creditrecord",
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True)
                | Q(first_submitted_on__isnull=False, first_submitted_on__lte=F("submitted_on")),
                name="what_is_reported_was_reported_first",
            ),
        ),
    ]
