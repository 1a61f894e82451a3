"""荣誉推荐的状态和来源: the plan's five sources (二（五）1), each with the honour of the catalogue that it leads to."""

from django.db import models

# 应用事项 under which an officer looks at a nomination; the person sees it in 谁看过.
MATTER = "honour-handling"
DAYS = 30  # an invitation letter is good for so long, like an activation letter
TRIES = 5


class S(models.TextChoices):
    """状态."""

    INVITED = "invited", "已发邀请，等本人"
    REFUSED = "refused", "本人未同意"
    CONSENTED = "consented", "本人已同意，待核实"
    VERIFIED = "verified", "已核实，待决定"
    DECIDED = "decided", "已决定，待送达"
    EFFECTIVE = "effective", "在效"
    DROPPED = "dropped", "不予登记"
    WITHDRAWN = "withdrawn", "本人已撤回"
    ANNULLED = "annulled", "荣誉被撤销，已终止"


KNOWN_PERSON = (S.CONSENTED, S.VERIFIED, S.DECIDED, S.EFFECTIVE, S.ANNULLED)
RUNNING = (S.CONSENTED, S.VERIFIED, S.DECIDED, S.EFFECTIVE)
UNDECIDED = (S.INVITED, S.CONSENTED, S.VERIFIED)


class Source(models.TextChoices):
    """来源: 方案二（五）1 所列的五类."""

    REGULATED = "regulated", "信用分类监管确定信用状况良好的行政相对人"
    MODEL = "model", "诚信道德模范"
    VOLUNTEER = "volunteer", "优秀志愿者"
    ASSOCIATION = "association", "行业协会商会推荐的诚信会员"
    MEDIA = "media", "新闻媒体挖掘的诚信主体"


ITEM_OF = {
    Source.REGULATED: "honour-regulated-party",
    Source.MODEL: "honour-moral-model",
    Source.VOLUNTEER: "honour-volunteer",
    Source.ASSOCIATION: "honour-association-member",
    Source.MEDIA: "honour-media",
}


class B(models.TextChoices):
    """激励兑现的状态."""

    REPORTED = "reported", "等本人确认"
    RECEIVED = "received", "本人确认收到"
    DENIED = "denied", "本人说没有收到"
    RETRACTED = "retracted", "误报，已撤销"
