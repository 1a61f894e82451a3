"""兑现数: benefits that people say they received, month by month. Never how many people are honoured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from daoli_credit.law.list_rows import Measure
from incentives.models import Benefit
from incentives.models.nomination_status import B
from incentives.rules.honour import REWARD
from records import identity
from records.identity import Identity

FEWEST = 10
MONTHS = 6


@dataclass(frozen=True)
class Month:
    """一个月: the number of benefits received, or that it is too small to be told."""

    first: date
    count: int

    @property
    def few(self) -> bool:
        """不足十件, not told as a number."""
        return 0 < self.count < FEWEST

    @property
    def says(self) -> str:
        """一格里写什么."""
        return f"不足 {FEWEST} 件" if self.few else f"{self.count} 件"


@dataclass(frozen=True)
class Line:
    """列表的一行: identity masked."""

    benefit: Benefit
    title: str
    matter: str
    who: Identity


def _months(today: date) -> list[date]:
    months, first = [], today.replace(day=1)
    for _ in range(MONTHS):
        months.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return months[::-1]


def by_month() -> list[Month]:
    """近六个月真正兑现的, over the whole district; cells under ten are not told."""
    months = _months(clock.today())
    rows = (
        Benefit.objects.filter(status=B.RECEIVED, received_on__gte=months[0])
        .annotate(month=TruncMonth("received_on"))
        .values_list("month")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found = dict(rows)
    return [Month(first, found.get(first, 0)) for first in months]


def main(months: Sequence[Month]) -> str:
    """兑现数, the one main figure: what may be told of these months, so that nobody reckons a small one back."""
    told = sum(one.count for one in months if not one.few)
    if not any(one.few for one in months):
        return f"{told}"
    return f"{told} 以上" if told else f"每月不足 {FEWEST}"


def lines(rows: Iterable[Benefit]) -> list[Line]:
    """本单位报告的兑现."""
    return [line(one) for one in rows]


def line(one: Benefit) -> Line:
    """一行."""
    edition, subject = pack.current(), one.nomination.subject
    measure, matter = edition.measures.get(one.measure), edition.matters.get(one.matter)
    who = identity.masked(subject) if subject else Identity("", "", "")
    return Line(one, measure.title if measure else one.measure, matter.title if matter else one.matter, who)


def waiting_for(user: User) -> QuerySet[Benefit]:
    """本人说没有收到的: to be put right by whoever reported it."""
    return Benefit.objects.visible_to(user).filter(status=B.DENIED)


def offered(department_code: str) -> list[tuple[Measure, list[tuple[str, str]]]]:
    """这个单位能给的激励, each with the matters in which it gives them."""
    edition, today = pack.current(), clock.today()
    found = []
    for measure in edition.measures.values():
        if measure.sign == REWARD and department_code in measure.body and measure.in_force(today):
            matters = [(code, edition.matters[code].title) for code in measure.matters if code in edition.matters]
            found.append((measure, matters))
    return found
