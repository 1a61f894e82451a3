"""manage.py grant_app_role: run as the owner after each migrate."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

APPEND_ONLY = ("audit_event", "audit_lookup", "audit_seal", "audit_leaves", "records_disclosure")
_EVERYTHING = """
    GRANT USAGE ON SCHEMA public TO {role};
    REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
    GRANT EXECUTE ON FUNCTION audit_ensure_partition(date) TO {role};
    REVOKE INSERT, UPDATE ON audit_unsealed FROM {role};
    REVOKE INSERT, UPDATE, DELETE ON audit_dropped FROM {role};
"""
_MONTHS = """
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent IN ('audit_event'::regclass, 'audit_lookup'::regclass) ORDER BY 1
"""


def grant(cursor: CursorWrapper, role: str) -> None:
    """授权: everything the product writes may be written, evidence may only be added to (docs/evidence.md)."""
    name = sql.Identifier(role)
    cursor.execute(sql.SQL(_EVERYTHING).format(role=name))
    for table in APPEND_ONLY:
        cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), name))
    # Months are reached through their parent only: a row put into one directly would miss the queue.
    cursor.execute(_MONTHS)
    for (month,) in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(month), name))


class Command(BaseCommand):
    help = "授予应用数据库角色所需的权限；存证表只给查询和追加。每次 migrate 之后由所有者执行，可重复执行。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        alias = "owner" if "owner" in connections else "default"
        role = str(connections["default"].settings_dict["USER"])
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user, pg_has_role(%s, current_user, 'MEMBER')", [role])
            owner, is_owner = cursor.fetchone()
            if is_owner:
                raise CommandError(f"应用角色 {role} 就是（或可以变成）所有者 {owner}，存证拦不住它；请另建一个角色")
            grant(cursor, role)
        self.stdout.write(f"已授权：{role} 可以读写业务表，对存证只能查询和追加")
