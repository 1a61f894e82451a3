"""终止登记和开启封存件的表单."""

from django import forms

from daoli_credit.audit.opinion import no_numbers
from records.models.archive import Purpose
from records.models.end_notice import Cause


class NoticeForm(forms.Form):
    """登记终止事由."""

    number = forms.CharField(
        label="记录编号",
        max_length=24,
        help_text="DL 开头，后面是年份和六位数",
        error_messages={"required": "请填写记录编号", "max_length": "记录编号最多 24 个字符"},
    )
    cause = forms.ChoiceField(
        label="终止事由",
        choices=Cause.choices,
        help_text="原决定变更、撤销的，在那条记录上登记；当事人去世的，由区信用办窗口核定",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择终止事由", "invalid_choice": "请从所列的事由里选择"},
    )
    source = forms.CharField(
        label="谁告知的",
        max_length=60,
        help_text="例如“信用中国（黑龙江）”、发布失效决定的机关；不要写个人姓名",
        validators=[no_numbers],
        error_messages={"required": "请写明谁告知的", "max_length": "最多 60 字"},
    )
    document_number = forms.CharField(
        label="告知或者证明的文号",
        max_length=80,
        validators=[no_numbers],
        error_messages={"required": "请填写文号；没有文书的，不能登记", "max_length": "文号最多 80 个字符"},
    )
    document_on = forms.DateField(
        label="文书日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写文书日期", "invalid": "日期请写成 2026-11-28 这样"},
    )


class ReasonForm(forms.Form):
    """不符、不同意的理由."""

    opinion = forms.CharField(
        label="理由",
        max_length=200,
        help_text="不要写姓名、证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明理由", "max_length": "最多 200 字，请写短一些"},
    )


class OpeningForm(forms.Form):
    """提出开启封存件. By a number, never by a person."""

    number = forms.CharField(
        label="记录编号、封存编号或者原文书号",
        max_length=128,
        help_text="记录编号以 DL 开头，封存编号以 FC 开头；不能按人找，不要写姓名和证件号码",
        validators=[no_numbers],
        error_messages={"required": "请填写要开启哪一件", "max_length": "最多 128 个字符"},
    )
    purpose = forms.ChoiceField(
        label="所为何案",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择所为何案；没有案件的，封存件不能开启",
            "invalid_choice": "请从所列的案件种类里选择",
        },
    )
    authority = forms.CharField(
        label="受案机关",
        max_length=60,
        validators=[no_numbers],
        error_messages={"required": "请填写受案机关", "max_length": "最多 60 字"},
    )
    case_number = forms.CharField(
        label="案号",
        max_length=80,
        help_text="不要写当事人的姓名",
        validators=[no_numbers],
        error_messages={"required": "请填写案号", "max_length": "案号最多 80 个字符"},
    )
    article = forms.CharField(
        label="依据的条文",
        max_length=120,
        help_text="写明哪一部法律第几条",
        validators=[no_numbers],
        error_messages={"required": "请填写依据的条文；没有依据的，封存件不能开启", "max_length": "最多 120 字"},
    )
    document_number = forms.CharField(
        label="调取文书号",
        max_length=80,
        validators=[no_numbers],
        error_messages={"required": "请填写调取文书号", "max_length": "文书号最多 80 个字符"},
    )
