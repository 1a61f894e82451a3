"""部门和联络员的表单."""

from typing import Any

from django import forms

from daoli_credit.accounts.models import Department
from daoli_credit.accounts.models.department import WITHOUT_RECORDS, Kind, Oversight
from daoli_credit.accounts.people_forms import Day, Words
from daoli_credit.accounts.rules import names
from daoli_credit.accounts.workflows.departments import Contact, Facts

CODE = "代码用小写字母、数字和横线"


class DepartmentForm(forms.Form):
    """部门的基本情况; `facts` is what the acts want."""

    use_required_attribute = False
    name = Words("名称", 60)
    name_en = Words("英文名称", 120, help_text="英文帮助页和接口用")
    kind = forms.ChoiceField(
        label="性质", choices=Kind.choices,
        help_text="可以做什么由性质决定：党委部门、群团组织、司法机关不报送行政处罚；街道、学校、用人单位没有记录方面的职责",
        error_messages={"invalid_choice": "没有这种性质"},
    )  # fmt: skip
    oversight = forms.ChoiceField(
        label="督促方式", choices=Oversight.choices, error_messages={"invalid_choice": "没有这种督促方式"}
    )

    def facts(self) -> Facts:
        """What was typed."""
        typed = self.cleaned_data
        return Facts(typed["name"], typed["name_en"], typed["kind"], typed["oversight"])


class NewDepartmentForm(DepartmentForm):
    """设立部门."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9-]{1,39}$", label="代码", help_text=f"{CODE}；设立以后不能改",
        error_messages={"required": "请填写代码", "invalid": CODE},
    )  # fmt: skip
    from_on = Day("起用日")
    field_order = ("name", "code", "name_en", "kind", "oversight", "from_on")


class CloseDepartmentForm(forms.Form):
    """停用和承接."""

    use_required_attribute = False
    on = Day("停用日", help_text="从这一天起停用；工作从这一天起由承接部门办")
    successor = forms.ModelChoiceField(
        label="承接部门", queryset=Department.objects.none(), to_field_name="code", required=False,
        empty_label="没有（街道、学校、用人单位）",
        error_messages={"required": "请选择承接部门", "invalid_choice": "没有这个部门，请重新选择"},
    )  # fmt: skip

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heir = self.fields["successor"]
        if isinstance(heir, forms.ModelChoiceField):
            if department.kind not in WITHOUT_RECORDS:
                heir.required, heir.empty_label = True, "请选择"
            heir.queryset = Department.objects.filter(valid_to__isnull=True).exclude(pk=department.pk).order_by("pk")


def _phone(label: str) -> forms.RegexField:
    said = f"{label}写数字和横线，例如 0451-84550000"
    return forms.RegexField(
        r"^[0-9][0-9 -]{5,18}[0-9]$", label=label, error_messages={"required": f"请填写{label}", "invalid": said}
    )


class LiaisonForm(forms.Form):
    """联络员和替补; `contact` is what the act wants."""

    use_required_attribute = False
    name = Words("联络员", 40)
    phone = _phone("联络员办公电话")
    substitute = Words("替补", 40)
    substitute_phone = _phone("替补办公电话")

    def clean(self) -> dict[str, Any]:
        """Two people with names."""
        typed = self.cleaned_data
        for field in ("name", "substitute"):
            if typed.get(field) and (why := names.name_problem(typed[field])):
                self.add_error(field, why)
        if typed.get("name") and typed.get("name") == typed.get("substitute"):
            self.add_error("substitute", "替补要是另一个人")
        return typed

    def contact(self) -> Contact:
        """What was typed."""
        typed = self.cleaned_data
        return Contact(typed["name"], typed["phone"], typed["substitute"], typed["substitute_phone"])
