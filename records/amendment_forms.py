"""自查更正的表单: what should stand instead, or why nothing should; each with its document and its reason."""

from collections.abc import Sequence
from typing import Any

from django import forms

from daoli_credit.audit.opinion import no_numbers
from records.models.amendment import WithdrawCause
from records.rules.objectable import Point

ONE_LINE, LONGEST = 60, 5000


class _Grounded(forms.Form):
    document = forms.CharField(
        label="依据的文书号",
        max_length=60,
        help_text="更正所对照的决定书、判决书或者更正通知书的文号",
        error_messages={"required": "请写明更正所依据的文书号", "max_length": "文号最多 60 个字符，请核对"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=300,
        help_text="会原样告知当事人；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由，会原样告知当事人", "max_length": "最多 300 字，请写短一些"},
    )


class CorrectForm(_Grounded):
    """更正内容. One box per held field; an empty one stays as it is. After `is_valid()`: `changes`."""

    def __init__(self, *args: Any, held: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.changes: dict[str, str] = {}
        for point in held:
            self.fields[f"now-{point.field}"] = forms.CharField(
                label=f"{point.title}应当是",
                max_length=LONGEST,
                required=False,
                help_text=f"现在记的是：{point.held}",
                widget=forms.Textarea(attrs={"rows": 3}) if len(point.held) > ONE_LINE else forms.TextInput(),
            )
        self.order_fields([*(f"now-{point.field}" for point in held), "document", "reason"])

    def clean(self) -> dict[str, Any]:
        """Something must differ from what is held."""
        facts = super().clean() or {}
        for point in self.held:
            now = str(facts.get(f"now-{point.field}") or "").strip()
            if now and now != point.held:
                self.changes[point.field] = now
        if not self.changes and not self.errors:
            self.add_error(None, "请在有误的项目里写出应当是什么；没有误的留空")
        return facts


class WithdrawForm(_Grounded):
    """撤回整条."""

    cause = forms.ChoiceField(
        label="为什么不应当有这一条",
        choices=[(value, label) for value, label in WithdrawCause.choices if value],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择撤回的原因", "invalid_choice": "请从所列的原因里选择"},
    )
    field_order = ("cause", "document", "reason")


class RefuseForm(forms.Form):
    """不同意."""

    opinion = forms.CharField(
        label="不同意的理由",
        max_length=300,
        help_text="提出人看得到；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明不同意的理由", "max_length": "最多 300 字，请写短一些"},
    )
