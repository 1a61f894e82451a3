"""措施任务的步骤表. What is lifted ends for good; what was given to the person stays given."""

from daoli_credit.audit.acts import register
from daoli_credit.workflow import SYSTEM, Step, department
from incentives.models.measure_task import T

REPORT = department("report_measure")
OPEN, APPLIED, TO_LIFT, OFFERED = T.OPEN, T.APPLIED, T.TO_LIFT, T.OFFERED

STEPS = {
    "apply": Step("measure.applied", "反馈已实施", frozenset({OPEN, T.NOT_APPLIED}), APPLIED, REPORT),
    "refuse": Step("measure.not-applied", "反馈不予适用", frozenset({OPEN}), T.NOT_APPLIED, REPORT, opinion=True),
    "lift": Step("measure.lifted", "反馈已解除", frozenset({APPLIED, TO_LIFT}), T.LIFTED, REPORT),
    "offer": Step("measure.offered", "反馈已告诉本人", frozenset({OPEN}), OFFERED, REPORT),
    "give": Step("measure.given", "报告兑现", frozenset({OPEN, OFFERED}), T.GIVEN, REPORT, opinion=True),
    "take-back": Step("measure.not-given", "兑现系误报，重新办理", frozenset({T.GIVEN}), OPEN, REPORT, opinion=True),
    "declined": Step("measure.declined", "反馈本人谢绝", frozenset({OPEN, OFFERED}), T.DECLINED, REPORT),
    "call": Step("measure.to-lift", "通知应解除", frozenset({APPLIED}), TO_LIFT, SYSTEM),
    "set-aside": Step("measure.moot", "无须办理", frozenset({OPEN, T.NOT_APPLIED, OFFERED}), T.MOOT, SYSTEM),
}
ASSIGNED = register("measure.assigned", "派发措施任务")
# What the implementing body reports of a limit, and of a reward.
OF_LIMITS = ("apply", "refuse", "lift")
OF_REWARDS = ("give", "offer", "declined")
