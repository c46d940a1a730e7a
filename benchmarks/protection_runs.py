"""The same work with a wall and without it. Import after Django is set up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from unittest import mock

from django.db import connections, transaction
from django.utils import timezone

from accounts.scope import hospital_scope
from accounts.trail.kinds import AccessKind, ActorKind
from accounts.trail.sealing import seal
from accounts.trail.writing import Entry, write
from benchmarks.import_runs import Hospital
from benchmarks.pages import Pages
from patients.models import Patient
from tests.monitoring.entries import entry, recorded

RESULTS = "results_result"
WALLED = "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relkind = 'r'"
HISTORY = """
    SELECT quote_ident(tgname) FROM pg_trigger
    WHERE tgrelid = 'results_result'::regclass AND tgname ~ '^pgtrigger_(insert|update)_'
"""


def as_owner(*statements: str) -> None:
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def asked_as_owner(statement: str) -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return [name for (name,) in cursor.fetchall()]


@contextmanager
def without_trail() -> Iterator[None]:
    with mock.patch("accounts.middleware.write_request"):
        yield


@contextmanager
def without_history() -> Iterator[None]:
    """No row of history for a result."""
    triggers = asked_as_owner(HISTORY)
    if not triggers:
        raise RuntimeError("no trigger writes the history of results; the benchmark would measure nothing")
    as_owner(*(f"ALTER TABLE {RESULTS} DISABLE TRIGGER {name}" for name in triggers))
    try:
        yield
    finally:
        as_owner(*(f"ALTER TABLE {RESULTS} ENABLE TRIGGER {name}" for name in triggers))


@contextmanager
def without_walls() -> Iterator[None]:
    """No row-level security on any table."""
    tables = asked_as_owner(WALLED)
    as_owner(*(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in tables))
    try:
        yield
    finally:
        as_owner(*(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in tables))


@dataclass
class Writes:
    """A hospital whose results are written, one by one and many at once; each turn has days of its own."""

    hospital: Hospital
    turn: int = field(default=0)

    def many(self, number: int) -> None:
        self.turn += 1
        self.hospital.inserted(number, self.turn)

    def one_by_one(self, number: int) -> None:
        self.turn += 1
        by = self.hospital.by
        first = date(1900, 1, 1) + timedelta(days=self.turn * number)
        with hospital_scope(by.hospital_id, actor="benchmark"):
            patient = Patient.objects.order_by("pk")[:1].get()
            for place in range(number):
                recorded(patient, by, entry("100", (first + timedelta(days=place)).isoformat()))


def noted(pages: Pages, number: int) -> None:
    """``number`` rows of the trail, each in a statement of its own, as requests write them."""
    one = Entry(
        at=timezone.now(),
        hospital_id=pages.house.a.pk,
        actor_kind=ActorKind.PERSON,
        user_id=pages.house.alice.user_id,
        kind=AccessKind.VIEWED,
        patient_id=pages.patient.pk,
        address="results:list",
        status=200,
    )
    with transaction.atomic():
        for _ in range(number):
            write([one])


def visited(pages: Pages, address: str, times: int) -> None:
    for _ in range(times):
        pages.get(address)


def sealed() -> tuple[int, float]:
    """Seal everything that waits: how many rows, and in how many milliseconds."""
    began, rows = time.perf_counter(), 0
    while batch := seal(now=timezone.now()):
        rows += batch.count
    return rows, (time.perf_counter() - began) * 1000
