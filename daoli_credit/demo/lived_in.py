"""日常数据: a few hundred synthetic people's records, each entered, reported and reviewed on its own days."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from daoli_credit.accounts.models import Department
from daoli_credit.demo import people, staff
from daoli_credit.law import clock, pack, workdays
from records.identity import Identity
from records.models import CreditRecord
from records.rules import intake
from records.workflows import opening
from records.workflows import record as acts

SEED = 20180009
CODE = "1199999900000000AP"
PENALTIES = {
    "penalty-food": ("哈里市监罚", "经营超过保质期的食品", "《中华人民共和国食品安全法》第一百二十四条第一款"),
    "penalty-market-other": ("哈里市监罚", "使用未经检定的计量器具", "《中华人民共和国计量法实施细则》第四十三条"),
    "penalty-ip": ("哈里市监罚", "销售侵犯注册商标专用权的商品", "《中华人民共和国商标法》第六十条"),
    "penalty-health": ("哈里卫罚", "未按规定填写病历资料", "《中华人民共和国医师法》第五十六条"),
    "penalty-labour": ("哈里人社罚", "不按规定存储工资保证金", "《保障农民工工资支付条例》第五十五条"),
    "penalty-construction": ("哈里建罚", "未按规定组织安全检查", "《建设工程安全生产管理条例》第五十八条"),
    "penalty-environment": ("哈里环罚", "露天焚烧产生烟尘的物质", "《中华人民共和国大气污染防治法》第一百一十九条"),
    "penalty-agri": ("哈里农罚", "销售的种子未按规定标注", "《中华人民共和国种子法》第七十九条"),
    "penalty-work-safety": ("哈里应急罚", "未如实记录安全生产教育和培训情况", "《中华人民共和国安全生产法》第九十七条"),
    "penalty-tourism": ("哈里旅罚", "导游未佩戴导游证", "《导游人员管理条例》第二十一条"),
}
FINES = {"minor": "0.05", "general": "0.2", "serious": "2"}


def penalty(
    item: str, who: Identity, department: Department, *, decided: date, serial: int, severity: str
) -> dict[str, str]:
    """一份处罚 as a clerk would type it."""
    mark, conduct, ground = PENALTIES[item]
    fine = FINES[severity]
    return {
        "party_name": who.name,
        "party_type": "自然人",
        "id_type": who.id_type,
        "id_number": who.id_number,
        "document_number": f"{mark}〔{decided.year}〕{serial:04d}号",
        "conduct_type": conduct,
        "facts": f"当事人于{decided - timedelta(days=40):%Y年%m月%d日}被查实{conduct}。",
        "legal_ground": ground,
        "penalty_kinds": "罚款",
        "penalty_content": f"罚款{round(float(fine) * 10000)}元",
        "fine": fine,
        "decided_on": decided.isoformat(),
        "conduct_on": (decided - timedelta(days=40)).isoformat(),
        "authority": f"{department.name}（示例）",
        "authority_code": CODE,
        "source_unit": f"{department.name}（示例）",
        "source_unit_code": CODE,
        "severity": severity,
        "severity_basis": "行政处罚裁量基准（示例）",
        "service": "direct",
        "served_on": decided.isoformat(),
    }


def checked(item: str, raw: dict[str, str], today: date) -> intake.Checked:
    """核对. Raises ValueError with the problems: the demo's own data must be right."""
    verdict = intake.check(item, raw, today=today)
    if verdict.checked is None:
        raise ValueError(f"演示数据不合规则：{[str(problem) for problem in verdict.problems]}")
    return verdict.checked


def _next_workday(day: date, count: int) -> date:
    return workdays.due(day, count).on


def _plan(dice: random.Random, today: date, count: int) -> Iterator[tuple[str, Department, Identity, date, str, str]]:
    edition = pack.current()
    departments = {one.code: one for one in Department.objects.all()}
    for serial in range(count):
        item = dice.choice(list(PENALTIES))
        department = departments[edition.item(item).providers[0]]
        severity = dice.choices(("minor", "general", "serious"), (2, 6, 2))[0]
        decided = today - timedelta(days=dice.randrange(20, 80 if severity == "minor" else 330))
        # the youngest ones wait: every queue of the demo has something in it
        stage = dice.choices(("effective", "submitted", "draft"), (90, 7, 3))[0]
        if stage != "effective":
            decided = max(decided, today - timedelta(days=25))
        yield item, department, people.invented(dice, serial), decided, severity, stage


def fill(count: int = 240) -> int:
    """填充日常数据, each act on its own working day. Returns how many records were made."""
    dice, today = random.Random(SEED), clock.today()  # noqa: S311  the same story every time, not a secret
    for serial, (item, department, who, decided, severity, stage) in enumerate(_plan(dice, today, count), start=1001):
        clerk, reviewer = staff.pair(department)
        entered = min(_next_workday(decided, 2), today)
        with clock.at(entered):
            raw = penalty(item, who, department, decided=decided, serial=serial, severity=severity)
            record = acts.enter(department=department, checked=checked(item, raw, entered), actor=clerk)
            if stage != "draft":
                acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
        if stage == "effective":
            with clock.at(min(_next_workday(entered, 2), today)):
                opening.note([record], reviewer)
                acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)
    return CreditRecord.objects.count()
