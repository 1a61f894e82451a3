"""未入库的行: what did not enter goes back to the clerks as a sheet of the same layout."""

from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.workflow import RuleBroken, noun
from records import sealed_sheets
from records.models import BatchRow, ImportBatch
from records.models.batch import B
from records.reading.sheet import Unreadable
from records.rules import columns
from records.workflows.importing import opened

TAKEN = register("import.wrong-rows-taken", "下载未入库的行")


def take(*, batch: ImportBatch, actor: User) -> tuple[list[str], list[list[str]]]:
    """未入库的行: titles and cells as uploaded, the reasons last, for the clerks of the department to correct.

    Raises PermissionDenied, and RuleBroken when there are none or the sheet is no longer kept.
    """
    if not actor.may("submit_record", batch.department_id):
        raise PermissionDenied("只有本部门的经办人可以下载")
    if batch.status in {B.UPLOADED, B.READING}:
        raise RuleBroken("还在读取和核对，请等核对完再下载")
    wrong = {row.line: row for row in BatchRow.objects.filter(batch=batch, verdict__in=("wrong", "changed", "person"))}
    if not wrong:
        raise RuleBroken("没有需要修改的行")
    cells = []
    try:
        _, found, body = opened(batch)
        kept = [at for at, field in enumerate(found.fields) if field]
        for line, row in body:
            if one := wrong.get(line):
                reasons = "；".join(f"{problem['message']}。{problem['fix']}" for problem in one.problems)
                cells.append([*(row[at] if at < len(row) else "" for at in kept), reasons])
    except (Unreadable, columns.BadColumns, sealed_sheets.NotKept) as why:
        raise RuleBroken(str(why)) from why
    events.record(
        act=TAKEN,
        noun=noun(ImportBatch),
        object_id=batch.pk,
        actor=actor,
        department=batch.department.code,
        count=len(cells),
    )
    return [*(found.titles[at] for at in kept), columns.REASON], cells
