"""归卷的表单: which paper it is, and the file; the bytes are judged by the one rule for attachments."""

from django import forms

from incentives.models.listing_paper import ScanOf
from records.attachment_forms import file_field, sealed
from records.models import Attachment


class ScanForm(forms.Form):
    """归入卷宗原件. After `is_valid()` and `made(user)`: what the act keeps."""

    use_required_attribute = False
    of = forms.ChoiceField(
        label="是哪一件",
        choices=[("", "请选择"), *ScanOf.choices],
        error_messages={"required": "请选择是哪一件", "invalid_choice": "请从所列的里选择"},
    )
    file = file_field(required=True, label="原件（扫描件）")

    def made(self, user: object) -> Attachment | None:
        """封好的原件, or None with the error at its field."""
        return sealed(self, "file", "proof", user)
