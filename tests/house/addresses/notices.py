"""Objects of the prior notices and the platforms above: a notice of market regulation to 本人, whose days run."""

from django.urls import reverse

from incentives.models import CheckAnswer
from tests import make_notices
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    notice = make_notices.notified(cast, number="食许〔2026〕961号", serial=961, document="哈里市监先告〔2026〕961号")
    answer = CheckAnswer.objects.get(pk=notice.answer_id)
    return {
        "prior-notice": reverse("prior-notice", args=[notice.number]),
        "prior-notice-file": reverse("prior-notice-file", args=[notice.number]),
        "prior-notice-act": reverse("prior-notice-act", args=[notice.number, "receive"]),
        "prior-notice-new": reverse("prior-notice-new", args=[answer.token]),
        "me-prior-notice": reverse("me-prior-notice", args=[notice.number]),
        "me-prior-notice-act": reverse("me-prior-notice-act", args=[notice.number, "state"]),
        "inbound-again": reverse("inbound-again", args=[notice.check_made.number]),
        "inbound-act": reverse("inbound-act", args=["hlj", "pause"]),
    }
