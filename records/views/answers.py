"""办理的回话: the same for every noun."""

from daoli_credit.accounts.views.answers import acting

__all__ = ["acting"]
