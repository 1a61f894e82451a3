"""口令规则和第一次口令."""

import secrets

from django.contrib.auth.password_validation import MinimumLengthValidator

from daoli_credit.accounts.models import User

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
    """第一次口令: random, set and saved at once, kept nowhere; whoever asked for it shows it to the person once."""
    password = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
    user.set_password(password)
    user.save()
    return password
