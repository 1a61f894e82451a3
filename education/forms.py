"""宣传活动的表单: what an organiser types; the acts judge it once more."""

from datetime import date
from typing import Any

from django import forms

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from education import selectors
from education.models import Campaign
from education.models.campaign import Contents
from education.rules import words
from education.rules.calendar import Occurrence
from education.workflows.campaign import MOST_REACHED, Account, Arrangement

DAILY = "日常宣传（不属于哪个节点）"


def code_of(one: Occurrence) -> str:
    """节点的选项值: `constitution-day@2026-12-04`."""
    return f"{one.code}@{one.first}"


def nearest(one: Occurrence, today: date) -> date:
    """窗口里离今天最近的一天."""
    return max(one.opens or today, min(one.closes or today, today))


class _Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        said = {"required": f"请填写{kwargs['label']}", "invalid": "日期请写成 2026-12-04 这样"}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=said, **kwargs)


class _Words(forms.CharField):
    """Free text that says nothing about anybody."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if why := words.problem(text):
            raise forms.ValidationError(why)
        return text


def _text(label: str, most: int, *, rows: int = 0, required: bool = True, help_text: str = "") -> forms.CharField:
    said = {"required": f"请填写{label}", "max_length": f"{label}最多 {most} 字"}
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return _Words(
        label=label, max_length=most, required=required, help_text=help_text, error_messages=said, widget=widget
    )


def _contents() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="宣传内容",
        choices=Contents.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一项宣传内容", "invalid_choice": "没有这一项宣传内容"},
    )


class ArrangeForm(forms.Form):
    """安排宣传活动. `arrangement` is what the act wants."""

    use_required_attribute = False
    department = forms.ModelChoiceField(
        label="牵头单位", queryset=Department.objects.none(), empty_label=None, to_field_name="code",
        error_messages={"required": "请选择牵头单位", "invalid_choice": "您没有为这个单位安排活动的职责"},
    )  # fmt: skip
    key = forms.ChoiceField(
        label="宣传节点",
        required=False,
        help_text="活动的日子要在节点的宣传期以内",
        error_messages={"invalid_choice": "没有这个宣传节点，或者它的日期还没有公布"},
    )
    title = _text("活动名称", 60, help_text="写活动，不写人")
    place = _text("地点", 60)
    planned_on = _Day(label="安排在哪一天")
    contents = _contents()
    partners = forms.ModelMultipleChoiceField(
        label="配合单位", queryset=Department.objects.none(), required=False, to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.dates = [
            one
            for year in (today.year - 1, today.year, today.year + 1)
            for one in selectors.year_of(year)
            if one.first and abs((one.first - today).days) <= 300
        ]
        choices = [(code_of(one), f"{one.first} {one.title}") for one in self.dates]
        own = Department.objects.in_use(today).filter(pk__in=user.departments("plan_campaign")).order_by("pk")
        self._choices(own, [("", DAILY), *choices])

    def _choices(self, own: Any, dates: list[tuple[str, str]]) -> None:
        department, key, partners = self.fields["department"], self.fields["key"], self.fields["partners"]
        if isinstance(department, forms.ModelChoiceField):
            department.queryset = own
            department.initial = own[0].code if own else None
            if len(own) == 1:
                department.widget = forms.HiddenInput()
        if isinstance(partners, forms.ModelMultipleChoiceField):
            partners.queryset = Department.objects.in_use(clock.today()).exclude(kind="street").order_by("pk")
        if isinstance(key, forms.ChoiceField):
            key.choices = dates

    def clean(self) -> dict[str, Any]:
        """The day stands in the window of its key date."""
        typed = self.cleaned_data
        one, day = self.occurrence(str(typed.get("key", ""))), typed.get("planned_on")
        if one and day and not one.holds(day):
            self.add_error("planned_on", f"“{one.title}”的活动应在 {one.opens} 至 {one.closes} 之间")
        return typed

    def occurrence(self, code: str) -> Occurrence | None:
        """所选的节点."""
        return next((one for one in self.dates if code_of(one) == code), None)

    def arrangement(self) -> Arrangement:
        """What was typed, for the act."""
        typed, one = self.cleaned_data, self.occurrence(self.cleaned_data["key"])
        return Arrangement(
            title=typed["title"], place=typed["place"], planned_on=typed["planned_on"],
            contents=tuple(typed["contents"]), key_date=one.code if one else "", key_day=one.first if one else None,
        )  # fmt: skip


class ReportForm(forms.Form):
    """报告举办情况. `account` is what the act wants."""

    use_required_attribute = False
    held_on = _Day(label="举办日期")
    summary = _text(
        "活动情况",
        500,
        rows=4,
        help_text="做了什么、发了什么、讲了什么。不写参加者的姓名和联系方式，不写未成年人的情况",
    )
    reached = forms.IntegerField(
        label="参加人数", required=False, min_value=0, max_value=MOST_REACHED,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text="只写数；不收集参加者名单",
        error_messages={
            "invalid": "参加人数请写整数，例如 120；不知道就留空",
            "min_value": "参加人数不能是负数",
            "max_value": "参加人数超出可信的范围，请核对",
        },
    )  # fmt: skip
    reached_is_estimate = forms.BooleanField(label="人数是估计的", required=False, initial=True)
    place = _text("地点", 60)
    contents = _contents()
    cases_are_anonymous = forms.BooleanField(
        label="典型案例已隐去姓名、单位、住址等能认出人的内容", required=False, help_text="讲了典型案例的必须确认"
    )
    materials = _text("宣传材料", 300, rows=2, required=False, help_text="例如：诚信读本 200 册、展板 6 块")
    links = forms.CharField(
        label="报道链接", required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="公开报道的网址，一行一个，以 https:// 开头",
        error_messages={"max_length": "链接太长，请只留主要的几个"},
    )  # fmt: skip

    def clean_links(self) -> tuple[str, ...]:
        """One address a line."""
        links = tuple(line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip())
        if wrong := next((why for link in links if (why := words.link_problem(link))), None):
            raise forms.ValidationError(wrong)
        return links

    def clean(self) -> dict[str, Any]:
        """Typical cases are anonymous, by a tick and by the filter."""
        typed = self.cleaned_data
        if Contents.TYPICAL_CASES in typed.get("contents", ()):
            if not typed.get("cases_are_anonymous"):
                self.add_error("cases_are_anonymous", "讲了典型案例的，请确认已经隐去能认出人的内容")
            if why := words.problem(str(typed.get("summary", "")), cases=True):
                self.add_error("summary", why)
        return typed

    def account(self) -> Account:
        """What was typed, for the act."""
        return Account(**self.cleaned_data | {"contents": tuple(self.cleaned_data["contents"])})


def initial_of(row: Campaign, today: date) -> dict[str, Any]:
    """What the report form starts from: the arrangement, or the report that is to be corrected."""
    return {
        "held_on": row.held_on or min(row.planned_on, today),
        "summary": row.summary,
        "reached": row.reached,
        "reached_is_estimate": row.reached_is_estimate,
        "place": row.place,
        "contents": row.contents,
        "cases_are_anonymous": row.cases_are_anonymous,
        "materials": row.materials,
        "links": "\n".join(row.links),
    }


class CancelForm(forms.Form):
    """取消的原因."""

    opinion = _text("取消的原因", 200, rows=3, help_text="写事由，例如：场地维修、与防汛工作冲突")
