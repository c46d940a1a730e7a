"""The entries of the record that answer follow-ups: stability after radiation, CT, biopsy of the marrow."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.models import Membership
from monitoring.matching.belonging import CT, MARROW_BIOPSY, STABILITY, Reading
from monitoring.matching.models import Match
from patients.models import ExtentAssessment, ImagingMethod, MarrowMethod, Treatment, TreatmentKind

# A PET-CT is recorded as a scan and answers its own item: whether its CT shows sclerotic bone is for a person
# to say. An aspirate is no biopsy.
_BIOPSIES = (MarrowMethod.ILIAC_BIOPSY, MarrowMethod.OTHER_SITE)


def readings_of_record(patient_ids: Collection[UUID], by: Membership) -> Iterator[tuple[UUID, Reading]]:
    """By patient, each answer of the record that stands and has a day."""
    yield from _stabilities(patient_ids, by)
    yield from _extents(patient_ids, by)


def entry_in_words(match: Match) -> tuple[str, str]:
    """The entry that closed an item, and where it stands."""
    if match.treatment is not None:
        given = match.treatment
        answer = "stabilized" if given.stabilized else "not stabilized"
        words = f"After radiation, {given.name}: {answer}, answered on {given.stabilized_on:%-d %b %Y}"
        return words, reverse("patients:treatments", args=[given.patient_id])
    if match.extent is not None:
        extent = match.extent
        words = f"Assessment of the extent of {extent.assessed_on:%-d %b %Y}"
        return words, reverse("patients:assessments", args=[extent.patient_id])
    raise ValueError(f"match {match.pk} is of nothing")


def _stabilities(patient_ids: Collection[UUID], by: Membership) -> Iterator[tuple[UUID, Reading]]:
    rows = Treatment.objects.visible_to(by).standing().filter(patient_id__in=patient_ids)
    answered = rows.filter(
        kind=TreatmentKind.RADIATION, stabilized__isnull=False, stabilized_on__isnull=False
    )
    for patient_id, key, day in answered.values_list("patient_id", "pk", "stabilized_on"):
        yield patient_id, Reading(("treatment", key), STABILITY, day)


def _extents(patient_ids: Collection[UUID], by: Membership) -> Iterator[tuple[UUID, Reading]]:
    rows = ExtentAssessment.objects.visible_to(by).standing().filter(patient_id__in=patient_ids)
    by_ct = Q(imaging_method=ImagingMethod.CT, imaging_on__isnull=False)
    biopsied = Q(marrow_method__in=_BIOPSIES, marrow_on__isnull=False)
    for row in rows.filter(by_ct | biopsied):
        key = ("extent", row.pk)
        if row.imaging_method == ImagingMethod.CT and row.imaging_on is not None:
            yield row.patient_id, Reading(key, CT, row.imaging_on)
        if row.marrow_method in _BIOPSIES and row.marrow_on is not None:
            yield row.patient_id, Reading(key, MARROW_BIOPSY, row.marrow_on)
