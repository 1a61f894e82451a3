"""健全制度: are the rules that the portal works by confirmed. The office's own task."""

from collections.abc import Iterable

from daoli_credit.accounts.models import Department
from daoli_credit.law import pack
from daoli_credit.law.status import Status
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.lights.light import Evidence, Light, Shown

OFFICE = "credit-office"
WAITING = {Status.TO_CONFIRM, Status.SUSPENDED}


def judge(units: Iterable[Department], facts: Facts) -> dict[int, Shown]:
    """区信用办的灯; the other units have no facts here."""
    try:
        rules = pack.current()
    except pack.NoEdition:
        return {}
    waiting = sum(basis.status in WAITING for basis in rules.bases.values())
    waiting += sum(row.status in WAITING for row in rules.rows())
    return {one.pk: light(waiting) for one in units if one.code == OFFICE}


def light(waiting: int) -> Shown:
    """By how many rows still wait for confirmation."""
    if waiting:
        return Shown(Light.WATCH, f"规则还有 {waiting} 行待确认或者已暂停")
    return Shown(Light.DONE, "现行规则都已核条文或者已确认")


EVIDENCE = Evidence(
    says=(
        "完成：现行规则版本里没有待确认或者已暂停的行（无依据的一律不办，不算）。",
        "关注：还有待确认或者已暂停的行。",
        "只看区信用办承担的规则确认；其他责任单位的制度文件系统里还没有。",
    ),
    judge=judge,
)
