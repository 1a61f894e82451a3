"""登录、账号、窗口和接口密钥的表单."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from daoli_credit.accounts.models import Department
from daoli_credit.accounts.service_keys import SCOPES


class SignIn(forms.Form):
    """工作人员登录. The password is taken as typed, blanks and all."""

    username = forms.CharField(
        label="用户名",
        max_length=80,
        error_messages={"required": "请填写用户名"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=256,
        strip=False,
        error_messages={"required": "请填写密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


def _password(label: str, autocomplete: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=256,
        strip=False,
        error_messages={"required": required},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class _NewPassword(forms.Form):
    """新口令, twice."""

    new = _password("新口令", "new-password", "请填写新口令")
    again = _password("再输入一次", "new-password", "请再输入一次")

    def clean(self) -> dict[str, Any]:
        """The two must be the same, and strong enough; judged before any secret is compared."""
        given = super().clean() or {}
        if given.get("new"):
            try:
                validate_password(given["new"])
            except forms.ValidationError as why:
                self.add_error("new", why)
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", "两次输入不一样，请再输入一次")
        return given


class ChangePassword(_NewPassword):
    """修改口令: the old one proves who sits here."""

    old = _password("现在的口令", "current-password", "请填写现在的口令")
    field_order = ("old", "new", "again")


class Code(forms.Form):
    """动态口令或者恢复码."""

    code = forms.CharField(
        label="动态口令",
        max_length=40,
        help_text="手机上的六位数字；手机不在身边的，填一个恢复码。",
        error_messages={"required": "请填写动态口令或者恢复码"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "characters"}
        ),
    )


class FirstCode(Code):
    """启用时的动态口令: there are no recovery codes yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "扫描以后，手机上显示的六位数字。"


class Card(forms.Form):
    """窗口核对的身份证件. Nothing of it is kept."""

    name = forms.CharField(
        label="姓名", max_length=40, error_messages={"required": "请照证件填写姓名"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    id_number = forms.CharField(
        label="证件号码", max_length=24, error_messages={"required": "请照证件填写号码"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    checked = forms.BooleanField(
        label="本人到场，已看过证件原件，证件和人一致",
        error_messages={"required": "没有看过证件原件、没有核对是本人的，不能打印"},
    )


class Activate(_NewPassword):
    """用激活信开通."""

    id_number = forms.CharField(
        label="证件号码", max_length=24, error_messages={"required": "请填写证件号码"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )  # fmt: skip
    code = forms.CharField(
        label="激活码", max_length=40, help_text="激活信上的十二位字母和数字，横线可以不填。",
        error_messages={"required": "请填写激活码"},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )  # fmt: skip
    field_order = ("id_number", "code", "new", "again")


class CitizenSignIn(forms.Form):
    """证件号码和口令登录."""

    id_number = forms.CharField(
        label="证件号码", max_length=24, error_messages={"required": "请填写证件号码"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )  # fmt: skip
    password = _password("口令", "current-password", "请填写口令")
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class AskForKey(forms.Form):
    """申请接口密钥."""

    title = forms.CharField(label="系统名称", max_length=40, error_messages={"required": "请填写系统名称"})
    department = forms.ModelChoiceField(
        Department.objects.filter(valid_to__isnull=True),
        to_field_name="code",
        label="部门",
        error_messages={"required": "请选择部门", "invalid_choice": "请从列出的部门里选"},
    )
    scopes = forms.MultipleChoiceField(
        label="权限", choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一项权限"},
    )  # fmt: skip
    expires_on = forms.DateField(
        label="到期日（含当日）", help_text="最长一年。",
        error_messages={"required": "请填写到期日", "invalid": "请按年-月-日填写"},
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
