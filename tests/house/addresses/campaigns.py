"""Objects of the campaign and figure pages: a campaign of the organiser's own unit."""

from django.urls import reverse

from tests import make_campaigns
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    planned = make_campaigns.arranged(cast)
    found = {name: reverse(name, args=[planned.pk]) for name in ("campaign", "campaign-report", "campaign-cancel")}
    return {**found, "supervision-figure": reverse("supervision-figure", args=["reporting"])}
