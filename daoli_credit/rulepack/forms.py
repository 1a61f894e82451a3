"""规则确认的表单: what was checked and why, and the text for a confirmation."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from daoli_credit.audit.opinion import no_numbers
from daoli_credit.rulepack.models.change import Action
from daoli_credit.rulepack.rules.papers import MOST_BYTES, Paper, PaperRefused, paper

TOO_LARGE = f"文件超过 {MOST_BYTES >> 20} MB，没有收下；请只附有关条文的页"
SAYS = {
    Action.CONFIRM: "读的是哪一版、哪几条，与规则写的是否一致",
    Action.SUSPEND: "为什么暂停：条文修改、失效，或者发现写错",
    Action.RESUME: "暂停的原因怎样消除了",
}
# What the form carries beside the file.
OVERHEAD = 100_000


class ChangeForm(forms.Form):
    """提出. After `is_valid()`: `reason`, and `paper` or None."""

    use_required_attribute = False
    reason = forms.CharField(
        label="核对情况和理由",
        max_length=450,
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明核对情况和理由", "max_length": "最多 450 字，请缩短"},
    )
    text = forms.FileField(
        label="条文",
        help_text=f"PDF、PNG 或者 JPEG，最多 {MOST_BYTES >> 20} MB；只附有关条文的页",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={
            "required": "请附上您核对过的条文",
            "empty": "文件是空的（0 字节）；请核对选对了文件",
            "missing": "没有收到文件；请重新选择",
            "invalid": "没有收到文件；请重新选择",
        },
    )

    def __init__(
        self, action: str, data: Any = None, files: MultiValueDict[str, Any] | None = None, *, sent: int = 0
    ) -> None:
        super().__init__(data, files)
        self.too_large = sent > MOST_BYTES + OVERHEAD
        self.paper: Paper | None = None
        self.fields["reason"].help_text = f"{SAYS[Action(action)]}；不要写个人姓名和号码"
        self.fields["text"].required = action == Action.CONFIRM
        if action != Action.CONFIRM:
            self.fields["text"].label = "条文或者通知（可以不附）"

    def clean(self) -> dict[str, Any]:
        """The file is judged by its bytes."""
        data = self.cleaned_data
        if self.too_large:
            self.errors.pop("text", None)
            self.add_error("text", TOO_LARGE)
        elif file := data.get("text"):
            try:
                self.paper = paper(file.name, file.read())
            except PaperRefused as why:
                self.add_error("text", str(why))
            else:
                if self.errors:
                    self.add_error("text", "文件没有问题；浏览器不替您留着它，改好以后请再选一次")
        return data


class OpinionForm(forms.Form):
    """不同意."""

    opinion = forms.CharField(
        label="不同意的理由",
        max_length=450,
        help_text="写明哪里与条文不符、还缺什么；提出人看得到，不要写个人姓名和号码",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明不同意的理由", "max_length": "最多 450 字，请缩短"},
    )
