"""问题: what is wrong with one value, in the clerk's words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """问题. `cause` groups equal mistakes; `message` says what is wrong, `fix` what to do; `field` is where."""

    cause: str
    field: str
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.message.rstrip('。')}。{self.fix.rstrip('。')}。"


class Wrong(Exception):
    """A value that its rule refuses."""

    def __init__(self, cause: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.cause, self.message, self.fix = cause, message, fix

    def at(self, field: str) -> Problem:
        """The same, for the field it was found in."""
        return Problem(self.cause, field, self.message, self.fix)


TITLES = {
    "id-check-digit": "证件号码校验位不符",
    "id-scientific": "证件号码变成科学计数法",
    "id-form": "证件号码不像",
    "id-kind": "号码与证件类型不符",
    "id-empty": "没有证件号码",
    "id-birth": "证件号码里的出生日期不存在",
    "id-real": "演示系统不收真实号码",
    "id-synthetic": "正式系统不收虚构号码",
    "id-masked": "证件号码遮盖过",
    "missing": "必填项没有填",
    "formula": "单元格里是公式",
    "cell-error": "单元格里是错误值",
    "name-made": "姓名里有自造的字",
    "name-whole": "姓名不完整",
    "name-form": "姓名不像",
    "name-several": "一格里有几个人",
    "number-in-text": "正文里有证件号码",
    "several-documents": "一格里有几个文号",
    "party-type": "类别不认识",
    "too-long": "超过字数",
    "date-impossible": "没有这一天",
    "date-form": "不像日期",
    "date-serial": "日期变成序号",
    "date-future": "日期还没有到",
    "date-order": "日期前后不对",
    "amount-large": "金额太大",
    "amount-form": "金额不是数字",
    "amount-negative": "金额为负",
    "amount-places": "金额小数位过多",
    "not-in-list": "不在可选范围",
    "uscc-form": "统一社会信用代码不像",
    "uscc-check-digit": "统一社会信用代码校验位不符",
    "severity": "没有分类或者依据",
    "service": "送达登记不全",
    "no-column": "右边多出没有标题的内容",
}


def title(cause: str) -> str:
    """原因的短名, for the chips above a list of mistakes; every refusal by the rule pack has one name."""
    return "依法不能收" if cause.startswith("prohibited:") else TITLES.get(cause, "其他差错")
