"""Logs as JSON, one object a line, without a word about patients.

What the house itself writes holds ids only. What libraries write may hold more: the message of an exception
(PostgreSQL's ``DETAIL`` names the row that was refused), the result of a task, the address somebody typed.
None of it is passed on: an exception is its type and the places in the code, a request is the name of its
page and the answer, and a text is cut where a database begins to tell of a row.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from accounts.trail.context import CONTEXT

# From here on PostgreSQL quotes values.
TELLS_OF_A_ROW = re.compile(r"\s{0,9}(?:DETAIL|CONTEXT|STATEMENT|QUERY|HINT):.*", re.DOTALL)
QUOTES_A_ROW = (
    # To the end: a value may hold brackets, and looking for the last one takes long on evil text.
    re.compile(r"Key \(.{0,300}?\)=\(.*", re.DOTALL),
    re.compile(r"Failing row contains \(.*", re.DOTALL),
    re.compile(r"invalid input syntax for .*", re.DOTALL),
)
LEFT_OUT = "…"
# Celery hands over what a task was given, returned and raised; its type and its id are what we keep.
BECAME = re.compile(r"\]\s+(received|succeeded)")
OF_A_TASK = ("name", "id", "runtime", "description")
PLAIN = str | int | float | bool | None


class JsonFormatter(logging.Formatter):
    """One line of JSON a record; see the module."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            **CONTEXT.get(),
            **_request(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)


def scrubbed(text: str) -> str:
    """The text without what a database tells of a row."""
    text = TELLS_OF_A_ROW.sub(LEFT_OUT, text)
    for pattern in QUOTES_A_ROW:
        text = pattern.sub(LEFT_OUT, text)
    return text


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For ``sys.excepthook``: what ends a program is logged as any other exception, without its text."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("uncaught").critical("ended by an exception", exc_info=(kind, error, trace))


def _message(record: logging.LogRecord) -> str:
    if hasattr(record, "request") and hasattr(record, "status_code"):
        # "Not Found: %s" and its like, with the address that was typed.
        return str(record.msg).partition(":")[0].partition("%")[0].strip(" (") or "request"
    if record.name.startswith("celery.") and isinstance(record.args, dict):
        known = [str(record.args[name]) for name in OF_A_TASK if name in record.args]
        became = BECAME.search(str(record.msg))
        return " ".join([*known, *became.groups()] if became else known)
    if isinstance(record.args, tuple):
        record = _with(record, tuple(_kept(value) for value in record.args))
    return scrubbed(record.getMessage())


def _with(record: logging.LogRecord, args: tuple[Any, ...]) -> logging.LogRecord:
    copy = logging.makeLogRecord(record.__dict__)
    copy.args = args
    return copy


def _kept(value: Any) -> Any:
    """An exception among the arguments says its type only: its text may quote anything."""
    return type(value).__name__ if isinstance(value, BaseException) else value


def _request(record: logging.LogRecord) -> dict[str, PLAIN]:
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    match = getattr(request, "resolver_match", None)
    took = getattr(record, "milliseconds", None)
    method = getattr(request, "method", None)
    page = match.view_name if match else None
    found = {"method": method, "page": page, "status": status, "milliseconds": took}
    return {name: value for name, value in found.items() if value is not None}


def _exception(error: BaseException) -> dict[str, Any]:
    """Types, from the last to the first cause, and where in the code; no text and no values."""
    types, seen = [], set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        types.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    return {"types": types, "where": [f"{one.filename}:{one.lineno} {one.name}" for one in frames]}
