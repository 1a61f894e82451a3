"""Objects of lawful requests and of the printed file: a request to human resources that waits for its signature."""

from django.urls import reverse

from tests import make_listing, make_requests
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    one = make_requests.asked(cast, department=cast.wages, by=cast.wage_clerk, items=["penalty-labour"])
    case = make_listing.proposed(cast, who=make_listing.someone("案"))
    return {
        "request": reverse("request", args=[one.number]),
        "request-act": reverse("request-act", args=[one.number, "approve"]),
        "request-file": reverse("request-file", args=[one.number, "document"]),
        "listing-file": reverse("listing-file", args=[case.number]),
    }
