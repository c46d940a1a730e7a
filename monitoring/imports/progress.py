"""How far a worker is, for a bar on a page: kept in the cache, because it may be lost without harm."""

from uuid import UUID

from django.core.cache import cache
from redis.exceptions import RedisError

KEPT_SECONDS = 600


def report(batch_id: UUID, percent: int) -> None:
    try:
        cache.set(_key(batch_id), percent, KEPT_SECONDS)
    except RedisError:
        return  # the import goes on; only its bar stands still


def percent_of(batch_id: UUID) -> int:
    """0 to 100; 0 while nothing was reported."""
    try:
        return int(cache.get(_key(batch_id), 0))
    except RedisError:
        return 0


def _key(batch_id: UUID) -> str:
    return f"import-progress:{batch_id}"
