"""Deaths, merges and transfers for tests."""

from datetime import date
from uuid import uuid4

from accounts.models import Membership
from accounts.scope import enter_hospital
from patients.actions import record
from patients.actions.care import Death
from patients.models import Merge, Patient, Transfer, Treatment
from patients.partial_dates import PartialDate, read_partial_date
from poems_site.workflows import death, merge, transfer
from tests.personas import NOW, House
from treatment.actions import drafts
from treatment.models import Draft


def died(patient: Patient, by: Membership, day: str = "3 May 2026", **changes: object) -> Patient:
    """The record of a death; ``day`` as a person types it, "" for an unknown one."""
    known: PartialDate | None = read_partial_date(day) if day else None
    patient.refresh_from_db()
    return death.record_death(
        **{  # type: ignore[arg-type] # the parameters' own types
            "patient": patient,
            "death": Death(known),
            "expected_version": patient.version,
            "by": by,
            "now": NOW,
        }
        | changes
    )


def open_draft(patient: Patient, by: Membership) -> Draft:
    """An open draft of a plan with nothing answered."""
    return drafts.start(patient=patient, record={}, by=by, now=NOW)


def a_treatment(patient: Patient, by: Membership, **changes: object) -> Treatment:
    values = {
        "kind": "systemic",
        "name": "Len-dex",
        "started_on": date(2026, 1, 10),
        "ended_on": date(2026, 3, 10),
    }
    return record.give_treatment(patient=patient, values=values | changes, submission=uuid4(), by=by, now=NOW)


def merged(kept: Patient, closed: Patient, by: Membership, **changes: object) -> Merge:
    """The merge as its preview shows it."""
    arguments = {"kept": kept, "closed": closed, "submission": uuid4(), "by": by, "now": NOW} | changes
    if "seen" not in arguments:
        done = Merge.objects.filter(submission=arguments["submission"]).exists()
        arguments["seen"] = (
            "" if done else merge.preview(kept=kept, closed=closed, by=by, now=NOW).fingerprint
        )
    return merge.merge(**arguments)  # type: ignore[arg-type] # the parameters' own types


def offered(patient: Patient, house: House, **changes: object) -> Transfer:
    """Alice offers the patient to Carlos's hospital."""
    arguments = {
        "patient": patient,
        "to": house.b,
        "message": "Please take over.",
        "submission": uuid4(),
        "by": house.alice,
        "now": NOW,
    }
    return transfer.offer(**arguments | changes)  # type: ignore[arg-type] # the parameters' own types


def accepted(offer: Transfer, house: House, **changes: object) -> Patient:
    """Carlos accepts for his hospital; the transaction then works for it."""
    enter_hospital(house.b.pk)
    arguments = {
        "transfer": offer,
        "record_number": "B-77",
        "responsible": house.carlos,
        "submission": uuid4(),
        "by": house.carlos,
        "now": NOW,
        "on": NOW.date(),
    }
    return transfer.accept(**arguments | changes)  # type: ignore[arg-type] # the parameters' own types
