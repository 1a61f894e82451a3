"""依法调取的表单: a population instead of a person is refused here, in words that can be read to the requester."""

import re
from typing import Any

from django import forms

from daoli_credit.audit.opinion import no_numbers
from daoli_credit.law import clock
from records.attachment_forms import file_field
from records.identity import Identity
from records.models import RequestFile
from records.models.lawful_request import Body, Channel, Refusal
from records.rules import id_number, requesters
from records.rules.attachable import MOST_BYTES
from records.rules.problem import Wrong
from records.sealed_requests import document
from records.workflows.requesting import Asked

ONE_PERSON = "一次只能调取指明的人：请填写文书载明的一个证件号码；要调取几个人的，逐人登记"
MANY = re.compile(r"[,，;；、/\s]+")
NOT_A_NAME = re.compile(r"全部|所有|名单|人员|等\s*[\d一二三四五六七八九十百千万]+\s*人|[,，;；、]")


def _day(label: str, required: str = "", help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=bool(required),
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": "日期请写成 2026-11-28 这样"},
    )


def _line(label: str, most: int, required: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": required, "max_length": f"最多 {most} 字"},
    )


class RequestForm(forms.Form):
    """登记依法调取."""

    use_required_attribute = False
    body = forms.ChoiceField(
        label="调取机关",
        choices=Body.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择调取机关；其他单位没有调取的职权，请走共享申请",
            "invalid_choice": "只有法院、监察委员会、公安机关、检察院可以调取；其他单位请走共享申请",
        },
    )
    body_name = _line("机关名称", 60, "请填写机关名称", "照文书上的印章填写")
    contact = _line("承办人", 20, "请填写文书载明的承办人", "只填一名；不登记其他人员和证件号码")
    channel = forms.ChoiceField(
        label="怎样送来",
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样送来", "invalid_choice": "请从所列的里选择"},
    )
    officers = forms.IntegerField(
        label="到场出示证件的人数",
        min_value=0,
        max_value=9,
        required=False,
        help_text="持证到场的填写，不少于两人；核对证件，不登记号码",
        error_messages={"invalid": "请填写数字", "min_value": "不能是负数", "max_value": "请核对人数"},
    )
    document_number = _line("调取文书号", 80, "请填写调取文书号；没有文书的不能登记")
    document_on = _day("文书日期", "请填写文书上的日期")
    received_on = _day("收到日", "请填写收到文书的日期")
    answer_by = _day("文书要求的答复日", help_text="文书没有要求的不填；填了的进入日程")
    article = forms.ChoiceField(
        label="依据的条文",
        help_text="照文书载明的选择",
        error_messages={"required": "请选择依据的条文；没有依据的不能提供", "invalid_choice": "请从所列的条文里选择"},
    )
    case_number = _line("案号", 80, "请填写案号；没有案号的不能提供", "不要写当事人的姓名")
    party_name = _line("姓名", 80, "请填写文书载明的姓名")
    id_type = forms.ChoiceField(
        label="证件类型", choices=[(kind, kind) for kind in (id_number.RESIDENT, *id_number.FORMS)]
    )
    id_number = forms.CharField(
        label="证件号码",
        max_length=2000,
        help_text="完整号码，只填一个；系统只按完整号码查找",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": ONE_PERSON, "max_length": ONE_PERSON},
    )
    items = forms.MultipleChoiceField(
        label="调取的事项",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选文书载明的事项", "invalid_choice": "只能选本部门持有的事项"},
    )
    period_from = _day("期间自", "请填写文书载明的起日")
    period_to = _day("期间至", "请填写文书载明的止日")
    scan = file_field(required=True, label="调取文书")

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = items  # type: ignore[attr-defined]
        self.fields["article"].choices = [("", "请选择"), *requesters.choices()]  # type: ignore[attr-defined]

    def clean_party_name(self) -> str:
        """一个姓名."""
        name: str = self.cleaned_data["party_name"]
        if NOT_A_NAME.search(name):
            raise forms.ValidationError(ONE_PERSON)
        return name.strip()

    def clean(self) -> dict[str, Any]:
        """号码合乎证件的格式, and only one of them."""
        typed, kind = self.cleaned_data.get("id_number", "").strip(), self.cleaned_data.get("id_type")
        if typed and len([one for one in MANY.split(typed) if len(one) >= 8]) > 1:
            self.add_error("id_number", ONE_PERSON)
        elif typed and kind:
            try:
                self.cleaned_data["id_number"] = id_number.check(kind, typed, today=clock.today())
            except Wrong as why:
                self.add_error("id_number", str(why.at("id_number")))
        return self.cleaned_data

    def file(self) -> RequestFile | None:
        """After `is_valid()`: the document, sealed outside of any transaction; a wrong one is said at its field."""
        try:
            return document(self.cleaned_data["scan"].read(MOST_BYTES + 1))
        except Wrong as why:
            self.add_error("scan", str(why.at("scan")))
            return None

    def asked(self) -> Asked:
        """After `is_valid()`."""
        kept = {name: self.cleaned_data[name] for name in Asked.__dataclass_fields__}
        return Asked(**{**kept, "officers": kept["officers"] or 0})

    def who(self) -> Identity:
        """After `is_valid()`."""
        kept = self.cleaned_data
        return Identity(kept["party_name"], kept["id_type"], kept["id_number"])


def _opinion(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        help_text="不要写姓名、证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明理由", "max_length": "最多 200 字，请写短一些"},
    )


class RefuseForm(forms.Form):
    """不予提供."""

    use_required_attribute = False
    refusal = forms.ChoiceField(
        label="哪一条理由",
        choices=[one for one in Refusal.choices if one[0]],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择不予提供的理由", "invalid_choice": "请从所列的理由里选择"},
    )
    opinion = _opinion("说明")


class WithdrawForm(forms.Form):
    """登记撤回."""

    use_required_attribute = False
    opinion = _opinion("撤回的情况")


class HandForm(forms.Form):
    """交付并登记回执."""

    use_required_attribute = False
    receipt = _line("回执", 80, "请写明回执：对方签收的回执编号，或者邮寄的挂号信号码", "回执编号或者挂号信号码")
