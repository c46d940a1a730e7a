"""Plan treatments for a plan that was signed, cancel them with it or with the care, note which was given."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from patients.actions.corrections import about
from patients.models import Patient, PlannedState, PlannedTreatment, Treatment


@dataclass(frozen=True)
class ToGive:
    """One treatment to come, as plain data that knows nothing of plans. ``kind`` empty: asked when given."""

    kind: str
    name: str
    start: date | None
    dose: str
    note: str


@transaction.atomic
def plan_treatments(
    *,
    patient: Patient,
    items: Sequence[ToGive],
    origin: UUID,
    instead_of: UUID | None,
    why: str,
    by: Membership,
    now: datetime,
) -> None:
    """Store the treatments of the plan ``origin``. Those of the plan it takes the place of end with ``why``.

    What was given under that plan and stands in the new one with the same kind and name is not planned again.
    """
    given: list[tuple[str, str]] = []
    if instead_of is not None:
        before = PlannedTreatment.objects.visible_to(by).filter(origin=instead_of)
        given = list(before.filter(state=PlannedState.GIVEN).values_list("kind", "name"))
        cancel_plan(origin=instead_of, why=why, by=by, now=now)
    rows = []
    for position, item in enumerate(items):
        if (item.kind, item.name) in given:
            given.remove((item.kind, item.name))
            continue
        row = PlannedTreatment(**about(patient, by, now), **asdict(item), origin=origin, position=position)
        rows.append(row)
    PlannedTreatment.objects.bulk_create(rows)


@transaction.atomic
def cancel_plan(*, origin: UUID, why: str, by: Membership, now: datetime) -> int:
    """Cancel what is still planned of a plan; how many treatments that were."""
    planned = PlannedTreatment.objects.visible_to(by).filter(origin=origin, state=PlannedState.PLANNED)
    return planned.update(state=PlannedState.CANCELLED, why=why, ended_at=now, ended_by=by.user)


@transaction.atomic
def cancel_all(*, patient: Patient, why: str, by: Membership, now: datetime) -> int:
    """Cancel whatever is still planned of a patient whose care here ended; how many treatments that were."""
    planned = PlannedTreatment.objects.visible_to(by).of(patient).filter(state=PlannedState.PLANNED)
    return planned.update(state=PlannedState.CANCELLED, why=why, ended_at=now, ended_by=by.user)


@transaction.atomic
def plan_again(*, patient: Patient, cancelled_at: datetime, by: Membership) -> int:
    """Take the ``cancel_all`` of that moment back; how many treatments are planned again."""
    cancelled = PlannedTreatment.objects.visible_to(by).of(patient).filter(state=PlannedState.CANCELLED)
    theirs = cancelled.filter(ended_at=cancelled_at)
    return theirs.update(state=PlannedState.PLANNED, why="", ended_at=None, ended_by=None)


@transaction.atomic
def note_given(*, planned: PlannedTreatment, treatment: Treatment, by: Membership, now: datetime) -> None:
    """Let a planned treatment lead to the one that was recorded; one that has ended stays as it is."""
    still = PlannedTreatment.objects.visible_to(by).filter(pk=planned.pk, state=PlannedState.PLANNED)
    still.update(state=PlannedState.GIVEN, given_as=treatment, ended_at=now, ended_by=by.user)
