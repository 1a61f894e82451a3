"""Objects of the repair and public pages: market regulation's repairs about 林秀云, tourism's public record."""

from django.urls import reverse

from tests import make_repairs
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    applied = make_repairs.applied(cast, make_repairs.old(cast, serial=51))
    accepted = make_repairs.accepted(cast, make_repairs.old(cast, serial=52))
    unmet = make_repairs.unmet(cast, make_repairs.old(cast, serial=53))
    over = make_repairs.decided(cast, make_repairs.old(cast, serial=56))
    ready = make_repairs.old(cast, serial=54)
    public = make_repairs.public(cast, serial=55)
    return {
        "repair": reverse("repair", args=[applied.number]),
        "repair-over": reverse("repair-over", args=[over.number]),
        "repair-file": reverse("repair-file", args=[applied.number]),
        "repair-accept": reverse("repair-accept", args=[applied.number]),
        "repair-unmet": reverse("repair-unmet", args=[applied.number]),
        "repair-decide": reverse("repair-decide", args=[accepted.number]),
        "me-repair": reverse("me-repair", args=[ready.number]),
        "me-repair-case": reverse("me-repair-case", args=[unmet.number]),
        "me-repair-supply": reverse("me-repair-supply", args=[unmet.number]),
        "me-repair-withdraw": reverse("me-repair-withdraw", args=[applied.number]),
        "public-record": reverse("public-record", args=[public.public_page.token]),
    }
