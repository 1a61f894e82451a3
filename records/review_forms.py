"""复核的表单: why something goes back, and to whom a review is assigned."""

from collections.abc import Sequence
from typing import Any

from django import forms

from daoli_credit.accounts.models import User
from records.rules.returning import REASONS


class ReasonedReturnForm(forms.Form):
    """退回: reasons of the closed vocabulary, each with what it asks for, and the words that say where."""

    reasons = forms.MultipleChoiceField(
        label="哪里不对",
        choices=[(one.code, f"{one.title}：{one.asks}") for one in REASONS],
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选几项；经办人看到每一项要怎样改",
        error_messages={"required": "请选择退回的原因", "invalid_choice": "请从所列的原因里选择"},
    )
    opinion = forms.CharField(
        label="具体是哪一项、应当怎样",
        max_length=500,
        help_text="不要写证件号码和电话",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明退回原因，经办人要照着改", "max_length": "最多 500 字，请写短一些"},
    )


class ReassignForm(forms.Form):
    """改派."""

    to = forms.TypedChoiceField(
        label="改派给",
        coerce=int,
        error_messages={"required": "请选择改派给谁", "invalid_choice": "请从可以复核这一件的人里选择"},
    )
    opinion = forms.CharField(
        label="改派的原因",
        max_length=200,
        help_text="例如休假、回避、任务太集中",
        error_messages={"required": "请写明改派的原因", "max_length": "最多 200 字，请写短一些"},
    )

    def __init__(self, *args: Any, candidates: Sequence[User], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "reassign_%s")  # it stands beside the form of a return
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.TypedChoiceField)  # noqa: S101  for the type checker
        to.choices = [("", "请选择"), *((str(one.pk), str(one)) for one in candidates)]
