"""荣誉推荐和兑现的表单: the rules judge, the form only reads."""

from typing import Any

from django import forms

from incentives.form_fields import Act, day_field, opinion_field
from incentives.forms import ServiceForm
from incentives.models.nomination_status import Source
from records.rules import id_number

NOBODY = "不写任何人的姓名和号码：本人同意以前，系统不知道是谁"


def _line(label: str, help_text: str = "", *, longest: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=longest, strip=True)


class NominateForm(forms.Form):
    """推荐."""

    use_required_attribute = False
    source = forms.ChoiceField(
        label="属于哪一类", widget=forms.RadioSelect, error_messages={"required": "请选择方案所列五类中的一类"}
    )
    honour_title = _line("荣誉名称", f"例如“2026 年度优秀志愿者”；{NOBODY}")
    document_number = _line("来源文件的文号", "表彰、认定决定的文号；没有文件的不能推荐", longest=100)
    document_title = _line("来源文件的名称", NOBODY)
    authority = _line("认定单位", "作出表彰、认定的单位")
    determined_on = day_field("认定日期")
    valid_until = day_field("文件载明的有效期至", "没有载明的不填，由规则计算", required=False)

    def __init__(self, *args: Any, offered: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(one.value, one.label) for one in offered]
        if len(offered) == 1:
            field.initial = offered[0].value


class OpinionForm(Act):
    """意见."""

    opinion = opinion_field("意见", "不写证件号码和电话")


class ReasonForm(Act):
    """理由."""

    opinion = opinion_field("理由", "已经同意的本人会看到；不写证件号码和电话")


class DecideForm(Act):
    """决定."""

    document = _line("决定的文号", "本单位编的文号，本系统只登记", longest=100)
    opinion = opinion_field("审批意见", "不写证件号码和电话")


class AnnulForm(Act):
    """终止."""

    document = _line("撤销荣誉的文件文号", "没有文件的不能终止", longest=100)
    opinion = opinion_field("理由", "本人会看到；不写证件号码和电话")


class EffectForm(ServiceForm):
    """登记送达并生效."""


class CodeForm(forms.Form):
    """邀请码."""

    use_required_attribute = False
    code = forms.CharField(
        label="邀请码",
        max_length=40,
        help_text="邀请信上的十二位字母和数字，横线可以不填",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请输入邀请信上的邀请码"},
    )


class ConsentForm(forms.Form):
    """同意登记. Two boxes for two things; neither is ticked beforehand."""

    use_required_attribute = False
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    number = forms.CharField(max_length=24, widget=forms.HiddenInput, required=False)
    agree = forms.BooleanField(
        label="我看明白了，同意把这项荣誉登记为我的荣誉信息",
        error_messages={"required": "同意登记的，请勾选；不同意的，请点下面的“不同意”"},
    )
    public = forms.BooleanField(label="我另外同意：规则允许公开的时候，可以公开这项荣誉", required=False)
    name = forms.CharField(
        label="姓名", max_length=80, strip=True, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "请照身份证填写姓名"},
    )  # fmt: skip
    id_type = forms.ChoiceField(
        label="证件类型", choices=[(kind, kind) for kind in (id_number.RESIDENT, *id_number.FORMS)]
    )
    id_number = forms.CharField(
        label="证件号码",
        max_length=40,
        help_text="您登录时系统没有留下姓名和号码；同意登记的，在这里第一次写下",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写您本人的证件号码"},
    )


class BenefitForm(forms.Form):
    """报告兑现."""

    use_required_attribute = False
    given = forms.ChoiceField(label="给了哪一项激励、在哪个事项里", error_messages={"required": "请选择一项激励"})
    case_number = _line("办件编号", "本单位这一件的编号；查询会记在它名下", longest=60)
    received_on = day_field("兑现的日期", "真正给到的那一天")
    id_number = forms.CharField(
        label="申请人的证件号码",
        max_length=40,
        help_text="只用来找到这一个人在效的荣誉，不留存；本人在“谁看过”里看得到",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["given"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", "请选择"), *choices]
