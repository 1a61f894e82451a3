"""名单与措施的名词."""

from incentives.models.early_exit import EarlyExit
from incentives.models.listing import Listing
from incentives.models.papers import Decision, Defence, Notice
from incentives.models.registration import Registration, RegistrationPaper, RegistrationSight

__all__ = [
    "Decision",
    "Defence",
    "EarlyExit",
    "Listing",
    "Notice",
    "Registration",
    "RegistrationPaper",
    "RegistrationSight",
]
