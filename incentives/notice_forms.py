"""事先告知的表单: one per act; the rules judge, the form only reads."""

from django import forms

from incentives.form_fields import NO_NUMBERS, OPINION, Act
from incentives.models.pre_adverse_status import Result


def _words(label: str, help_text: str, *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=500,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=OPINION if required else {},
    )


class DraftForm(Act):
    """拟作不利决定. The party of a platform's answer is not known here: name and number come from the application."""

    party_name = forms.CharField(
        label="当事人姓名", max_length=80, strip=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    id_number = forms.CharField(
        label="证件号码",
        max_length=40,
        help_text="照申请材料录入；系统核对是不是这次核查的人",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    proposed = _words("拟作出的决定", f"例如：不予核发该项许可。写决定，不写评价；{NO_NUMBERS}")
    discretion = _words("裁量理由", "“可以”适用的措施，逐案写明为什么在这一件上适用", required=False)
    outright = forms.BooleanField(label="法律直接规定应当拒绝，告知与决定同时送达", required=False)


class DecideForm(Act):
    """登记不利决定."""

    result = forms.ChoiceField(
        label="决定的结果",
        choices=[(one.value, one.label) for one in (Result.ADVERSE, Result.CHANGED)],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择决定的结果"},
    )
    document = forms.CharField(label="决定文号", help_text="本单位作出决定的文号，本系统只登记", max_length=100)
    response = _words(
        "对陈述申辩的逐条回应", "当事人提出了意见的必须填写：逐条写明采纳与否和理由", required=False, rows=5
    )
    opinion = _words("决定的理由", f"当事人会看到；{NO_NUMBERS}")


class OutrightForm(Act):
    """登记法律直接规定的决定."""

    notice_document = forms.CharField(label="告知书文号", help_text="与决定同时送达", max_length=100)
    document = forms.CharField(label="决定文号", help_text="本单位作出决定的文号，本系统只登记", max_length=100)
    opinion = _words("决定的理由", f"当事人会看到；{NO_NUMBERS}")


class SwitchForm(forms.Form):
    """暂停、恢复查询的原因."""

    use_required_attribute = False
    reason = forms.CharField(
        label="原因",
        max_length=200,
        help_text="记入存证；暂停的，核查页上会写出来",
        error_messages={"required": "请写明原因"},
    )


class AgainForm(forms.Form):
    """再问一次: the number once more, because a check keeps none."""

    use_required_attribute = False
    id_number = forms.CharField(
        label="申请人的证件号码",
        max_length=40,
        help_text="本系统不留存证件号码，再问要再填一次；只用来提问，不写进任何地方",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请照申请材料填写证件号码"},
    )
