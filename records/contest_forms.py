"""复议、诉讼标注和原决定变更、撤销的表单."""

from typing import Any

from django import forms

from daoli_credit.audit.opinion import no_numbers
from records.models.contest import ContestKind
from records.models.undoing import UndoingKind
from records.workflows.contest import Case
from records.workflows.undoing import Facts

OUTCOMES = (
    ("upheld", "维持原决定"),
    ("changed", "变更原决定"),
    ("annulled", "撤销原决定，或者确认违法、无效"),
    ("ended", "申请人撤回，或者程序终止"),
    ("unfound", "核实没有这一件"),
)
DECIDED = ("upheld", "changed", "annulled")


def _text(label: str, longest: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=help_text,
        validators=[no_numbers],
        error_messages={"required": f"请填写{label}", "max_length": f"{label}最多 {longest} 个字符，请核对"},
    )


def _day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": f"{label}请写成 2026-11-24 这样"},
    )


class CaseForm(forms.Form):
    """标注复议、诉讼."""

    kind = forms.ChoiceField(
        label="途径",
        choices=ContestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是行政复议还是行政诉讼", "invalid_choice": "请从所列的途径里选择"},
    )
    body = _text("受理机关", 80, "行政复议机关或者人民法院的全称")
    case_number = _text("案号", 60, "受理机关自己的案号")
    document = _text("受理文书", 128, "例如：行政复议受理通知书。不要写证件号码和电话")
    accepted_on = _day("受理日")

    def case(self) -> Case:
        """After `is_valid()`."""
        return Case(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """登记复议、诉讼的结果."""

    outcome = forms.ChoiceField(
        label="结果",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择结果", "invalid_choice": "请从所列的结果里选择"},
    )
    number = forms.CharField(
        label="结果文书的文号",
        required=False,
        max_length=128,
        help_text="维持、变更、撤销的填写",
        error_messages={"max_length": "文号最多 128 个字符，请核对"},
    )
    on = _day("结果作出日", "维持、变更、撤销的填写", required=False)
    opinion = forms.CharField(
        label="说明",
        required=False,
        max_length=300,
        help_text="撤回、终止和查无此件的写明情况；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "最多 300 字，请写短一些"},
    )

    def clean(self) -> dict[str, Any]:
        """A decided outcome has its document, any other its explanation."""
        facts = super().clean() or {}
        outcome = facts.get("outcome")
        if outcome in DECIDED:
            for name, said in (("number", "请填写结果文书的文号"), ("on", "请填写结果作出日")):
                if not facts.get(name) and name not in self.errors:
                    self.add_error(name, said)
        elif outcome and not str(facts.get("opinion") or "").strip():
            self.add_error("opinion", "请写明情况")
        return facts


class UndoForm(forms.Form):
    """登记原决定变更、撤销."""

    kind = forms.ChoiceField(
        label="原决定怎么了",
        choices=UndoingKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择原决定是变更、撤销、确认违法还是确认无效",
            "invalid_choice": "请从所列的里选择",
        },
    )
    document = _text("变更、撤销的文书号", 128)
    issuer = _text("作出单位", 80, "作出变更、撤销决定的单位全称")
    changed_on = _day("作出日", "三个工作日自这一天的次日起算")

    def facts(self) -> Facts:
        """After `is_valid()`."""
        return Facts(**self.cleaned_data)
