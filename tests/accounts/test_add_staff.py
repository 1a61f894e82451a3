"""由运维开通三员."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event

WHO = ("wangwu", "--name", "王五")


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands at the terminal's prompt."""
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "松花江畔的一句足够长的口令")


@pytest.mark.parametrize("post", ["system", "security", "audit"])
def test_a_new_officer_has_one_post_and_no_duty(db: None, post: str) -> None:
    call_command("add_staff", *WHO, "--officer", post)
    user = User.objects.get(username="wangwu")
    assert user.officer == post
    assert not user._rights
    assert Event.objects.filter(act="user.added", object_id=str(user.pk), to_status=post).exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ((*WHO, "--officer", "system", "--department", "nowhere"), "没有部门"),
        ((*WHO, "--officer", "king"), "invalid choice"),
        (("Wang Wu", "--name", "王五", "--officer", "system"), "登录名"),
        (("wangwu", "--name", "1", "--officer", "system"), "姓名"),
        (WHO, "required"),
    ],
)
def test_a_mistake_is_said_and_nobody_is_made(db: None, changes: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("add_staff", *changes)
    assert not User.objects.filter(display_name="王五").exists()


def test_a_weak_password_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "12345678")
    with pytest.raises(CommandError, match="至少"):
        call_command("add_staff", *WHO, "--officer", "audit")
    assert not User.objects.filter(username="wangwu").exists()


def test_a_login_name_is_given_once(db: None) -> None:
    call_command("add_staff", *WHO, "--officer", "system")
    with pytest.raises(CommandError, match="已经有人使用"):
        call_command("add_staff", *WHO, "--officer", "security")
