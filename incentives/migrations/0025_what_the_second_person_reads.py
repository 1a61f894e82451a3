"""The first and last application numbers of a sheet: what a second person compares before agreeing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0024_every_point_has_its_answer"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkset",
            name="applications",
            field=models.JSONField(default=list, verbose_name="申请编号（首尾）"),
        ),
    ]
