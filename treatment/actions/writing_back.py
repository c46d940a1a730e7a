"""Write answers of a signed draft into the record, as the assessments anybody could have entered by hand."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import Membership
from patients.actions import corrections, record
from patients.actions.assessments import Evidence, LesionSeen
from patients.models import DiagnosisAssessment, ExtentAssessment, FitnessAssessment, Patient
from patients.queries import newest_diagnosis, newest_extent, radiation_to_judge
from patients.queries.record import DIAGNOSIS_FACTS, EXTENT_FACTS
from treatment.models import Draft
from treatment.write_back import FITNESS_FIELD, Part, Writable

# The days and words that belong to one finding of the extent, and go when it changes.
OF_A_FINDING = {
    "whole_body_imaging": ("imaging_on", ("imaging_method",)),
    "clonal_marrow_plasma_cells": ("marrow_on", ("marrow_method", "marrow_result")),
}


@transaction.atomic
def write_back(
    *, draft: Draft, answers: Collection[Writable], by: Membership, now: datetime, on: date
) -> None:
    """Enter ``answers`` as found on the day ``on`` by the member: one new assessment for each part.

    Whether the disease stabilized is said of the radiation that was given, and stands there.

    The same draft twice writes once. An answer that cannot be written from here is left out.
    """
    chosen: dict[Part, dict[str, Any]] = {}
    for one in answers:
        if one.part is not None and not one.why_not:
            name = FITNESS_FIELD.get(one.path, one.path.partition(".")[2])
            chosen.setdefault(one.part, {})[name] = one.answer.value
    enter = {"diagnosis": _diagnosis, "extent": _extent, "fitness": _fitness, "radiation": _radiation}
    for part, values in chosen.items():
        enter[part](draft.patient, values, submission=uuid5(draft.pk, part), by=by, now=now, on=on)


def _diagnosis(patient: Patient, found: Mapping[str, Any], *, on: date, **entered: Any) -> None:
    """The criteria as they stood with what changed; the evidence of the others comes along."""
    before = newest_diagnosis(patient)
    values: dict[str, Any] = {"assessed_on": on}
    evidence: list[Evidence] = []
    if before is not None:
        values |= {
            name: getattr(before, name) for name in (*DIAGNOSIS_FACTS, "treat_as_reason", "earlier_label")
        }
        evidence = _evidence(before, found)
    record.assess_diagnosis(patient=patient, values=values | dict(found), evidence=evidence, **entered)


def _evidence(before: DiagnosisAssessment, found: Mapping[str, Any]) -> list[Evidence]:
    return [
        {
            "criterion": one.criterion,
            "found_on": one.found_on,
            "found_precision": one.found_precision,
            "evidence": one.evidence,
        }
        for one in before.evidence.all()
        if one.criterion not in found
    ]


def _extent(patient: Patient, found: Mapping[str, Any], *, on: date, **entered: Any) -> None:
    """The extent as it stood with what changed: marrow and imaging keep their days, lesions their list."""
    before = newest_extent(patient)
    values: dict[str, Any] = {"assessed_on": on}
    lesions: list[LesionSeen] = []
    if before is not None:
        values |= {name: getattr(before, name) for name in (*EXTENT_FACTS, "note")}
        values |= _days_and_words(before, found)
        lesions = _lesions(before)
    record.assess_extent(patient=patient, values=values | dict(found), lesions=lesions, **entered)


def _days_and_words(before: ExtentAssessment, found: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for finding, (day, words) in OF_A_FINDING.items():
        if finding not in found and getattr(before, finding) is not None:
            # Without a day of its own it was as old as its assessment; it does not get younger.
            kept[day] = getattr(before, day) or before.assessed_on
            kept |= {word: getattr(before, word) for word in words}
    return kept


def _lesions(before: ExtentAssessment) -> list[LesionSeen]:
    names = LesionSeen.__annotations__
    return [
        LesionSeen(**{name: getattr(lesion, name) for name in names})  # type: ignore[typeddict-item] # its own columns
        for lesion in before.lesions.order_by("position")
    ]


def _fitness(patient: Patient, found: Mapping[str, Any], *, on: date, **entered: Any) -> None:
    """Only what was chosen; what is not in it keeps the day it has."""
    values = {"assessed_on": on} | dict(found)
    corrections.add(FitnessAssessment, patient=patient, values=values, **entered)


def _radiation(
    patient: Patient, found: Mapping[str, Any], *, submission: UUID, by: Membership, now: datetime, on: date
) -> None:
    """Correct the radiation that ended last; none is left where it was taken out of the record meanwhile."""
    given = radiation_to_judge(patient, on=on)
    if given is not None:
        values = {"stabilized": found["stabilized"], "stabilized_on": on}
        record.correct_treatment(
            treatment=given, values=values, expected_version=given.version, by=by, now=now
        )
