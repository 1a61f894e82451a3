"""名单与措施的名词."""

from incentives.models.listing import Listing
from incentives.models.matter_case import MatterCase
from incentives.models.papers import Decision, Defence, Notice
from incentives.models.sharing import Sharing

__all__ = ["Decision", "Defence", "Listing", "MatterCase", "Notice", "Sharing"]
