"""Objects of the protection pages: a draft, a contractor without assessment, an incident just found."""

from django.urls import reverse

from tests import make_protecting
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    draft = make_protecting.drafted(cast)
    contractor = make_protecting.contractor(cast)
    found = make_protecting.found(cast)
    return {
        "assessment": reverse("assessment", args=[draft.number]),
        "assessment-edit": reverse("assessment-edit", args=[draft.number]),
        "assessment-act": reverse("assessment-act", args=[draft.number, "submit"]),
        "contractor": reverse("contractor", args=[contractor.code]),
        "contractor-act": reverse("contractor-act", args=[contractor.code, "end"]),
        **{
            name: reverse(name, args=[found.number])
            for name in ("incident", "incident-assess", "incident-report", "incident-close")
        },
    }
