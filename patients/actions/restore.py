"""Take a change back: write an earlier state of a row again, as a new change."""

from datetime import datetime
from typing import Any

from django.db import DatabaseError, models, transaction
from psycopg import IntegrityError as IntegrityConstraint
from psycopg.errors import RaiseException  # a trigger that guards an order

from accounts.models import Membership
from accounts.permissions import Permission
from patients.actions import summary
from patients.actions.corrections import StaleRowError, give
from patients.entries_changed import entries_changed
from patients.models import Patient


class ContradictionError(Exception):
    """The earlier state contradicts what stands now; ``constraint`` is the database's name for it."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint
        super().__init__(constraint)


@transaction.atomic
def restore(
    *, row: models.Model, values: dict[str, Any], expected_version: int, by: Membership, now: datetime
) -> models.Model:
    """Give a row of the record (any model with ``version``) the ``values`` of an earlier state.

    ``values`` maps column names to what they held. Nothing is removed: the history shows one more change.
    Raises StaleRowError, or ContradictionError where the database refuses.
    """
    if not by.may(Permission.EDIT_PATIENTS):
        raise PermissionError("only those who may edit patients can restore")
    found = type(row)._default_manager.select_for_update().filter(hospital_id=by.hospital_id)
    locked: Any = found.get(pk=row.pk)
    if locked.version != expected_version:
        raise StaleRowError(locked)
    give(locked, values)
    locked.version += 1
    try:
        with transaction.atomic():
            locked.save()
    except DatabaseError as error:
        if not isinstance(error.__cause__, IntegrityConstraint | RaiseException):
            raise
        raise ContradictionError(_constraint(error)) from error
    patient = locked if isinstance(locked, Patient) else locked.patient
    summary.refresh(patient=patient, now=now)
    entries_changed(patient.pk, by=by)
    return locked


def _constraint(error: DatabaseError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
