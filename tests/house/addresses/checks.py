"""Objects of the checks: an open case of market regulation, a check with something found, a set that waits."""

from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.demo import people
from incentives.workflows import checking, checking_sets
from tests import make_checks
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    opened = make_checks.case(cast, "食许〔2026〕900号")
    make_checks.ban(cast, serial=900)
    check = make_checks.ask(cast, opened)
    rows = "".join(f"{opened.case_number}-{n},申请人{n},{people.number(people.ELDEST, n)}\n" for n in range(51))
    made = checking_sets.upload(
        case_id=opened.pk,
        name="申请人.csv",
        data=f"申请编号,姓名,证件号码\n{rows}".encode(),
        by=checking.By(user=cast.clerk),
    )
    one = checking_sets.run(set_id=made.pk, actor=User.objects.system())
    return {
        **{
            name: reverse(name, args=[check.number])
            for name in ("check", "check-certificate", "check-feedback", "api-check")
        },
        **{name: reverse(name, args=[opened.pk]) for name in ("check-new", "check-set-new")},
        **{
            name: reverse(name, args=[one.number])
            for name in ("check-set", "check-set-approve", "check-set-refuse", "check-set-result")
        },
    }
