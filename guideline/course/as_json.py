"""A reading as plain JSON values: the documented keys first, what a screen may want besides them after.

Places in the input list (``Fact.item``) are for callers that hold the history; they are not printed,
so that items which play no part cannot change the answer by standing in the list.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from guideline.course.clone import Assay, Clone
from guideline.course.history import Observation, Scan
from guideline.course.imaging import Imaging, ScanReading
from guideline.course.lines import Line
from guideline.course.nerve import Nerve, ScaleReading
from guideline.course.radiation import RadiationClock
from guideline.course.reading import Alert, Axes, Basis, Fact, Part, Reading
from guideline.course.vegf import SeriesKey, VegfSeries, VegfValue

Json = dict[str, object]
Value = TypeVar("Value")


def as_json(reading: Reading) -> Json:
    """The reading as JSON values, keys in a fixed order. Dates are ISO texts, numbers are numbers."""
    axes, parts = reading.axes, reading.parts
    return {
        "as_of": reading.as_of.isoformat(),
        "line": _maybe(axes.line, _line),
        "vegf": {**_vegf(axes), **_part(parts["vegf"])},
        "pet": {**_imaging(axes.pet), **_part(parts["pet"])},
        "neuro": {**_nerve(axes.neuro), **_part(parts["neuro"])},
        "clone": {**_clone(axes.clone), **_part(parts["clone"])},
        "radiation_clock": axes.radiation.state,
        "discordant": reading.discordant,
        "alerts": [_alert(alert) for alert in reading.alerts],
        "radiation": _radiation(axes.radiation, reading.radiation),
        "lines": [_line(line) for line in reading.lines],
    }


def _maybe(value: Value | None, shape: Callable[[Value], object]) -> object:
    return None if value is None else shape(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(number: Decimal | None) -> int | float | None:
    """Whole numbers as integers, others as the shortest text that means them."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _line(line: Line) -> Json:
    return {
        "start": line.start.isoformat(),
        "end": _day(line.end),
        "treatments": [treatment.name or treatment.kind for treatment in line.treatments],
        "inferred": line.inferred,
        "members": [
            {
                "kind": member.treatment.kind,
                "start": member.treatment.start.isoformat(),
                "end": _day(member.treatment.end),
                "because": member.because,
                "inferred": member.inferred,
            }
            for member in line.members
        ],
    }


def _part(part: Part) -> Json:
    return {
        "as_of_value": _day(part.as_of_value),
        "stale": part.stale,
        "class": part.kind,
        "basis": _basis(part.basis),
    }


def _basis(basis: Basis) -> Json:
    return {
        "definition": basis.definition,
        "text": basis.sentence,
        "rule_in_words": basis.rule_in_words,
        "thresholds": list(basis.thresholds),
        "sources": list(basis.sources),
        "values": [_fact(fact) for fact in basis.facts],
    }


def _fact(fact: Fact) -> Json:
    return {
        "role": fact.role,
        "label": fact.label,
        "value": fact.shown,
        "date": fact.on.isoformat(),
    }


def _vegf(axes: Axes) -> Json:
    """The primary series, but the rise of all series: a rise anywhere counts."""
    if axes.vegf is None:
        shown: Json = {**dict.fromkeys(_SERIES_KEYS), "response": "not_evaluable", "default_limit": False}
        shown["reason"] = "no treatment" if axes.line is None else "no baseline"
    else:
        shown = _series(axes.vegf)
        shown["primary"] = shown.pop("series")
    ordered = {key: shown[key] for key in _SERIES_KEYS}
    return {**ordered, "rising": axes.rising, "series": [_series_alone(s) for s in axes.series]}


_SERIES_KEYS = (
    "response",
    "reason",
    "primary",
    "baseline",
    "latest",
    "nadir",
    "change_percent",
    "bound",
    "rising",
    "default_limit",
)


def _series(series: VegfSeries) -> Json:
    return {
        "response": series.judged.word,
        "reason": series.judged.reason,
        "series": _series_key(series.key),
        "baseline": _maybe(series.baseline, _vegf_value),
        "latest": _maybe(series.latest, _vegf_value),
        "nadir": _maybe(series.nadir, _vegf_value),
        "change_percent": _number(series.change_percent),
        "bound": series.bound,
        "rising": series.rising,
        "default_limit": series.default_limit,
    }


