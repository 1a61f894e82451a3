"""事先告知的步骤表."""

from daoli_credit.audit.acts import register
from daoli_credit.workflow import PERSON, Step, department
from incentives.models.pre_adverse_status import HEARD, OPEN, P

CHECK, APPROVE = department("check_applicants"), department("approve_check")
DRAFTED, NOTIFIED, HEARD_OUT = frozenset({P.DRAFTED}), frozenset({P.NOTIFIED}), frozenset(HEARD)
STEPS = {
    "notify": Step("pre-adverse.notified", "发出事先告知书", DRAFTED, P.NOTIFIED, CHECK),
    "serve-notice": Step("pre-adverse.notice-served", "登记告知送达", NOTIFIED, P.NOTIFIED, CHECK),
    "receive": Step("pre-adverse.statement-received", "登记收到的材料", NOTIFIED, P.NOTIFIED, CHECK),
    "state": Step("pre-adverse.stated", "提交陈述申辩", NOTIFIED, P.NOTIFIED, PERSON),
    "answer": Step("pre-adverse.answered", "提交意见，没有别的要补充", NOTIFIED, P.ANSWERED, PERSON),
    "waive": Step("pre-adverse.waived", "放弃陈述申辩", NOTIFIED, P.ANSWERED, PERSON),
    "take-back": Step("pre-adverse.waiver-taken-back", "撤回放弃", frozenset({P.ANSWERED}), P.NOTIFIED, PERSON),
    "lapse": Step("pre-adverse.lapsed", "在途核对", NOTIFIED, P.LAPSED, CHECK),
    "decide": Step("pre-adverse.decided", "登记不利决定", HEARD_OUT, P.DECIDED, APPROVE, opinion=True),
    "decide-outright": Step(
        "pre-adverse.decided-outright", "登记法律直接规定的决定", DRAFTED, P.DECIDED, APPROVE, opinion=True
    ),
    "serve-decision": Step("pre-adverse.decision-served", "登记决定送达", frozenset({P.DECIDED}), P.DECIDED, CHECK),
    "spare": Step("pre-adverse.spared", "不再拟作不利决定", frozenset(OPEN), P.SPARED, CHECK, opinion=True),
    "refuse": Step("pre-adverse.refused", "决定不作出不利决定", frozenset(OPEN), P.SPARED, APPROVE, opinion=True),
}
PROPOSED = register("pre-adverse.drafted", "拟作不利决定，起草事先告知书", duty="check_applicants")
AWAY = ("spare", "refuse")
