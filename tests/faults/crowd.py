"""Many people with an item due today each, in waves."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.scope import hospital_scope
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp
from monitoring.reminders.models import Digest
from tests.personas import House, registered


def make_due(house: House, first: int, number: int, *, now: datetime) -> None:
    """Person ``first`` and those after, each with one item that falls due today; committed at once."""
    today = local_day(house.a, now)
    with transaction.atomic():
        people = User.objects.bulk_create(
            User(email=f"person{n}@a.example", full_name=f"Person {n}", password="!")
            for n in range(first, first + number)
        )
        Membership.objects.bulk_create(
            Membership(user=person, hospital=house.a, roles=[Role.CLINICIAN]) for person in people
        )
        patient = registered(house.alice, record_number=f"W-{first}")
        FollowUp.objects.bulk_create(
            FollowUp(
                hospital=house.a, patient=patient, recorded_at=now, recorded_by=house.alice.user,
                kind="vegf", title="VEGF and blood", anchor="", anchored_on=today, earliest=today, due=today,
                latest=today + timedelta(days=30), responsible=person, origin=uuid4(), position=0,
            )
            for person in people
        )  # fmt: skip


def holder_of(house: House, digest: str) -> int:
    """The process that holds the digest of this number."""
    with hospital_scope(house.a.pk, actor="test"):
        return int(Digest.objects.get(pk=digest).claimed_by.rpartition("/")[2])


def stamped(house: House) -> int:
    """How many digests are stamped as sent."""
    with hospital_scope(house.a.pk, actor="test"):
        return Digest.objects.exclude(sent_at=None).count()


def is_refused(house: House, digest: str) -> bool:
    """Whether the mail server refused the digest of this number for good."""
    with hospital_scope(house.a.pk, actor="test"):
        return Digest.objects.refused().filter(pk=digest).exists()
