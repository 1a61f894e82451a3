"""By day, the two acts that the supervision pages ask for; every other act is written past this index."""

from django.db import migrations, models

ASKED = models.Q(act__in=["record.returned", "record.expired"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_verifications")]

    operations = [
        migrations.AddIndex("event", models.Index(fields=["act", "day"], name="audit_event_by_day", condition=ASKED)),
    ]
