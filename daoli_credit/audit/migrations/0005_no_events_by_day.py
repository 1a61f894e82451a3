"""No page asks evidence for the returns and ends of a day any more (records, 日记): events are written past no index."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_events_by_day")]

    operations = [migrations.RemoveIndex("event", "audit_event_by_day")]
