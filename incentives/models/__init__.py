"""名单与措施的名词."""

from incentives.models.benefit import Benefit
from incentives.models.listing import Listing
from incentives.models.nomination import Nomination
from incentives.models.papers import Decision, Defence, Notice

__all__ = ["Benefit", "Decision", "Defence", "Listing", "Nomination", "Notice"]
