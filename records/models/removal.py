"""撤下日志: each end also stands outside the database, before anybody is asked to withdraw (decisions.md §2.11)."""

from django.db import models

from records.models.revision import Revision


class Removal(models.Model):
    """撤下日志的一行: this ending revision is written in the journal file; feeds withdraw it only after that."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="removal", primary_key=True)
    written_at = models.DateTimeField("写入时间", auto_now_add=True)

    class Meta:
        verbose_name = "撤下日志"
        verbose_name_plural = "撤下日志"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.revision)
