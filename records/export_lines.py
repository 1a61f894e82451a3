"""导出的各行: what a file says of each record, because of the look-up that its person reads."""

from collections.abc import Sequence

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock, pack
from records import identity, marks, selectors, statements
from records.identity import NotThisPerson
from records.models import CreditRecord, ExportRequest, Statement
from records.models.export import Form
from records.models.record import Records
from records.reading import exporting

# 应用事项 of the looks that an export leaves.
MATTER = "record-export"
HEAD = (
    "系统编号", "目录事项", "姓名", "证件类型", "证件号码", "文书号", "认定日期", "分类", "状态", "共享使用至", "内容",
    "标注", "本人声明",
)  # fmt: skip


def with_related(records: Records) -> Records:
    """With what the lines need, oldest first."""
    return records.select_related("subject", "item", "department").prefetch_related("subject__key_rows").order_by("pk")


def _line(record: CreditRecord, because: LookUp, own: Statement | None, *, full: bool) -> list[object]:
    if bytes(because.person_key) not in record.person_keys():
        raise NotThisPerson("查询记录与信用主体不符")
    who = identity.reveal(record.subject, because=because) if full else identity.masked(record.subject)
    content = selectors.words(pack.current().item(record.item_id), record.content)
    return [
        record.number,
        record.item.title,
        who.name,
        who.id_type,
        who.id_number,
        record.document_number,
        record.determined_on,
        record.get_severity_display() if record.severity else "",
        record.get_status_display(),
        record.use_until or "长期",
        "；".join(f"{title}：{value}" for title, value in content),
        "；".join(marks.of(record)),
        statements.words(own) if own else "",
    ]


def written(export: ExportRequest, records: Sequence[CreditRecord], looks: Sequence[LookUp]) -> bytes:
    """文件的字节. One look for each record, in the same order. Raises NotThisPerson."""
    own = statements.beside(records)  # what the person says of it goes wherever the record goes
    rows = [
        _line(record, look, own.get(record.pk), full=export.full_identity)
        for record, look in zip(records, looks, strict=True)
    ]
    mark = exporting.Mark(
        export.number,
        f"{export.department.name} {export.requested_by}",
        f"{clock.now():%Y-%m-%d %H:%M}",
        f"{export.expires_on}",
    )
    write = exporting.workbook if export.form == Form.XLSX else exporting.text_table
    return write(mark, HEAD, rows)
