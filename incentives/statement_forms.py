"""本人的陈述申辩: what the person writes, in a case of a list or before an adverse decision."""

from typing import Any

from django import forms

from incentives.workflows.own_words import LONGEST


class StatementForm(forms.Form):
    """本人的陈述申辩."""

    use_required_attribute = False
    text: Any = forms.CharField(
        label="我的意见",
        required=False,
        max_length=LONGEST,
        help_text=f"最多 {LONGEST} 个字。不要写证件号码和电话，也不要写别人的；办理部门知道您是谁。",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": f"最多 {LONGEST} 个字；更长的材料请当面或者邮寄提交"},
    )
    that_is_all = forms.BooleanField(label="我的意见都在这里了，没有别的要补充", required=False)


class PointsStatementForm(StatementForm):
    """本人的陈述申辩, in a case in which each point is answered."""

    def __init__(self, *data: Any, **more: Any) -> None:
        super().__init__(*data, **more)
        self.fields["text"].help_text = f"一段写一点，每一点都会单独得到回应。{self.fields['text'].help_text}"
