"""Bodies whose term is over are found by an index: every night they had been looked for in the whole table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

KEPT = models.Index(
    fields=["settled_at"],
    name="delivery_body_kept",
    condition=models.Q(body__isnull=False, settled_at__isnull=False),
)


class Migration(migrations.Migration):
    atomic = False  # as CONCURRENTLY wants it

    dependencies = [("feeds", "0011_withdrawals_are_prepared")]

    operations = [AddIndexConcurrently("delivery", KEPT)]
