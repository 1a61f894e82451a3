"""Forgets what this test process has in the cache. Not `cache.clear()`: that empties Valkey for the others too."""

import redis
from django.conf import settings
from django.core.cache import cache


def forget(pattern: str) -> None:
    valkey = redis.from_url(settings.REDIS_URL)
    for key in valkey.scan_iter(cache.make_key(pattern), count=1000):
        valkey.delete(key)
