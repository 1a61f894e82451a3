"""Objects of the pages about looks and exports."""

from django.urls import reverse

from tests import make, make_exports, make_looks
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    record = make.effective(cast, serial=81)
    waiting = make_exports.asked(cast, full_identity=True)
    ready = make_exports.made(cast)
    asked_about, other = make_looks.looked(cast, record), make_looks.looked(cast, record)
    explanation = make_looks.raised(cast, asked_about)
    delay = make_looks.asked_delay(cast)
    odd = make_looks.odd(cast, other)
    return {
        **{name: reverse(name, args=[waiting.number]) for name in ("export", "export-approve", "export-refuse")},
        "export-fetch": reverse("export-fetch", args=[ready.number]),
        "explanation": reverse("explanation", args=[explanation.number]),
        "delay-new": reverse("delay-new", args=[delay.look_id]),
        "delay": reverse("delay", args=[delay.number]),
        "delay-act": reverse("delay-act", args=[delay.number, "sign"]),
        "odd-look": reverse("odd-look", args=[odd.pk]),
        "odd-look-act": reverse("odd-look-act", args=[odd.pk, "clear"]),
        "me-look-explain": reverse("me-look-explain", args=[other.pk]),
        "me-explanation": reverse("me-explanation", args=[explanation.number]),
        "me-explanation-withdraw": reverse("me-explanation-withdraw", args=[explanation.number]),
    }
