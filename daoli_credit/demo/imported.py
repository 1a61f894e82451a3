"""演示的批量导入: a sheet that waits for review, a preview with mistakes, a file that was not read, one taken back."""

import csv
import io
import random
from datetime import date, timedelta
from pathlib import Path

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import lived_in, people
from daoli_credit.law import clock, pack
from records.models import CreditRecord, ImportBatch
from records.workflows import batch_undoing, importing, many, opening, uploading

ITEM = "penalty-market-other"
# as an old program of a bureau leaves it: a filter hides a row, so nobody can tell whether it is meant
OLD_BOOK = Path(__file__).parent / "sheets" / "penalties-filtered.xls"
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
    batch = uploading.upload(department=market, item=ITEM, name=name, data=data, stated=STATED, actor=clerk)
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
    _checked("计量处罚（旧格式）.xls", OLD_BOOK.read_bytes(), market, clerk)
    wrong_file = _checked("计量处罚（传错）.csv", _sheet(market, today, range(3021, 3024), {}), market, clerk)
    wrong_file = importing.commit(batch_id=wrong_file.pk, actor=clerk, seen=wrong_file.revision)
    why = "传成了上个月的表，还没有复核，整批撤回"
    batch_undoing.undo(batch_id=wrong_file.pk, actor=clerk, opinion=why, seen=wrong_file.revision)
    _otherwise(market, clerk, today)
    return 6


def _otherwise(market: Department, clerk: User, today: date) -> None:
    """One sheet in force, and the same again with another fine: what differs waits to be proposed."""
    reviewer = User.objects.get(username="sunjianguo")
    first = _checked("计量处罚（原表）.csv", _sheet(market, today, range(3031, 3033), {}), market, clerk)
    importing.commit(batch_id=first.pk, actor=clerk, seen=first.revision)
    records = list(CreditRecord.objects.filter(row__batch=first))
    opening.note(records, reviewer)
    many.approve(batch=first, seen={one.pk: one.revision for one in records}, actor=reviewer)
    otherwise = {3032: {"fine": "0.12", "penalty_content": "罚款1200元"}}
    _checked("计量处罚（改过金额）.csv", _sheet(market, today, range(3031, 3034), otherwise), market, clerk)
