"""会话: Django's session row with one more column, so that a user's sessions can be found, and ended."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Sitting(AbstractBaseSession):
    """会话. `user_id` is a plain number: a visitor's session has none, and a row outlives nobody."""

    user_id = models.BigIntegerField("用户", null=True, blank=True, db_index=True)
    began_at = models.DateTimeField("登录时间", null=True, blank=True)

    class Meta:
        verbose_name = "会话"
        verbose_name_plural = "会话"
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that reads this row."""
        from daoli_credit.accounts.sitting import SessionStore  # noqa: PLC0415  the store reads this model

        return SessionStore
