"""拟作出不利决定事先告知的状态和结果."""

from django.db import models

# 应用事项 under which an officer looks at a notice; the person sees it in 谁看过.
MATTER = "prior-notice-handling"


class P(models.TextChoices):
    """状态."""

    DRAFTED = "drafted", "拟稿"
    NOTIFIED = "notified", "已告知"
    ANSWERED = "answered", "已答复"
    LAPSED = "lapsed", "期满无补充"
    DECIDED = "decided", "已作出决定"
    SPARED = "spared", "不作出不利决定"


OPEN = (P.DRAFTED, P.NOTIFIED, P.ANSWERED, P.LAPSED)
HEARD = (P.ANSWERED, P.LAPSED)


class Result(models.TextChoices):
    """决定的结果. What is changed in the person's favour is still adverse, and waits as long."""

    NONE = "", "尚未决定"
    ADVERSE = "adverse", "作出拟告知的决定"
    CHANGED = "changed", "作出较轻的决定"
    SPARED = "spared", "不作出不利决定"
