"""异议的表单: which fields are wrong and what they should be; and the source's answer to each."""

from collections.abc import Sequence
from typing import Any

from django import forms

from daoli_credit.audit.opinion import no_numbers
from records.models import Objection
from records.rules.objectable import WHOLE, WHOLE_TITLE, Point
from records.workflows.settling import Answer

SHORT = 500
ONE_LINE, LONGEST = 60, 5000  # as long as the longest field of an item may be


class RaiseForm(forms.Form):
    """提出异议: one tick and one box per held field; what it should be may stay empty. After `is_valid()`: `points`."""

    words = forms.CharField(
        label="哪里不对、为什么",
        max_length=SHORT,
        help_text="一句话也可以。请不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "请写明哪里不对、为什么；一句话也可以",
            "max_length": f"最多 {SHORT} 字，请写短一些",
        },
    )
    whole = forms.BooleanField(
        label=WHOLE_TITLE, required=False, help_text="不是我、没有这件事、文书已经撤销的，勾选这一项"
    )

    def __init__(self, *args: Any, held: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.points: dict[str, str] = {}
        for point in held:
            self.fields[f"wrong-{point.field}"] = forms.BooleanField(label=point.title, required=False)
            self.fields[f"should-{point.field}"] = forms.CharField(
                label=f"{point.title}应当是",
                max_length=200,
                required=False,
                error_messages={"max_length": "最多 200 字，请写短一些"},
            )

    def rows(self) -> list[tuple[Point, Any, Any]]:
        """Each held field with its tick and its box."""
        return [(point, self[f"wrong-{point.field}"], self[f"should-{point.field}"]) for point in self.held]

    def clean(self) -> dict[str, Any]:
        """A box that was written in counts as ticked; nothing ticked is refused."""
        facts = super().clean() or {}
        for point in self.held:
            should = str(facts.get(f"should-{point.field}") or "").strip()
            if facts.get(f"wrong-{point.field}") or should:
                self.points[point.field] = should
        if facts.get("whole"):
            self.points[WHOLE] = ""
        if not self.points and not self.errors:
            self.add_error("whole", "请勾选有误的项目；整条都不应当记在您名下的，勾选这一项")
        return facts


class SupplyForm(forms.Form):
    """补充."""

    words = forms.CharField(
        label="您要补充的情况",
        max_length=SHORT,
        help_text="没有要补充的，写“没有补充”即可。请不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写一句；没有补充的，写“没有补充”", "max_length": f"最多 {SHORT} 字，请写短一些"},
    )


class OpinionForm(forms.Form):
    """请本人补充、延长期限的说明."""

    opinion = forms.CharField(
        label="写明需要什么、为什么",
        max_length=300,
        help_text="会原样告知当事人；本单位已有的材料不要当事人提供；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明原因，会原样告知当事人", "max_length": "最多 300 字，请写短一些"},
    )


class AnswerForm(forms.Form):
    """逐项答复. After `is_valid()`: `answers`, one for each point, in their order."""

    number = forms.CharField(
        label="答复书文号",
        max_length=60,
        help_text="本单位答复书自己的文号；系统编号不是文号",
        validators=[no_numbers],
        error_messages={"required": "请写明答复书的文号", "max_length": "文号最多 60 个字符，请核对"},
    )

    def __init__(self, *args: Any, objection: Objection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objection = objection
        self.answers: list[Answer] = []
        for point in objection.points:
            name = point["field"]
            self.fields[f"stands-{name}"] = forms.ChoiceField(
                label=f"{point['title']}：异议是否成立",
                choices=[("yes", "成立"), ("no", "不成立")],
                widget=forms.RadioSelect,
                error_messages={"required": "请选择成立或者不成立；每一项都要答复"},
            )
            if name != WHOLE:
                self.fields[f"now-{name}"] = forms.CharField(
                    label="成立的，更正为",
                    max_length=LONGEST,
                    required=False,
                    initial=point["should"],
                    widget=forms.Textarea(attrs={"rows": 4}) if len(point["held"]) > ONE_LINE else forms.TextInput(),
                    help_text=f"现在记的是：{point['held']}。日期写成 2026-11-24 这样，金额单位与原来相同",
                )
            self.fields[f"reason-{name}"] = forms.CharField(
                label="理由和依据",
                max_length=300,
                required=False,
                help_text="不成立的必须写明；会原样告知当事人",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[dict[str, Any], list[Any]]]:
        """Each point with its fields."""
        found = []
        for point in self.objection.points:
            names = [f"{part}-{point['field']}" for part in ("stands", "now", "reason")]
            found.append((point, [self[name] for name in names if name in self.fields]))
        return found

    def clean(self) -> dict[str, Any]:
        """What stands needs what it should be; what does not stand needs its reason."""
        facts = super().clean() or {}
        for point in self.objection.points:
            name = point["field"]
            stands, now = facts.get(f"stands-{name}"), str(facts.get(f"now-{name}") or "").strip()
            reason = str(facts.get(f"reason-{name}") or "").strip()
            if stands == "yes" and name != WHOLE and not now:
                self.add_error(f"now-{name}", "成立的，请写出应当是什么")
            if stands == "no" and not reason:
                self.add_error(f"reason-{name}", "不成立的，请写明理由和依据")
            self.answers.append(Answer(name, stands == "yes", now if stands == "yes" else "", reason))
        return facts
