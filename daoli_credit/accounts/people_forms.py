"""人员、职责、委托的表单: what an officer or a lender types; the acts judge it once more."""

from datetime import date
from typing import Any

from django import forms

from daoli_credit.accounts import access
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.department import WITHOUT_RECORDS
from daoli_credit.accounts.roles import Role
from daoli_credit.accounts.rules import names
from daoli_credit.accounts.selectors.people import colleagues
from daoli_credit.audit.opinion import no_numbers
from daoli_credit.law import clock


class Day(forms.DateField):
    """一天."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        said = {"required": f"请填写{label}", "invalid": "日期请写成 2026-12-04 这样"}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, error_messages=said, **kwargs)


class Words(forms.CharField):
    """Free text without numbers of persons."""

    def __init__(self, label: str, most: int, **kwargs: Any) -> None:
        said = {"required": f"请填写{label}", "max_length": f"{label}最多 {most} 字"}
        super().__init__(label=label, max_length=most, validators=[no_numbers], error_messages=said, **kwargs)


def _department(label: str) -> "forms.ModelChoiceField[Department]":
    """A department by code; which are offered, each form says."""
    said = {"required": f"请选择{label}", "invalid_choice": "没有这个在用的部门，请重新选择"}
    nobody = Department.objects.none()
    return forms.ModelChoiceField(
        label=label, queryset=nobody, to_field_name="code", empty_label="请选择", error_messages=said
    )


def _days(typed: dict[str, Any], form: forms.Form) -> None:
    begin, end = typed.get("from_on"), typed.get("until_on")
    if begin and begin < clock.today():
        form.add_error("from_on", "起日不能早于今天")
    if begin and end and end < begin:
        form.add_error("until_on", "止日不能早于起日")


class OpenForm(forms.Form):
    """开通账号."""

    use_required_attribute = False
    display_name = Words("姓名", 40)
    username = Words("登录名", 40, help_text="用姓名的拼音，小写；开通以后不能改")
    home = _department("所在部门")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["home"], Department.objects.in_use(clock.today()))

    def clean_username(self) -> str:
        """Small letters, and one of those that may be taken."""
        username = str(self.cleaned_data["username"]).lower()
        if why := names.login_problem(username):
            raise forms.ValidationError(why)
        return username

    def clean_display_name(self) -> str:
        """A name."""
        name = str(self.cleaned_data["display_name"])
        if why := names.name_problem(name):
            raise forms.ValidationError(why)
        return name


def _offer(field: forms.Field, departments: Any) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = departments.order_by("pk")


class MoveForm(forms.Form):
    """调换部门."""

    use_required_attribute = False
    home = _department("调到哪个部门")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["home"], Department.objects.in_use(clock.today()).exclude(pk=user.home_department_id or 0))


class CloseForm(forms.Form):
    """停用账号."""

    use_required_attribute = False
    why = Words("原因", 100, help_text="例如离职、退休、调出本区")


class GrantForm(forms.Form):
    """授予角色."""

    use_required_attribute = False
    role = forms.ChoiceField(
        label="角色", error_messages={"required": "请选择角色", "invalid_choice": "这个部门不能设这个角色"}
    )

    def __init__(self, *args: Any, offered: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [("", "请选择"), *((one.code, one.title) for one in offered)]


class ShareForm(forms.Form):
    """共享法制审核."""

    use_required_attribute = False
    department = _department("为哪个部门")
    from_on = Day("起")
    until_on = Day("止（含当日）", help_text="到这一天为止，不用收回；一次最多一年")
    reason = Words("原因", 100, help_text="例如该部门没有法制审核人员")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Department.objects.in_use(clock.today()).exclude(pk=user.home_department_id or 0)
        _offer(self.fields["department"], bodies.exclude(kind__in=WITHOUT_RECORDS))

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        _days(self.cleaned_data, self)
        return self.cleaned_data


def duties(user: User) -> dict[str, tuple[str, Department]]:
    """可以委托的职责: what the user holds by role on a department of theirs in use, by the value of its box."""
    rights, today = access.own_rights(user), clock.today()
    bodies = {one.pk: one for one in Department.objects.in_use(today).filter(pk=user.home_department_id or 0)}
    pairs = [(verb, bodies[pk]) for verb in access.VERBS for pk in rights.get(verb, ()) if pk in bodies]
    return {f"{verb}@{body.code}": (verb, body) for verb, body in pairs}


class LendForm(forms.Form):
    """休假委托."""

    use_required_attribute = False
    duties = forms.MultipleChoiceField(
        label="委托哪些职责", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一项职责", "invalid_choice": "您没有这项职责，不能委托别人"},
    )  # fmt: skip
    taker = forms.ModelChoiceField(
        label="委托给谁", queryset=User.objects.none(), empty_label="请选择",
        help_text="本部门的同事",
        error_messages={"required": "请选择同事", "invalid_choice": "只能委托给本部门在用的同事"},
    )  # fmt: skip
    from_on = Day("起")
    until_on = Day("止（含当日）", help_text="过了这一天自动失效，最多 90 天")
    reason = Words("原因", 100, help_text="例如休年假")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = duties(user)
        boxes, taker = self.fields["duties"], self.fields["taker"]
        if isinstance(boxes, forms.MultipleChoiceField):
            boxes.choices = [(value, access.VERBS[verb]) for value, (verb, _) in self.held.items()]
        if isinstance(taker, forms.ModelChoiceField):
            taker.queryset = colleagues(user)

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        _days(self.cleaned_data, self)
        return self.cleaned_data

    def chosen(self) -> list[tuple[str, Department]]:
        """What was ticked, for the act."""
        return [self.held[value] for value in self.cleaned_data["duties"]]


def tomorrow(today: date) -> date:
    """The first day that can still be arranged."""
    return date.fromordinal(today.toordinal() + 1)
