"""身份核定的表单: who, by full number only, what with, and why."""

from typing import Any

from django import forms

from daoli_credit.accounts.models import User
from daoli_credit.audit.opinion import no_numbers
from records.attachment_forms import file_field, sealed
from records.models import Attachment
from records.models.attachment import Paper
from records.models.identity_case import K
from records.workflows.identity_opening import Grounds

OFFERED = (
    (K.NAME, "登记姓名与证件不符（更名、登记错）"),
    (K.SAME, "两个号码是同一个人（重号更正、换了证件）"),
    (K.CAPACITY, "不具有完全民事行为能力的成年人"),
    (K.DEATH, "已经去世"),
    (K.BACK, "恢复主体资格（恢复行为能力、撤销死亡宣告）"),
)


class GroundsForm(forms.Form):
    """依据: the reason and the document, and its scan if there is one."""

    use_required_attribute = False
    reason = forms.CharField(
        label="理由",
        max_length=500,
        help_text="写清楚凭什么认定；不要写姓名、证件号码和电话",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由", "max_length": "理由最多 500 字，请写短一些"},
    )
    paper = forms.CharField(
        label="依据的材料",
        max_length=60,
        help_text="例如：户籍证明、法院判决书、死亡医学证明",
        error_messages={"required": "请写明材料的名称", "max_length": "材料名称最多 60 字"},
    )
    paper_number = forms.CharField(
        label="材料文号", max_length=60, required=False, error_messages={"max_length": "文号最多 60 字"}
    )
    paper_on = forms.DateField(
        label="材料日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写材料上的日期", "invalid": "日期请写成 2026-11-24 这样"},
    )
    scan = file_field(required=False, label="材料扫描件")

    def grounds(self) -> Grounds:
        """After `is_valid()`."""
        kept = self.cleaned_data
        return Grounds(kept["reason"], kept["paper"], kept["paper_number"], kept["paper_on"])

    def papers(self, user: User) -> list[Attachment]:
        """After `is_valid()`: the scan, sealed; a wrong one is said at its field."""
        made = sealed(self, "scan", Paper.PROOF, user)
        return [made] if made else []


class OpenForm(GroundsForm):
    """提出核定."""

    kind = forms.ChoiceField(
        label="核定什么",
        choices=OFFERED,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核定什么", "invalid_choice": "请从所列的里选择"},
    )
    id_number = forms.CharField(
        label="证件号码",
        max_length=30,
        help_text="完整号码；两个号码的，这里填今后使用的那个",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写完整的证件号码；只有姓名不能确定是谁"},
    )
    other_number = forms.CharField(
        label="另一个号码", max_length=30, required=False, help_text="只在“两个号码是同一个人”时填写",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label="材料上的姓名", max_length=50, required=False, help_text="只在“登记姓名与证件不符”时填写",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("kind", "id_number", "other_number", "name")

    def clean(self) -> dict[str, Any]:
        """What this kind needs besides."""
        kind = self.cleaned_data.get("kind")
        if kind == K.SAME and not self.cleaned_data.get("other_number"):
            self.add_error("other_number", "请填写另一个号码")
        if kind == K.NAME and not self.cleaned_data.get("name"):
            self.add_error("name", "请填写材料上的姓名")
        return self.cleaned_data


class HandForm(GroundsForm):
    """转告区信用办: which of our records, what has happened, and the document that says so, with its scan."""

    number = forms.CharField(
        label="本单位的一条记录",
        max_length=24,
        help_text="编号，DL 开头；写一条就够了，由它知道是谁",
        error_messages={"required": "请填写记录编号", "max_length": "记录编号最多 24 个字符"},
    )
    kind = forms.ChoiceField(
        label="发生了什么",
        choices=((K.DEATH, "当事人已经去世"), (K.CAPACITY, "当事人是不具有完全民事行为能力的成年人")),
        widget=forms.RadioSelect,
        error_messages={"required": "请选择发生了什么", "invalid_choice": "请从所列的里选择"},
    )
    field_order = ("number", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "怎样知道的"
        self.fields["reason"].help_text = "例如：家属到本单位交来证明；不要写姓名、证件号码和电话"
        self.fields["reason"].error_messages["required"] = "请写明怎样知道的"
        self.fields["scan"].required = True
        self.fields["scan"].error_messages["required"] = "请附上材料的扫描件；没有材料的，窗口无从核对"


class OpinionForm(forms.Form):
    """意见."""

    use_required_attribute = False
    opinion = forms.CharField(
        label="意见",
        max_length=500,
        help_text="办理经过里看得到；不要写姓名、证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明意见", "max_length": "意见最多 500 字"},
    )


class SettleForm(OpinionForm):
    """核定的意见, which may be left out."""

    opinion = forms.CharField(
        label="意见", max_length=500, required=False, validators=[no_numbers], widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "意见最多 500 字"},
    )  # fmt: skip


class RevealForm(forms.Form):
    """查看完整身份的用途."""

    PURPOSES = ("对照证件原件核对", "对照材料核对后核定")
    purpose = forms.ChoiceField(
        label="为什么要看完整姓名和证件号码",
        choices=[(purpose, purpose) for purpose in PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择用途；当事人会看到这一条"},
    )
