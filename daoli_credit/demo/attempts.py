"""试着违法: acts that a visitor of the demo may try for real. Each runs in a transaction that is always undone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import people
from daoli_credit.demo.lived_in import penalty
from daoli_credit.law import clock, pack
from daoli_credit.law.citations import Citation
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


def _evade_debt() -> Refusal:
    behaviour = pack.current().behaviours["debt-evasion"]
    if behaviour.list_type is not None or behaviour.code in pack.current().lists:
        raise NotRefused
    said = f"“{behaviour.title}”不能列入：{behaviour.reason}{behaviour.turn_to}。"
    return Refusal("规则包（无依据）", said, behaviour.citations)


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
