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
SEPARATORS = "；;、，,"
BRACKETS = str.maketrans("[]【】(){}", "〔〕〔〕〔〕〔〕")

AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(E[+-]?\d{1,2})?", re.ASCII)
FIRST_YEAR = 1900
# What stands in a cell that has nothing to say.
NOTHING = frozenset(
    {*"无空/\\-—_*.。、?？#", "//", "--", "——", "不详", "未知", "暂无", "没有", "NULL", "NONE", "NA", "N/A"}
)
LONGEST_NOTHING = max(map(len, NOTHING))
# Controls and marks of direction are no content, halves of a character cannot be stored; made and new characters stay.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])", re.ASCII)
_SEVERAL = re.compile(r"〔\d{4}〕.+〔\d{4}〕")

Value = str | list[str] | None


def tidy(raw: str) -> str:
    """去空白: no blanks at the ends, no control characters."""
    if raw.isprintable():  # nothing but plain characters and spaces: nearly every cell
        return raw.strip()
    text = "".join(char for char in raw if char in "\n\t" or unicodedata.category(char) not in UNSEEN)
    return text.strip().strip("\u3000")


def is_placeholder(text: str) -> bool:
    """不算填写: nothing, or what people put where there is nothing."""
    return not text or text.upper() in NOTHING


def read_date(raw: str) -> date:
    """日期: 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日 or 20260305. Raises Wrong."""
    text = unicodedata.normalize("NFKC", raw).strip()
    for form in DATE_FORMS:
        if found := re.fullmatch(form, text):
            try:
                day = date(*(int(part) for part in found.groups()))
            except ValueError:
                raise Wrong("date-impossible", f"没有“{text}”这一天", "请核对年月日") from None
            if day.year < FIRST_YEAR:
                raise Wrong("date-impossible", f"“{text}”的年份不对", "请核对年份，写成四位")
            return day
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
        if text.isprintable() and " " not in text and "#" not in text
        and LONGEST_NOTHING < len(text) <= (field.max or len(text))
        and text[0] not in "=+@"
    ]  # fmt: skip
    # what stands between two numbers goes together with neither
    read = unicodedata.normalize("NFKC", "\n".join(plain))
    if any(mark in read for mark in "[]【】(){}"):
        read = read.translate(BRACKETS)
    if _NUMBER.search(read) or _SEVERAL.search(read):
        return {}
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
    if (field.free_text or field.name == "document_number") and any(map(is_born, _NUMBER.findall(raw))):
        raise Wrong("number-in-text", f"“{field.zh}”里有证件号码", "证件号码只填在“证件号码”一栏，这里请删去")
    if field.name == "document_number" and _SEVERAL.search(document_number(raw)):
        raise Wrong("several-documents", "一格里有几个文号", "一行只写一份文书；几份文书分几行")
    return raw


def is_born(number: str) -> bool:
    """像证件号码: a day of birth stands in it."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])).year >= FIRST_YEAR
    except ValueError:
        return False


def _year(field: Field, raw: str, today: date) -> Value:
    year = unicodedata.normalize("NFKC", raw).removesuffix("年").strip()
    if not re.fullmatch(r"(19|20)\d\d", year, re.ASCII):
        raise Wrong("date-form", f"“{raw[:40]}”不像年份", "请写成四位数字，例如 2026")
    return year


def _date(field: Field, raw: str, today: date) -> Value:
    day = read_date(raw)
    if field.not_future and day > today:
        raise Wrong("date-future", f"{day.isoformat()} 还没有到", "请核对日期；决定作出之后才能报送")
    return day.isoformat()


def _decimal(field: Field, raw: str, today: date) -> Value:
    text = "".join(unicodedata.normalize("NFKC", raw).split()).upper()
    if not AMOUNT.fullmatch(text) or not any(map(str.isdigit, text)):
        raise Wrong("amount-form", f"“{raw[:40]}”不是数字", "请填写阿拉伯数字，单位为万元")
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise Wrong("amount-form", f"“{raw[:40]}”不是数字", "请填写阿拉伯数字，单位为万元") from None
    if amount < (field.min or 0):
        raise Wrong("amount-negative", "金额不能为负", "请核对")
    if field.digits and amount >= Decimal(10) ** (field.digits - (field.places or 0)):
        raise Wrong("amount-large", "金额太大", "请核对单位是否为万元")
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and field.places is not None and -exponent > field.places:
        raise Wrong("amount-places", f"最多 {field.places} 位小数", "请核对单位是否为万元")
    return format(abs(amount), "f")


def _choice(field: Field, raw: str) -> str:
    value = field.aliases.get(raw, raw)
    if value not in field.values:
        several = "（几项之间用分号隔开）" if field.type == "enum-list" else ""
        raise Wrong("not-in-list", f"“{raw[:40]}”不在可选范围", f"请从中选择{several}：{'、'.join(field.values)}")
    return value


def _enum(field: Field, raw: str, today: date) -> Value:
    return _choice(field, raw)


def _enum_list(field: Field, raw: str, today: date) -> Value:
    parts = parts_of(raw, field.separators)
    if not parts and field.required:
        raise Wrong("missing", f"没有填写“{field.zh}”", "这一项必须填写")
    return list(dict.fromkeys(_choice(field, part) for part in parts)) or None


def parts_of(raw: str, separators: str = "") -> list[str]:
    """几项: what stands between the separators."""
    return [part.strip() for part in re.split(f"[{re.escape(separators or SEPARATORS)}]", raw) if part.strip()]


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
    "year": _year,
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
    if is_placeholder(text) and text not in field.values:
        if field.required:
            raise Wrong("missing", f"“{text}”不算填写“{field.zh}”", "这一项必须填写")
        if READERS[field.type] is not _text:
            raise Wrong("missing", f"“{text}”不是“{field.zh}”", "没有的，请把这一格留空")
    value = READERS[field.type](field, text, today)
    return document_number(text) if field.name == "document_number" else value
