"""Objects of the honours' pages: a nomination of human resources to which 本人 has consented, and a benefit it gave."""

from django.urls import reverse

from incentives.workflows import consenting, nominating
from tests import make_honours
from tests.cast import Cast, identity


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    made = nominating.nominate(
        department=cast.wages, source="regulated", document=make_honours.document(88), actor=cast.wage_clerk
    )
    row = consenting.consent(
        nomination_id=made.nomination.pk, code=made.code, who=identity("linxiuyun"), public=True, actor=cast.citizen
    )
    make_honours.effective(cast.citizen, serial=87)
    benefit = make_honours.reported(cast, case="就业服务〔2026〕88号")
    return {
        "honour": reverse("honour", args=[row.number]),
        "honour-file": reverse("honour-file", args=[row.number]),
        "honour-act": reverse("honour-act", args=[row.number, "drop"]),
        "benefit-retract": reverse("benefit-retract", args=[benefit.number]),
        "me-honour-act": reverse("me-honour-act", args=[row.number, "hide"]),
        "me-benefit": reverse("me-benefit", args=[benefit.number, "deny"]),
    }
