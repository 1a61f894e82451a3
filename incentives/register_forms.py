"""登记和提前移出的表单: the rules judge, the form only reads."""

from typing import Any

from django import forms

from daoli_credit.law import pack
from daoli_credit.law.list_rows import ListType
from daoli_credit.law.rows import Field
from incentives.form_fields import NO_NUMBERS, Act, day_field, opinion_field, text_field
from incentives.models.registration import Told
from incentives.rules import as_record, leaving, registrable
from incentives.workflows.registration_facts import Facts
from records.attachment_forms import file_field, sealed
from records.models import Attachment
from records.rules import id_number

WORDS = 500
DECISION = ("document_number", "decided_on", "authority", "authority_code", "legal_ground", "reason")


def _particular(field: Field) -> forms.Field:
    if field.values:
        choices = [("", "请选择"), *((one, one) for one in field.values)]
        return forms.ChoiceField(label=field.zh, choices=choices, required=field.required)
    return forms.CharField(label=field.zh, max_length=field.max or 200, required=field.required)


class RegisterForm(forms.Form):
    """登记. Every field is one that the document itself must answer; the scan is part of it."""

    use_required_attribute = False
    party_name = forms.CharField(
        label="姓名", max_length=80, strip=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    id_type = forms.ChoiceField(
        label="证件类型", choices=[(kind, kind) for kind in (id_number.RESIDENT, *id_number.FORMS)]
    )
    id_number = forms.CharField(
        label="证件号码",
        max_length=40,
        help_text="对照文书逐位录入；系统核对校验位和年龄，并与已登记的姓名比对",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    document_number = forms.CharField(label="决定文书号", max_length=100, help_text="法院的填执行案号")
    decided_on = day_field("决定日期")
    authority = forms.CharField(label="决定机关", max_length=100, help_text="写全称，与文书一致")
    authority_code = forms.RegexField(
        r"^[0-9A-HJ-NPQRTUWXY]{18}$",
        label="决定机关统一社会信用代码",
        error_messages={"invalid": "统一社会信用代码应为 18 位数字和大写字母（没有 I、O、S、V、Z），请对照证照填写"},
    )
    legal_ground = forms.CharField(label="列入依据", max_length=500, help_text="法律、法规、司法解释的名称和条款")
    reason = text_field("列入事由", f"照文书写行为和认定；不写住址、电话、亲属和健康情况，{NO_NUMBERS}", longest=WORDS)
    told_on = day_field("告知当事人的日期")
    told_how = forms.ChoiceField(
        label="怎样告知的",
        choices=[("", "请选择"), *Told.choices],
        error_messages={"required": "请选择告知方式；没有告知的不能登记"},
    )
    told_proof = forms.CharField(label="告知证明", max_length=200, help_text="送达回证、执行通知书等的编号或者说明")
    term_end = day_field("文书所载届满日", "文书没有写明的不填", required=False)
    term_basis = forms.CharField(label="期限依据", max_length=200, help_text="文书或者规定怎样写期限的")
    remedy = text_field("救济途径", "当事人会看到：向谁、怎样提出", longest=WORDS)
    removal = text_field("移出方式", "当事人会看到：什么情形、由谁移出", longest=WORDS)
    file = file_field(required=True, label="决定文书（扫描件）")

    def __init__(self, *args: Any, kind: ListType, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"remedy": as_record.remedy(kind), "removal": as_record.removal(kind)})
        super().__init__(*args, **kwargs)
        self.extra = [field.name for field in registrable.particulars(kind)]
        for field in registrable.particulars(kind):
            self.fields[field.name] = _particular(field)

    def facts(self) -> Facts:
        """登记的事实, after `is_valid()`."""
        given = self.cleaned_data
        common = {name: given[name] for name in Facts.__dataclass_fields__ if name != "particulars"}
        return Facts(**common, particulars={name: given[name] for name in self.extra})

    def made(self, user: object) -> Attachment | None:
        """封好的文书, or None with the error at its field."""
        return sealed(self, "file", "decision", user)

    def shown(self) -> list[tuple[str, list[forms.BoundField]]]:
        """分组."""
        groups = {
            "当事人": ("party_name", "id_type", "id_number"),
            "决定": (*DECISION, *self.extra),
            "告知": ("told_on", "told_how", "told_proof"),
            "期限、救济和移出": ("term_end", "term_basis", "remedy", "removal"),
            "文书": ("file",),
        }  # fmt: skip
        return [(title, [self[name] for name in names]) for title, names in groups.items()]


class SendBackForm(Act):
    """退回、撤回."""

    opinion = opinion_field("理由", f"写明哪里与文书不符；{NO_NUMBERS}")


class CancelForm(Act):
    """撤销登记."""

    document = forms.CharField(label="决定机关撤销或者更正的文书号", max_length=100)
    opinion = opinion_field("撤销理由", f"当事人会看到；{NO_NUMBERS}")


class LeaveForm(forms.Form):
    """提出提前移出: the conditions of the type, each to be ticked."""

    use_required_attribute = False
    conditions = forms.MultipleChoiceField(
        label="已经具备的条件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="逐项对照证明材料勾选；缺一项都不能提出",
    )
    document = forms.CharField(label="证明文书号", max_length=100)
    ground_on = day_field("条件具备之日")

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = leaving.terms(pack.current().list_type(code))
        self.fields["conditions"].choices = [(one, one) for one in terms.conditions]  # type: ignore[attr-defined]


class GrantForm(Act):
    """决定提前移出."""

    document = forms.CharField(label="移出决定文号", max_length=100)


class RefuseForm(Act):
    """不予提前移出."""

    opinion = opinion_field("不予移出的理由", NO_NUMBERS)
