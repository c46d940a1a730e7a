"""What static/src/timeline draws, as JSON values.

Two parts, because they have two prices. ``values`` is every number of the record: it is fetched, and costs
little more than to select and dump it (``benchmarks.timeline``). ``frame`` is what the guideline says about
them (lines, bands, references): it stands in the page, which reads the course anyway.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from guideline.course.imaging import EARLY, MATURING
from guideline.course.lines import Line, Member
from guideline.course.nerve import LAG, MAXIMUM_EXPECTED
from guideline.course.waits import Wait
from monitoring.course.courses import Course
from monitoring.course.measures import GROUPS, MARKS
from monitoring.course.queries import Point, Scanned
from monitoring.course.references import Reference
from monitoring.course.series import Series, by_lane
from monitoring.results.models import Tracer
from monitoring.results.presenters import digits_with_unit
from monitoring.results.trend import Measured
from monitoring.results.units import unit_shown
from patients.models import Patient
from patients.partial_dates import PartialDate, Precision
from patients.queries import TreatmentGiven
from patients.queries.given import ABOUT

# What a band says. The days come from the guideline's clocks.
WAITS = {
    EARLY: "too early to judge",
    MATURING: "may still mature",
    LAG: "too early to judge a lack of gain",
    MAXIMUM_EXPECTED: "best recovery expected",
}
HATCHED = (EARLY, LAG)


def values(series: Iterable[Series], scans: Iterable[Scanned]) -> dict[str, Any]:
    """Every value by lane. A point is a list, in the order that static/src/timeline/data.js names."""
    lanes = by_lane(series)
    return {
        "groups": dict(GROUPS),
        "lanes": [_lane(name, found) for name, found in lanes.items()],
        "scans": [_scan(scan) for scan in scans],
    }


def frame(course: Course, patient: Patient, *, may_edit: bool, judging: bool = True) -> dict[str, Any]:
    """Everything beside the values: day, treatments with their lines, bands, references, zeros, events."""
    return {
        "as_of": course.on.isoformat(),
        "treatments": _bars(course, patient, may_edit=may_edit),
        "lines": [_line(number, line) for number, line in enumerate(course.reading.lines, 1)],
        "bands": [_band(wait) for wait in course.waits] if judging else [],
        "references": _references(course),
        "zeros": list(_zeros(course.reading.lines)),
        "events": [
            {
                "on": event.happened_on.isoformat(),
                "until": event.ended_on.isoformat() if event.ended_on else None,
                "label": event.get_kind_display(),
                "note": event.kind == "note",
                "grade": event.grade,
                "text": event.text[:200],
                "about": _partial(event.happened_on, event.happened_precision),
            }
            for event in course.events
        ],
    }


def _lane(name: str, found: Sequence[Series]) -> dict[str, Any]:
    measure = found[0].measure
    return {
        "key": name,
        "group": measure.group,
        "title": measure.title,
        "name": measure.name,
        "unit": unit_shown(found[0].unit),
        "scale": measure.scale,
        "better": measure.better,
        "lowest": measure.lowest,
        "highest": measure.highest,
        "way": measure.way,
        "series": [_series(one) for one in found],
    }


def _series(one: Series) -> dict[str, Any]:
    factors = {unit: factor for unit, factor in one.measure.factors.items() if factor != 1}
    words = one.measure.words if one.measure.scale == MARKS else None
    counted = one.counted
    return {
        "label": one.key.label,
        "limit": None if one.default_limit is None else float(one.default_limit),
        "points": [
            _dot(point, factors.get(point.unit), point.id in counted, words=words) for point in one.points
        ],
    }


def _dot(
    point: Point, factor: Decimal | None, counted: bool, *, words: Mapping[int, str] | None
) -> list[Any]:
    digits = point.value
    if digits is None:
        shown = "unable"
    else:
        shown = (
            words.get(int(float(digits)), digits)
            if words
            else digits_with_unit(digits, point.comparator, point.unit)
        )
    dot = [
        point.on,
        point.at,
        None if digits is None else _on_axis(digits, factor),
        shown,
        point.comparator,
        None if point.upper is None else _on_axis(point.upper, factor),
        None if point.lower is None else _on_axis(point.lower, factor),
        int(counted),
    ]
    if point.precision in (Precision.MONTH, Precision.YEAR):
        dot.append(_partial(date.fromisoformat(point.on), point.precision))
    return dot


def _on_axis(digits: str, factor: Decimal | None) -> float:
    return float(digits) if factor is None else float(Decimal(digits) * factor)


def _scan(scan: Scanned) -> dict[str, Any]:
    return {
        "on": scan.scanned_on.isoformat(),
        "about": _partial(scan.scanned_on, scan.scanned_precision),
        "fdg": scan.tracer == Tracer.FDG,
        "sum": None if scan.total is None else float(scan.total),
        "lesions": scan.avid_lesions,
        "new": scan.new_lesion,
        "where": scan.laboratory,
    }


def _bars(course: Course, patient: Patient, *, may_edit: bool) -> list[dict[str, Any]]:
    """Bars by first day; courses of one name share a row."""
    rows: dict[tuple[str, str], int] = {}
    places = _places(course.reading.lines, course.history.treatment_ids)
    return [
        _known_in_part(given)
        | {
            "row": rows.setdefault((given.kind, given.name), len(rows)),
            "kind": given.kind,
            "kind_label": given.kind_label,
            "name": given.name,
            "start": given.started_on.isoformat(),
            "end": given.ended_on.isoformat() if given.ended_on else None,
            "stop_reason": given.stop_reason_label,
            "days": f"{given.started} – {given.ended or 'ongoing'}",  # noqa: RUF001 - a span of days
        }
        | _in_line(places.get(given.id), given, patient, may_edit=may_edit)
        for given in course.treatments
    ]


def _places(lines: Sequence[Line], ids: Sequence[int]) -> Mapping[int, tuple[int, Member]]:
    """Number of the line and place in it, by the key of the treatment's row."""
    return {
        ids[member.treatment.position]: (number, member)
        for number, line in enumerate(lines, 1)
        for member in line.members
    }


