"""演示的批量导入: one small sheet that waits for review, one preview with mistakes; by the true acts."""

import csv
import io
import random
from datetime import date, timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import lived_in, people
from daoli_credit.law import clock, pack
from records.models import ImportBatch
from records.workflows import importing

ITEM = "penalty-market-other"
STATED = {"severity": "general", "severity_basis": "行政处罚裁量基准（示例）"}


def _sheet(market: Department, today: date, serials: range, mistakes: dict[int, dict[str, str]]) -> bytes:
    """A bureau's sheet with the item's own titles; `mistakes` overwrite cells of single rows."""
    item, dice = pack.current().item(ITEM), random.Random(lived_in.SEED)  # noqa: S311  the same story every time
    fields = [field for field in (*pack.current().identity, *item.fields) if not field.ignored]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(field.zh for field in fields)
    for serial in serials:
        who, decided = people.invented(dice, serial), today - timedelta(days=15)
        raw = lived_in.penalty(ITEM, who, market, decided=decided, serial=serial, severity="general")
        raw |= mistakes.get(serial, {})
        writer.writerow(raw.get(field.name, "") for field in fields)
    return text.getvalue().encode()


def _checked(name: str, data: bytes, market: Department, clerk: User) -> ImportBatch:
    batch = importing.upload(department=market, item=ITEM, name=name, data=data, stated=STATED, actor=clerk)
    return importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())


def tell() -> int:
    """讲这一段. Returns how many sheets it has made."""
    market, clerk = Department.objects.get(code="market-regulation"), User.objects.get(username="zhaomin")
    today = clock.today()
    waiting = _checked("计量处罚.csv", _sheet(market, today, range(3001, 3004), {}), market, clerk)
    importing.commit(batch_id=waiting.pk, actor=clerk, seen=waiting.revision)
    mistakes = {
        3012: {"fine": "五百元"},
        3013: {"decided_on": "2026-13-02"},
        3014: {"id_number": "9.99999E+17"},
    }
    _checked("计量处罚（续）.csv", _sheet(market, today, range(3011, 3016), mistakes), market, clerk)
    return 2
