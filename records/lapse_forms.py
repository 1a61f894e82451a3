"""依据失效的表单."""

from collections.abc import Iterable
from typing import Any

from django import forms

from daoli_credit.audit.opinion import no_numbers
from daoli_credit.law.citations import Basis


class AnchorForm(forms.Form):
    """提出改挂."""

    use_required_attribute = False
    successor = forms.ChoiceField(
        label="继任依据",
        error_messages={"required": "请选择继任依据", "invalid_choice": "没有这个继任依据，请重新选择"},
    )
    opinion = forms.CharField(
        label="理由",
        max_length=450,
        help_text="新依据的哪一条承接原来的规定，条件、期限有没有变得对本人不利",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明理由", "max_length": "最多 450 字，请缩短"},
    )

    def __init__(self, data: Any = None, *, successors: Iterable[Basis]) -> None:
        super().__init__(data)
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [("", "请选择"), *((one.code, f"{one.title}（{one.status.label}）") for one in successors)]


class RefuseForm(forms.Form):
    """不同意改挂."""

    opinion = forms.CharField(
        label="不同意的理由",
        max_length=450,
        help_text="提出人看得到；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明不同意的理由", "max_length": "最多 450 字，请缩短"},
    )
