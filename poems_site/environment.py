"""Read settings from the environment, loudly: a wrong or missing value stops the start with a cure."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of ``name``; without a default a missing value is an error that tells the cure."""
    value = os.environ.get(name, default)
    if value is None or value == "":
        if default is not None:
            return default
        raise ImproperlyConfigured(
            f"{name} is not set. Copy .env.example, fill it in and export it, or run `make demo`, "
            f"which sets everything itself."
        )
    return value


def secret(name: str, default: str | None = None) -> str:
    """A secret from the file named by ``NAME_FILE`` (as secret stores mount them), or from ``NAME``."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names {file}, which cannot be read: {error.strerror}."
            ) from error
    return text(name, default)


def boolean(name: str, default: bool) -> bool:
    """``true`` or ``false``; anything else is refused rather than taken for one of them."""
    value = os.environ.get(name, str(default)).lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be true or false.")
    return value == "true"


def integer(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


def words(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str, name: str) -> dict[str, Any]:
    """Django's settings for ``postgresql://login:password@host:port/name`` or ``...?host=/socket/folder``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} must start with postgresql://; other databases are not supported (docs/adr/0002)."
        )
    options = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or options.get("port", [""])[0]),
    }


def redis_urls(url: str) -> tuple[str, str]:
    """The cache's and the broker's address for one server: ``unix:///path.sock`` or ``redis://host:port``.

    The two use different numbered databases, so that clearing the cache never clears a queue: those after the
    one that a path's ``?db=`` names (0).
    """
    if url.startswith("unix://"):
        path, _, before = url.removeprefix("unix://").partition("?db=")
        number = int(before or 0)
        return f"unix://{path}?db={number + 1}", f"redis+socket://{path}?virtual_host={number + 2}"
    if url.startswith(("redis://", "rediss://")):
        base = url.rstrip("/")
        return f"{base}/1", f"{base}/2"
    raise ImproperlyConfigured("REDIS_URL must start with redis://, rediss:// or unix://.")
