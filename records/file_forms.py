"""打印案卷的表单, for every noun that has a file: for which purpose, and whether the cover names the person in full."""

from django import forms

PURPOSES = ("归档", "行政复议、诉讼举证", "上级机关或者监督机关检查", "法制审核和集体讨论")


class FileForm(forms.Form):
    """打印案卷的用途."""

    use_required_attribute = False
    purpose = forms.ChoiceField(
        label="为什么打印",
        choices=[(one, one) for one in PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择用途；当事人会看到这一条"},
    )
    whole = forms.BooleanField(
        label="封面写完整姓名和证件号码", required=False, help_text="不勾选的，封面上遮盖；勾选的，本人的“谁看过”里写明"
    )
