"""试着违法: acts that a visitor of the demo may try for real. Each runs in a transaction that is always undone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import people
from daoli_credit.demo.lived_in import CODE, penalty
from daoli_credit.law import clock, pack
from daoli_credit.law.citations import Citation
from daoli_credit.workflow import RuleBroken
from incentives.models import Listing
from incentives.workflows import proposing
from records.identity import Identity
from records.rules import intake
from records.rules.id_number import RESIDENT


@dataclass(frozen=True)
class Refusal:
    """拒绝: who refused, in whose words, under which articles."""

    by: str
    said: str
    citations: tuple[Citation, ...] = field(default=())


class NotRefused(AssertionError):
    """没有被拒绝: the house has a hole; the demo shows it rather than hide it."""


def _minor() -> Refusal:
    today = clock.today()
    born = today.replace(year=today.year - 15, day=1)
    child = Identity("示例少年", RESIDENT, people.number(born, 7))
    market = Department.objects.get(code="market-regulation")
    raw = penalty("penalty-food", child, market, decided=today - timedelta(days=20), serial=9301, severity="general")
    verdict = intake.check("penalty-food", raw, today=today)
    if verdict.checked is not None:
        raise NotRefused
    rule = next(one for one in pack.current().prohibited if one.code == "minor-person")
    return Refusal("收录规则", str(verdict.problems[0]), rule.citations)


def _party(serial: int) -> Identity:
    return Identity("示例当事人", RESIDENT, people.number(date(1980, 5, 1), serial))


def _grounds() -> proposing.Grounds:
    return proposing.Grounds(
        reason="经责令限期支付，逾期未支付农民工工资。",
        legal_ground="《保障农民工工资支付条例》第四十八条",
        document="哈里人社责〔2026〕9301号",
        authority_code=CODE,
    )


def _propose(list_type: str) -> Listing:
    office, clerk = Department.objects.get(code="human-resources"), User.objects.get(username="xuwenjing")
    return proposing.propose(department=office, list_type=list_type, who=_party(9), grounds=_grounds(), actor=clerk)


def _evade_debt() -> Refusal:
    try:
        _propose("debt-evasion")
    except RuleBroken as why:
        return Refusal("名单程序", str(why), pack.current().behaviours["debt-evasion"].citations)
    raise NotRefused


def _without_notice() -> Refusal:
    listing, decider = _propose("wage-arrears"), User.objects.get(username="dengguodong")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE incentives_listing SET status = 'decided', decided_by_id = %s, decided_on = %s,"
                " decision_number = '哈里人社列〔2026〕9301号' WHERE id = %s",
                [decider.pk, clock.today(), listing.pk],
            )
    except DatabaseError as why:
        articles = (pack.current().cite("gbf-2020-49#八"), pack.current().cite("penalty-law#44"))
        return Refusal("数据库", str(why).splitlines()[0], articles)
    raise NotRefused


def _neighbour() -> Refusal:
    clerk = User.objects.get(username="zhaomin")
    try:
        with transaction.atomic():
            LookUp.objects.create(
                day=clock.today(),
                kind=LookUp.Kind.LOOK,
                actor_id=clerk.audit_id,
                actor_label=clerk.audit_label,
                department="market-regulation",
                person_key=bytes(34),
                matter="",
                case_number="",
                purpose="想知道邻居的情况",
                shown=["record"],
            )
    except DatabaseError as why:
        return Refusal("数据库", _constraint(why), (pack.current().cite("pipl#6"),))
    raise NotRefused


def _score() -> Refusal:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT score FROM records_subject LIMIT 1")
    except DatabaseError as why:
        return Refusal("数据库", f"没有这一列：{str(why).splitlines()[0]}")
    raise NotRefused


def _constraint(why: DatabaseError) -> str:
    cause = getattr(why.__cause__, "diag", None)
    name = getattr(cause, "constraint_name", None) or ""
    return f"违反约束 {name}：{str(why).splitlines()[0]}"


@dataclass(frozen=True)
class Attempt:
    """一次尝试: what is tried, in words, and what makes it impossible."""

    code: str
    title: str
    tries: str
    because: str
    act: Callable[[], Refusal]


ATTEMPTS = (
    Attempt(
        "minor",
        "记一个未成年人",
        "给一名十五岁的虚构少年录入一条行政处罚。",
        "未成年人不是信用主体，整行不收也不留。",
        _minor,
    ),
    Attempt(
        "debt-evasion",
        "以“恶意逃废债务”列入名单",
        "用方案里写过、今天没有法律依据的情形列一个人。",
        "方案不是惩戒的依据；没有名单类型，案件就立不起来。",
        _evade_debt,
    ),
    Attempt(
        "without-notice",
        "不告知，直接决定列入",
        "刚立案，绕过程序，用一句数据库语句把案件改成“已决定”。",
        "案件只能沿着名单类型的步骤一步一步走；告知和陈述申辩跳不过去，绕开程序也一样。",
        _without_notice,
    ),
    Attempt(
        "neighbour",
        "没有事由，看看邻居",
        "赵敏没有办件，写下“想知道邻居的情况”就要查一个人。",
        "没有应用事项和办件编号，查询记录写不进数据库；写不进，就什么也显示不出来。",
        _neighbour,
    ),
    Attempt("score", "要一个信用分", "直接向数据库要某人的分数。", "没有这一列：不是藏着，是不存在。", _score),
)


def attempt(code: str) -> tuple[Attempt, Refusal]:
    """试一次. Raises KeyError for an unknown one, NotRefused when nothing stood in its way."""
    chosen = {one.code: one for one in ATTEMPTS}[code]
    with transaction.atomic():
        try:
            return chosen, chosen.act()
        finally:
            transaction.set_rollback(True)
