"""造批次: by the true acts only; the sheet is the bureau's own sample."""

import csv
import io
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta

from daoli_credit.accounts.models import User
from daoli_credit.demo import fresh_sheet
from daoli_credit.embedded.places import CLONE
from daoli_credit.law import clock
from records.models import CreditRecord, ImportBatch
from records.workflows import importing, many, uploading
from tests.cast import Cast

SHEETS = CLONE / "daoli_credit" / "demo" / "sheets"
ITEM = "penalty-market-other"
STATED = {"severity": "general", "severity_basis": "行政处罚裁量基准（示例）"}
HEADER = [
    *("行政相对人名称", "行政相对人类别", "证件类型", "证件号码", "行政处罚决定书文号", "违法行为类型", "违法事实"),
    *("处罚依据", "处罚类别", "处罚内容", "罚款金额（万元）", "处罚决定日期", "处罚机关", "处罚机关统一社会信用代码"),
    *("数据来源单位", "数据来源单位统一社会信用代码"),
]
CODE = "1199999900000000AP"
GOOD = ("林秀云", "999999198803120028")


def sample(name: str = "penalties-gb18030.csv") -> bytes:
    """The bureau's sheet, 543 rows, with the days that stand in it: `on_its_day` is when they are to be read."""
    return (SHEETS / name).read_bytes()


def on_its_day() -> AbstractContextManager[None]:
    """The day on which the bureau's sheet was written; a year later its decisions have run out."""
    return clock.at(fresh_sheet.WRITTEN)


def decided() -> str:
    """The day of the decision that stands in a good row."""
    return (clock.today() - timedelta(days=18)).isoformat()


def row(serial: int = 1, name: str = GOOD[0], number: str = GOOD[1], **changes: str) -> dict[str, str]:
    """A good row by title; `changes` by title overwrite single cells."""
    facts = ["使用未经检定的计量器具", "当事人被查实使用未经检定的计量器具。", "《计量法实施细则》第四十三条", "罚款"]
    bureau = ["道里区市场监督管理局（示例）", CODE] * 2
    cells = [
        name,
        "自然人",
        "身份证",
        number,
        f"哈里市监罚〔2026〕{serial}号",
        *facts,
        "罚款500元",
        "0.05",
        decided(),
    ]
    return dict(zip(HEADER, [*cells, *bureau], strict=True)) | changes


def sheet(rows: Iterable[Mapping[str, str]], header: Iterable[str] = HEADER) -> bytes:
    """A CSV file in UTF-8."""
    text, titles = io.StringIO(), list(header)
    writer = csv.DictWriter(text, titles)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def uploaded(
    cast: Cast, data: bytes | None = None, name: str = "处罚.csv", by: User | None = None, **stated: str
) -> ImportBatch:
    """A sheet that waits for the worker."""
    return uploading.upload(
        department=cast.market,
        item=ITEM,
        name=name,
        data=sample() if data is None else data,
        stated={**STATED, **stated},
        actor=by or cast.clerk,
    )


def checked(cast: Cast, data: bytes | None = None, name: str = "处罚.csv", by: User | None = None) -> ImportBatch:
    """A sheet as the worker leaves it: with a preview, or with the reason why there is none."""
    batch = uploaded(cast, data, name, by)
    return importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())


def committed(cast: Cast, rows: int = 3, by: User | None = None) -> ImportBatch:
    """A small sheet whose records wait for review."""
    batch = checked(cast, sheet(row(serial) for serial in range(1, rows + 1)), by=by)
    return importing.commit(batch_id=batch.pk, actor=by or cast.clerk, seen=batch.revision)


def seen(batch: ImportBatch) -> dict[int, int]:
    """Record → revision, as a page would send it back."""
    return dict(CreditRecord.objects.filter(row__batch=batch).values_list("pk", "revision"))


def counts(batch: ImportBatch) -> dict[str, int]:
    """Rows by verdict."""
    found: dict[str, int] = {}
    for verdict in batch.rows.values_list("verdict", flat=True):
        found[verdict] = found.get(verdict, 0) + 1
    return found


__all__ = ["checked", "committed", "counts", "many", "row", "sample", "seen", "sheet", "uploaded"]
