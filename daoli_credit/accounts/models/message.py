"""消息: to a person by key, or to a staff user. The text is sealed; unread is not served (design.md §5)."""

from typing import ClassVar

from django.db import models

from daoli_credit.accounts.models.user import User


class Message(models.Model):
    """消息. `body` is an envelope bound to the message's own random `token`."""

    token = models.UUIDField("编号", unique=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, verbose_name="工作人员")
    person_key = models.BinaryField("个人标识", max_length=34, null=True, blank=True)
    title = models.CharField("标题", max_length=80)
    body = models.BinaryField("正文（封存）")
    noun = models.CharField("关于", max_length=40)
    object_id = models.CharField("编号", max_length=40)
    sent_at = models.DateTimeField("发出时间")
    first_read_at = models.DateTimeField("首次阅读", null=True, blank=True)

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering: ClassVar = ["-sent_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_message_has_one_addressee",
                condition=models.Q(user__isnull=True, person_key__isnull=False)
                | models.Q(user__isnull=False, person_key__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person_key", "-sent_at"], name="message_by_person")]

    def __str__(self) -> str:
        return self.title
