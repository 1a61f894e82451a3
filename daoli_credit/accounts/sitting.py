"""会话时限: the session store. Idle 30 minutes for staff, 20 for everybody else, and 8 hours at most.

The end stands in the session's row, so nothing but the database decides; the cookie ends with the browser.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.db import models
from django.utils import timezone

from daoli_credit.accounts.models.sitting import Sitting
from daoli_credit.accounts.models.user import Face, User

IDLE = {Face.STAFF.value: timedelta(minutes=30), Face.CITIZEN.value: timedelta(minutes=20)}
VISITOR = timedelta(minutes=20)
LONGEST = timedelta(hours=8)
# A row is moved on at most once a minute: reading pages should not cost a write each.
GRAIN = timedelta(minutes=1)
FACE, SINCE = "sitting_face", "sitting_since"


def begin(session: SessionBase, face: str) -> None:
    """开始计时: called once, at sign-in."""
    session[FACE] = face
    session[SINCE] = timezone.now().timestamp()


def of(user: User) -> models.QuerySet[Sitting]:
    """在用的会话 of this user, newest first."""
    return Sitting.objects.filter(user_id=user.pk, expire_date__gt=timezone.now()).order_by("-began_at", "-pk")


def end_all(user: User) -> int:
    """全部退出: every session of this user ends now, wherever it is open. Returns how many there were."""
    return Sitting.objects.filter(user_id=user.pk).delete()[0]


def end_others(user: User, keep_session_key: str | None) -> int:
    """其他会话退出: all of this user's but the one at hand. Returns how many there were."""
    return Sitting.objects.filter(user_id=user.pk).exclude(pk=keep_session_key).delete()[0]


def _end(data: dict[str, Any]) -> datetime:
    now = timezone.now()
    end = now + IDLE.get(data.get(FACE, ""), VISITOR)
    if SINCE in data:
        end = min(end, datetime.fromtimestamp(data[SINCE], tz=now.tzinfo) + LONGEST)
    return end


class SessionStore(db.SessionStore):
    """Django's database sessions with our ends, in rows that know their user.

    A session that was ended while a request of it was under way is not brought back: Django only updates its row.
    """

    @classmethod
    def get_model_class(cls) -> type[Sitting]:
        """The table of the sessions."""
        return Sitting

    def create_model_instance(self, data: dict[str, Any]) -> Sitting:
        """The row, with whoever is signed in."""
        row: Sitting = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.began_at = datetime.fromtimestamp(data[SINCE], tz=UTC) if SINCE in data else None
        return row

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """When the session ends if nothing more is asked for."""
        return _end(dict(self.items()))

    def get_expiry_age(self, **kwargs: Any) -> int:
        """The same, in seconds from now."""
        return int((self.get_expiry_date() - timezone.now()).total_seconds())

    def load(self) -> dict[str, Any]:
        """Opens the session and moves its end on. Only the end is written: two requests at once lose no data."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # django-stubs leave it out
        if row is None:
            return {}
        data: dict[str, Any] = self.decode(row.session_data)
        end = _end(data)
        if end - row.expire_date >= GRAIN:
            self.model.objects.filter(pk=row.pk).update(expire_date=end)
        return data
