"""附件的表单: what it is, and the file; the file's own bytes are judged by `records.rules.attachable`."""

from django import forms

from records.models import Attachment
from records.models.attachment import Paper
from records.rules.attachable import KINDS, MOST_BYTES
from records.rules.problem import Wrong
from records.sealed_attachments import prepared

FILE_WORDS = {
    "required": "请选择文件",
    "empty": "文件是空的（0 字节）；请核对选对了文件",
    "missing": "没有收到文件；请重新选择",
    "invalid": "没有收到文件；请重新选择",
    "max_length": "文件名太长；请改短再上传",
}


def file_field(*, required: bool, label: str = "文件") -> forms.FileField:
    """选一个文件."""
    return forms.FileField(
        label=label,
        required=required,
        help_text=f"{KINDS}，最多 {MOST_BYTES >> 20} MB；文件名不保存",
        widget=forms.FileInput(attrs={"accept": ".pdf,.ofd,.jpg,.jpeg,.png"}),
        error_messages=FILE_WORDS,
    )


class PaperForm(forms.Form):
    """加附件. After `is_valid()` and `made(user)`: what the act saves."""

    use_required_attribute = False
    paper = forms.ChoiceField(
        label="是什么",
        choices=[(Paper.DECISION, "决定书"), (Paper.RECEIPT, "送达回证"), (Paper.PROOF, "其他证明材料")],
        error_messages={"required": "请选择是什么文件", "invalid_choice": "请从所列的里选择"},
    )
    file = file_field(required=True)

    def made(self, user: object) -> Attachment | None:
        """封好的附件, or None when the file is none that is taken; the error stands at the field."""
        return sealed(self, "file", self.cleaned_data["paper"], user)


def sealed(form: forms.Form, name: str, paper: str, user: object) -> Attachment | None:
    """从表单里取一个文件 and seal it, outside of any transaction; what is wrong is said at its field."""
    file = form.cleaned_data.get(name)
    if file is None:
        return None
    try:
        return prepared(file.read(MOST_BYTES + 1), paper, user)  # type: ignore[arg-type]  # a User, kept out of forms
    except Wrong as why:
        form.add_error(name, str(why.at(name)))
        return None
