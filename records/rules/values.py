"""字段取值: one reader per field type of the pack; the same for form, sheet and API."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from daoli_credit.audit.opinion import OpinionRefused, checked
from daoli_credit.law.rows import Field
from records.rules.problem import Wrong

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
DATE_FORMS = (
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?",
    r"(\d{4})/(\d{1,2})/(\d{1,2})",
    r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
    r"(\d{4})年(\d{1,2})月(\d{1,2})日",
    r"(\d{4})(\d{2})(\d{2})",
)
BRACKETS = str.maketrans("[]【】(){}", "〔〕〔〕〔〕〔〕")

Value = str | list[str] | None


def tidy(raw: str) -> str:
    """去空白: half-width forms of digits and letters, no blanks at the ends, no control characters."""
    if raw.isprintable():  # nothing but plain characters and spaces: nearly every cell
        return raw.strip()
    text = "".join(char for char in raw if char in "\n\t" or unicodedata.category(char)[0] != "C")
    return text.strip().strip("\u3000")


def read_date(raw: str) -> date:
    """日期: 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日 or 20260305. Raises Wrong."""
    text = unicodedata.normalize("NFKC", raw).strip()
    for form in DATE_FORMS:
        if found := re.fullmatch(form, text):
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                raise Wrong("date-impossible", f"没有“{text}”这一天", "请核对年月日") from None
    if re.fullmatch(r"[345]\d{4}", text):
        raise Wrong("date-serial", f"“{text}”是表格软件内部的日期序号", "请把该列设为文本，写成 2026-03-05 这样的形式")
    raise Wrong("date-form", f"“{text}”不像日期", "请写成 2026-03-05 这样的形式")


def document_number(raw: str) -> str:
    """文号归一: NFKC, no blanks, one kind of brackets."""
    text = "".join(unicodedata.normalize("NFKC", raw).split())
    return text.translate(BRACKETS)


def plain_numbers(field: Field, texts: Iterable[str]) -> dict[str, str]:
    """许多文号, read at once: of those that are plainly good the same as `read` says; the others are not named."""
    if READERS[field.type] is not _text:
        return {}
    plain = [
        text for text in texts
        if text.isprintable() and " " not in text and "#" not in text and 0 < len(text) <= (field.max or len(text))
        and text[0] not in "=+@"
    ]  # fmt: skip
    # what stands between two numbers goes together with neither
    read = unicodedata.normalize("NFKC", "\n".join(plain))
    if any(mark in read for mark in "[]【】(){}"):
        read = read.translate(BRACKETS)
    found = read.split("\n")
    return dict(zip(plain, found, strict=True)) if " " not in read and len(found) == len(plain) else {}


def typed_number(raw: str) -> str:
    """文号 as it is typed on a step, where no other rule reads it. Raises OpinionRefused for a person's number."""
    try:
        return checked(document_number(raw))
    except OpinionRefused:
        raise OpinionRefused("文号里不要写证件号码和电话，请照文书填写") from None


def _text(field: Field, raw: str, today: date) -> Value:
    if raw[:1] in "=+@" and len(raw) > 1:
        raise Wrong("formula", "单元格里是公式，不是内容", "请把公式的结果作为文字粘贴")
    if field.max and len(raw) > field.max:
        raise Wrong("too-long", f"最多 {field.max} 个字，现在 {len(raw)} 个", "请压缩内容")
    return raw


def _date(field: Field, raw: str, today: date) -> Value:
    day = read_date(raw)
    if field.not_future and day > today:
        raise Wrong("date-future", f"{day.isoformat()} 还没有到", "请核对日期；决定作出之后才能报送")
    return day.isoformat()


def _decimal(field: Field, raw: str, today: date) -> Value:
    try:
        amount = Decimal(unicodedata.normalize("NFKC", raw).replace(",", ""))
    except InvalidOperation:
        raise Wrong("amount-form", f"“{raw}”不是数字", "请填写阿拉伯数字，单位为万元") from None
    if not amount.is_finite() or amount < (field.min or 0):
        raise Wrong("amount-negative", "金额不能为负", "请核对")
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and field.places is not None and -exponent > field.places:
        raise Wrong("amount-places", f"最多 {field.places} 位小数", "请核对单位是否为万元")
    return format(amount, "f")


def _choice(field: Field, raw: str) -> str:
    value = field.aliases.get(raw, raw)
    if value not in field.values:
        raise Wrong("not-in-list", f"“{raw}”不在可选范围", f"请从中选择：{'、'.join(field.values)}")
    return value


def _enum(field: Field, raw: str, today: date) -> Value:
    return _choice(field, raw)


def _enum_list(field: Field, raw: str, today: date) -> Value:
    parts = [part.strip() for part in re.split(f"[{re.escape(field.separators or '；;、')}]", raw) if part.strip()]
    return [_choice(field, part) for part in parts]


def _uscc(field: Field, raw: str, today: date) -> Value:
    code = "".join(unicodedata.normalize("NFKC", raw).split()).upper()
    if len(code) != 18 or any(char not in USCC for char in code):
        raise Wrong("uscc-form", "统一社会信用代码应为 18 位数字和大写字母（没有 I、O、S、V、Z）", "请对照证照填写")
    total = sum(USCC.index(char) * weight for char, weight in zip(code, USCC_WEIGHTS, strict=False))
    if USCC[(31 - total % 31) % 31] != code[17]:
        raise Wrong("uscc-check-digit", "统一社会信用代码校验位不符", "请对照证照逐位核对")
    return code


READERS: dict[str, Callable[[Field, str, date], Value]] = {
    "text": _text,
    "textarea": _text,
    "ref": _text,
    "year": _text,
    "date": _date,
    "decimal": _decimal,
    "enum": _enum,
    "enum-list": _enum_list,
    "uscc": _uscc,
}


def read(field: Field, raw: str, *, today: date) -> Value:
    """读一个值 by its field's type; empty is None. Raises Wrong."""
    text = tidy(raw)
    if not text:
        if field.required:
            raise Wrong("missing", f"没有填写“{field.zh}”", "这一项必须填写")
        return None
    value = READERS[field.type](field, text, today)
    return document_number(text) if field.name == "document_number" else value
