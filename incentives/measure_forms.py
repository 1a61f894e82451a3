"""措施反馈的表单: one per report; the rules judge, the form only reads."""

from typing import Any

from django import forms

from incentives.form_fields import NO_NUMBERS, Act, day_field


def _reason(label: str, help_text: str = NO_NUMBERS, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=500,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"请填写{label}"},
    )


class ApplyForm(Act):
    """已实施."""

    day = day_field("实施日期", "本单位作出决定的日期，不早于记录生效日")
    document = forms.CharField(
        label="实施文书号",
        help_text="本单位的决定或者办件号，本系统只登记",
        max_length=100,
        error_messages={"required": "请写明本单位实施措施的文书号或者办件号"},
    )
    reason: Any = _reason("裁量理由", f"“可以”的每一次都要写明为什么适用；当事人会看到。{NO_NUMBERS}", required=False)


class RefuseForm(Act):
    """不予适用."""

    opinion = _reason("不予适用的理由", f"不是条文所指的情形、没有相关业务或者裁量不适用；当事人会看到。{NO_NUMBERS}")


class LiftForm(Act):
    """已解除."""

    day = day_field("解除日期", "实际解除的那一天")


class OfferForm(Act):
    """已告诉本人."""

    day = day_field("告诉本人的日期")


class GiveForm(Act):
    """报告兑现."""

    day = day_field("兑现日期", "真正给到的那一天")
    case_number = forms.CharField(
        label="办件编号",
        help_text="本单位办这一件的编号；登记过的办件，本系统自动对上",
        max_length=60,
        error_messages={"required": "请写明办件编号"},
    )
    opinion = _reason("本人得到了什么", f"例如：优先受理、招聘会专区；当事人会看到。{NO_NUMBERS}")


class DeclinedForm(Act):
    """本人谢绝."""

    day = day_field("本人谢绝的日期", "不问原因，也不影响任何办理")


class RevealForm(forms.Form):
    """查看完整身份的用途."""

    PURPOSES = ("核对本单位的办件是不是这个人", "对照决定书核对当事人", "告诉本人")
    purpose = forms.ChoiceField(
        label="为什么要看完整姓名和证件号码",
        choices=[(purpose, purpose) for purpose in PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择用途；当事人会看到这一条"},
    )
