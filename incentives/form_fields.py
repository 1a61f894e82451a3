"""表单的格子: the fields that the forms of this office are put together from."""

from django import forms

from daoli_credit.audit.opinion import no_numbers
from incentives.workflows.own_words import LONGEST

NO_NUMBERS = "不要写证件号码和电话"
OPINION = {"required": "请写明意见"}


def opinion_field(label: str, help_text: str = NO_NUMBERS) -> forms.CharField:
    """意见或者理由, a few lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=500,
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=OPINION,
    )


def text_field(label: str, help_text: str = "", *, longest: int = LONGEST, required: bool = True) -> forms.CharField:
    """一段文字, as long as what a person may write."""
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, help_text=help_text, max_length=longest, widget=widget, required=required)


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """日期."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请写成 2026-03-05 这样的日期", "required": "请填写日期"},
    )


class Act(forms.Form):
    """一步的表单. `seen` is what the actor had on screen."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
