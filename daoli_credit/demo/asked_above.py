"""演示的上级平台查询: a check made while the platforms are not up yet. What it shows is true: 未答复, when and why."""

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo.prior_notices import a_case
from daoli_credit.demo.story import identity
from daoli_credit.law import clock
from incentives.models import Check, InboundAnswer
from incentives.workflows import checking

MATTER = "company-officer-filing"


def tell() -> int:
    """讲这一段, outside any transaction; harmless twice. Returns how many askings there are."""
    body, clerk = Department.objects.get(code="market-regulation"), User.objects.get(username="zhaomin")
    case = a_case(MATTER, body, f"董备〔{clock.today().year}〕601号", clerk)
    if not Check.objects.filter(case=case).exists():
        checking.check(case_id=case.pk, number=identity("fangxiaoyan").id_number, by=checking.By(user=clerk))
    return InboundAnswer.objects.count()
