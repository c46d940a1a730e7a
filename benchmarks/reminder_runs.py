"""Hospitals with follow-ups due, and stopwatches for sweeping and sending. Import after Django is set up."""

import json
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections, transaction

from accounts.models import Hospital, Membership, User
from accounts.roles import Role
from accounts.scope import hospital_scope
from benchmarks.house import ROOT
from monitoring.reminders.delivery import deliver
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.sweeping import Waiting, sweep
from patients.models import Patient
from tests.personas import build_house

MORNING = datetime(2026, 6, 1, 6, tzinfo=UTC)
FAR_AWAY = date(2030, 1, 1)
ACTOR = "benchmark"
FOLLOW_UPS = """
    INSERT INTO follow_ups_followup (
        id, hospital_id, patient_id, recorded_at, recorded_by_id, kind, title, anchor, anchored_on, earliest,
        due, latest, overdue_at_once, responsible_id, origin, position, state, version
    )
    SELECT gen_random_uuid(), %(hospital)s,
        (%(patients)s::uuid[])[1 + n %% cardinality(%(patients)s::uuid[])],
        %(now)s, %(by)s, 'vegf', 'VEGF and blood', 'line_start', day, day, day, day + 30, false,
        (%(people)s::uuid[])[1 + n %% cardinality(%(people)s::uuid[])], gen_random_uuid(), 0, 'planned', 1
    FROM generate_series(0, %(number)s - 1) n,
        LATERAL (SELECT CASE WHEN n < %(due)s THEN %(today)s::date ELSE %(later)s::date END AS day) days
"""


@contextmanager
def running_mail_server() -> Iterator[None]:
    """The demonstration's mail sink as a process."""
    with tempfile.TemporaryDirectory() as folder:
        ports = Path(folder) / "ports.json"
        command = [sys.executable, "-m", "supervisor.mail_server", "--folder", folder]
        server = subprocess.Popen([*command, "--announce", str(ports), "--page-port", "0"], cwd=ROOT)
        try:
            while not ports.exists():
                if server.poll() is not None:
                    raise RuntimeError(f"the mail sink ended with {server.returncode} before it listened")
                time.sleep(0.05)  # a file announces nothing; the sink listens within a second, or has ended
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", json.loads(ports.read_text())["smtp"]
            yield
        finally:
            server.terminate()
            server.wait()


@dataclass(frozen=True)
class Calendar:
    """A hospital with follow-ups, some of them due on the day of MORNING; all rows really committed."""

    hospital: Hospital

    @classmethod
    def of(cls, number: int, *, due: int, people: int) -> Self:
        """Each person answers for the same share of the ``due``; a patient has a hundred items at most."""
        with transaction.atomic():
            house = build_house()
        with hospital_scope(house.a.pk, actor=ACTOR):
            responsible = _people(house.a, people)
            patients = _patients(house.alice, max(number // 100, 1))
        with _without_history(), hospital_scope(house.a.pk, actor=ACTOR):
            _follow_ups(house.alice, patients, responsible, number, due)
        return cls(house.a)

    def swept_first(self) -> float:
        """Seconds of a sweep that finds nothing told yet."""
        with hospital_scope(self.hospital.pk, actor=ACTOR):
            DigestLine.objects.all().delete()
            Digest.objects.all().delete()
        return self.swept_again()

    def swept_again(self) -> float:
        began = time.perf_counter()
        self.sweep()
        return time.perf_counter() - began

    def sweep(self) -> list[Waiting]:
        return list(sweep(now=MORNING))


@dataclass(frozen=True)
class Post:
    """So many people with an item due each."""

    calendar: Calendar
    number: int

    @classmethod
    def to(cls, number: int) -> Self:
        return cls(Calendar.of(number, due=number, people=number), number)

    def digests(self) -> float:
        """Seconds for sending everybody's digest, from the claim to the last stamp."""
        self.calendar.swept_first()
        batches = self.calendar.sweep()
        began = time.perf_counter()
        sent = [deliver(hospital_id=it.hospital_id, digest_ids=it.digest_ids, clock=_clock) for it in batches]
        took = time.perf_counter() - began
        if sum(len(each) for each in sent) != self.number or {"sent"} != {
            o for each in sent for o in each.values()
        }:
            raise RuntimeError("not every digest was sent")
        return took

    def bare(self) -> float:
        """Seconds for sending as many mails of the same size, made before, over one connection."""
        mail = b"Subject: 1 item needs you\r\nFrom: notices@localhost\r\n\r\n" + (b"x" * 38 + b"\r\n") * 30
        began = time.perf_counter()
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
            for place in range(self.number):
                server.sendmail("notices@localhost", [f"person{place}@a.example"], mail)
        return time.perf_counter() - began


def _clock() -> datetime:
    return MORNING


def _people(hospital: Hospital, number: int) -> list[User]:
    people = User.objects.bulk_create(
        User(email=f"person{place}@a.example", full_name=f"Person {place}", password="!")  # noqa: S106 - opens nothing
        for place in range(number)
    )
    Membership.objects.bulk_create(
        Membership(user=person, hospital=hospital, roles=[Role.CLINICIAN]) for person in people
    )
    return people


def _patients(by: Membership, number: int) -> list[Patient]:
    return Patient.objects.bulk_create(
        Patient(
            hospital=by.hospital,
            record_number=f"A-{place:06}",
            family_name="Schulz",
            given_name="Maria",
            birth_date=date(1950, 1, 1),
            sex="unknown",
            registered_at=MORNING,
            registered_by=by.user,
            submission=uuid4(),
        )
        for place in range(number)
    )


@contextmanager
def _without_history() -> Iterator[None]:
    """The history of items that are only made to be many would take longer than what is measured."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE follow_ups_followup DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE follow_ups_followup ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")


def _follow_ups(by: Membership, patients: list[Patient], people: list[User], number: int, due: int) -> None:
    """All in one statement; the first ``due`` of them fall due on the day of MORNING, the others far away."""
    with connection.cursor() as cursor:
        cursor.execute(
            FOLLOW_UPS,
            {
                "patients": [patient.pk for patient in patients],
                "people": [person.pk for person in people],
                "number": number,
                "due": due,
                "hospital": by.hospital_id,
                "by": by.user_id,
                "now": MORNING,
                "today": MORNING.date(),
                "later": FAR_AWAY,
            },
        )
