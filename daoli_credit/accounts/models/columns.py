"""常用的栏: who did something, and short words about it; empty until it was done."""

from django.conf import settings
from django.db import models

from daoli_credit.accounts.models.user import User


def who(title: str, *, later: bool = True) -> "models.ForeignKey[User | None, User | None]":
    """经手的人. `later`: nobody yet, when the row is made."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=later, blank=later, verbose_name=title
    )


def words(title: str, length: int) -> "models.CharField[str, str]":
    """写明的话, empty until somebody writes them."""
    return models.CharField(title, max_length=length, blank=True, default="")
