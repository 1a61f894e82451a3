"""登录表单."""

from django import forms


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
