"""内容不同的行的表单: which rows, and once for all of them the document and the reason."""

from django import forms


class ProposeForm(forms.Form):
    """提出更正."""

    document = forms.CharField(
        label="依据的文书号",
        max_length=60,
        required=False,
        help_text="留空就用各行自己的文书号；另有更正决定的，写它的文号",
        error_messages={"max_length": "文号最多 60 个字符，请核对"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=300,
        help_text="会原样告知当事人；不要写证件号码和电话",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由，会原样告知当事人", "max_length": "最多 300 字，请写短一些"},
    )
