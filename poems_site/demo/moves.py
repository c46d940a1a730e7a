"""A patient of the demonstration who moves from one hospital to the other."""

from datetime import date, datetime
from typing import Any

from accounts.models import Hospital, Membership
from patients.models import Patient, Transfer
from poems_site.demo.desk import number
from poems_site.workflows import transfer


def has_moved(course: dict[str, Any], *, by: Membership) -> bool:
    """Whether the patient was given away at an earlier start."""
    if "transfer" not in course:
        return False
    offers = Transfer.objects.from_hospital_of(by).filter(submission=number(course, "transfer"))
    return bool(offers.exclude(ended_at=None).exists())


def offer(course: dict[str, Any], patient: Patient, *, to: Hospital, by: Membership, now: datetime) -> None:
    transfer.offer(
        patient=patient,
        to=to,
        message=course["transfer"]["message"],
        submission=number(course, "transfer"),
        by=by,
        now=now,
    )


def accept(course: dict[str, Any], *, by: Membership, now: datetime, on: date) -> None:
    """Take the patient, unless that was done at an earlier start."""
    offered = Transfer.objects.get(submission=number(course, "transfer"))
    if offered.ended_at is not None:
        return
    transfer.accept(
        transfer=offered,
        record_number=course["transfer"]["record_number"],
        responsible=by,
        submission=number(course, "acceptance"),
        by=by,
        now=now,
        on=on,
    )
