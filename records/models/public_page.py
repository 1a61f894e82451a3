"""公示页: the random address under which one public record can be opened, and which afterwards answers 410."""

import uuid

from django.db import models

from records.models.record import CreditRecord


class PublicPage(models.Model):
    """公示页. The row stays when the record ends, so that the token is never given to another; it shows nothing."""

    record = models.OneToOneField(CreditRecord, models.PROTECT, related_name="public_page", primary_key=True)
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField("开页时间", auto_now_add=True)

    class Meta:
        verbose_name = "公示页"
        verbose_name_plural = "公示页"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.record)
