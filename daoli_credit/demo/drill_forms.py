"""演练表单."""

from django import forms

from daoli_credit.demo import drill


class DrillForm(forms.Form):
    """哪一种故障，多少批."""

    count = forms.IntegerField(
        label="后面几批",
        min_value=1,
        max_value=drill.MOST,
        initial=2,
        error_messages={
            "required": "请填批数",
            "invalid": "请填整数",
            "min_value": "至少 1 批",
            "max_value": f"最多 {drill.MOST} 批",
        },
    )

    def __init__(self, *given: object, code: str, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["fault"] = forms.ChoiceField(
            label="故障",
            choices=[(one.code, one.title) for one in drill.faults_of(code)],
            error_messages={"required": "请选一种故障", "invalid_choice": "这个平台没有这种故障，请重选"},
        )
        self.order_fields(["fault", "count"])
