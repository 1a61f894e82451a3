"""目录事项: the rows that records point at. The rule pack alone says what they mean."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models import Department


class CatalogueItem(models.Model):
    """目录事项, pulled from the active edition. Never deleted: what left the catalogue is closed by `until`."""

    code = models.SlugField("代码", max_length=60, primary_key=True)
    title = models.CharField("名称", max_length=120)
    edition = models.CharField("规则版本", max_length=40)
    until = models.DateField("停用日", null=True, blank=True)
    # Once true, true for ever (trigger): records of such an item have one door only, a decided and served case.
    by_listing = models.BooleanField("只由列入程序产生", default=False)
    # Each document of an adverse item is opened before its rows are approved (trigger); unknown counts as adverse.
    adverse = models.BooleanField("不利信息", default=True)
    # Once true, true for ever (trigger): an honour has one door only, a nomination to which the person has consented.
    by_consent = models.BooleanField("只由本人同意的推荐产生", default=False)

    class Meta:
        verbose_name = "目录事项"
        verbose_name_plural = "目录事项"
        ordering: ClassVar = ["code"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class CatalogueProvider(models.Model):
    """归集单位: who may report an item. A record's (item, department) is a foreign key to this pair."""

    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="providers")
    department = models.ForeignKey(Department, models.PROTECT)

    class Meta:
        verbose_name = "归集单位"
        verbose_name_plural = "归集单位"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="a_provider_once_per_item", fields=["item", "department"]),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.department}"
