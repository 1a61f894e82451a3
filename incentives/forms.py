"""案件的表单: one per act; the rules judge, the form only reads."""

from collections.abc import Sequence
from typing import Any

from django import forms

from incentives.form_fields import NO_NUMBERS, Act, day_field, opinion_field, text_field
from incentives.models.point import CHOICES, Outcome
from incentives.models.status import Channel, Hearing
from incentives.rules.to_answer import Reply
from incentives.selectors.points import PointLine
from records.models.record import Service
from records.rules import id_number

ANSWER_EACH = "请逐条写明采纳与否和理由，再通过审核"
A_POINT = "一段写一点，每一点单独回应"


def _covers(paper: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=f"{paper}已经载明",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"对照本单位制作的{paper}逐项核对后勾选；缺一项都不能办理",
    )


class NoticeForm(Act):
    """告知书文号, and what it says."""

    covers = _covers("告知书")

    document = forms.CharField(label="告知书文号", help_text="本单位编的文号，本系统只登记", max_length=100)


class ServiceForm(Act):
    """送达登记."""

    service = forms.ChoiceField(
        label="怎样送达的",
        choices=[("", "请选择"), *(one for one in Service.choices if one[0])],
        help_text="消息已读不算送达",
        error_messages={"required": "请选择送达方式；消息已读不算送达"},
    )
    day = day_field("送达日期", "签收、留置、收件之日；公告送达填公告之日，期间由系统计算")
    proof = forms.CharField(label="送达证明", help_text="送达回证、邮件回执、公告的编号或者说明", max_length=200)
    confirmed = forms.BooleanField(label="电子送达的：本人签订过电子送达确认书", required=False)


class NoticeServiceForm(ServiceForm):
    """告知送达登记, with the day that the notice names where the pack knows none."""

    due_on = day_field(
        "告知书所载的陈述申辩届满日", "规则有天数的由系统计算，可以不填；所载更长的填在这里", required=False
    )
    due_basis = forms.CharField(label="届满日的依据", max_length=200, required=False)


class MaterialForm(Act):
    """收到的材料."""

    channel = forms.ChoiceField(
        label="途径", choices=[one for one in Channel.choices if one[0] != Channel.ONLINE], widget=forms.RadioSelect
    )
    posted_on = day_field("交邮或者当面提交日", "邮寄的以邮戳为准")
    received_on = day_field("收到日")
    text = text_field("当事人的意见", f"照原件录入，{NO_NUMBERS}；当事人会收到一份存档副本")


class PointsMaterialForm(MaterialForm):
    """收到的材料, of a case in which each point is answered."""

    text = text_field("当事人的意见", f"照原件录入，{A_POINT}，{NO_NUMBERS}；当事人会收到一份存档副本")


class LapseForm(Act):
    """在途核对."""

    checked_post = forms.BooleanField(
        label="已核对窗口、邮寄和网上三个渠道，没有在途的材料",
        error_messages={"required": "请逐个渠道核对后勾选"},
    )


class ReviewForm(Act):
    """核实异议."""

    outcome = text_field("核实的结果", "没有收到异议的，也写明")


class HearingForm(Act):
    """听证."""

    field_order = ("hearing", "day", "points", "note")

    hearing = forms.ChoiceField(
        label="听证的办理情况", choices=[one for one in Hearing.choices if one[0]], widget=forms.RadioSelect
    )
    day = day_field("举行听证的日期", "没有举行的不填", required=False)
    points = text_field("当事人在听证中的意见", f"照笔录摘录，{A_POINT}；不填的，整份笔录作为一点", required=False)
    note = forms.CharField(label="听证笔录编号，或者没有听证的依据", max_length=300)


class LegalForm(Act):
    """法制审核. One answer for each point that the person made; the fields come with the case (`for_case`)."""

    opinion = opinion_field("法制审核意见")
    waiting: Sequence[PointLine] = ()

    def for_case(self, waiting: Sequence[PointLine]) -> None:
        """Asks for an answer to each point, before the opinion."""
        self.waiting = waiting
        opinion = self.fields.pop("opinion")
        for place, point in enumerate(waiting, 1):
            self.fields[f"outcome-{place}"] = forms.ChoiceField(
                label=f"{point.label}：采纳与否",
                choices=[("", "请选择"), *CHOICES],
                error_messages={"required": ANSWER_EACH},
            )
            needs = self.data.get(f"outcome-{place}") != Outcome.NO_POINT
            reason = text_field(f"{point.label}：理由", "当事人会看到；不是意见的不用写", required=needs)
            reason.widget.attrs["rows"] = 3
            reason.error_messages["required"] = "请写明理由；当事人会看到"
            self.fields[f"reason-{place}"] = reason
        self.fields["opinion"] = opinion

    def groups(self) -> list[tuple[PointLine, forms.BoundField, forms.BoundField]]:
        """各点和它的两栏."""
        places = enumerate(self.waiting, 1)
        return [(point, self[f"outcome-{place}"], self[f"reason-{place}"]) for place, point in places]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        replies = []
        for place, _ in enumerate(self.waiting, 1):
            replies.append(Reply(given.pop(f"outcome-{place}", ""), given.pop(f"reason-{place}", "")))
        return {**given, "replies": replies}


class PaperForm(Act):
    """日期和文号."""

    day = day_field("日期")
    document = forms.CharField(label="记录编号或者文号", max_length=100)


class AskHearingForm(Act):
    """听证申请."""

    day = day_field("要求听证的日期", "当面提出之日；邮寄的以邮戳为准")


class DecideForm(Act):
    """决定."""

    covers = _covers("决定书")

    document = forms.CharField(label="决定书文号", help_text="本单位编的文号，本系统只登记", max_length=100)
    opinion = opinion_field("审批意见")


class ReasonForm(Act):
    """理由."""

    opinion = opinion_field("理由", f"当事人会看到；{NO_NUMBERS}")


class ObjectForm(Act):
    """法制审核意见（不通过）."""

    opinion = opinion_field("意见", f"写明哪里要补正，或者为什么不应列入；{NO_NUMBERS}")


class RevokeForm(Act):
    """撤销."""

    document = forms.CharField(label="撤销决定文号", max_length=100)
    opinion = opinion_field("撤销理由", f"当事人会看到；{NO_NUMBERS}")


class ProposeForm(forms.Form):
    """立案."""

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
        help_text="对照证件逐位录入；系统核对校验位和年龄，并与已登记的姓名比对",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = text_field("列入事由", "写行为和认定，不写住址、电话、亲属和健康情况")
    legal_ground = text_field("列入依据", "法律、法规的名称和条款")
    authority_code = forms.CharField(
        label="本单位统一社会信用代码", max_length=30, help_text="写进列入决定；同一单位填过一次以后自动带出"
    )
    document = forms.CharField(
        label="依据的文书号", max_length=100, help_text="已生效的处罚决定、责令改正等文书；没有文书的不能提出"
    )


class RevealForm(forms.Form):
    """查看完整身份的用途."""

    PURPOSES: tuple[str, ...] = ("制作和送达文书", "对照决定书核对当事人", "答复当事人询问")
    purpose = forms.ChoiceField(
        label="为什么要看完整姓名和证件号码",
        choices=[(purpose, purpose) for purpose in PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择用途；当事人会看到这一条"},
    )
