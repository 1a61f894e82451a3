"""影响评估、受托人、安全事件的表单: what is typed; the acts judge it once more."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from daoli_credit.accounts.assessing import Content
from daoli_credit.accounts.entrusting import Terms
from daoli_credit.accounts.models import Contractor, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.accounts.models.contractor import C
from daoli_credit.audit.opinion import LONGEST, no_numbers
from daoli_credit.feeds import channels
from daoli_credit.law import clock, pack
from daoli_credit.supervision.models.incident import Kind, Level
from daoli_credit.supervision.workflows.incident import Finding, Judgement, Telling


class Words(forms.CharField):
    """正文: without anybody's number."""

    def __init__(self, label: str, most: int, *, rows: int = 0, required: bool = True, help_text: str = "") -> None:
        said = {"required": f"请填写{label}", "max_length": f"{label}最多 {most} 字，请缩短"}
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(
            label=label, max_length=most, required=required, help_text=help_text, error_messages=said, widget=widget
        )

    def clean(self, value: Any) -> str:
        """Raises ValidationError for an ID or telephone number, wherever it stands."""
        text = str(super().clean(value))
        for at in range(0, len(text), 450):
            no_numbers(text[at : at + LONGEST])
        return text


class Day(forms.DateField):
    """日期."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        said = {"required": f"请填写{label}", "invalid": "日期请写成 2026-12-04 这样"}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, error_messages=said, **kwargs)


class Moment(forms.DateTimeField):
    """时刻, in Chinese time."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        said = {"required": f"请填写{label}", "invalid": "时间请写成 2026-12-04 09:30 这样"}
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(label=label, widget=widget, error_messages=said, **kwargs)


