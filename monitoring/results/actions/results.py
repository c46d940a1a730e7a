"""Write results down, correct them, mark them as entered in error."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import NotRequired, TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from accounts.models import Membership
from monitoring.results.changed import results_changed
from monitoring.results.models import NerveAssessment, Result, State
from monitoring.results.moments import collected_on
from monitoring.results.queries import standing_before
from patients.actions.corrections import StaleRowError
from patients.models import Patient


class ResultEntry(TypedDict):
    """What a report says, in its own unit (UCUM). ``value`` None goes with a ``text`` or ``unable`` true.

    Without ``collected_precision`` the day is known, and the minute where there is a ``collected_at_time``;
    ``collected_at`` must be given for a local time that came twice. ``state`` is final and ``source`` entered
    by hand unless said otherwise.

    ``assessment`` is the neurologic assessment that the value comes from, if it comes from one.
    """

    analyte: str
    value: Decimal | None
    comparator: str
    unable: bool
    unit: str
    specimen: str
    laboratory: str
    method: str
    lower_limit: Decimal | None
    upper_limit: Decimal | None
    collected_on: date
    collected_at_time: time | None
    collected_at: NotRequired[datetime | None]
    collected_precision: NotRequired[str]
    text: NotRequired[str]
    note: NotRequired[str]
    state: NotRequired[str]
    source: NotRequired[str]
    source_id: NotRequired[str]
    assessment: NotRequired[NerveAssessment | None]


@transaction.atomic
def record(
    *, patient: Patient, entries: Sequence[ResultEntry], submission: UUID, by: Membership, now: datetime
) -> list[Result]:
    """Add all results of one form, or none; the same submission twice returns the first time's results.

    Raises MomentError for a time that did not exist.
    """
    first = _submitted(patient, submission, by)
    if first:
        return first
    rows = [
        Result(
            patient=patient,
            hospital_id=patient.hospital_id,
            recorded_by=by.user,
            recorded_at=now,
            submission=submission,
            position=position,
            **_whole(entry, by),
        )
        for position, entry in enumerate(entries)
    ]
    try:
        with transaction.atomic():
            added = Result.objects.bulk_create(rows)
    except IntegrityError:
        # A second click that overtook the first: what the first one saved is the answer.
        first = _submitted(patient, submission, by)
        if not first:
            raise
        return first
    results_changed([patient.pk], by=by)
    return added


@transaction.atomic
def correct(*, result: Result, entry: ResultEntry, expected_version: int, by: Membership) -> Result:
    """Replace what was typed, or what the laboratory corrected; history keeps what stood before.

    With ``state`` corrected the result stays marked as such. Raises StaleRowError.
    """
    locked = _locked(result, expected_version, by)
    for field, value in _whole(entry, by).items():
        setattr(locked, field, value)
    return _save(locked, by)


@transaction.atomic
def mark_error(*, result: Result, expected_version: int, by: Membership) -> Result:
    """Take a result out of every chart and computation; it stays in the record. Raises StaleRowError."""
    locked = _locked(result, expected_version, by)
    locked.state = State.ENTERED_IN_ERROR
    return _save(locked, by)


@transaction.atomic
def take_back_error(*, result: Result, expected_version: int, by: Membership) -> Result:
    """Let a result that was marked as entered in error stand again as it did. Raises StaleRowError."""
    locked = _locked(result, expected_version, by)
    locked.state = standing_before(locked)
    return _save(locked, by)


def _save(locked: Result, by: Membership) -> Result:
    locked.version += 1
    locked.save()
    results_changed([locked.patient_id], by=by)
    return locked


def _whole(entry: ResultEntry, by: Membership) -> ResultEntry:
    """The entry with its time of collection in every form the table keeps. Raises MomentError."""
    if "collected_at" in entry or "collected_precision" in entry:
        return entry
    when = collected_on(entry["collected_on"], entry["collected_at_time"], ZoneInfo(by.hospital.time_zone))
    completed: ResultEntry = {**entry, "collected_at": when.instant, "collected_precision": when.precision}
    return completed


def _submitted(patient: Patient, submission: UUID, by: Membership) -> list[Result]:
    rows = Result.objects.visible_to(by).of(patient).filter(submission=submission)
    return list(rows.order_by("position"))


def _locked(result: Result, expected_version: int, by: Membership) -> Result:
    locked: Result = Result.objects.visible_to(by).select_for_update().get(pk=result.pk)
    if locked.version != expected_version:
        raise StaleRowError(locked)
    return locked
