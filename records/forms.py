"""录入表单: made from the item's own fields; judged by `records.rules.intake`, like a sheet row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from daoli_credit.law.rows import Field, Item
from records.attachment_forms import file_field
from records.models import CreditRecord
from records.models.record import Service, SeverityClass
from records.rules import id_number, intake

PERSON_FIELDS = ("party_name", "id_type", "id_number")
AUTHORITY_FIELDS = ("authority", "authority_code", "source_unit", "source_unit_code")
OUR_FIELDS = ("severity", "severity_basis", "service", "served_on")


class Typed(forms.CharField):
    """As typed: says on its label whether it is needed, and leaves the judging to the rules."""

    def validate(self, value: Any) -> None:
        """Nothing here: one validator for form, sheet and API."""


class Ticked(forms.MultipleChoiceField):
    """Several of a list, judged by the rules as well."""

    def validate(self, value: Any) -> None:
        """Nothing here."""


def _made(field: Field) -> forms.Field:
    kept: dict[str, Any] = {"label": field.zh, "required": field.required, "help_text": field.note}
    match field.type:
        case "textarea":
            return Typed(widget=forms.Textarea(attrs={"rows": 3}), **kept)
        case "date":
            return Typed(widget=forms.DateInput(attrs={"type": "date"}), **kept)
        case "enum":
            choices = [("", "请选择"), *((value, value) for value in field.values)]
            return Typed(widget=forms.Select(choices=choices), **kept)
        case "enum-list":
            choices = [(value, value) for value in field.values]
            return Ticked(choices=choices, widget=forms.CheckboxSelectMultiple({"class": "ticks"}), **kept)
        case "decimal":
            return Typed(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kept)
        case _:
            return Typed(**kept)


class EntryForm(forms.Form):
    """单条录入. After `is_valid()`, `checked` is what the act wants."""

    use_required_attribute = False
    OPTIONAL = "文书里有就填"
    party_name = Typed(label="姓名", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    id_type = Typed(
        label="证件类型", widget=forms.Select(choices=[(kind, kind) for kind in (id_number.RESIDENT, *id_number.FORMS)])
    )
    id_number = Typed(
        label="证件号码",
        help_text="对照证件逐位录入；系统核对校验位，并与已登记的姓名比对",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )

    def __init__(self, *args: Any, item: Item, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.today = item, today
        self.phrases: Mapping[str, Sequence[str]] = {}
        self.checked: intake.Checked | None = None
        for field in item.fields:
            if not field.ignored:
                self.fields[field.name] = _made(field)
        if item.class_rule == "by-decision":
            choices = [(value, label) for value, label in SeverityClass.choices if value]
            self.fields["severity"] = Typed(
                label="失信行为分类",
                help_text="按认定部门的书面认定选择；本系统不替您判断",
                widget=forms.Select(choices=[("", "请选择"), *choices]),
            )
            self.fields["severity_basis"] = Typed(label="分类依据", help_text="认定文书或者裁量基准的名称和条款")
        self.fields["service"] = Typed(
            label="决定书怎样送达的",
            required=False,
            help_text="已由本单位送达的在这里登记；还没有送达的留空",
            widget=forms.Select(choices=Service.choices),
        )
        self.fields["served_on"] = Typed(
            label="送达日期", required=False, widget=forms.DateInput(attrs={"type": "date"})
        )

    def groups(self) -> list[tuple[str, list[tuple[BoundField, Sequence[str]]]]]:
        """The form in parts, as a clerk thinks of it; each field with the ready texts for it."""
        own = [f for f in self.item.fields if f.name in self.fields and f.name not in AUTHORITY_FIELDS]
        parts = [
            ("当事人", PERSON_FIELDS),
            ("文书内容", tuple(f.name for f in own if f.required or f.required_if)),
            ("分类和送达", OUR_FIELDS),
            ("认定机关", AUTHORITY_FIELDS),
            (self.OPTIONAL, tuple(f.name for f in own if not (f.required or f.required_if))),
        ]
        named = [
            (title, [(self[name], self.phrases.get(name, ())) for name in names if name in self.fields])
            for title, names in parts
        ]
        return [(title, fields) for title, fields in named if fields]

    def raw(self) -> dict[str, str]:
        """The values as text, the way a sheet row would have them."""
        values = {name: self[name].data for name in self.fields}
        return {
            name: "；".join(value) if isinstance(value, list) else str(value or "") for name, value in values.items()
        }

    def clean(self) -> dict[str, Any]:
        """Asks the one validator; every problem stands at its field, or above the form."""
        verdict = intake.check(self.item.code, self.raw(), today=self.today)
        for problem in verdict.problems:
            self.add_error(problem.field if problem.field in self.fields else None, str(problem))
        self.checked = verdict.checked
        return self.cleaned_data


def initial_of(record: CreditRecord, identity: Mapping[str, str]) -> dict[str, Any]:
    """What a draft's form starts from."""
    facts = {
        "document_number": record.document_number,
        "severity": record.severity,
        "severity_basis": record.severity_basis,
        "service": record.service,
        "served_on": record.served_on and record.served_on.isoformat(),
    }
    return {**record.content, **facts, **identity}


def resumed(item: Item, typed: Mapping[str, str]) -> dict[str, Any]:
    """What a half-typed form starts from; several of a list are several again."""
    several = {field.name for field in item.fields if field.type == "enum-list"}
    return {name: text.split("；") if name in several else text for name, text in typed.items()}


NO_CONFIRMATION = "电子送达要有本人签过的确认书，请附上扫描件；没有的，请用别的方式送达"


class ServiceForm(forms.Form):
    """登记送达: how and when the decision reached the person; the act itself judges the day."""

    how = forms.ChoiceField(
        label="怎样送达的",
        choices=[("", "请选择"), *((value, label) for value, label in Service.choices if value)],
        error_messages={"required": "请选择送达方式", "invalid_choice": "请从所列的送达方式里选择"},
    )
    when = forms.DateField(
        label="送达日期",
        help_text="当事人收到的那一天；公告送达写期满日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写送达日期", "invalid": "送达日期请写成 2026-11-24 这样"},
    )
    confirmation = file_field(required=False, label="电子送达确认书（只在电子送达时要）")

    def clean(self) -> dict[str, Any]:
        """行政处罚法第六十一条: electronic only when the person has signed for it."""
        if self.cleaned_data.get("how") == Service.ELECTRONIC and not (
            self.cleaned_data.get("confirmation") or self.errors.get("confirmation")
        ):
            self.add_error("confirmation", NO_CONFIRMATION)
        return self.cleaned_data


class RevealForm(forms.Form):
    """查看完整身份的用途."""

    PURPOSES = ("对照决定书核对当事人", "办理退回或者补正", "答复当事人询问")
    purpose = forms.ChoiceField(
        label="为什么要看完整姓名和证件号码",
        choices=[(purpose, purpose) for purpose in PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择用途；当事人会看到这一条"},
    )
