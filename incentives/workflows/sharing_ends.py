"""到期和长期不用: written down by the system. Each favours the person, each is harmless twice."""

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.rounds import one_by_one
from daoli_credit.workflow import RuleBroken, taking
from incentives.models import Sharing
from incentives.models.sharing import H
from incentives.rules.sharing import STEPS
from incentives.selectors.sharing_use import idle_after, last_uses


def expire(*, sharing_id: int, actor: User) -> Sharing:
    """到期: writes down what every look already knows. Raises RuleBroken before its time."""
    with taking(STEPS["expire"], Sharing, sharing_id, actor=actor) as row:
        if row.active_until is None or clock.today() <= row.active_until:
            raise RuleBroken("还没有到期")
        row.over_on, row.over_why = clock.today(), "授权的日期到了"
        row.revision += 1
    return row


def close(*, sharing_id: int, actor: User) -> Sharing:
    """关闭: nobody was looked at in the matter for a year, so nobody needs it. Raises RuleBroken before its time."""
    with taking(STEPS["close"], Sharing, sharing_id, actor=actor) as row:
        today = clock.today()
        last = last_uses({(row.matter, row.department.code)}, today).get((row.matter, row.department.code))
        ends = idle_after(row, last)
        if ends is None or today <= ends:
            raise RuleBroken("一年之内用过，或者启用还不到一年")
        row.over_on, row.over_why = today, "一年没有用过，不再保留"
        row.revision += 1
    return row


def tend(actor: User) -> int:
    """到期的和一年没有用的. Returns how many were written; another worker may have been quicker."""
    today, over = clock.today(), list[tuple[int, bool]]()
    rows = list(Sharing.objects.filter(status=H.ACTIVE).select_related("department"))
    uses = last_uses({(row.matter, row.department.code) for row in rows}, today)
    for row in rows:
        ends = idle_after(row, uses.get((row.matter, row.department.code)))
        expired = row.active_until is not None and row.active_until < today
        if expired or (ends is not None and ends < today):
            over.append((row.pk, expired))
    return one_by_one(
        over, lambda one: expire(sharing_id=one[0], actor=actor) if one[1] else close(sharing_id=one[0], actor=actor)
    )
