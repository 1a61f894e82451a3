"""列入案件的状态. The codes are those of the pack's steps, so that a list type's path can be read as statuses."""

from django.db import models

# 应用事项 under which an officer looks at a case; the person sees it in 谁看过.
MATTER = "listing-handling"


class S(models.TextChoices):
    """状态."""

    PROPOSED = "proposed", "拟列入"
    NOTIFIED = "notified", "已告知"
    ANSWERED = "answered", "已答复"
    LAPSED = "lapsed", "期满无补充"
    REVIEWED = "reviewed", "异议已核实"
    HEARD = "heard", "听证已办"
    LEGAL_REVIEWED = "legal-reviewed", "法制已审核"
    DISCUSSED = "collectively-discussed", "已集体讨论"
    AGREED = "higher-agreed", "上级已同意"
    DECIDED = "decided", "已决定"
    SERVED = "served", "决定已送达"
    EFFECTIVE = "effective", "已生效"
    DROPPED = "dropped", "不予列入"
    REVOKED = "revoked", "列入决定已撤销"


# What no list type waives (promise 2); a type of the pack without one of these cannot be used.
NEVER_WAIVED = (S.PROPOSED, S.NOTIFIED, S.ANSWERED, S.LEGAL_REVIEWED, S.DECIDED, S.SERVED, S.EFFECTIVE)
# Between the end of the answer period and the decision: which of them, and in which order, the list type says.
BETWEEN = (S.ANSWERED, S.LAPSED, S.REVIEWED, S.HEARD, S.LEGAL_REVIEWED, S.DISCUSSED, S.AGREED)
UNDECIDED = (S.PROPOSED, S.NOTIFIED, *BETWEEN)
LISTED = (S.DECIDED, S.SERVED, S.EFFECTIVE)
RUNNING = (*UNDECIDED, S.DECIDED, S.SERVED)


class Hearing(models.TextChoices):
    """听证的办理."""

    NONE = "", "尚未办理"
    HELD = "held", "已举行听证"
    NOT_ASKED = "not-asked", "告知后没有要求听证"
    NOT_DUE = "not-due", "依法不属于应当听证的情形"


class Channel(models.TextChoices):
    """陈述申辩从哪里来."""

    ONLINE = "online", "本人登录提交"
    COUNTER = "counter", "当面提交"
    POST = "post", "邮寄"
