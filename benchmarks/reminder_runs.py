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
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from accounts.models import Hospital, Membership, User
from accounts.roles import Role
from accounts.scope import hospital_scope
from benchmarks.house import ROOT
from monitoring.follow_ups.models import FollowUp
from monitoring.reminders.delivery import deliver
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.sweeping import Waiting, sweep
from patients.models import Patient
from tests.personas import build_house

MORNING = datetime(2026, 6, 1, 6, tzinfo=UTC)
FAR_AWAY = date(2030, 1, 1)
ACTOR = "benchmark"


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
                time.sleep(0.05)
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
        """Each person answers for the same share of the ``due``; every fifth item begins a new patient."""
        with transaction.atomic():
            house = build_house()
        with hospital_scope(house.a.pk, actor=ACTOR):
            responsible = _people(house.a, people)
            patients = _patients(house.alice, max(number // 5, 1))
            for start in range(0, number, 5_000):
                FollowUp.objects.bulk_create(
                    _follow_up(
                        house.alice, patients[place % len(patients)], responsible[place % people], place < due
                    )
                    for place in range(start, min(start + 5_000, number))
                )
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


def _follow_up(by: Membership, patient: Patient, responsible: User, is_due: bool) -> FollowUp:
    due = MORNING.date() if is_due else FAR_AWAY
    return FollowUp(
        hospital=by.hospital,
        patient=patient,
        recorded_at=MORNING,
        recorded_by=by.user,
        kind="vegf",
        title="VEGF and blood",
        anchor="line_start",
        anchored_on=date(2026, 1, 1),
        earliest=due,
        due=due,
        latest=due + timedelta(days=30),
        responsible=responsible,
        origin=uuid4(),
        position=0,
    )
