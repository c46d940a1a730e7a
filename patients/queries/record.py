"""Reads over the clinical record: the newest assessments as facts, and the treatments given."""

from datetime import date

from django.db import models

from patients.models import (
    DiagnosisAssessment,
    ExtentAssessment,
    Patient,
    RadiationIntent,
    Sex,
    Treatment,
    TreatmentKind,
)
from patients.queries.fitness import fitness_facts, newest_facts
from patients.queries.given import RecordedFact, TreatmentGiven
from patients.queries.prior import facts_of_treatments

DIAGNOSIS_FACTS = (
    "treat_as_poems",
    "polyneuropathy",
    "monoclonal_plasma_cell_disorder",
    "castleman_disease",
    "sclerotic_bone_lesions",
    "vegf_elevated",
    "organomegaly",
    "extravascular_volume_overload",
    "endocrinopathy",
    "skin_changes",
    "papilledema",
    "thrombocytosis_or_polycythemia",
)
EXTENT_FACTS = (
    "bone_lesion_count",
    "whole_body_imaging",
    "diffuse_bone_lesions",
    "clonal_marrow_plasma_cells",
)
# The day a fact of the extent was found, where it has one of its own.
FOUND_ON = {"whole_body_imaging": "imaging_on", "clonal_marrow_plasma_cells": "marrow_on"}


def latest_facts(patient: Patient, *, on: date) -> dict[str, RecordedFact]:
    """Known facts of identity, assessments and treatments, by guideline path; unknown ones are left out.

    So is the age where only the year of birth is known and the birthday of that year may be to come.
    """
    facts: dict[str, RecordedFact] = {}
    age = patient.born.age_on(on).certain
    if age is not None:
        facts["patient.age_years"] = RecordedFact(age, on, "date of birth")
    if patient.sex != Sex.UNKNOWN:
        facts["patient.sex"] = RecordedFact(patient.sex, on, "identity")
    facts |= _assessed(newest_diagnosis(patient), "diagnosis", DIAGNOSIS_FACTS)
    facts |= _assessed(newest_extent(patient), "extent", EXTENT_FACTS)
    treatments = treatments_of(patient)
    return facts | newest_facts(facts_of_treatments(treatments), fitness_facts(patient), treatments)


def newest_diagnosis(patient: Patient) -> DiagnosisAssessment | None:
    return DiagnosisAssessment.objects.of(patient).standing().order_by("-assessed_on", "-id").first()


def newest_extent(patient: Patient) -> ExtentAssessment | None:
    return ExtentAssessment.objects.of(patient).standing().order_by("-assessed_on", "-id").first()


def lesions_known(patient: Patient) -> list[str]:
    """The places of the lesions that the newest assessment lists, in its order."""
    newest = newest_extent(patient)
    return [lesion.place for lesion in newest.lesions.order_by("position")] if newest else []


def radiation_to_judge(patient: Patient, *, on: date) -> Treatment | None:
    """The definitive radiation that ended last, of which stability is said; None while one is going on."""
    radiations = Treatment.objects.of(patient).standing().filter(kind=TreatmentKind.RADIATION)
    found: list[Treatment] = list(radiations.exclude(intent=RadiationIntent.ADJUNCT))
    ended = [(one.ended_on, one.pk, one) for one in found if one.ended_on is not None and one.ended_on <= on]
    return max(ended)[-1] if ended and len(ended) == len(found) else None


def treatments_of(patient: Patient) -> list[TreatmentGiven]:
    """All treatments by first day, then in the order of entry."""
    rows = (
        Treatment.objects.of(patient)
        .standing()
        .order_by("started_on", "id")
        .values_list(*TreatmentGiven.__annotations__)
    )
    return [TreatmentGiven(*row) for row in rows]


def _assessed(row: models.Model | None, group: str, names: tuple[str, ...]) -> dict[str, RecordedFact]:
    if row is None:
        return {}
    facts = {}
    for name in names:
        value = getattr(row, name)
        if value is not None:
            found_on = getattr(row, FOUND_ON.get(name, "assessed_on")) or row.assessed_on  # type: ignore[attr-defined]
            facts[f"{group}.{name}"] = RecordedFact(value, found_on, f"{group} assessment")
    return facts
