"""What supervision asks of reports is asked of the first; what it asked of returns and ends stands in the day notes."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

GONE = ("record_by_report", "record_sent_again", "record_first_sent_again", "record_by_expiry")


class Migration(migrations.Migration):
    atomic = False  # as CONCURRENTLY wants it; every operation may be run again

    dependencies = [("records", "0036_first_reports_and_day_notes")]

    operations = [
        AddIndexConcurrently(
            "creditrecord",
            models.Index(
                fields=["item", "department", "first_submitted_on", "determined_on"], name="record_by_first_report"
            ),
        ),
        *(RemoveIndexConcurrently("creditrecord", one) for one in GONE),
    ]
