"""Move an entry to the patient it belongs to; both histories say so, and moving again undoes it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from monitoring.results.actions import nerve
from monitoring.results.changed import results_changed
from monitoring.results.models import (
    Direction,
    Move,
    MovedKind,
    NerveAssessment,
    PetScan,
    Result,
)
from patients.models import Patient

Movable = Result | PetScan | NerveAssessment
MODELS: dict[str, type[Movable]] = {
    MovedKind.RESULT: Result,
    MovedKind.PET: PetScan,
    MovedKind.NERVE: NerveAssessment,
}


class StaleMoveError(Exception):
    """Somebody saved or moved the entry after the page was opened."""


class MoveRefusedError(ValueError):
    """The entry cannot go there; the message is the sentence for the person who tried."""


@transaction.atomic
def move(
    *,
    kind: MovedKind,
    row_id: int,
    patient: Patient,
    to: Patient,
    reason: str,
    expected_version: int,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> None:
    """Give the entry of ``patient`` to ``to``, a patient of the same hospital; it keeps its number.

    The same submission twice moves once. Raises StaleMoveError, or MoveRefusedError with what is allowed.
    """
    if Move.objects.visible_to(by).filter(submission=submission).exists():
        return
    _check(patient, to, reason, by)
    rows = MODELS[kind]._default_manager.visible_to(by).of(patient)
    row: Movable | None = rows.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None or row.version != expected_version:
        raise StaleMoveError
    if isinstance(row, NerveAssessment):
        nerve.move(assessment=row, to=to, expected_version=expected_version, by=by)
    elif isinstance(row, Result) and row.assessment_id is not None:
        raise MoveRefusedError("This value belongs to a neurologic assessment; move the assessment.")
    else:
        if isinstance(row, Result):
            # A file has the same numbers for the first result of each patient; the move's own is new to both.
            row.submission, row.position = submission, 0
        row.patient = to
        row.version += 1
        row.save()
    for direction, whose, other in ((Direction.LEFT, patient, to), (Direction.ARRIVED, to, patient)):
        Move.objects.create(
            hospital_id=by.hospital_id,
            patient=whose,
            other=other,
            direction=direction,
            kind=kind,
            row_id=row_id,
            reason=reason.strip(),
            submission=submission,
            recorded_by=by.user,
            recorded_at=now,
        )
    results_changed([patient.pk, to.pk], by=by)


def _check(patient: Patient, to: Patient, reason: str, by: Membership) -> None:
    if to.pk == patient.pk:
        raise MoveRefusedError("That is the patient who has it now; choose another one.")
    if {to.hospital_id, patient.hospital_id} != {by.hospital_id}:
        raise MoveRefusedError("An entry can only be moved between patients of this hospital.")
    if not reason.strip():
        raise MoveRefusedError("Say why it is moved; both histories show the reason.")
