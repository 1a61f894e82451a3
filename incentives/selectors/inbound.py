"""上级平台的现状: for the operator, with no person on it; and what each answered to one check, with when and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, Max, Q

from daoli_credit.law import clock, pack
from daoli_credit.law.book import UnknownCode
from incentives import sources
from incentives.models import Check, InboundAnswer, InboundSource
from incentives.models.inbound import NOT_ASKED, Outcome
from incentives.rules import inbound as rules

RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """一个上级平台: whether it is asked, how often it answers, when last."""

    code: str
    title: str
    lists: str
    basis: str
    enabled: bool
    reason: str
    why_not: str
    failures: int
    last_answer: datetime | None
    last_failure: datetime | None
    last_why: str
    asked: int
    unanswered: int
    took: int | None

    @property
    def word(self) -> tuple[str, str]:
        """Shape and word of its status."""
        if not self.enabled:
            return "warn", "已暂停"
        if self.why_not:
            return "warn", "暂停" if self.failures >= rules.BREAKS_AFTER else "现在不能问"
        return ("warn", "上一次没有答复") if self.failures else ("ok", "正常")

    @property
    def rate(self) -> str:
        """未答复率 of the last seven days; no rate of a handful."""
        if self.asked < 10:
            return f"{self.unanswered} / {self.asked} 次"
        return f"{round(100 * self.unanswered / self.asked)}%（{self.unanswered} / {self.asked} 次）"


def _cited(ref: str) -> str:
    try:
        return str(pack.current().cite(ref))
    except UnknownCode:
        return f"规则中没有 {ref}"


def standings() -> list[Standing]:
    """各上级平台, in the order of the settings."""
    rows = {one.code: one for one in InboundSource.objects.all()}
    since, found = clock.now() - RECENT, []
    answered = Q(outcome=Outcome.ANSWERED)
    for source in sources.all_of_them():
        row = rows.get(source.code) or InboundSource(code=source.code)
        asked = InboundAnswer.objects.filter(source=source.code).exclude(outcome__in=NOT_ASKED)
        recent = asked.filter(asked_at__gte=since).aggregate(
            asked=Count("pk"), answered=Count("pk", filter=answered), took=Avg("took_ms", filter=answered)
        )
        last = asked.aggregate(answer=Max("asked_at", filter=answered), failure=Max("asked_at", filter=~answered))
        failed = asked.filter(~answered).order_by("-pk").values_list("why", flat=True).first()
        why_not = rules.refusal(source, row)
        found.append(
            Standing(
                code=source.code,
                title=source.title,
                lists=sources.list_titles(source.lists),
                basis=_cited(source.basis),
                enabled=row.enabled,
                reason=row.reason,
                why_not=why_not[1] if why_not else "",
                failures=row.failures,
                last_answer=last["answer"],
                last_failure=last["failure"],
                last_why=failed or "",
                asked=recent["asked"],
                unanswered=recent["asked"] - recent["answered"],
                took=round(recent["took"]) if recent["took"] is not None else None,
            )
        )
    return found


@dataclass(frozen=True)
class Heard:
    """一个上级平台对这次核查: answered or not, when, why not, and about which lists it was asked."""

    title: str
    answered: bool
    at: datetime | None
    why: str
    lists: str
    attempts: int


def of_check(check: Check) -> list[Heard]:
    """对这次核查，各上级平台怎样答复的: the last word of each. One that was never reached is 未答复 too."""
    rows: dict[str, list[InboundAnswer]] = {}
    for row in check.askings.order_by("attempt"):
        rows.setdefault(row.source_id, []).append(row)
    asked_in = {one.code: rules.wanted(one, check.matter) for one in sources.all_of_them()}
    found = []
    for code in [
        *(code for code, lists in asked_in.items() if lists),
        *(code for code in rows if code not in asked_in),
    ]:
        mine = rows.get(code, [])
        last = mine[-1] if mine else None
        found.append(
            Heard(
                title=sources.title(code),
                answered=last is not None and last.answered,
                at=last.asked_at if last else None,
                why=last.why if last else "核查时没有问到",
                lists=sources.list_titles(last.lists if last else asked_in.get(code, ())),
                attempts=len(mine),
            )
        )
    return found


def why(check: Check, code: str) -> str:
    """未答复的时间和原因, one sentence; "" for a source that is no platform above."""
    last = check.askings.filter(source=code).order_by("-attempt").first()
    if last is None or last.answered:
        return ""
    return f"{last.asked_at.astimezone(clock.CHINA):%m-%d %H:%M} {last.why}。"
