"""核查的表单: one typed field; a sheet; what was decided."""

from collections.abc import Sequence
from typing import Any

from django import forms

from daoli_credit.law import clock, pack
from incentives.models.check import Outcome
from incentives.rules import applicants
from incentives.selectors.check_kept import Shown
from incentives.workflows.checking_sets import MOST_BYTES
from incentives.workflows.feeding_back import Decided
from records.rules.problem import Wrong


class CheckForm(forms.Form):
    """核查一名申请人. The purpose is filled in from the case."""

    number = forms.CharField(
        label="证件号码",
        max_length=2000,
        help_text="申请人本人的证件号码",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "autofocus": True}),
        error_messages={"required": "请填写申请人的证件号码", "max_length": "证件号码太长，请对照证件填写"},
    )
    name = forms.CharField(
        label="姓名（可以不填）",
        required=False,
        max_length=60,
        help_text="填了的，与登记的姓名核对；只用来核对，不保存",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "姓名最多 60 个字"},
    )
    request_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_number(self) -> str:
        """The validator of every door."""
        try:
            return applicants.valid(
                self.cleaned_data["number"], today=clock.today(), grown=pack.current().limit("age-min").years
            )
        except Wrong as why:
            raise forms.ValidationError(str(why.at("number"))) from why


class SheetForm(forms.Form):
    """上传申请人表."""

    use_required_attribute = False
    file = forms.FileField(
        label="申请人表",
        help_text=f"三栏：申请编号、姓名、证件号码。Excel、ODS 或者 CSV，最多 {MOST_BYTES >> 20} MB",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.et,.ods,.csv,.txt,.tsv"}),
        error_messages={
            "required": "请选择文件",
            "empty": "文件是空的（0 字节）；请核对选对了文件",
            "missing": "没有收到文件；请重新选择",
            "invalid": "没有收到文件；请重新选择",
        },
    )


class RefuseSetForm(forms.Form):
    """不同意的理由."""

    opinion = forms.CharField(
        label="理由",
        max_length=300,
        help_text="提出人会看到；不要写证件号码和电话",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明不同意的理由，提出人要看", "max_length": "最多 300 字，请写短一些"},
    )


class FeedbackForm(forms.Form):
    """措施反馈: for each item that waits, what was decided and why."""

    def __init__(self, data: Any = None, *, items: Sequence[Shown]) -> None:
        super().__init__(data)
        self.items = [one for one in items if one.waits]
        for one in self.items:
            may = one.answer.force == "may"
            self.fields[f"outcome_{one.answer.pk}"] = forms.ChoiceField(
                label=f"{one.title}",
                choices=Outcome.choices,
                widget=forms.RadioSelect,
                error_messages={"required": "请选择：适用了，还是没有适用", "invalid_choice": "请从两项里选择"},
            )
            self.fields[f"reason_{one.answer.pk}"] = forms.CharField(
                label="裁量理由" if may else "没有适用的理由",
                required=may,
                max_length=300,
                help_text=(
                    "“可以”适用的，用与不用都要写明理由；本人会看到结果"
                    if may
                    else "“应当”适用而没有适用的要写；适用了的不用写"
                ),
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "请写明裁量理由", "max_length": "最多 300 字"},
            )

    def clean(self) -> dict[str, Any]:
        """What was not applied says why."""
        data = self.cleaned_data
        for one in self.items:
            pk = one.answer.pk
            silent = not data.get(f"reason_{pk}") and f"reason_{pk}" not in self.errors
            if data.get(f"outcome_{pk}") == Outcome.NOT_APPLIED and silent:
                self.add_error(f"reason_{pk}", "没有适用的，请写明理由")
        return data

    @property
    def decided(self) -> dict[int, Decided]:
        """怎样决定的, by answer."""
        data = self.cleaned_data
        return {
            one.answer.pk: Decided(data[f"outcome_{one.answer.pk}"], data.get(f"reason_{one.answer.pk}", ""))
            for one in self.items
        }

    @property
    def groups(self) -> list[tuple[Shown, Any, Any]]:
        """一项一组, for the page."""
        return [(one, self[f"outcome_{one.answer.pk}"], self[f"reason_{one.answer.pk}"]) for one in self.items]
