"""转告区信用办: a department that holds the proof hands a death, or the loss of capacity, to the window with its scan.

The person leaves every register at once or none, so no department ends this for itself: the window compares, another
decides (`identity_case`). Until then nothing changes.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from records.models import Attachment, CreditRecord, IdentityCase
from records.models.identity_case import K, S
from records.workflows import identity_opening as opening

HANDED = register("identity.handed", "转告区信用办核定退出", duty="submit_record")


def hand(
    *, record: CreditRecord, kind: str, grounds: opening.Grounds, papers: Sequence[Attachment], actor: User
) -> IdentityCase:
    """转告: by a clerk of the determining body, from a record in force, with the document and its scan.

    Raises PermissionDenied, RuleBroken in words, AlreadyDone while the same is being checked, OpinionRefused.
    """
    if not actor.may("submit_record", record.department_id):
        raise PermissionDenied("您没有为这个部门登记的职责")
    if kind not in opening.LEAVING:
        raise RuleBroken("请选择是去世，还是不具有完全民事行为能力")
    if not record.is_in_force(clock.today()):
        raise RuleBroken("这条记录已经终止，不用转告")
    if not papers:
        raise RuleBroken("请附上材料的扫描件；没有材料的，窗口无从核对")
    case = opening.fresh(K(kind), record.subject, asked_for=record.department, asked_by=actor, status=S.ASKED)
    opening.may_leave_or_return(case)
    grounds.put(case, actor)
    case.proposed_by = None  # whoever hands it over does not propose: the window does, with the original in hand
    return opening.save(case, actor, HANDED, "转告区信用办核定退出", papers)
