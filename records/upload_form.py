"""上传表单: which item of which department, what the sheet does not say, and the file."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, pack
from records.forms import Typed
from records.models.record import Service, SeverityClass
from records.reading.sheet import LONGEST_CSV, MOST_BYTES, MOST_ROWS
from records.rules import intake
from records.rules.collectable import refusal

STATED = ("severity", "severity_basis", "service", "served_on")
TOO_LARGE = f"文件超过 {LONGEST_CSV >> 20} MB，没有收下；请分成几个文件上传"


def offered(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """可以导入的事项, by department; what may not be collected is not offered."""
    today, choices = clock.today(), []
    for body in Department.objects.in_use(today).filter(pk__in=user.departments("submit_record")):
        items = [
            (f"{body.code}/{item.code}", item.title)
            for item in pack.current().items_for(body.code, today)
            if not refusal(item, body.code, on=today)
        ]
        if items:
            choices.append((body.name, items))
    return choices


class UploadForm(forms.Form):
    """上传一张表. After `is_valid()`: `department`, `item`, `stated`, `data`, `name`."""

    use_required_attribute = False
    what = forms.ChoiceField(
        label="部门和目录事项",
        help_text="一张表只放一个事项；表头用这个事项的栏目名",
        error_messages={"required": "请选择目录事项", "invalid_choice": "没有可以导入的这个目录事项"},
    )
    file = forms.FileField(
        label="文件",
        help_text=(
            f"Excel（.xlsx、.xls）、ODS，最多 {MOST_BYTES >> 20} MB、{MOST_ROWS // 10_000} 万行；"
            "CSV（UTF-8、GB18030），行数不限。表头上可以有大标题"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.et,.ods,.csv,.txt,.tsv"}),
        error_messages={
            "required": "请选择文件",
            "empty": "文件是空的（0 字节）；请核对选对了文件",
            "missing": "没有收到文件；请重新选择",
            "invalid": "没有收到文件；请重新选择",
        },
    )
    severity = Typed(
        label="失信行为分类（整表）",
        required=False,
        help_text="事项由认定部门分类的必填，按书面认定选择；表中各行分类不同的，分成几张表",
        widget=forms.Select(choices=[("", "不分类"), *((v, label) for v, label in SeverityClass.choices if v)]),
    )
    severity_basis = Typed(label="分类依据", required=False, help_text="认定文书或者裁量基准的名称和条款")
    service = Typed(
        label="决定书怎样送达的（整表）",
        required=False,
        help_text="已由本单位送达的在这里登记；还没有送达或者各行不同的留空",
        widget=forms.Select(choices=Service.choices),
    )
    served_on = Typed(label="送达日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        data: Any = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        user: User,
        too_large: bool = False,
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.too_large = too_large
        choices = [("", "请选择"), *offered(user)]
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101  for the type checker
        what.choices = choices

    @property
    def stated(self) -> dict[str, str]:
        """What the bureau says once for the whole sheet."""
        return {name: str(self[name].data or "").strip() for name in STATED}

    def clean(self) -> dict[str, Any]:
        """The statement is held to the rules of a single row."""
        data = self.cleaned_data
        if self.too_large:
            self.errors.pop("file", None)
            self.add_error("file", TOO_LARGE)
        if what := data.get("what"):
            data["department"], data["item"] = what.split("/")
            for problem in intake.stated(data["item"], self.stated, today=clock.today()):
                self.add_error(problem.field if problem.field in self.fields else None, str(problem))
        return data


class UndoForm(forms.Form):
    """整批撤回."""

    opinion = forms.CharField(
        label="为什么整批撤回",
        max_length=500,
        help_text="写明哪里错了；不要写证件号码和电话",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明为什么整批撤回"},
    )
