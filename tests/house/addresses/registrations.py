"""Objects of the registration pages: a court's listing about 本人, of which its liaison has asked that it end early."""

from django.urls import reverse

from incentives.models import Registration
from tests import make_listing, make_registration
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    asked = make_registration.asked_to_leave(make_listing.desk(make_registration.court()))
    made = Registration.objects.get(record=asked.record)
    return {
        "registration-new": reverse("registration-new", args=["court", "court-dishonest"]),
        "registration": reverse("registration", args=[made.number]),
        "registration-file": reverse("registration-file", args=[made.number]),
        "registration-document": reverse("registration-document", args=[made.number]),
        "registration-act": reverse("registration-act", args=[made.number, "cancel"]),
        "early-exit-new": reverse("early-exit-new", args=[asked.record.number]),
        "early-exit": reverse("early-exit", args=[asked.number]),
        "early-exit-act": reverse("early-exit-act", args=[asked.number, "refuse"]),
        "me-registration": reverse("me-registration", args=[made.number]),
    }
