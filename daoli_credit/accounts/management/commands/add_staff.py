"""manage.py add_staff: 开通三员. The pages open everybody else; nobody appoints an officer from a page, or the system
officer could make a security officer of their own. 口令从终端输入，不进命令行."""

import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.rules import names
from daoli_credit.audit import events
from daoli_credit.audit.acts import register

ADDED = register("user.added", "由运维开通三员")


class Command(BaseCommand):
    help = "开通一名系统管理员、安全管理员或者审计管理员；其他人由系统管理员在“人员”页开通"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--department", default="credit-office", help="部门代码，不写就是区信用办")
        parser.add_argument("--officer", required=True, choices=[one for one in Officer.values if one], help="哪一员")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            department = Department.objects.get(code=given["department"])
        except Department.DoesNotExist as why:
            raise CommandError(f"没有部门 {given['department']}") from why
        if problem := names.login_problem(given["username"]) or names.name_problem(given["name"]):
            raise CommandError(problem)
        if User.objects.filter(username=given["username"]).exists():
            raise CommandError(f"登录名 {given['username']} 已经有人使用")
        password = getpass.getpass("初始口令（不显示）：")
        try:
            validate_password(password)
        except ValidationError as why:
            with translation.override(settings.LANGUAGE_CODE):
                raise CommandError("；".join(why.messages)) from why
        with transaction.atomic():
            user = User.objects.create_staff(
                given["username"], password, display_name=given["name"], home_department=department,
                officer=given["officer"],
            )  # fmt: skip
            events.record(
                act=ADDED, noun="user", object_id=user.pk, actor=User.objects.system(), department=department.code,
                to_status=given["officer"],
            )  # fmt: skip
        self.stdout.write(f"已开通{user.get_officer_display()} {user.display_name}（{department}）")
