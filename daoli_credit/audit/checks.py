"""部署检查 daoli.E001: the application must not be able to alter evidence."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections

_CAN_ALTER = """
    SELECT current_user, pg_has_role(current_user, c.relowner, 'MEMBER'),
           has_table_privilege(current_user, c.oid, 'UPDATE, DELETE, TRUNCATE')
    FROM pg_class c WHERE c.oid = 'audit_event'::regclass
"""


def application_cannot_alter_evidence(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Runs under `check --deploy`, because it asks the database."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(_CAN_ALTER)
            role, is_owner, may_change = cursor.fetchone()
    except DatabaseError as why:
        return [Error(f"查不到存证表的权限：{why}", hint="先以所有者执行 migrate 和 grant_app_role", id="daoli.E001")]
    if is_owner:
        return [
            Error(f"应用与所有者是同一个数据库角色（{role}），触发器拦不住它", hint="另建应用角色", id="daoli.E001")
        ]
    if may_change:
        return [Error(f"应用角色 {role} 可以修改存证", hint="以所有者执行 manage.py grant_app_role", id="daoli.E001")]
    return []
