"""名单与措施的名词."""

from incentives.models.listing import Listing
from incentives.models.measure_task import MeasureTask
from incentives.models.papers import Decision, Defence, Notice

__all__ = ["Decision", "Defence", "Listing", "MeasureTask", "Notice"]
