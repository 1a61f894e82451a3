"""复核的表单: why something goes back, and to whom a review is assigned."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

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


class SampleForm(ReasonedReturnForm):
    """认定抽查结果: which of those drawn have a mistake, and then why they go back; with none, no words either."""

    use_required_attribute = False
    wrong = forms.MultipleChoiceField(
        label="有差错的几件",
        required=False,
        error_messages={"invalid_choice": "勾选的不在抽中的几件里，没有认定；请看最新情况"},
    )

    def __init__(self, *args: Any, drawn: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = self.fields["wrong"]
        assert isinstance(wrong, forms.MultipleChoiceField)  # noqa: S101  for the type checker
        wrong.choices = [(number, number) for number in drawn]
        if not self.ticked:
            self.fields["reasons"].required = self.fields["opinion"].required = False

    @property
    def ticked(self) -> list[str]:
        """As it was sent, for the page that comes back."""
        return self.data.getlist("wrong") if isinstance(self.data, QueryDict) else []

    def clean(self) -> dict[str, Any]:
        """Words about a mistake that no record is ticked for are a slip, and must not let everything pass."""
        typed: dict[str, Any] = super().clean() or {}
        ticked = "wrong" in self.errors or bool(typed.get("wrong"))
        if not ticked and (typed.get("reasons") or typed.get("opinion")):
            self.add_error(None, "写了哪里不对，但是没有勾选哪一件有差错；请勾选，没有差错的请清空再认定")
        return typed


class ReassignForm(forms.Form):
    """改派."""

    use_required_attribute = False
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
