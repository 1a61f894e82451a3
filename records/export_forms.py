"""导出的表单: what for, under which case; the second person's reason."""

from django import forms

from daoli_credit.accounts.models import Department
from daoli_credit.audit.opinion import no_numbers
from records.models.export import Form
from records.models.record import S
from records.rules.exportable import PURPOSES


class ExportForm(forms.Form):
    """申请导出. The range is the one of the list of records; there is no way to choose persons."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="部门",
        empty_label=None,
        error_messages={"invalid_choice": "请选择您有导出职责的部门", "required": "请选择部门"},
    )
    record_status = forms.ChoiceField(
        label="范围",
        required=False,
        choices=[("", "本部门全部（已终止的除外）"), *((v, label) for v, label in S.choices if v != S.ENDED)],
        error_messages={"invalid_choice": "请从所列的范围里选择"},
    )
    purpose = forms.ChoiceField(
        label="用途",
        choices=[(purpose, purpose) for purpose in PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择用途；名单上的每个人都会看到", "invalid_choice": "请从所列的用途里选择"},
    )
    case_number = forms.CharField(
        label="办件编号",
        max_length=60,
        help_text="这次导出为哪一件；不要写姓名、证件号码和电话",
        validators=[no_numbers],
        error_messages={"required": "请填写办件编号；没有办件的，不能导出", "max_length": "办件编号最多 60 个字符"},
    )
    form = forms.ChoiceField(
        label="文件种类",
        choices=Form.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择文件种类", "invalid_choice": "请从所列的文件种类里选择"},
    )
    full_identity = forms.BooleanField(
        label="要完整的姓名和证件号码",
        required=False,
        help_text="不勾选的，身份一律遮盖；勾选的，不论多少条都要由第二人复核",
    )

    def __init__(self, *args: object, departments: frozenset[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = self.fields["department"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101  for the reader and the type checker
        chosen.queryset = Department.objects.filter(pk__in=departments)


class RefuseForm(forms.Form):
    """不同意的理由."""

    opinion = forms.CharField(
        label="理由",
        max_length=120,
        help_text="申请人会看到；不要写证件号码和电话",
        validators=[no_numbers],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明不同意的理由，申请人要看", "max_length": "最多 120 字，请写短一些"},
    )
