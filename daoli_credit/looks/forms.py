"""查询的监督的表单."""

from django import forms

from daoli_credit.looks.models.explanation import Finding
from daoli_credit.looks.rules import grounds
from daoli_credit.looks.workflows.explaining import LONGEST

NO_NUMBERS = "不要写姓名、证件号码和电话"


def _words(label: str, missing: str, *, longest: int = 500, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=f"最多 {longest} 字；{NO_NUMBERS}",
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": f"最多 {longest} 字，请写短一些"},
    )


class AnswerForm(forms.Form):
    """说明一次查询: the person reads it word for word."""

    finding = forms.ChoiceField(
        label="这次查询",
        choices=[(value, label) for value, label in Finding.choices if value],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择有没有正当事由", "invalid_choice": "请从所列的结论里选择"},
    )
    text = _words("说给本人的话", "请写明为什么查、看了什么、用在哪里", longest=LONGEST, rows=5)


class DelayForm(forms.Form):
    """提出暂缓告知."""

    article = forms.ChoiceField(
        label="依据",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择依据；没有法律依据的，不能暂缓", "invalid_choice": "请从所列的依据里选择"},
    )
    reason = _words("告知会妨碍哪一项法定职责", "请写明告知会妨碍哪一项法定职责", longest=300)
    until = forms.DateField(
        label="暂缓到哪一天",
        help_text="办完就到期，最长六个月；这一天以后当事人看得到，并看得到暂缓过",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写止日；没有止日的，不能暂缓", "invalid": "止日请写成 2027-01-31 这样"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        article = self.fields["article"]
        article.choices = [  # type: ignore[attr-defined]
            (citation.ref, f"{citation}：{citation.says}") for citation in grounds.citations()
        ]


class OpinionForm(forms.Form):
    """意见 of a refusal, a lifting or a judgement."""

    opinion = _words("意见", "请写明意见")
