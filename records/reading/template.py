"""一个事项的模板: its own columns as text cells, what is fixed as a drop-down, what is needed said beside each cell."""

import io
from collections.abc import Sequence

import xlsxwriter

from daoli_credit.law.rows import Field
from records.reading.workbook import TEXT

ROWS = 5000
LONGEST_LIST = 255  # of a drop-down's choices written into the cell itself
TYPES = {
    "date": "日期，写成 2026-11-24",
    "decimal": "数字，不带单位和千分号",
    "uscc": "18 位统一社会信用代码",
    "id-number": "对照证件逐位填写",
}


def _says(field: Field) -> str:
    parts = ["必填" if field.required else "没有就留空"]
    if field.type == "enum-list":
        parts.append(f"可以几项，用“；”隔开：{'、'.join(field.values)}")
    elif says := TYPES.get(field.type):
        parts.append(says)
    if field.max and field.type in {"text", "textarea"}:
        parts.append(f"最多 {field.max} 字")
    if field.note:
        parts.append(field.note)
    return "。".join(parts)[:255]


def _validation(field: Field) -> dict[str, object]:
    shown = {"input_title": field.zh[:32], "input_message": _says(field)}
    if field.type == "enum" and len(",".join(field.values)) <= LONGEST_LIST:
        wrong = {"error_title": "请从下拉里选", "error_message": "只能是下拉里的一项", "error_type": "stop"}
        return {"validate": "list", "source": list(field.values), **shown, **wrong}
    return {"validate": "any", **shown}


def write(fields: Sequence[Field]) -> bytes:
    """The .xlsx file: one sheet, titles in the first row, nothing below them."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("填报")
    text = book.add_format({"num_format": TEXT})
    needed = book.add_format({"num_format": TEXT, "bold": True, "bg_color": "#DCE9F5", "text_wrap": True})
    free = book.add_format({"num_format": TEXT, "bg_color": "#F2F4F7", "text_wrap": True})
    for at, field in enumerate(fields):
        sheet.set_column(at, at, 28 if field.type == "textarea" else 18, text)
        sheet.write_string(0, at, f"{field.zh}*" if field.required else field.zh, needed if field.required else free)
        sheet.data_validation(1, at, ROWS, at, _validation(field))
    sheet.freeze_panes(1, 0)
    book.close()
    return made.getvalue()
