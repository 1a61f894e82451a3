"""演示的应用事项: assessed, shared at every stage between two departments, and a few cases that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.demo import assessed
from daoli_credit.law import clock, pack, workdays
from incentives.models import MatterCase, Sharing
from incentives.rules.sharing import Wish
from incentives.workflows import matter_case, sharing

FOOD, FUND, GUIDE, RECRUIT = "food-permit", "startup-fund", "tour-guide-permit", "civil-servant-recruit"
SERVICE = "employment-service"
CASES = (
    (FOOD, "zhaomin", "食许〔{year}〕118号", 4),
    (FOOD, "zhaomin", "食许〔{year}〕121号", 3),
    (FOOD, "liujie", "食许〔{year}〕124号", 1),
    (FUND, "xuwenjing", "创补〔{year}〕31号", 5),
    (FUND, "xuwenjing", "创补〔{year}〕33号", 2),
    (GUIDE, "hemei", "导证〔{year}〕15号", 3),
    (SERVICE, "xuwenjing", "就业服务〔{year}〕301号", 6),
)
CLOSED = (FOOD, "zhaomin", "食许〔{year}〕102号", 30)


@dataclass(frozen=True)
class Asking:
    """一件申请: who asks whom for what in which matter, and why."""

    matter: str
    clerk: str
    provider: str
    items: tuple[str, ...]
    purpose: str


BANS = Asking(
    FOOD, "zhaomin", "health", ("responsibility-ban",), "核对负责人和食品安全管理人员有没有依法不得从业的情形"
)
TOUR_BANS = Asking(FOOD, "zhaomin", "tourism", ("responsibility-ban",), "景区内食品经营的负责人，核对有没有禁业")
VOLUNTEERS = Asking(FUND, "xuwenjing", "youth-league", ("honour-volunteer",), "有志愿服务荣誉的，优先受理创业补贴")
JOBS = Asking(SERVICE, "xuwenjing", "youth-league", ("honour-volunteer",), "有志愿服务荣誉的，安排招聘会专区和岗位推荐")
LATE = Asking(FUND, "xuwenjing", "civil-affairs", ("honour-volunteer",), "有志愿服务荣誉的，优先受理创业补贴")
GUIDES = Asking(GUIDE, "hemei", "youth-league", ("honour-volunteer",), "志愿讲解员申领导游证，办理时给予便利")
MARKET_LIST = Asking(RECRUIT, "xuwenjing", "market-regulation", ("list-market",), "考察阶段核对拟录用人员")


def _staff(username: str) -> User:
    return User.objects.get(username=username)


def _ask(one: Asking, *, days: int = 330) -> Sharing:
    row = pack.current().matters[one.matter]
    wish = Wish(
        items=one.items,
        fields=row.shows,
        duty=[citation.ref for citation in row.duty],
        purpose=one.purpose,
        until=clock.today() + timedelta(days=days),
    )
    body, provider = (Department.objects.get(code=code) for code in (row.department, one.provider))
    return sharing.ask(body=body, provider=provider, matter=one.matter, wish=wish, actor=_staff(one.clerk))


def _agree(row: Sharing, by: str, *, without: Sequence[str] = ()) -> None:
    fields = [name for name in row.fields if name not in without]
    sharing.agree(sharing_id=row.pk, items=row.items, fields=fields, actor=_staff(by))


def _activate(row: Sharing) -> None:
    sharing.activate(sharing_id=row.pk, until=row.wanted_until, actor=_staff("hezhiyuan"))


def _assess(today: date) -> None:
    with clock.at(today - assessed.BEFORE):
        for code in (FOOD, FUND, GUIDE, SERVICE):
            if assessments.in_force(Subject.MATTER, code, on=today) is None:
                assessed.a_matter(code, pack.current().matters[code].title)


def _shared(today: date) -> None:
    for one, by, without in (
        (BANS, "wangtao", ("document_number",)),
        (VOLUNTEERS, "jiangbo", ()),
        (JOBS, "jiangbo", ()),
    ):
        with clock.at(workdays.before(today, 40).on):
            row = _ask(one)
        with clock.at(workdays.before(today, 36).on):
            _agree(row, by, without=without)
        with clock.at(workdays.before(today, 34).on):
            _activate(row)
    with clock.at(workdays.before(today, 18).on):
        _ask(LATE)  # nobody answered: shown as late, never taken for a yes
        refused = _ask(MARKET_LIST)
    with clock.at(workdays.before(today, 12).on):
        why = "这类名单由上级市场监管部门列入和公布，本局没有这类信息，请在核查时向上级平台查询"
        sharing.refuse(sharing_id=refused.pk, reason="not-provider", opinion=why, actor=_staff("sunjianguo"))
    with clock.at(workdays.before(today, 6).on):
        agreed = _ask(GUIDES)
    with clock.at(workdays.before(today, 2).on):
        _agree(agreed, "jiangbo")
        _ask(TOUR_BANS)


def _case(matter: str, username: str, number: str, ago: int, today: date) -> MatterCase:
    day = workdays.before(today, ago).on
    with clock.at(day):
        return matter_case.register(
            matter=matter,
            body=Department.objects.get(code=pack.current().matters[matter].department),
            case_number=number.format(year=today.year),
            opened_on=day,
            actor=_staff(username),
        )


def tell() -> None:
    """讲这一段."""
    today = clock.today()
    _assess(today)
    _shared(today)
    old = _case(*CLOSED, today)
    with clock.at(workdays.before(today, 20).on):
        matter_case.close(case_id=old.pk, actor=_staff(CLOSED[1]), closed_on=clock.today())
    for matter, username, number, ago in CASES:
        _case(matter, username, number, ago, today)
