"""Reminders for tests: sweep and send at a given moment, and look at what was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from accounts.models import Hospital, Membership
from accounts.scope import enter_hospital
from monitoring.reminders.courier import Outcome
from monitoring.reminders.delivery import deliver
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.sweeping import Waiting, sweep

# The day on which tests.monitoring.follow_ups.builders.item() falls due; 08:00 in Berlin, 07:00 in Lisbon.
DUE_MORNING = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)


def sweep_and_send(now: datetime = DUE_MORNING) -> list[Outcome]:
    return [outcome for waiting in list(sweep(now=now)) for outcome in send(waiting, now)]


def send(waiting: Waiting, now: datetime = DUE_MORNING) -> list[Outcome]:
    sent = deliver(hospital_id=waiting.hospital_id, digest_ids=waiting.digest_ids, clock=lambda: now)
    return list(sent.values())


@contextmanager
def inside(hospital: Hospital) -> Iterator[None]:
    """The jobs leave their scope when they end; a test enters it again to look."""
    enter_hospital(hospital.pk)
    yield
    enter_hospital(None)


def only_digest(hospital: Hospital) -> Digest:
    with inside(hospital):
        return Digest.objects.select_related("recipient").get()


def lines_in(hospital: Hospital) -> list[tuple[str, str]]:
    """Each line's stage and recipient."""
    with inside(hospital):
        rows = DigestLine.objects.order_by("stage", "recipient__full_name")
        return list(rows.values_list("stage", "recipient__full_name"))


def deactivate(person: Membership) -> None:
    person.is_active = False
    person.save()


def lead(hospital: Hospital, person: Membership) -> None:
    hospital.lead_clinician = person.user
    hospital.save()
