"""宣传活动、本节点无活动。"""

from education.models.campaign import Campaign
from education.models.no_campaign import NoCampaign

__all__ = ["Campaign", "NoCampaign"]
