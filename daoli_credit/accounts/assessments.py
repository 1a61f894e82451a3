"""有没有影响评估: the one question that feeds, lists, matters, inbound sources and contractors ask before they open."""

from collections.abc import Collection
from datetime import date, timedelta

from daoli_credit.accounts.models import ImpactAssessment
from daoli_credit.accounts.models.assessment import Subject

SOON = timedelta(days=30)
ARTICLES = "个人信息保护法第五十五条、第五十六条"


def in_force(kind: Subject, code: str, *, on: date) -> ImpactAssessment | None:
    """在效的影响评估 of one subject, if there is one."""
    return ImpactAssessment.objects.in_force(kind, code, on=on).first()


def covered(kind: Subject, codes: Collection[str], *, on: date) -> frozenset[str]:
    """有在效影响评估的, of these subjects: one question for all."""
    found = ImpactAssessment.objects.standing(on=on).filter(kind=kind, code__in=codes)
    return frozenset(found.values_list("code", flat=True))


def refusal(kind: Subject, code: str, title: str, *, on: date) -> str:
    """不能启用的理由, or "" when an assessment is in force: what is missing, and who writes it."""
    if in_force(kind, code, on=on) is not None:
        return ""
    return f"“{title}”没有在效的个人信息保护影响评估，不能启用（{ARTICLES}）；请区信用办起草并由另一人审定"


def runs_out(kind: Subject, code: str, *, on: date) -> date | None:
    """即将到期: the last day of the assessment in force when it is less than a month away."""
    found = in_force(kind, code, on=on)
    return found.valid_until if found and found.valid_until - on <= SOON else None
