"""Forgets the wrong tries of this test process. Not cache.clear(): that empties Valkey for the other workers too."""

import redis
from django.conf import settings
from django.core.cache import cache


def forget() -> None:
    valkey = redis.from_url(settings.REDIS_URL)
    for key in valkey.scan_iter(cache.make_key("lockout:*"), count=1000):
        valkey.delete(key)
