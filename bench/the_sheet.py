"""The sheet that the imports of the bench are measured on, and who uploads it."""

import random
from collections.abc import Iterator
from datetime import timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people, staff
from daoli_credit.law import clock, pack

ITEM, ROWS_EACH = "penalty-market-other", 5
STATED = {"severity": "general", "severity_basis": "行政处罚裁量基准（示例）"}
CODE, BUREAU = "1199999900000000AP", "道里区市场监督管理局（示例）"

Row = tuple[int, list[str]]
Sheet = list[Row]
Spent = tuple[float, float]  # seconds by the clock, and of the processor


def sheet(rows: int) -> Sheet:
    """A parsed upload, whole."""
    return list(coming(rows))


def coming(rows: int) -> Iterator[Row]:
    """A parsed upload, as its rows come: header and `rows` good rows, five to a person."""
    dice, today = random.Random(20180009), clock.today()  # noqa: S311  the same sheet every time
    item = pack.current().item(ITEM)
    fields = [field for field in (*pack.current().identity, *item.fields) if not field.ignored]
    yield 1, [field.zh for field in fields]
    for n in range(rows):
        someone = n // ROWS_EACH
        born = people.ELDEST + timedelta(days=someone // 1000)
        decided = today - timedelta(days=20 + n % 300)
        row = {
            "party_name": people.SURNAMES[someone % 30] + people.GIVEN[someone % 37] + people.GIVEN[someone % 31],
            "party_type": "自然人",
            "id_type": "居民身份证",
            "id_number": people.number(born, someone % 1000),
            "document_number": f"哈里市监罚〔{decided.year}〕{n:07d}号",
            "conduct_type": "使用未经检定的计量器具",
            "facts": f"当事人于{decided - timedelta(days=40):%Y年%m月%d日}被查实使用未经检定的计量器具。",
            "legal_ground": "《中华人民共和国计量法实施细则》第四十三条",
            "penalty_kinds": "罚款",
            "penalty_content": "罚款500元",
            "fine": str(dice.choice(("0.05", "0.1", "0.2"))),
            "decided_on": decided.isoformat(),
            "authority": BUREAU,
            "authority_code": CODE,
            "source_unit": BUREAU,
            "source_unit_code": CODE,
        }
        yield n + 2, [row.get(field.name, "") for field in fields]


def bureau() -> tuple[User, Department]:
    """The clerk who uploads it, and the department."""
    staff.the_cast("")
    return User.objects.get(username="zhaomin"), Department.objects.get(code="market-regulation")
