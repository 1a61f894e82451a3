"""问题: what is wrong with one value, in the clerk's words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """问题. `cause` groups equal mistakes; `message` says what is wrong, `fix` what to do; `field` is where."""

    cause: str
    field: str
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.message.rstrip('。')}。{self.fix.rstrip('。')}。"


class Wrong(Exception):
    """A value that its rule refuses."""

    def __init__(self, cause: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.cause, self.message, self.fix = cause, message, fix

    def at(self, field: str) -> Problem:
        """The same, for the field it was found in."""
        return Problem(self.cause, field, self.message, self.fix)
