"""Write down the numbers by which others know the patient."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from accounts.models import Membership
from patients.actions import corrections
from patients.models import Identifier, Patient


class IdentifierTakenError(Exception):
    """The number belongs to ``holder`` in this hospital, who may be the same patient."""

    def __init__(self, holder: Patient) -> None:
        self.holder = holder
        super().__init__(f"the number belongs to patient {holder.pk}")


def add(
    *, patient: Patient, values: dict[str, Any], submission: UUID, by: Membership, now: datetime
) -> Identifier:
    """Add a number; the same submission twice returns the first. Raises IdentifierTakenError."""
    try:
        return corrections.add(
            Identifier, patient=patient, values=values, submission=submission, by=by, now=now
        )
    except IntegrityError as error:
        raise _named(error, values, by) from error


def correct(
    *, identifier: Identifier, values: dict[str, Any], expected_version: int, by: Membership
) -> Identifier:
    """Correct or end a number. Raises corrections.StaleRowError or IdentifierTakenError."""
    try:
        return corrections.correct(identifier, values=values, expected_version=expected_version, by=by)
    except IntegrityError as error:
        raise _named(error, values, by) from error


def _named(error: IntegrityError, values: dict[str, Any], by: Membership) -> Exception:
    if "identifier_belongs_to_one_patient" not in str(error):
        return error
    standing = Identifier.objects.visible_to(by).standing().select_related("patient")
    same = standing.of_number(values["value"]).get(kind=values["kind"], issuer__iexact=values["issuer"])
    return IdentifierTakenError(same.patient)
