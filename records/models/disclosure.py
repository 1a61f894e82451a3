"""对外提供登记: to whom, what, on which basis, when (网络数据安全管理条例 第十二条). Only grows."""

from typing import ClassVar, Self

from django.db import models

from daoli_credit import sealed


class Disclosures(models.QuerySet["Disclosure"]):
    """The one way in for a person; the office sees counts only (`records.disclosures`)."""

    def about(self, keys: list[bytes]) -> Self:
        """本人的: what was given of this person."""
        return self.filter(person_key__in=keys)


class Disclosure(models.Model):
    """对外提供的一次. Plain text and a person key, no foreign keys: it outlives the record, three years at least."""

    at = models.DateTimeField("时间")
    day = models.DateField("业务日")
    recipient = models.SlugField("接收方代码", max_length=40)
    recipient_title = models.CharField("接收方", max_length=60)
    channel = models.CharField("途径", max_length=20)
    record_number = models.CharField("记录编号", max_length=24)
    revision = models.PositiveIntegerField("版本")
    item = models.CharField("目录事项代码", max_length=60)
    item_title = models.CharField("目录事项", max_length=120)
    basis = models.CharField("依据", max_length=500)
    person_key = models.BinaryField("个人标识", max_length=34)

    objects: ClassVar[models.Manager["Disclosure"]] = Disclosures.as_manager()

    class Meta:
        verbose_name = "对外提供登记"
        verbose_name_plural = "对外提供登记"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="a_disclosure_names_its_basis", condition=~models.Q(basis="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person_key", "-id"], name="disclosure_by_person"),
            models.Index(fields=["day"], name="disclosure_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.recipient_title} {self.record_number}"


sealed.register(sealed.Other("records.Disclosure", "person_key", "只增不改，用本人的每一个标识去找"))
