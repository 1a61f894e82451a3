"""健康检查: alive is a process that answers; ready is one whose database, cache and rule pack answer too."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from daoli_credit.audit import restored
from daoli_credit.law import pack


@login_not_required
def alive(request: HttpRequest) -> JsonResponse:
    """存活."""
    return JsonResponse({"alive": True})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """就绪: 503 with the part that is missing, never with a reason that tells an outsider more."""
    parts = {"database": _database(), "cache": _cache(), "rules": _rules(), "evidence": _evidence()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache() -> bool:
    try:
        cache.set("ready", 1, 5)
        return bool(cache.get("ready") == 1)
    except RedisError:
        return False


def _evidence() -> bool:
    try:
        return not restored.behind()
    except (DatabaseError, OSError):
        return False


def _rules() -> bool:
    try:
        return bool(pack.current().items)
    except (pack.NoEdition, pack.DemoRefused, DatabaseError):
        return False
