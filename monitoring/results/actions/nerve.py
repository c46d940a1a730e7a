"""Write neurologic assessments down, correct them, mark them as entered in error, move them.

The values of an assessment are results. Each verb here writes both in one transaction, the results by their
own actions, so that what a course reads is never older than what was answered.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from accounts.models import Membership
from guideline.edition import load_edition
from monitoring.results.actions import results
from monitoring.results.actions.results import ResultEntry
from monitoring.results.models import NerveAssessment, Result, State
from monitoring.results.nerve_values import NerveValue, is_of_place, values_of
from patients.actions.corrections import StaleRowError
from patients.models import Patient


class NerveEntry(TypedDict):
    """What was asked and examined; ``answers`` as ``nerve_values`` reads them."""

    assessed_on: date
    examiner: str
    note: str
    answers: dict[str, Any]


@transaction.atomic
def assess(
    *,
    patient: Patient,
    entry: NerveEntry,
    submission: UUID,
    by: Membership,
    now: datetime,
    beside: Sequence[ResultEntry] = (),
) -> NerveAssessment:
    """Add an assessment with its values, and the results ``beside`` it of the same visit: all or none.

    The same submission twice returns the first time's assessment.
    """
    found = submitted(patient, submission, by)
    if found is not None:
        return found
    row = NerveAssessment(
        patient=patient,
        hospital_id=patient.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
        submission=submission,
        **entry,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # A second click that overtook the first: what the first one saved is the answer.
        found = submitted(patient, submission, by)
        if found is None:
            raise
        return found
    entries = [*beside, *_entries(row)]
    results.record(patient=patient, entries=entries, submission=submission, by=by, now=now)
    return row


@transaction.atomic
def correct(
    *,
    assessment: NerveAssessment,
    entry: NerveEntry,
    expected_version: int,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> NerveAssessment:
    """Replace what was answered, and correct its results; history keeps both. Raises StaleRowError.

    A value that the new answers no longer give is marked as entered in error; one they give anew is added
    under this correction's own ``submission``.
    """
    locked = _locked(assessment, expected_version, by)
    if locked.entered_in_error:
        raise StaleRowError(locked)
    return _rewrite(locked, dict(entry), submission, by, now)


@transaction.atomic
def restore(
    *,
    assessment: NerveAssessment,
    values: dict[str, Any],
    expected_version: int,
    by: Membership,
    now: datetime,
) -> NerveAssessment:
    """Write the ``values`` of an earlier state again, by column, and its results with them.

    Also takes back a mark as entered in error. Raises StaleRowError.
    """
    return _rewrite(_locked(assessment, expected_version, by), values, uuid4(), by, now)


@transaction.atomic
def mark_error(*, assessment: NerveAssessment, expected_version: int, by: Membership) -> NerveAssessment:
    """Take an assessment and its values out of every chart and computation. Raises StaleRowError."""
    locked = _locked(assessment, expected_version, by)
    if locked.entered_in_error:
        raise StaleRowError(locked)
    locked.entered_in_error = True
    locked.version += 1
    locked.save()
    for row in _standing(locked, by):
        results.mark_error(result=row, expected_version=row.version, by=by)
    return locked


@transaction.atomic
def move(
    *, assessment: NerveAssessment, to: Patient, expected_version: int, by: Membership
) -> NerveAssessment:
    """Give an assessment and all its results to another patient of the hospital; both histories show it.

    Raises StaleRowError. The caller has loaded ``to`` among the patients that ``by`` may see.
    """
    locked = _locked(assessment, expected_version, by)
    locked.patient = to
    locked.version += 1
    locked.save()
    rows = Result.objects.visible_to(by).select_for_update().filter(assessment=locked)
    for row in rows:
        row.patient = to
        row.version += 1
        row.save()
    return locked


def submitted(patient: Patient, submission: UUID, by: Membership) -> NerveAssessment | None:
    """The assessment that this form made already, None where it made none."""
    rows = NerveAssessment.objects.visible_to(by).of(patient)
    return rows.filter(submission=submission).first()


def entries_of(entry: NerveEntry) -> list[ResultEntry]:
    """The results that this assessment would add: what a form asks about before it is saved."""
    return [_entry(value, entry["assessed_on"]) for value in values_of(entry["answers"], load_edition())]


def _rewrite(
    locked: NerveAssessment, values: dict[str, Any], submission: UUID, by: Membership, now: datetime
) -> NerveAssessment:
    """Save the assessment with these values and bring its results into line with them."""
    for field, value in values.items():
        setattr(locked, field, value)
    locked.version += 1
    locked.save()
    left = _standing(locked, by)
    added = []
    for value in _values(locked):
        row = _row_of(value, left)
        if row is None:
            added.append(_entry(value, locked.assessed_on, locked))
            continue
        left.remove(row)
        if _differs(row, value, locked):
            results.correct(
                result=row,
                entry=_entry(value, locked.assessed_on, locked),
                expected_version=row.version,
                by=by,
            )
    for row in left:
        results.mark_error(result=row, expected_version=row.version, by=by)
    if added:
        results.record(patient=locked.patient, entries=added, submission=submission, by=by, now=now)
    return locked


def _values(assessment: NerveAssessment) -> list[NerveValue]:
    return [] if assessment.entered_in_error else values_of(assessment.answers, load_edition())


def _entries(assessment: NerveAssessment) -> list[ResultEntry]:
    return [_entry(value, assessment.assessed_on, assessment) for value in _values(assessment)]


def _entry(value: NerveValue, on: date, assessment: NerveAssessment | None = None) -> ResultEntry:
    return ResultEntry(
        analyte=value.analyte,
        value=value.value,
        comparator="",
        unable=value.unable,
        unit=value.unit,
        specimen="",
        laboratory="",
        method=value.method,
        lower_limit=None,
        upper_limit=None,
        collected_on=on,
        collected_at_time=None,
        assessment=assessment,
    )


def _row_of(value: NerveValue, rows: list[Result]) -> Result | None:
    """The standing row of the same measure and place; its version may have been corrected."""
    same = (row for row in rows if row.analyte == value.analyte and is_of_place(row.method, value.place))
    return next(same, None)


def _differs(row: Result, value: NerveValue, assessment: NerveAssessment) -> bool:
    stands = (row.value, row.unable, row.method, row.collected_on)
    return stands != (value.value, value.unable, value.method, assessment.assessed_on)


def _standing(assessment: NerveAssessment, by: Membership) -> list[Result]:
    rows = Result.objects.visible_to(by).select_for_update().filter(assessment=assessment)
    return list(rows.exclude(state=State.ENTERED_IN_ERROR).order_by("id"))


def _locked(assessment: NerveAssessment, expected_version: int, by: Membership) -> NerveAssessment:
    standing = NerveAssessment.objects.visible_to(by).select_related("patient")
    locked: NerveAssessment = standing.select_for_update(of=("self",)).get(pk=assessment.pk)
    if locked.version != expected_version:
        raise StaleRowError(locked)
    return locked
