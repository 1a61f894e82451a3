"""筛选: what the audit administrator asks for. The same form filters the page and names an export."""

from typing import Any

from django import forms

from daoli_credit.audit import acts
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import OpinionRefused, checked
from daoli_credit.portal.evidence import words

DAY = {"invalid": "请写成 2026-03-05 这样的日期"}


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, error_messages=DAY)


def _text(label: str) -> forms.CharField:
    longest = {"max_length": f"{label}最多 40 个字，请缩短"}
    return forms.CharField(label=label, required=False, max_length=40, error_messages=longest)


class LongSelect(forms.Select):
    """几百项的下拉框: what `ui.options` writes of each, and nothing else; the framework makes much of each."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        chosen = {str(one) for one in value}
        return [
            (
                None,
                [
                    {"value": code, "label": label, "attrs": {"selected": True} if str(code) in chosen else {}}
                    for code, label in self.choices
                ],
                0,
            )
        ]


def _choice(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=LongSelect)


class Period(forms.Form):
    """从哪一天到哪一天、哪个部门、谁."""

    from_day = _day("业务日从")
    to_day = _day("到")
    department = _choice("部门")
    actor = _text("经手人")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._titles: dict[str, dict[str, str]] = {}
        self._offer("department", words.departments())

    def _offer(self, name: str, titles: dict[str, str]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "全部"), *titles.items()]
            field.error_messages["invalid_choice"] = f"没有这个{field.label}，请从列表里选"
        self._titles[name] = titles

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("from_day") and found.get("to_day") and found["from_day"] > found["to_day"]:
            self.add_error("to_day", "结束的一天早于开始的一天，请对调")
        for name, value in list(found.items()):
            try:
                checked(str(value or ""))
            except OpinionRefused:
                self.add_error(name, "这里不能按证件号码或电话查找；存证里没有它们")
        return found

    def chosen(self) -> dict[str, Any]:
        """What was asked for, in words for the watermark: label → value; empty fields left out."""
        lines = {}
        for name, value in self.cleaned_data.items():
            if value:
                field = self.fields[name]
                lines[str(field.label)] = self._titles.get(name, {}).get(value, value)
        return lines


class EventFilter(Period):
    """事件的筛选."""

    act = _choice("行为")
    noun = _choice("对象种类")
    object_id = _text("对象编号")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._offer("act", dict(sorted(acts.registered().items())))
        self._offer("noun", dict(sorted(words.nouns().items(), key=lambda pair: pair[1])))


class LookFilter(Period):
    """查询记录的筛选."""

    kind = _choice("种类")
    case_number = _text("办件编号")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._offer("kind", dict(LookUp.Kind.choices))
