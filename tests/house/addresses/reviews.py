"""Objects of taking, sampling, own corrections and the board of quality: market regulation's."""

from django.urls import reverse

from daoli_credit.demo.reviewed import permits
from tests import make, make_amendments
from tests.cast import Cast

OWN = ("amendment", "amendment-agree", "amendment-refuse", "amendment-drop")


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    waiting = make.submitted(cast, serial=901)
    proposed = make_amendments.proposed(cast, make.effective(cast, serial=902))
    untouched = make.effective(cast, serial=903)
    sheet = permits(cast.market, cast.clerk, range(6001, 6004), "许可.csv")
    return {
        "record-take": reverse("record-take", args=[waiting.number]),
        **{name: reverse(name, args=[sheet.number]) for name in ("import-take", "import-sample", "import-sample-act")},
        **{name: reverse(name, args=[proposed.number]) for name in OWN},
        "amendment-new": reverse("amendment-new", args=[untouched.number]),
        "quality-rows": reverse("quality-rows", args=["market-regulation", "on-time"]),
    }
