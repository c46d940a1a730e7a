"""One patient's record as the history that ``guideline.course`` interprets.

What the reading cannot take is left out and named, never bent to fit: a report that is still preliminary, an
answer in words, a test that could not be done (where the scale knows no *unable*), a unit that does not
convert. Of a date of which only the month or year is known the first day is taken: the earliest it can have
been; whoever shows the reading says *about*. Two examinations that do not compare never share a scale: of a
nerve scale only the version and side examined last are read, the more often examined one of a day, the right
one of two hands.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from guideline.course.history import TREATMENT_KINDS, History
from guideline.course.history_json import parse_history
from guideline.edition import Edition, load_edition
from guideline.errors import InputError
from monitoring.results.models import PetScan, Specimen, Tracer
from monitoring.results.queries import RecordedResult, results_of
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
    """``raw`` is decoded JSON as ``parse_history`` takes it, numbers as exact decimals."""

    raw: dict[str, Any]
    left_out: tuple[LeftOut, ...]

    @cached_property
    def parsed(self) -> History:
        return parse_history(self.raw)


def history_of(patient: Patient, *, as_of: date) -> PatientHistory:
    """Treatments, results, FDG-PET and thromboprophylaxis of the record, read on the day ``as_of``."""
    edition = load_edition()
    treatments = list(Treatment.objects.of(patient).standing().order_by("started_on", "id"))
    observations, left_out = _observations(results_of(patient), edition, as_of)
    raw = {
        "as_of": as_of.isoformat(),
        "treatments": [_treatment(given) for given in treatments if given.kind in TREATMENT_KINDS],
        "observations": observations,
        "pet": _scans(patient),
        "thromboprophylaxis": [
            {"start": given.started_on.isoformat(), "end": _day(given.ended_on)}
            for given in treatments
            if given.support in THROMBOPROPHYLAXIS
        ],
    }
    return PatientHistory(raw, tuple(left_out))


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


def _observations(
    rows: list[RecordedResult], edition: Edition, as_of: date
) -> tuple[list[dict[str, Any]], list[LeftOut]]:
    """Results in the order of time; the position decides which of two of one day is the later."""
    taken, left_out = [], []
    others = _of_another_series(rows, edition)
    for row in rows:
        observation = _observation(row, edition)
        reason = ANOTHER_SERIES if row.id in others else _refusal(row, observation, edition, as_of)
        if reason:
            left_out.append(LeftOut(row.id, reason))
        else:
            taken.append(observation)
    return taken, left_out


def _observation(row: RecordedResult, edition: Edition) -> dict[str, Any]:
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


def _scans(patient: Patient) -> list[dict[str, Any]]:
    """FDG scans whose totals are known, oldest first; without an avid lesion there is nothing to sum."""
    scans = PetScan.objects.of(patient).standing().filter(tracer=Tracer.FDG).exclude(avid_lesions=None)
    found = []
    for scan in scans.order_by("scanned_on", "id"):
        total = 0 if scan.avid_lesions == 0 else scan.sum_suv_max
        if total is not None:
            found.append(
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
