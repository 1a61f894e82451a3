"""约定接收: which catalogue items a platform has agreed to take. An agreement only narrows what the law lets go."""

from collections.abc import Collection
from fnmatch import fnmatchcase

from django.conf import settings

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import clock
from records.models import CreditRecord
from records.rules.pushable import Stop


def takes(recipient: str, item: str) -> bool:
    """这个平台接收这类事项? One that names none takes all; `penalty-*` names all that begin so."""
    named = settings.FEEDS.get(recipient, {}).get("items", "").split()
    return not named or any(fnmatchcase(item, one) for one in named)


def stop(recipient: str) -> Stop:
    """没有约定接收, as a reason."""
    title = settings.FEEDS.get(recipient, {}).get("title", recipient)
    return Stop("unagreed", "没有约定接收", f"与{title}没有约定接收这一类事项，不推送给它")


def stops(record: CreditRecord, *, holding: Collection[str] = ()) -> tuple[Stop, ...]:
    """哪些平台没有约定接收这一条, each as a reason; those `holding` a copy go on hearing of it."""
    strange = [code for code in settings.FEEDS if not takes(code, record.item_id)]
    return tuple(stop(code) for code in strange if code not in holding)


def unassessed(record: CreditRecord, *, holding: Collection[str] = ()) -> tuple[Stop, ...]:
    """哪些平台缺在效的影响评估, each as a reason why it has nothing of this yet; not asked when all hold it."""
    codes = [code for code in settings.FEEDS if takes(code, record.item_id) and code not in holding]
    covered = assessments.covered(Subject.FEED, codes, on=clock.today()) if codes else frozenset()
    words = "没有在效的个人信息保护影响评估，暂不推送给它；有了以后自动推送"
    return tuple(
        Stop("unassessed", "缺影响评估", f"{settings.FEEDS[code].get('title', code)}{words}", waits=True)
        for code in codes
        if code not in covered
    )
