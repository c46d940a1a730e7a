"""Copies of the migrated database: one per worker, and one for each test that must commit."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

# A thread or a process of a test may be slow to leave; each login may end what is its own.
_END_OWN_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND usename = current_user
"""


@contextmanager
def copied_database() -> Iterator[str]:
    """Point both logins at a fresh copy of the migrated database; drop it afterwards. Takes about 30 ms."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    _as_owner(f'CREATE DATABASE "{name}" TEMPLATE migrated STRATEGY file_copy')
    _point_at(dict.fromkeys(before, name))
    try:
        yield name
    finally:
        _point_at(before)
        for alias in before:
            _execute(alias, _END_OWN_SESSIONS.format(name))
        # Not by force: the owner may not end a connection of the application's that is just closing; without
        # it PostgreSQL waits a moment for such.
        _as_owner(f'DROP DATABASE "{name}"')


def _point_at(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _as_owner(statement: str) -> None:
    _execute("owner", statement)


def _execute(alias: str, statement: str) -> None:
    """Run one statement outside any transaction and outside the copied databases."""
    settings = connections[alias].settings_dict | {"NAME": "postgres"}
    connection = connections.create_connection(alias).__class__(settings, alias)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
