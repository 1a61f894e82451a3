"""登录方式: a password opens the door to staff only. Django's model permissions are not in use (see access.py)."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet
from django.http import HttpRequest

from daoli_credit import questions
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face


@questions.prepared
def _living(user_id: int) -> QuerySet[User]:
    found = User.objects.select_related("home_department").filter(pk=user_id, is_active=True)
    return found.exclude(face=Face.SYSTEM)


class StaffPassword(BaseBackend):
    """口令登录. Citizens and the system user never match, whatever their password column holds."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The staff user, or None. Every answer costs one hashing, so that time tells nothing about names."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username, face=Face.STAFF).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a living session, of either face; one who was switched off is a visitor from that moment."""
        return next(iter(_living(user_id)), None)
