"""manage.py add_staff: 开通工作人员，直到有部门与用户的页面为止；口令从终端输入，不进命令行."""

import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register

ADDED = register("user.added", "开通用户")


class Command(BaseCommand):
    help = "开通一名工作人员，并授予其在本部门的角色"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--department", required=True, help="部门代码，例如 market-regulation")
        parser.add_argument("--role", action="append", required=True, help="角色代码，可以写多次")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            department = Department.objects.get(code=given["department"])
        except Department.DoesNotExist as why:
            raise CommandError(f"没有部门 {given['department']}") from why
        if User.objects.filter(username=given["username"]).exists():
            raise CommandError(f"登录名 {given['username']} 已经有人使用")
        password = getpass.getpass("初始口令（不显示）：")
        try:
            validate_password(password)
            with transaction.atomic():
                user = User.objects.create_staff(
                    given["username"],
                    password,
                    display_name=given["name"],
                    home_department=department,
                    must_change_password=True,
                )
                for role in given["role"]:
                    roles.grant(user, department, role)
                events.record(
                    act=ADDED,
                    noun="user",
                    object_id=user.pk,
                    actor=User.objects.system(),
                    department=department.code,
                )
        except ValidationError as why:
            with translation.override(settings.LANGUAGE_CODE):
                raise CommandError("；".join(why.messages)) from why
        except ValueError as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"已开通 {user.display_name}（{department}）")
