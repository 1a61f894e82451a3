"""口令: its rules, the first one, and changing it."""

import secrets

from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from daoli_credit.accounts import messages, sitting
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register

CHANGED = register("user.password-changed", "修改口令")

# Without the letters and digits that look alike on paper: four groups of four hold 79 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class LongEnough(MinimumLengthValidator):
    """口令长度. Django's own sentence has no Chinese translation in this release."""

    def get_error_message(self) -> str:
        """What to do."""
        return f"口令至少 {self.min_length} 个字，可以是一句话。"

    def get_help_text(self) -> str:
        """The same, beforehand."""
        return self.get_error_message()


def first(user: User) -> str:
    """初始口令: a random one that opens only the page on which it is changed. Ends every session of the user."""
    password = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = True
        if user.pk is None:
            user.save()
        else:
            user.save(update_fields=["password", "must_change_password"])
            sitting.end_all(user)
    return password


def change(user: User, *, new: str) -> None:
    """修改口令, once the old one was shown. Other sessions end with the old password, whose hash they carry.

    Raises ValidationError for a password that the rules refuse, or that is the old one again.
    """
    validate_password(new, user)
    if user.check_password(new):
        raise ValidationError("新口令和原来的一样，请换一个。")
    with transaction.atomic():
        user.set_password(new)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        events.record(act=CHANGED, noun="user", object_id=user.pk, actor=user, department=user.department_code)
        messages.tell_user(
            user,
            title="口令已修改",
            text="您的登录口令刚刚改过，其他地方的登录都已退出。不是您本人改的，请立即告诉安全管理员。",
        )
