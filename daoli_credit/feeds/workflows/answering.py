"""答复退回: what the platform would not take is looked at by the department that determined it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.models.delivery import State
from daoli_credit.feeds.workflows import delivery as states
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState

VERB = "submit_record"
ANSWERED = register("feed.answered", "答复平台的退回", duty=VERB)


@transaction.atomic
def answer(*, key: str, actor: User, says: str) -> Delivery:
    """内容无误: the department has looked and stands by the record; the operator takes it from here.

    A record that is wrong is not answered but corrected: its next revision supersedes this delivery by itself.
    Raises PermissionDenied, WrongState, AlreadyDone, RuleBroken without words, Delivery.DoesNotExist.
    """
    one = Delivery.objects.select_for_update(of=("self",), no_key=True).get(key=key)
    if not actor.may(VERB, one.record.department_id):
        raise PermissionDenied("这一步要有“录入和报送信用记录”这项职责，并且是认定部门")
    if one.state != State.HELD:
        raise WrongState("这一件已经不在待人工处理，请看最新情况")
    if one.held_owner_id != one.record.department_id:
        if one.owner_says:
            raise AlreadyDone("本部门已经答复，由推送值守处理")
        raise WrongState("这一件不由本部门处理，由推送值守处理")
    if not says.strip():
        raise RuleBroken("请写明核对了什么、为什么内容无误；内容有误的，请办理自查更正")
    states.hand_on(one, says.strip())
    events.record(
        act=ANSWERED,
        noun="delivery",
        object_id=one.key,
        actor=actor,
        department=one.record.department.code,
        opinion=one.owner_says,
    )
    return one
