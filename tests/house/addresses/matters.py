"""A case of market regulation, and what human resources asked of the youth league for its fund."""

from django.urls import reverse

from tests import make_matters
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address."""
    case = make_matters.case(cast, "食许〔2026〕881号")
    asked = make_matters.asked(cast)
    return {
        "matter": reverse("matter", args=["food-permit"]),
        "case": reverse("case", args=[case.pk]),
        "case-close": reverse("case-close", args=[case.pk]),
        "sharing": reverse("sharing", args=[asked.number]),
        "sharing-act": reverse("sharing-act", args=[asked.number, "withdraw"]),
        "sharing-new": reverse("sharing-new", args=["human-resources", "startup-fund", "civility"]),
    }