def _in_line(
    place: tuple[int, Member] | None, given: TreatmentGiven, patient: Patient, *, may_edit: bool
) -> dict[str, Any]:
    """The line; where it was inferred, why, and where to say what is so."""
    if place is None:
        return {}
    number, member = place
    answer = reverse("patients:edit_treatment", args=[patient.pk, given.id]) if may_edit else ""
    return {
        "line": number,
        "inferred": member.inferred,
        "because": member.because if member.inferred else "",
        "answer": answer if member.inferred else "",
    }


def _known_in_part(given: TreatmentGiven) -> dict[str, str]:
    """How the chart words a first or last day of which only the month or year is known."""
    ends = {"about_start": given.started, "about_end": given.ended}
    return {key: words for key, words in ends.items() if words.startswith(ABOUT)}


def _line(number: int, line: Line) -> dict[str, Any]:
    return {"number": number, "start": line.start.isoformat(), "inferred": line.inferred}


def _band(wait: Wait) -> dict[str, Any]:
    return {
        "group": {"neuro": "nerve"}.get(wait.axis, wait.axis),
        "start": wait.start.isoformat(),
        "until": wait.until.isoformat(),
        "text": WAITS[wait.phase],
        "ends": wait.clock_until.isoformat(),
        "hatched": wait.phase in HATCHED,
    }


def _references(course: Course) -> dict[str, list[Any]]:
    """For each lane and series what its values are compared with; under ``pet`` for the summed SUVmax."""
    found: dict[str, list[Any]] = {
        lane: [_reference(course.references.of(one)) for one in series]
        for lane, series in by_lane(course.series).items()
    }
    return found | {"pet": [_reference(course.references.pet)]}


def _reference(reference: Reference) -> list[Any]:
    return [_value(reference.baseline), _value(reference.best)]


def _value(measured: Measured | None) -> list[Any] | None:
    if measured is None:
        return None
    number = None if measured.value is None else float(measured.value)
    return [measured.on.isoformat(), number, measured.shown, measured.comparator]


def _zeros(lines: Sequence[Line]) -> Iterator[dict[str, str]]:
    """The days a clinician counts months from: each that the course has."""
    if not lines:
        return
    treatments = [treatment for line in lines for treatment in line.treatments]
    fractions = [one.end for one in treatments if one.kind == "radiation" and one.end is not None]
    transplants = [one.start for one in treatments if one.kind == "asct"]
    if fractions:
        yield {"key": "radiation", "label": "radiation", "on": max(fractions).isoformat()}
    yield {"key": "line", "label": f"start of line {len(lines)}", "on": lines[-1].start.isoformat()}
    if transplants:
        yield {"key": "transplant", "label": "transplant", "on": max(transplants).isoformat()}


def _partial(day: date, precision: str) -> str:
    """The month or year where no day is known, else ""."""
    return str(PartialDate(day, precision)) if precision in (Precision.MONTH, Precision.YEAR) else ""
