"""A sweep goes on where the last one stopped, so that it does not ask the whole register each time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feeds", "0060_a_delivery_costs_less")]

    operations = [
        migrations.AddField(
            "feed", "walked_to", models.PositiveBigIntegerField("扫描到", default=0, db_default=0)
        ),
    ]
