"""未入库的行: what did not enter goes back to the clerks as a sheet of the same layout."""

from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.workflow import RuleBroken, noun
from records import sealed_sheets
from records.models import BatchRow, ImportBatch
from records.models.batch import B, Verdict
from records.reading.sheet import Unreadable
from records.rules import columns
from records.workflows.importing import opened

BAD = (Verdict.WRONG, Verdict.CHANGED, Verdict.PERSON)
MOST = 20_000
TAKEN = register("import.wrong-rows-taken", "下载未入库的行")


def files(rows: int) -> int:
    """几份: a file that goes back holds so many rows at most, for it is written at one go while the clerk waits."""
    return -(-rows // MOST)


def take(
    *, batch: ImportBatch, actor: User, part: int = 1, apart: bool = False
) -> tuple[list[str], list[list[str]], int]:
    """未入库的行 (or, `apart`, those about no person): titles and cells as uploaded, the reasons last, and how many
    files there are; for the clerks of the department to correct, or to report where they belong.

    Raises PermissionDenied, and RuleBroken when there are none or the sheet is no longer kept.
    """
    if not actor.may("submit_record", batch.department_id):
        raise PermissionDenied("只有本部门的经办人可以下载")
    if batch.status in {B.UPLOADED, B.READING}:
        raise RuleBroken("还在读取和核对，请等核对完再下载")
    found = BatchRow.objects.filter(batch=batch, verdict__in=BAD)
    if apart:
        found = BatchRow.objects.filter(batch=batch, verdict=Verdict.APART, cause="apart")
    of = files(found.count())
    if not of:
        raise RuleBroken("没有这样的行" if apart else "没有需要修改的行")
    if not 1 <= part <= of:
        raise RuleBroken(f"一共 {of} 份，没有第 {part} 份")
    some = found.order_by("line").values_list("line", "problems")[(part - 1) * MOST : part * MOST]
    titles, cells = _cells(batch, {line: _reasons(problems) for line, problems in some})
    events.record(
        act=TAKEN,
        noun=noun(ImportBatch),
        object_id=batch.pk,
        actor=actor,
        department=batch.department.code,
        count=len(cells),
    )
    return titles, cells, of


def _reasons(problems: list[dict[str, str]]) -> str:
    return "；".join("。".join(said for said in (one["message"], one["fix"]) if said) for one in problems)


def _cells(batch: ImportBatch, reasons: dict[int, str]) -> tuple[list[str], list[list[str]]]:
    """These lines of the original. Raises RuleBroken."""
    cells = []
    try:
        _, heads, body = opened(batch)
        kept = [at for at, field in enumerate(heads.fields) if field]
        last = max(reasons)
        for line, row in body:
            if line in reasons:
                cells.append([*(row[at] if at < len(row) else "" for at in kept), reasons[line]])
            if line >= last:
                break
    except (Unreadable, columns.BadColumns, sealed_sheets.NotKept) as why:
        raise RuleBroken(str(why)) from why
    return [*(heads.titles[at] for at in kept), columns.REASON], cells
