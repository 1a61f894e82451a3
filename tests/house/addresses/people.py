"""Objects of the pages of people and departments: somebody of market regulation, a loan, a shared legal officer."""

from datetime import timedelta

from django.urls import reverse

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.workflows import granting, lending
from daoli_credit.law import clock
from tests.cast import Cast

PERSON = ("person", "person-password", "person-move", "person-grant", "person-withdraw", "person-close")
BODY = ("department", "department-edit", "department-close", "department-keep", "department-liaison")


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    days = {"from_on": clock.today(), "until_on": clock.today() + timedelta(days=5)}
    market = Department.objects.get(pk=cast.market.pk)
    # somebody beside the cast: what the map tries on them ends no session of its own browsers
    person = User.objects.create_staff("aside", "a-long-enough-password", display_name="旁人", home_department=market)
    (loan,) = lending.lend(
        duties=[("submit_record", market)], taker_id=person.pk, reason="休假", actor=cast.clerk, **days
    )
    share = granting.share_legal(
        user_id=cast.legal.pk, department=cast.tourism, reason="没有法制审核人员", actor=cast.security_officer, **days
    )
    return {
        **{name: reverse(name, args=[person.pk]) for name in PERSON},
        **{name: reverse(name, args=["tourism"]) for name in BODY},
        "person-legal": reverse("person-legal", args=[cast.legal.pk]),
        "legal-share-end": reverse("legal-share-end", args=[share.pk]),
        "delegation-end": reverse("delegation-end", args=[loan.pk]),
    }
