"""名单与措施的名词."""

from incentives.models.benefit import Benefit
from incentives.models.check import Check, CheckAnswer, Feedback
from incentives.models.check_deletion import CheckDeletion
from incentives.models.check_set import CheckSet, CheckSheet
from incentives.models.early_exit import EarlyExit
from incentives.models.inbound import InboundAnswer, InboundSource
from incentives.models.listing import Listing
from incentives.models.listing_paper import ListingPaper
from incentives.models.matter_case import MatterCase
from incentives.models.measure_task import MeasureTask
from incentives.models.nomination import Nomination
from incentives.models.papers import Decision, Defence, Notice
from incentives.models.point import Point
from incentives.models.pre_adverse import PreAdverseNotice, PreAdverseStatement
from incentives.models.registration import Registration, RegistrationPaper, RegistrationSight
from incentives.models.sharing import Sharing

__all__ = [
    "Benefit",
    "Check",
    "CheckAnswer",
    "CheckDeletion",
    "CheckSet",
    "CheckSheet",
    "Decision",
    "Defence",
    "EarlyExit",
    "Feedback",
    "InboundAnswer",
    "InboundSource",
    "Listing",
    "ListingPaper",
    "MatterCase",
    "MeasureTask",
    "Nomination",
    "Notice",
    "Point",
    "PreAdverseNotice",
    "PreAdverseStatement",
    "Registration",
    "RegistrationPaper",
    "RegistrationSight",
    "Sharing",
]
