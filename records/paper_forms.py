"""文书的表单: why it is opened, and how it reached the person."""

from django import forms

from records.forms import ServiceForm


class OpenForm(forms.Form):
    """打开文书: it names the person, so it is a look with a purpose."""

    PURPOSES = ("打印送达当事人", "核对送达的文书", "答复当事人询问")
    purpose = forms.ChoiceField(
        label="为什么要打开",
        choices=[(purpose, purpose) for purpose in PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择用途；当事人会看到这一条", "invalid_choice": "请从所列的用途里选择"},
    )
    document_number = forms.CharField(
        label="本单位文号",
        required=False,
        max_length=128,
        help_text="本单位为这份文书编过文号的，填在这里，印在页眉；没有的不填。系统编号不是文号",
        error_messages={"max_length": "文号最多 128 个字符，请核对"},
    )

    def __init__(self, *args: object, made: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if made:
            del self.fields["document_number"]


class PaperServiceForm(ServiceForm):
    """登记文书送达."""

    proof = forms.CharField(
        label="送达证明",
        max_length=60,
        help_text="送达回证编号、挂号信号码、公告的文号；不要写证件号码和电话",
        error_messages={
            "required": "请写明送达证明，例如送达回证编号、挂号信号码",
            "max_length": "最多 60 个字符，请写短一些",
        },
    )
