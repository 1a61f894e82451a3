"""应用事项的表单: cases, applications for sharing and the answers to them; the rules judge, the form only reads."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from daoli_credit.law.citations import Citation
from daoli_credit.law.list_rows import Matter
from daoli_credit.law.rows import Item
from incentives.form_fields import day_field
from incentives.models.sharing import Reason
from incentives.rules import matters
from incentives.workflows.matter_case import LONGEST

NO_NUMBERS = "不要写姓名、证件号码和电话"
Choices = Iterable[tuple[str, str]]


def _ticks(label: str, help_text: str, required: str, wrong: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": required, "invalid_choice": wrong, "invalid_list": wrong},
    )


def _words(label: str, help_text: str, required: str, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": "最多 300 字，请缩短"},
    )


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
    field.choices = list(choices)


class CaseForm(forms.Form):
    """登记办件."""

    use_required_attribute = False
    matter = forms.ChoiceField(
        label="应用事项",
        error_messages={
            "required": "请选择应用事项",
            "invalid_choice": "这个事项不是本部门的，或者还不能用；请在列出的事项里选择",
        },
    )
    case_number = forms.CharField(
        label="办件编号",
        help_text="本部门办理系统里的受理号，例如 食许〔2026〕118号；不要填本人的号码",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写办件编号", "max_length": f"最多 {LONGEST} 个字，请核对"},
    )
    opened_on = day_field("受理日")

    def __init__(self, data: Any = None, *, choices: Choices, **kept: Any) -> None:
        super().__init__(data, **kept)
        _choose(self, "matter", [("", "请选择"), *choices])


class CloseForm(forms.Form):
    """办结."""

    use_required_attribute = False
    closed_on = day_field("办结日", "从这一天起，不再为这一件查看任何人")


class AskForm(forms.Form):
    """申请共享. What protects the person comes along whatever is ticked, so it is not among the choices."""

    use_required_attribute = False
    items = _ticks(
        "目录事项", "只选办这个事项真正用得到的", "请至少选择一项", "本事项没有列这一项，或者不由这个部门提供，请去掉"
    )
    fields_ = _ticks(
        "栏目",
        "事项名称、异议标注、本人声明、来源和时间总会一起给，不用选",
        "请至少选择一栏",
        "本事项不显示这一栏，请去掉",
    )
    duty = _ticks(
        "职责依据", "从本事项列明的条文里选", "请选择职责依据；没有依据的，不能申请", "这一条不在本事项的依据里，请去掉"
    )
    purpose = _words("用途", f"办这个事项时，看了这些信息用来判断什么；{NO_NUMBERS}", "请写明用途")
    until = day_field("希望用到", "到期自动停止，可以续期")

    def __init__(self, data: Any = None, *, matter: Matter, items: Sequence[Item], **kept: Any) -> None:
        super().__init__(data, **kept)
        _choose(self, "items", [(item.code, item.title) for item in items])
        shown = [name for name in matter.shows if name not in matters.ALWAYS]
        _choose(self, "fields_", [(name, matters.field(name)) for name in shown])
        _choose(self, "duty", [(one.ref, _article(one)) for one in matter.duty])


def _article(one: Citation) -> str:
    return f"{one}：{one.says}" if one.says else str(one)


class AgreeForm(forms.Form):
    """同意提供, or less of it."""

    use_required_attribute = False
    items = _ticks(
        "同意提供的事项", "可以少给，不能多给", "一项都不提供的，请选择“不同意提供”并说明理由", "申请里没有这一项"
    )
    fields_ = _ticks(
        "同意提供的栏目", "事项名称、异议标注、本人声明、来源和时间总会一起给", "请至少选择一栏", "申请里没有这一栏"
    )

    def __init__(self, data: Any = None, *, items: Choices, shown: Choices) -> None:
        super().__init__(data)
        listed, columns = list(items), [pair for pair in shown if pair[0] not in matters.ALWAYS]
        _choose(self, "items", listed)
        _choose(self, "fields_", columns)
        if not columns:
            del self.fields["fields_"]
        self.initial = {"items": [code for code, _ in listed], "fields_": [name for name, _ in columns]}


class RefuseForm(forms.Form):
    """不同意提供."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label="理由",
        choices=[("", "请选择"), *Reason.choices],
        error_messages={"required": "请选择理由", "invalid_choice": "请在列出的理由里选择"},
    )
    opinion = _words("说明", f"写明是哪一项、为什么；申请部门会看到；{NO_NUMBERS}", "请写明理由，申请部门才知道怎么改")


class ActivateForm(forms.Form):
    """启用."""

    use_required_attribute = False
    until = day_field("有效至（含当日）", "不晚于申请写的日期")


class OpinionForm(forms.Form):
    """理由."""

    use_required_attribute = False
    opinion = _words("理由", f"三个部门都会看到；{NO_NUMBERS}", "请写明理由")
