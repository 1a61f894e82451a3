"""登录锁定: wrong tries are counted in the cache by username and by address; no puzzles, only a wait.

A try is counted before the password is looked at, so that many at once get no further than one after another.
"""

import hashlib
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from daoli_credit.cipher import normal_id

MINUTES = 15
TRIES = 5
# A whole bureau often stands behind one address: five typing errors there must not shut out everybody.
TRIES_FROM_ONE_ADDRESS = 20


class Locked(Exception):
    """已锁定: too many wrong tries; wait."""


def address(request: HttpRequest) -> str:
    """来访地址: behind our proxy, the last address it added; what a visitor wrote before that proves nothing."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(kind: str, text: str) -> str:
    return f"lockout:{kind}:{hashlib.sha256(text.encode()).hexdigest()}"


def _name_key(username: str) -> str:
    return _key("name", normal_id(username))


def _count(key: str) -> int:
    cache.add(key, 0, MINUTES * 60)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, MINUTES * 60)
        return 1


def _give_back(key: str) -> None:
    with suppress(ValueError):  # it ran out meanwhile
        cache.decr(key)


def demand(request: HttpRequest, username: str) -> None:
    """能否再试: counts one try for this name and this address. Raises Locked beyond either limit."""
    if _count(_name_key(username)) > TRIES:
        raise Locked
    if _count(_key("address", address(request))) > TRIES_FROM_ONE_ADDRESS:
        _give_back(_name_key(username))
        raise Locked


def wrong(request: HttpRequest, username: str) -> bool:
    """输错一次: the wait begins anew. True when this was the last try that the name or the address had."""
    limits = {_name_key(username): TRIES, _key("address", address(request)): TRIES_FROM_ONE_ADDRESS}
    for key in limits:
        cache.touch(key, MINUTES * 60)
    return any(int(cache.get(key, 0)) >= limit for key, limit in limits.items())


def right(request: HttpRequest, username: str) -> None:
    """输对了: the name starts afresh, the address gets back this one try only."""
    cache.delete(_name_key(username))
    _give_back(_key("address", address(request)))


def demand_quiet(request: HttpRequest, kind: str) -> None:
    """能否再答, for what cannot be guessed (a key of 256 bits): only wrong ones count, by address. Raises Locked."""
    if int(cache.get(_key(kind, address(request)), 0)) >= TRIES_FROM_ONE_ADDRESS:
        raise Locked


def wrong_quiet(request: HttpRequest, kind: str) -> bool:
    """又错一次, by address. True when it was the last one that is looked at."""
    return _count(_key(kind, address(request))) >= TRIES_FROM_ONE_ADDRESS


def worth_noting(request: HttpRequest) -> bool:
    """还要记吗: a refused callback costs its sender nothing, so one address cannot fill the evidence with them."""
    return _count(_key("callback", address(request))) <= TRIES_FROM_ONE_ADDRESS
