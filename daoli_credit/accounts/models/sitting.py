"""会话: Django's session row with the one column more that finds whose it is."""

from typing import ClassVar

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from daoli_credit.accounts.models.user import User


class Sitting(AbstractBaseSession):
    """会话. `user` is written by the store itself from the session's own data, so no sign-in can forget it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sittings", null=True, verbose_name="用户")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "会话"
        verbose_name_plural = "会话"
        default_permissions: ClassVar = ()

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The store of sitting.py."""
        from daoli_credit.accounts import sitting  # noqa: PLC0415  the store reads this model

        return sitting.SessionStore
