"""Objects of the listing pages: a case of human resources about 本人, whose answer period runs."""

from django.urls import reverse

from tests import make_listing
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    case = make_listing.notified(cast)
    token = make_listing.scanned(case).token
    return {
        "listing-form": reverse("listing-form", args=["human-resources", "wage-arrears"]),
        "listing": reverse("listing", args=[case.number]),
        "listing-reveal": reverse("listing-reveal", args=[case.number]),
        "listing-act": reverse("listing-act", args=[case.number, "receive"]),
        "listing-original-new": reverse("listing-original-new", args=[case.number]),
        "listing-original": reverse("listing-original", args=[case.number, token]),
        "me-listing-original": reverse("me-listing-original", args=[case.number, token]),
        "me-listing": reverse("me-listing", args=[case.number]),
        "me-listing-act": reverse("me-listing-act", args=[case.number, "state"]),
    }
