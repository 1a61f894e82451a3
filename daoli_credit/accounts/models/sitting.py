"""会话: Django's session row with the one column more that finds whose it is."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from daoli_credit.accounts.models.user import User


class Sitting(AbstractBaseSession):
    """会话. `user` is written by the store itself from the session's own data, so no sign-in can forget it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sittings", null=True, verbose_name="用户")
    began_at = models.DateTimeField("登录时间", null=True, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "会话"
        verbose_name_plural = "会话"
        default_permissions: ClassVar = ()

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The store that the settings name: accounts/sitting.py."""
        store: type[SessionStore] = import_module(settings.SESSION_ENGINE).SessionStore  # it reads this model
        return store
