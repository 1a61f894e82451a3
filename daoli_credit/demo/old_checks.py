"""演示的核查保存期满: a case of years ago, checked and closed, whose checks have been deleted with a certificate."""

from datetime import date, timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.demo.prior_notices import a_case
from daoli_credit.law import clock
from incentives.workflows import check_retention, checking, matter_case

MATTER = "drug-retail-permit"
NUMBERS = (people.number(date(1979, 8, 4), 967), people.number(date(1983, 11, 21), 969))
OPEN_FOR = timedelta(days=16)


def tell() -> None:
    """讲这一段."""
    years = check_retention.KEPT.term()
    if years is None:
        return
    body, clerk = Department.objects.get(code="market-regulation"), User.objects.get(username="zhaomin")
    closed = clock.today() - timedelta(days=years.years * 366 + 12)
    opened = closed - OPEN_FOR
    with clock.at(opened):
        case = a_case(MATTER, body, f"药零许〔{opened.year}〕17号", clerk)
        for number in NUMBERS:
            checking.check(case_id=case.pk, number=number, by=checking.By(user=clerk))
    with clock.at(closed):
        matter_case.close(case_id=case.pk, actor=clerk, closed_on=closed)
    check_retention.delete_due(actor=User.objects.system())