def subjects(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """可以评估的对象, by kind: what the settings, the rules and the register of contractors know."""
    rules = pack.current()
    lists = [one for one in rules.lists.values() if one.procedure == "administrative" and one.decider_department]
    planned = Contractor.objects.visible_to(user).exclude(status=C.ENDED).order_by("code")
    found = {
        Subject.FEED: [(one.code, one.title) for one in channels.all_of_them()],
        Subject.LIST_TYPE: [(one.code, one.title) for one in lists],
        Subject.MATTER: [(one.code, one.title) for one in rules.matters.values()],
        Subject.CONTRACTOR: [(one.code, one.name) for one in planned],
    }
    return [
        (str(kind.label), [(f"{kind}/{code}", title) for code, title in rows]) for kind, rows in found.items() if rows
    ]


class ContentForm(forms.Form):
    """评估的内容, in the order of 第五十六条."""

    use_required_attribute = False
    purpose = Words("处理目的", 500, rows=2)
    method = Words("处理方式", 500, rows=2)
    data_kinds = Words("个人信息种类", 300, help_text="写种类，不写任何人")
    necessity = Words("目的和方式是否合法、正当、必要", 1000, rows=4, help_text="依据哪一条；有没有更少的办法")
    effect = Words("对个人权益的影响和安全风险", 1000, rows=4)
    measures = Words("保护措施是否合法、有效、与风险相适应", 1000, rows=4)
    conclusion = Words("结论", 500, rows=2)
    valid_until = Day("有效至", help_text="最长三年；目的、方式变了要重新评估")

    def content(self) -> Content:
        """What was typed, for the act."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "subject"}
        return Content(**typed)


class DraftForm(ContentForm):
    """起草: which subject, and the content."""

    subject = forms.ChoiceField(
        label="评估的对象",
        error_messages={"required": "请选择评估的对象", "invalid_choice": "没有这个对象，请从列表里选择"},
    )
    field_order = ("subject",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = subjects(user)
        choice = self.fields["subject"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "请选择"), *self.offered]
        self.fields["valid_until"].initial = clock.today() + timedelta(days=1095)

    def chosen(self) -> tuple[Subject, str, str]:
        """Kind, code and title of the subject."""
        value: str = self.cleaned_data["subject"]
        kind, _, code = value.partition("/")
        title = next(title for _, rows in self.offered for one, title in rows if one == value)
        return Subject(kind), code, title


class ContractorForm(forms.Form):
    """登记受托人, with what 第二十一条 wants agreed."""

    use_required_attribute = False
    code = forms.SlugField(
        label="代码",
        max_length=60,
        help_text="小写英文和短横",
        error_messages={"required": "请填写代码", "invalid": "代码只能用英文字母、数字和短横"},
    )
    name = Words("名称", 80)
    purpose = Words("委托处理的目的", 300, rows=2)
    method = Words("处理方式", 300, rows=2)
    data_kinds = Words("个人信息种类", 300)
    measures = Words("保护措施", 500, rows=3)
    supervision = Words("怎样监督", 300, rows=2)
    starts_on = Day("委托自")
    ends_on = Day("委托至")

    def clean(self) -> dict[str, Any]:
        """The term runs forwards."""
        typed = self.cleaned_data
        if typed.get("starts_on") and typed.get("ends_on") and typed["ends_on"] < typed["starts_on"]:
            self.add_error("ends_on", "委托的止日不能早于起日")
        return typed

    def terms(self) -> Terms:
        """What was typed, for the act."""
        return Terms(**{name: value for name, value in self.cleaned_data.items() if name != "code"})


class OpinionForm(forms.Form):
    """意见."""

    opinion = Words("意见", 500, rows=3, help_text="写事由，不写证件号码和电话")


def _people() -> forms.IntegerField:
    said = {"invalid": "人数请写整数；不知道就留空", "min_value": "人数不能是负数", "max_value": "人数超出可信的范围"}
    return forms.IntegerField(
        label="涉及人数（估计）", required=False, min_value=0, max_value=100_000_000, error_messages=said,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class FindingForm(forms.Form):
    """登记安全事件."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="种类", choices=Kind.choices, widget=forms.RadioSelect, error_messages={"required": "请选择种类"}
    )
    found_at = Moment("发现时间")
    what = Words("发生了什么", 500, rows=3, help_text="写情况，不写任何人的姓名")
    data_kinds = Words("涉及的个人信息种类", 300)
    people = _people()

    def clean_found_at(self) -> datetime:
        """Not in the future."""
        at: datetime = self.cleaned_data["found_at"]
        if at > clock.now():
            raise forms.ValidationError("发现时间不能在将来，请核对")
        return at

    def finding(self) -> Finding:
        """What was typed, for the act."""
        return Finding(**self.cleaned_data | {"kind": Kind(self.cleaned_data["kind"])})


class JudgementForm(forms.Form):
    """研判分级."""

    use_required_attribute = False
    level = forms.ChoiceField(
        label="分级",
        choices=[one for one in Level.choices if one[0]],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择分级"},
    )
    people = _people()
    harm = Words("原因和可能的危害", 500, rows=3)
    remedy = Words("已经采取的补救措施", 500, rows=3)

    def judgement(self) -> Judgement:
        """What was typed, for the act."""
        return Judgement(**self.cleaned_data | {"level": Level(self.cleaned_data["level"])})


class TellingForm(forms.Form):
    """登记报告和通知."""

    use_required_attribute = False
    told_authority_at = Moment("通知监管部门的时间")
    authority = Words("通知了哪个部门", 80)
    told_persons_on = Day("通知个人的日期", required=False)
    not_told_because = Words(
        "不通知个人的理由", 300, rows=2, required=False, help_text="补救措施有效避免了危害的，才可以不通知"
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        typed = self.cleaned_data
        if not typed.get("told_persons_on") and not typed.get("not_told_because"):
            self.add_error("told_persons_on", "请写明哪天通知了个人；不通知的，写明理由")
        return typed

    def telling(self) -> Telling:
        """What was typed, for the act."""
        return Telling(**self.cleaned_data)
