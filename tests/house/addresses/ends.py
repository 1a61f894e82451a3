"""Objects of the pages about ends: a notice and an opening that wait, a certificate of what is gone."""

from django.urls import reverse

from tests import make, make_ends
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    notice = make_ends.noted(cast, make.effective(cast, serial=331))
    gone = make_ends.deleted(cast, serial=332)
    opening = make_ends.asked(cast, make_ends.of_wages(cast))
    pages = ("end-notice", "end-notice-confirm", "end-notice-refuse")
    return {
        **{name: reverse(name, args=[notice.number]) for name in pages},
        "end-certificate": reverse("end-certificate", args=[gone.certificate]),
        "opening": reverse("opening", args=[opening.number]),
        "opening-act": reverse("opening-act", args=[opening.number, "approve"]),
    }
