"""开通工作人员."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event

WHO = ("wangwu", "--name", "王五", "--department", "market-regulation")


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands at the terminal's prompt."""
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "松花江畔的一句足够长的口令")


def test_a_new_clerk_can_enter_for_their_department_and_nothing_else(db: None) -> None:
    call_command("add_staff", *WHO, "--role", "clerk")
    user = User.objects.get(username="wangwu")
    assert user.may_anywhere("submit_record")
    assert not user.may_anywhere("review_record")
    assert user.must_change_password  # somebody else has seen the first one
    assert Event.objects.filter(act="user.added", object_id=str(user.pk)).exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (("wangwu", "--name", "王五", "--department", "nowhere", "--role", "clerk"), "没有部门"),
        ((*WHO, "--role", "supervisor"), "不能设"),
        (("system-clerk", "--name", "王五", "--department", "court", "--role", "king"), "不能设"),
    ],
)
def test_a_mistake_is_said_and_nobody_is_made(db: None, changes: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("add_staff", *changes)
    assert not User.objects.filter(display_name="王五").exists()


def test_a_weak_password_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "12345678")
    with pytest.raises(CommandError, match="至少"):
        call_command("add_staff", *WHO, "--role", "clerk")
    assert not User.objects.filter(username="wangwu").exists()


def test_a_login_name_is_given_once(db: None) -> None:
    call_command("add_staff", *WHO, "--role", "clerk")
    with pytest.raises(CommandError, match="已经有人使用"):
        call_command("add_staff", *WHO, "--role", "reviewer")
