"""What is known of the request or task that runs now, for every line it logs: opaque ids only."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("accounts.request")
CONTEXT: ContextVar[dict[str, str]] = ContextVar("log_context", default={})  # noqa: B039 - never changed in place

# By whatever watches the house, every few seconds.
ASKED_ALL_THE_TIME = ("/healthz",)


@contextmanager
def logged_with(**known: str) -> Iterator[None]:
    """Everything logged inside says this too; empty values are left out."""
    token = CONTEXT.set(CONTEXT.get() | {name: value for name, value in known.items() if value})
    try:
        yield
    finally:
        CONTEXT.reset(token)


def log_request(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    """One line a request: the page by its name, never its address."""
    if request.path in ASKED_ALL_THE_TIME:
        return
    known = {"request": request, "status_code": response.status_code, "milliseconds": round(seconds * 1000)}
    logger.info("request", extra=known)
