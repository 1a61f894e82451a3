"""值守表单: a reason in words, because somebody will ask later."""

from datetime import date
from typing import Any

from django import forms

from daoli_credit.law import clock


class ReasonForm(forms.Form):
    """原因."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        help_text="写明问题和处理；不要写姓名、证件号码和电话",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请写明原因", "max_length": "原因最多 200 个字，请缩短"},
    )

    def __init__(self, *given: Any, of: str = "", **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["reason"].label = f"{of}的原因" if of else "原因"


class AnswerForm(forms.Form):
    """部门的答复."""

    says = forms.CharField(
        label="核对结果",
        max_length=200,
        help_text="写明核对了什么、为什么内容无误；不要写姓名、证件号码和电话",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请写明核对了什么", "max_length": "最多 200 个字，请缩短"},
    )


class NumberForm(forms.Form):
    """按系统编号找."""

    number = forms.CharField(
        label="系统编号",
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "DL2026-000000"}),
        error_messages={"required": "请填系统编号", "max_length": "系统编号最多 24 位，请核对"},
    )


class DayForm(forms.Form):
    """哪一天."""

    day = forms.DateField(
        label="日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请选日期", "invalid": "请按 2026-11-28 这样填写日期"},
    )


class PastDayForm(DayForm):
    """哪一天, of those that have begun: nobody knows what will be held."""

    def clean_day(self) -> date:
        """Not after today."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("还没有到这一天，请选今天或者以前的日子")
        return day
