"""Objects of the doors: a unit that nobody named, a clerk with a second factor, and a service key that waits."""

from datetime import timedelta

from django.urls import reverse

from daoli_credit.accounts import service_keys
from daoli_credit.law import clock
from tests.accounts import codes
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    codes.enrol(cast.other_reviewer)
    made = service_keys.ask(
        actor=cast.system_officer,
        title="市场监管案件系统",
        department=cast.market,
        scopes=["connect"],
        expires_on=clock.today() + timedelta(days=90),
    )
    names = ("sign-in-unit", "sign-in-unit-back", "account-link", "account-unlink")
    return {
        **{name: reverse(name, args=["nowhere"]) for name in names},
        "second-factor-reset": reverse("second-factor-reset", args=[cast.other_reviewer.pk]),
        "service-key-approve": reverse("service-key-approve", args=[made.key.pk]),
        "service-key-revoke": reverse("service-key-revoke", args=[made.key.pk]),
    }
