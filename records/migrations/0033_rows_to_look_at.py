"""What is not simply good in a long sheet is found at once; good rows, nearly all of them, write nothing more."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # as CONCURRENTLY wants it

    dependencies = [("records", "0032_requests_are_deleted_in_time")]

    operations = [
        AddIndexConcurrently(
            "batchrow",
            models.Index(
                name="row_to_look_at",
                fields=["batch", "verdict", "line"],
                condition=models.Q(("verdict", "new"), _negated=True),
            ),
        ),
    ]
