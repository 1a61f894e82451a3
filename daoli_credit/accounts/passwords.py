"""口令规则."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """口令长度. Django's own sentence has no Chinese translation in this release."""

    def get_error_message(self) -> str:
        """What to do."""
        return f"口令至少 {self.min_length} 个字，可以是一句话。"

    def get_help_text(self) -> str:
        """The same, beforehand."""
        return self.get_error_message()
