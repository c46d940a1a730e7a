"""Follow-ups for tests: due on 1 June 2026, window 15 May to 1 July, unless told otherwise."""

from datetime import date, datetime
from uuid import UUID, uuid4

from accounts.models import Membership, User
from accounts.scope import enter_hospital
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.schedule import PlannedItem
from patients.models import Patient
from tests.personas import NOW, registered

DUE = date(2026, 6, 1)
LATEST = date(2026, 7, 1)


def item(**changes: object) -> PlannedItem:
    fields = {
        "kind": "vegf",
        "title": "VEGF and blood",
        "anchor": "line_start",
        "anchored_on": date(2026, 3, 1),
        "earliest": date(2026, 5, 15),
        "due": DUE,
        "latest": LATEST,
    }
    return PlannedItem(**fields | changes)  # type: ignore[arg-type] # the fields' own types


def planned(
    by: Membership,
    *items: PlannedItem,
    patient: Patient | None = None,
    responsible: User | None = None,
    origin: UUID | None = None,
    now: datetime = NOW,
) -> FollowUp:
    """The first of the items, scheduled for a (new) patient; the transaction then works for that hospital."""
    enter_hospital(by.hospital_id)
    scheduled = follow_ups.schedule(
        patient=patient or registered(by, record_number=f"N-{uuid4().hex[:8]}"),
        items=items or [item()],
        origin=origin or uuid4(),
        responsible=responsible or by.user,
        by=by,
        now=now,
    )
    return scheduled[0]
