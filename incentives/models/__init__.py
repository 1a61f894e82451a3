"""名单与措施的名词."""

from incentives.models.check import Check, CheckAnswer, Feedback
from incentives.models.check_set import CheckSet, CheckSheet
from incentives.models.inbound import InboundAnswer, InboundSource
from incentives.models.listing import Listing
from incentives.models.matter_case import MatterCase
from incentives.models.papers import Decision, Defence, Notice
from incentives.models.pre_adverse import PreAdverseNotice, PreAdverseStatement
from incentives.models.sharing import Sharing

__all__ = [
    "Check",
    "CheckAnswer",
    "CheckSet",
    "CheckSheet",
    "Decision",
    "Defence",
    "Feedback",
    "InboundAnswer",
    "InboundSource",
    "Listing",
    "MatterCase",
    "Notice",
    "PreAdverseNotice",
    "PreAdverseStatement",
    "Sharing",
]
