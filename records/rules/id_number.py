"""证件号码: GB 11643 for resident cards; the other kinds by their printed form."""

import re
from datetime import date
from operator import mul

from django.conf import settings

from daoli_credit import cipher
from daoli_credit.law import clock
from records.rules import permits
from records.rules.problem import Wrong

RESIDENT = "居民身份证"
SYNTHETIC_REGION = "999999"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FORMS = {
    permits.FOREIGN: f"{permits.OLD_CARD.pattern}|{permits.NEW_CARD.pattern}",
    permits.PERMIT: permits.PERMIT_CARD.pattern,
    "护照": r"[A-Z0-9]{5,15}",
    "港澳居民来往内地通行证": r"[HM]\d{8,10}",
    "台湾居民来往大陆通行证": r"\d{8}|\d{10}[A-Z]?",
}


def check_digit(first_seventeen: str) -> str:
    """校验码 (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(map(mul, map(int, first_seventeen), WEIGHTS)) % 11]


def birth_date(number: str) -> date | None:
    """出生日期 of an 18-digit number or an old permanent-resident card; None where it has none or an impossible one."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return permits.old_card_birth(number, clock.today())
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def stands_in(text: str) -> bool:
    """文字里有公民身份号码: eighteen characters by themselves with a right check digit and a day of birth.

    For what must not hold anybody's number at all, such as an address; a document's number seldom looks so.
    """
    found = (number.upper() for number in re.findall(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])", text))
    return any(check_digit(number[:17]) == number[17] and birth_date(number) for number in found)


def _eighteen(number: str, today: date) -> None:
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise Wrong("id-form", "证件号码应为 18 位（末位可为 X）", "请对照证件原样填写")
    if check_digit(number[:17]) != number[17] and number.endswith("000"):
        raise Wrong(
            "id-scientific",
            "证件号码末三位都是 0，像是表格软件只记住了前 15 位",
            "请把该列设为文本后，对照证件重新录入 18 位号码",
        )
    if check_digit(number[:17]) != number[17]:
        raise Wrong("id-check-digit", "证件号码校验位不符，至少有一位写错了", "请对照证件逐位核对")
    born = birth_date(number)
    if born is None or born > today or born.year < 1900:
        raise Wrong("id-birth", "证件号码中的出生日期不存在", "请对照证件逐位核对")
    _real_or_invented(number)


def _real_or_invented(number: str) -> None:
    synthetic = permits.invented(number)
    if synthetic and not (settings.DEMO or settings.TESTING):
        raise Wrong("id-synthetic", "这是演示用的虚构号码，正式系统不收", "请填写真实证件号码")
    if not synthetic and (settings.DEMO or settings.TESTING):
        raise Wrong(
            "id-real", "演示系统只收虚构号码（居民身份证以 999999 开头），请勿录入真实的人", "请改用演示人物的号码"
        )


def check(id_type: str, raw: str, *, today: date) -> str:
    """核对证件号码: the normalised number.

    Raises Wrong for a number that a spreadsheet has rounded, a wrong form, check digit or birth date, and for
    synthetic numbers in production or real ones in the demo.
    """
    number = cipher.normal_id(raw)
    if not number:
        raise Wrong("id-empty", "没有证件号码", "请填写；只有姓名不能确定是谁")
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        raise Wrong(
            "id-scientific",
            "证件号码被表格软件改成了科学计数法，后几位已经丢失",
            "请把该列设为文本后重新录入 18 位号码",
        )
    if "*" in number:
        raise Wrong("id-masked", "证件号码遮盖过，不知道是谁", "请填写完整的证件号码")
    if id_type == RESIDENT and re.fullmatch(r"\d{15}", number):
        raise Wrong("id-form", "15 位的身份证号码已经停用", "请填写 18 位的公民身份号码")
    if id_type == RESIDENT or (id_type in permits.EIGHTEEN and len(number) == 18):
        _eighteen(number, today)
        if not permits.belongs(id_type, number):
            raise Wrong(
                "id-kind", f"号码不是{id_type}的号段", "请核对证件类型：居住证以 81、82、83 开头，永居证以 9 开头"
            )
    if id_type != RESIDENT and not re.fullmatch(FORMS.get(id_type, r".+"), number):
        raise Wrong("id-form", f"号码不像{id_type}的号码", "请对照证件原样填写，或者改选证件类型")
    if id_type == permits.FOREIGN and len(number) == 15:
        _real_or_invented(number)
    return number
