"""封存的经过: what rows beside a record said of it goes under seal with it, in the row itself."""

from django.db import models


class KeptHistory(models.Model):
    """经过的一行. `kept` is empty while the record is in force; afterwards what the row said lies there alone."""

    kept = models.BinaryField("所说的（封存）", null=True, blank=True, editable=False)

    class Meta:
        abstract = True
