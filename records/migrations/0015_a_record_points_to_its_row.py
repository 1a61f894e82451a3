"""A record points to the row of the sheet that it came from, instead of the row to its record: a row is written once."""

import django.db.models.deletion
from django.db import migrations, models

# what hangs on the constraints is settled at once, for the next step changes the same tables
TURN = """
UPDATE records_creditrecord record SET row_id = row.id FROM records_batchrow row WHERE row.record_id = record.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
TURN_BACK = """
UPDATE records_batchrow row SET record_id = record.id FROM records_creditrecord record WHERE record.row_id = row.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0014_what_a_lapse_keeps")]

    operations = [
        migrations.AddField(
            model_name="creditrecord",
            name="row",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="record",
                to="records.batchrow",
                verbose_name="出自表中的一行",
            ),
        ),
        migrations.RunSQL(TURN, TURN_BACK),
        migrations.RemoveField(model_name="batchrow", name="record"),
    ]
