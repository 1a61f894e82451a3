"""修复的表单: the person's application and what was supplied; the body's list of unmet conditions."""

from django import forms

from daoli_credit.audit.opinion import no_numbers
from records.rules.repairable import UNMET

SHORT = 500


class ApplyForm(forms.Form):
    """申请信用修复. Ticks and an optional sentence; no document is asked for that the body already has."""

    paid = forms.BooleanField(
        label="罚款、没收款等款项已经缴清（决定书没有这一项的，也请勾选）",
        error_messages={"required": "还没有缴清的，请先缴清；缴清以后随时可以申请"},
    )
    corrected = forms.BooleanField(
        label="违法行为已经纠正，决定书要求的整改已经完成",
        error_messages={"required": "还没有纠正的，请先纠正；纠正以后随时可以申请"},
    )
    statement = forms.CharField(
        label="您想说明的",
        required=False,
        max_length=SHORT,
        help_text=f"最多 {SHORT} 字；请不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"说明最多 {SHORT} 字，请写短一些"},
    )
    credit_china_number = forms.CharField(
        label="“信用中国”的受理编号",
        required=False,
        max_length=60,
        help_text="已经在“信用中国”申请的，把受理编号填在这里，两边的期限一起记",
        validators=[no_numbers],
        error_messages={"max_length": "受理编号最多 60 个字符，请核对"},
    )
    promised = forms.BooleanField(
        label="我同意上面的信用承诺", error_messages={"required": "请阅读信用承诺，同意后勾选"}
    )

    def __init__(self, *args: object, published: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not published:
            del self.fields["credit_china_number"]


class SupplyForm(forms.Form):
    """补正."""

    statement = forms.CharField(
        label="您补上了什么",
        max_length=SHORT,
        help_text="例如：8 月 3 日已缴清罚款。请不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明您补上了什么", "max_length": f"最多 {SHORT} 字，请写短一些"},
    )


class AskForm(forms.Form):
    """请本人补充."""

    opinion = forms.CharField(
        label="请本人补充什么、为什么",
        max_length=300,
        help_text="会原样告知当事人；本单位已有的材料不要当事人提供；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明要补充什么，会原样告知当事人", "max_length": "最多 300 字，请写短一些"},
    )


class CreditChinaForm(forms.Form):
    """“信用中国”的受理编号."""

    number = forms.CharField(
        label="“信用中国”的受理编号",
        max_length=60,
        validators=[no_numbers],
        error_messages={"required": "请填写受理编号", "max_length": "受理编号最多 60 个字符，请核对"},
    )
    on = forms.DateField(
        label="在那里申请的日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写申请的日期", "invalid": "日期请写成 2026-11-24 这样"},
    )


class FalsePromiseForm(forms.Form):
    """认定承诺不实."""

    facts = forms.CharField(
        label="查明的事实",
        max_length=300,
        help_text="会原样告知当事人；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明查明的事实", "max_length": "最多 300 字，请写短一些"},
    )
    document = forms.CharField(
        label="书面认定的文号",
        max_length=128,
        validators=[no_numbers],
        error_messages={"required": "请填写书面认定的文号", "max_length": "文号最多 128 个字符，请核对"},
    )
    on = forms.DateField(
        label="认定日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写认定日", "invalid": "认定日请写成 2026-11-24 这样"},
    )


class DropForm(forms.Form):
    """不予确认承诺不实."""

    use_required_attribute = False
    opinion = forms.CharField(
        label="不予确认的理由",
        max_length=300,
        help_text="认定的人看得到；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明不予确认的理由", "max_length": "最多 300 字，请写短一些"},
    )


class UnmetForm(forms.Form):
    """告知条件未满足: chosen from what the law knows, with what to do about it."""

    conditions = forms.MultipleChoiceField(
        label="没有满足的条件",
        choices=list(UNMET.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选出没有满足的条件；列不出来的，就应当受理或者同意"},
    )
    detail = forms.CharField(
        label="缺什么、到哪里补",
        max_length=300,
        help_text="要一次说全；本单位已有的材料不要当事人提供；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明还缺什么、到哪里补", "max_length": "最多 300 字，请写短一些"},
    )
