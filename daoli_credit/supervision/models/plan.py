"""方案: the document that the work items come from. It arranges work and is never a legal basis."""

from typing import ClassVar

from django.db import models


class Plan(models.Model):
    """方案, with its whole text, so that every quotation can be checked against it."""

    code = models.SlugField("代码", max_length=40, unique=True)
    title = models.CharField("标题", max_length=100)
    number = models.CharField("文号", max_length=40)
    issuer = models.CharField("印发单位", max_length=60)
    issued_on = models.DateField("印发日期")
    text = models.TextField("全文")

    class Meta:
        verbose_name = "方案"
        verbose_name_plural = "方案"
        ordering: ClassVar = ["-issued_on"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"
