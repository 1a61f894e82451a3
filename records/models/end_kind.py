"""终止种类: every way in which a record ends; the database knows no other, and a test walks every exit for each."""

from django.db import models


class EndKind(models.TextChoices):
    """终止种类, each with its own act; what each needs stands in docs/ends.md."""

    EXPIRED = "expired", "到期"
    REPAIRED = "repaired", "信用修复"
    WRONG = "wrong", "认定有误，撤回"
    ANNULLED = "annulled", "原决定变更、撤销"
    REVOKED = "revoked", "列入决定撤销"
    LEFT_EARLY = "left-early", "提前移出"
    CONSENT = "consent-withdrawn", "本人撤回同意"
    HONOUR = "honour-revoked", "荣誉被撤销"
    ELSEWHERE = "elsewhere", "已在别处修复"
    BASIS = "basis", "依据失效"
    CAPACITY = "no-capacity", "当事人不再是信用主体（民事行为能力）"
    DEATH = "deceased", "当事人去世"
    UNDONE = "undone", "整批导入撤回"
    RESTORED = "restored", "恢复备份后按撤下日志终止"


def said(kind: str) -> str:
    """一种终止的说法; a kind that an older row carries is shown as it is."""
    return EndKind(kind).label if kind in EndKind.values else kind
