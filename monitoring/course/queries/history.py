"""One patient's record as the history that ``guideline.course`` interprets.

What the reading cannot take is left out and named, never bent to fit: a report that is still preliminary, an
answer in words, a test that could not be done (where the scale knows no *unable*), a unit that does not
convert. Of a date of which only the month or year is known the first day is taken: the earliest it can have
been; whoever shows the reading says *about*. Two examinations that do not compare never share a scale: of a
nerve scale only the version and side examined last are read, the more often examined one of a day, the right
one of two hands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from guideline.course.history import TREATMENT_KINDS, History
from guideline.course.history_json import parse_history
from guideline.edition import Edition, load_edition
from guideline.errors import InputError
from monitoring.results.models import PetScan, Specimen, Tracer
from monitoring.results.queries import RecordedResult, results_of_many
from patients.models import Patient, Support, Treatment

THROMBOPROPHYLAXIS = (Support.ANTIPLATELET, Support.ANTICOAGULANT)
ANOTHER_SERIES = "examined in another way than the last time, so not compared with it"
RIGHT = "Right"


@dataclass(frozen=True)
class LeftOut:
    """A result of the record that the reading cannot take, and why."""

    result_id: int
    reason: str


@dataclass(frozen=True)
class PatientHistory:
    """``raw`` is decoded JSON as ``parse_history`` takes it, numbers as exact decimals.

    ``treatment_ids`` are the keys of the treatments' rows, in the order in which ``raw`` lists them.
    ``whole`` is what ``raw`` parsed to where nothing had to be left out: to check a record is to read it.
    """

    raw: dict[str, Any]
    left_out: tuple[LeftOut, ...]
    treatment_ids: tuple[int, ...] = ()
    whole: History | None = None

    @cached_property
    def parsed(self) -> History:
        return self.whole or parse_history(self.raw)


def history_of(patient: Patient, *, as_of: date) -> PatientHistory:
    """Treatments, results, FDG-PET and thromboprophylaxis of the record, read on the day ``as_of``."""
    return histories_of([patient.pk], as_of=as_of)[patient.pk]


def histories_of(patient_ids: Collection[UUID], *, as_of: date) -> dict[UUID, PatientHistory]:
    """The history of each of these patients, in three queries however many they are."""
    results, scans = results_of_many(patient_ids), _scans(patient_ids)
    treatments: dict[UUID, list[Treatment]] = defaultdict(list)
    given = Treatment.objects.filter(patient_id__in=patient_ids).standing()
    for treatment in given.order_by("started_on", "id"):
        treatments[treatment.patient_id].append(treatment)
    return {
        patient_id: _history(treatments[patient_id], results.get(patient_id, []), scans[patient_id], as_of)
        for patient_id in patient_ids
    }


def _history(
    treatments: list[Treatment], rows: list[RecordedResult], scans: list[dict[str, Any]], as_of: date
) -> PatientHistory:
    edition = load_edition()
    others = _of_another_series(rows, edition)
    left_out = [LeftOut(row.id, ANOTHER_SERIES) for row in rows if row.id in others]
    written = [(row, _observation(row)) for row in rows if row.id not in others]
    read = [given for given in treatments if given.kind in TREATMENT_KINDS]
    raw = {
        "as_of": as_of.isoformat(),
        "treatments": [_treatment(given) for given in read],
        "observations": [observation for _, observation in written],
        "pet": scans,
        "thromboprophylaxis": [
            {"start": given.started_on.isoformat(), "end": _day(given.ended_on)}
            for given in treatments
            if given.support in THROMBOPROPHYLAXIS
        ],
    }
    whole = None if any(row.text and not row.unable for row, _ in written) else _whole(raw, edition)
    if whole is None:
        raw["observations"], refused = _taken(written, edition, as_of)
        left_out += refused
    return PatientHistory(raw, tuple(left_out), tuple(given.pk for given in read), whole)


def _treatment(given: Treatment) -> dict[str, Any]:
    return {
        "kind": given.kind,
        "name": given.name or None,
        "start": given.started_on.isoformat(),
        "end": _day(given.ended_on),
        "intent": given.intent or None,
        "stop_reason": given.stop_reason or None,
        "stabilized": given.stabilized,
        "stabilized_on": _day(given.stabilized_on),
        "continues": given.continues,
        "neurotoxic": given.neurotoxic,
    }


def _whole(raw: dict[str, Any], edition: Edition) -> History | None:
    """The history where the reading takes every value, as of most records; else each is asked about."""
    try:
        return parse_history(raw, edition)
    except InputError:
        return None


def _taken(
    written: list[tuple[RecordedResult, dict[str, Any]]], edition: Edition, as_of: date
) -> tuple[list[dict[str, Any]], list[LeftOut]]:
    """The values that the reading takes, in the order of time, and why it takes no others.

    The position decides which of two of one day is the later.
    """
    taken, left_out = [], []
    for row, observation in written:
        reason = _refusal(row, observation, edition, as_of)
        if reason:
            left_out.append(LeftOut(row.id, reason))
        else:
            taken.append(observation)
    return taken, left_out


def _observation(row: RecordedResult) -> dict[str, Any]:
    return {
        "analyte": row.analyte,
        "date": row.collected_on.isoformat(),
        "value": row.value,
        "unable": row.unable or None,
        "comparator": row.comparator or None,
        "unit": row.unit or None,
        "specimen": row.specimen if row.specimen not in ("", Specimen.UNKNOWN) else None,
        "laboratory": row.laboratory or None,
        "method": row.method or None,
        "lower_limit": row.lower_limit,
        "upper_limit": row.upper_limit,
    }


def _refusal(row: RecordedResult, observation: dict[str, Any], edition: Edition, as_of: date) -> str:
    """Why the reading cannot take it, "" if it can."""
    if row.text and not row.unable:
        return "an answer in words"
    try:
        parse_history({"as_of": as_of.isoformat(), "observations": [observation]}, edition)
    except InputError as error:
        return str(error)
    return ""


def _of_another_series(rows: Iterable[RecordedResult], edition: Edition) -> set[int]:
    """Values of a nerve scale that were examined in another way than the ones that are read."""
    by_scale: dict[str, dict[str, list[RecordedResult]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.analyte in edition.scales:
            by_scale[row.analyte][row.method].append(row)
    others: set[int] = set()
    for series in by_scale.values():
        read = max(series, key=lambda method: _rank(method, series[method]))
        others |= {row.id for method, found in series.items() if method != read for row in found}
    return others


def _rank(method: str, rows: list[RecordedResult]) -> tuple[date, int, bool, str]:
    return rows[-1].collected_on, len(rows), method.startswith(RIGHT), method


def _scans(patient_ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """By patient the FDG scans whose totals are known, oldest first; without an avid lesion the sum is 0."""
    scans = PetScan.objects.filter(patient_id__in=patient_ids).standing().filter(tracer=Tracer.FDG)
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for scan in scans.exclude(avid_lesions=None).order_by("scanned_on", "id"):
        total = 0 if scan.avid_lesions == 0 else scan.sum_suv_max
        if total is not None:
            found[scan.patient_id].append(
                {
                    "date": scan.scanned_on.isoformat(),
                    "sum_suv_max": total,
                    "avid_lesions": scan.avid_lesions,
                    "new_lesion": scan.new_lesion,
                }
            )
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