def _series_alone(series: VegfSeries) -> Json:
    was_rising = series.latest.on if series.stale and series.rising and series.latest else None
    return {
        **_series(series),
        "stale": series.stale,
        "was_rising_on": _day(was_rising),
        "values": [_vegf_value(value) for value in series.values],
        "set_aside": [_vegf_value(value) for value in series.set_aside],
    }


def _series_key(key: SeriesKey) -> Json:
    return {"specimen": key.specimen, "laboratory": key.laboratory, "method": key.method}


def _vegf_value(value: VegfValue) -> Json:
    return {
        **_result(value.observation),
        "upper_limit": _number(value.limit),
        "default_limit": value.default_limit,
        "under_anti_vegf": value.shadowed,
    }


def _result(result: Observation) -> Json:
    return {
        "date": result.on.isoformat(),
        "value": _number(result.value),
        "comparator": result.comparator,
        "unit": result.unit,
        "unable": result.unable,
    }


def _imaging(pet: Imaging) -> Json:
    return {
        "phase": pet.phase,
        "response": pet.latest.judged.word if pet.latest is not None else pet.judged.word,
        "verdict": pet.judged.word,
        "reason": pet.judged.reason,
        "change_percent": _number(pet.change_percent),
        "due": pet.due,
        "anchor": _day(pet.anchor),
        "progressed_on": _day(pet.progressed_on),
        "baseline": _maybe(pet.baseline, _scan),
        "scans": [_scan_reading(reading) for reading in pet.scans],
    }


def _scan(scan: Scan) -> Json:
    return {
        "date": scan.on.isoformat(),
        "sum_suv_max": _number(scan.sum_suv_max),
        "avid_lesions": scan.avid_lesions,
        "new_lesion": scan.new_lesion,
    }


def _scan_reading(reading: ScanReading) -> Json:
    return {
        **_scan(reading.scan),
        "response": reading.judged.word,
        "reason": reading.judged.reason,
        "phase": reading.phase,
        "fewest_lesions_before": _maybe(reading.fewest_lesions, _scan),
        "lowest_sum_before": _maybe(reading.lowest_sum, _scan),
    }


def _nerve(neuro: Nerve) -> Json:
    return {
        "phase": neuro.phase,
        "verdict": neuro.judged.word,
        "scales": {scale.scale.key: _scale(scale) for scale in neuro.scales},
        "reason": neuro.judged.reason,
        "axis_worsens": neuro.axis_worsens,
    }


def _scale(scale: ScaleReading) -> Json:
    return {
        "verdict": scale.judged.word,
        "baseline": _maybe(scale.baseline, _result),
        "latest": _maybe(scale.latest, _result),
        "change": _number(scale.change),
        "reason": scale.judged.reason,
        "values": [_result(value) for value in scale.values],
    }


def _clone(clone: Clone) -> Json:
    return {
        "response": clone.judged.word,
        "reason": clone.judged.reason,
        "baseline": _maybe(clone.baseline, _result),
        "latest": _maybe(clone.latest, _result),
        "change_percent": _number(clone.change_percent),
        "bound": clone.bound,
        "immunofixation": _assay(clone.immunofixation),
        "marrow": _assay(clone.marrow),
    }


def _assay(assay: Assay) -> Json:
    return {"before": _maybe(assay.before, _result), "later": [_result(result) for result in assay.later]}


def _radiation(clock: RadiationClock, basis: Basis | None) -> Json:
    return {
        "state": clock.state,
        "ended_on": _day(clock.ended_on),
        "without_end_since": _day(clock.open_since),
        "answer": clock.answer,
        "answered_on": _day(clock.answered_on),
        "counted": clock.counted,
        "basis": _maybe(basis, _basis),
    }


def _alert(alert: Alert) -> Json:
    return {
        "id": alert.id,
        "severity": alert.severity,
        "text": alert.text,
        "since": alert.since.isoformat(),
        "sources": list(alert.sources),
        "rule_in_words": alert.rule_in_words,
        "thresholds": list(alert.thresholds),
        "values": [_fact(fact) for fact in alert.facts],
    }
