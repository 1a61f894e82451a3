"""会话: the session store, its time limits, and how to end all of somebody's at once.

Idle 30 minutes for staff, 20 for everybody else, and 8 hours at most. The end stands in the session's row, so nothing
but the database decides; the cookie ends with the browser.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, models
from django.utils import timezone

from daoli_credit.accounts.models import Sitting, User
from daoli_credit.accounts.models.user import Face

IDLE = {Face.STAFF.value: timedelta(minutes=30), Face.CITIZEN.value: timedelta(minutes=20)}
VISITOR = timedelta(minutes=20)
LONGEST = timedelta(hours=8)
# A row is moved on at most once a minute: reading pages should not cost a write each.
GRAIN = timedelta(minutes=1)
FACE, SINCE = "sitting_face", "sitting_since"
# every page asks it: composing it anew takes longer than its answer
_ROW = f"""
    SELECT session_data, expire_date FROM {Sitting._meta.db_table} WHERE session_key = %s AND expire_date > %s
"""  # noqa: S608 - our own table


def begin(session: SessionBase, face: str) -> None:
    """开始计时: called once, at sign-in."""
    session[FACE] = face
    session[SINCE] = timezone.now().timestamp()


def of(user: User) -> models.QuerySet[Sitting]:
    """在用的会话 of this user, newest first."""
    return Sitting.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-began_at", "-pk")


def end_all(user: User, *, but: str = "") -> int:
    """结束此人的全部会话, except the one with the key `but`. Returns how many. A request under way saves none of them:
    Django answers 400 when a session has gone meanwhile."""
    ended, _ = Sitting.objects.filter(user=user).exclude(session_key=but).delete()
    return ended


def living(user: User) -> int:
    """没有到时的会话."""
    return of(user).count()


def _end(data: dict[str, Any]) -> datetime:
    now = timezone.now()
    end = now + IDLE.get(data.get(FACE, ""), VISITOR)
    if SINCE in data:
        end = min(end, datetime.fromtimestamp(data[SINCE], tz=now.tzinfo) + LONGEST)
    return end


class SessionStore(db.SessionStore):
    """Django's database sessions with our ends and our owner."""

    @classmethod
    def get_model_class(cls) -> type[Sitting]:
        """The row."""
        return Sitting

    def create_model_instance(self, data: dict[str, Any]) -> Sitting:
        """The row to be saved: whose it is stands in its data already."""
        row = cast(Sitting, super().create_model_instance(data))
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
        with connection.cursor() as cursor:
            cursor.execute(_ROW, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None  # as Django's own does: an ended key is never written again
            return {}
        data: dict[str, Any] = self.decode(row[0])
        end = _end(data)
        if end - row[1] >= GRAIN:
            self.model.objects.filter(pk=self.session_key).update(expire_date=end)
        return data
