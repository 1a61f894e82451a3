"""荣誉推荐和激励兑现的步骤表: three people of the nominating body; the person alone begins and ends it."""

from daoli_credit.audit.acts import register
from daoli_credit.workflow import BEARER, PERSON, Step, department
from incentives.models.nomination_status import B, S

NOMINATE, VERIFY, DECIDE = department("nominate_honour"), department("verify_honour"), department("decide_honour")
REPORT = department("report_measure")

STEPS = {
    "reissue": Step("honour.reissued", "重发邀请信", frozenset({S.INVITED}), S.INVITED, NOMINATE),
    "consent": Step("honour.consented", "同意登记", frozenset({S.INVITED}), S.CONSENTED, BEARER),
    "refuse": Step("honour.refused", "不同意", frozenset({S.INVITED}), S.REFUSED, BEARER),
    "drop": Step(
        "honour.dropped",
        "撤销推荐",
        frozenset({S.INVITED, S.CONSENTED, S.VERIFIED}),
        S.DROPPED,
        NOMINATE,
        opinion=True,
    ),
    "verify": Step("honour.verified", "核实通过", frozenset({S.CONSENTED}), S.VERIFIED, VERIFY, opinion=True),
    "reject": Step("honour.not-verified", "核实不通过", frozenset({S.CONSENTED}), S.DROPPED, VERIFY, opinion=True),
    "decide": Step("honour.decided", "决定登记", frozenset({S.VERIFIED}), S.DECIDED, DECIDE, opinion=True),
    "decline": Step(
        "honour.declined", "决定不予登记", frozenset({S.VERIFIED, S.DECIDED}), S.DROPPED, DECIDE, opinion=True
    ),
    "take-effect": Step("honour.took-effect", "登记送达并生效", frozenset({S.DECIDED}), S.EFFECTIVE, NOMINATE),
    "withdraw": Step(
        "honour.withdrawn",
        "撤回同意",
        frozenset({S.CONSENTED, S.VERIFIED, S.DECIDED, S.EFFECTIVE}),
        S.WITHDRAWN,
        PERSON,
    ),
    "annul": Step("honour.annulled", "荣誉被撤销，终止", frozenset({S.EFFECTIVE}), S.ANNULLED, DECIDE, opinion=True),
}
register("honour.nominated", "推荐并发出邀请", duty="nominate_honour")
register("honour.publicity-ended", "撤回公开的同意")

BENEFIT_STEPS = {
    "receive": Step("benefit.received", "收到了", frozenset({B.REPORTED, B.DENIED}), B.RECEIVED, PERSON),
    "deny": Step("benefit.denied", "没有收到", frozenset({B.REPORTED}), B.DENIED, PERSON),
    "retract": Step(
        "benefit.retracted", "撤销误报", frozenset({B.REPORTED, B.DENIED}), B.RETRACTED, REPORT, opinion=True
    ),
}
register("benefit.reported", "报告兑现", duty="report_measure")
