"""进度: how far a worker is with an import, told beside the database, for its page only. Nothing depends on it."""

from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from records.models import ImportBatch

KEPT = 600  # seconds


@dataclass(frozen=True)
class Progress:
    """做到哪里: `phase` in words, and how many rows of it."""

    phase: str = ""
    done: int = 0


def _key(batch_id: int) -> str:
    return f"import-progress:{batch_id}"


def _stop(batch_id: int) -> str:
    return f"import-stop:{batch_id}"


def tell(batch_id: int, phase: str, done: int) -> None:
    """说一声. Without the cache nobody hears it, and the work goes on."""
    with suppress(RedisError):
        cache.set(_key(batch_id), (phase, done), KEPT)


def of(batch: ImportBatch) -> Progress:
    """现在做到哪里."""
    with suppress(RedisError):
        return Progress(*(cache.get(_key(batch.pk)) or ()))
    return Progress()


def begin(batch_id: int) -> None:
    """从头: what was told of an earlier try is over."""
    with suppress(RedisError):
        cache.delete_many([_key(batch_id), _stop(batch_id)])


def ask_to_stop(batch_id: int) -> None:
    """请停下: so that the worker need not write to the end what the database will refuse there anyway."""
    with suppress(RedisError):
        cache.set(_stop(batch_id), 1, KEPT)


def asked_to_stop(batch_id: int) -> bool:
    """有人请停下."""
    with suppress(RedisError):
        return cache.get(_stop(batch_id)) is not None
    return False
