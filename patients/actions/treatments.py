"""Write down what was given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import Membership
from patients.actions import summary
from patients.actions.corrections import about, give, locked, once
from patients.actions.planned import note_given
from patients.entries_changed import entries_changed
from patients.models import Patient, PlannedTreatment, Treatment, TreatmentKind
from patients.partial_dates import Precision

OVERLAPS = ("treatment_of_one_name_does_not_overlap", "treatment_transplants_do_not_overlap")


class OverlapError(Exception):
    """The same treatment is recorded for some of these days already; ``other`` is that entry."""

    def __init__(self, other: Treatment) -> None:
        self.other = other
        super().__init__(f"treatment {other.pk} covers some of these days")


@transaction.atomic
def give_treatment(
    *,
    patient: Patient,
    values: dict[str, Any],
    planned: PlannedTreatment | None = None,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> Treatment:
    """Record a treatment; the same submission twice returns the first. Raises OverlapError.

    ``planned`` is the planned one that it is.
    """

    def enter() -> Treatment:
        return _saved(Treatment(**about(patient, by, now), submission=submission, **values))

    treatment = once(Treatment, submission=submission, by=by, enter=enter)
    if planned is not None:
        note_given(planned=planned, treatment=treatment, by=by, now=now)
    summary.refresh(patient=patient, now=now)
    entries_changed(patient.pk, by=by)
    return treatment


@transaction.atomic
def correct_treatment(
    *, treatment: Treatment, values: dict[str, Any], expected_version: int, by: Membership, now: datetime
) -> Treatment:
    """Change a treatment that stands at ``expected_version``; else StaleRowError, or OverlapError."""
    row = locked(treatment, expected_version=expected_version, by=by)
    give(row, values)
    _saved(row)
    summary.refresh(patient=row.patient, now=now)
    entries_changed(row.patient_id, by=by)
    return row


def _saved(treatment: Treatment) -> Treatment:
    try:
        with transaction.atomic():
            treatment.save()
    except IntegrityError as error:
        other = _in_the_way(treatment) if any(name in str(error) for name in OVERLAPS) else None
        if other is None:
            raise
        raise OverlapError(other) from error
    return treatment


def _in_the_way(treatment: Treatment) -> Treatment | None:
    """The entry that the database found to overlap; None if it is our own double click."""
    same = Q(name__iexact=treatment.name)
    if treatment.kind == TreatmentKind.ASCT:
        same |= Q(kind=TreatmentKind.ASCT)
    begun = Q() if treatment.ended_on is None else Q(started_on__lte=treatment.ended_on)
    over = Q(ended_on=None) | Q(ended_on__gte=treatment.started_on)
    others = Treatment.objects.of(treatment.patient).standing().filter(kind=treatment.kind)
    return (
        others.filter(same & begun & over, started_precision=Precision.DAY)
        .exclude(pk=treatment.pk)
        .exclude(submission=treatment.submission)
        .order_by("started_on", "id")
        .first()
    )
