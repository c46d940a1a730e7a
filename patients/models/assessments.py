"""What was found out about the disease, as dated assessments; earlier ones stay."""

import pghistory
from django.db import models
from django.db.models import F, Q

from patients.models.base import CorrectableRow, PatientRow
from patients.partial_dates import PartialDate, Precision


class Criterion(models.TextChoices):
    """The criteria of both published sets; each value is a field of DiagnosisAssessment."""

    POLYNEUROPATHY = "polyneuropathy", "Polyneuropathy"
    CLONE = "monoclonal_plasma_cell_disorder", "Monoclonal plasma-cell disorder"
    CASTLEMAN = "castleman_disease", "Castleman disease"
    SCLEROTIC = "sclerotic_bone_lesions", "Sclerotic bone lesions"
    VEGF = "vegf_elevated", "VEGF elevated"
    ORGANOMEGALY = "organomegaly", "Organomegaly"
    OVERLOAD = "extravascular_volume_overload", "Extravascular volume overload"
    ENDOCRINOPATHY = "endocrinopathy", "Endocrinopathy"
    SKIN = "skin_changes", "Skin changes"
    PAPILLEDEMA = "papilledema", "Papilledema"
    BLOOD_CELLS = "thrombocytosis_or_polycythemia", "Thrombocytosis or polycythemia"


class ImagingMethod(models.TextChoices):
    CT = "ct", "CT"
    PET_CT = "pet_ct", "PET-CT"
    MRI = "mri", "MRI"
    PLAIN_FILM = "plain_film", "Plain film"


class MarrowMethod(models.TextChoices):
    ILIAC_BIOPSY = "iliac_biopsy", "Iliac crest biopsy"
    ASPIRATE = "aspirate", "Aspirate only"
    OTHER_SITE = "other_site", "Biopsy of another site"


@pghistory.track()
class DiagnosisAssessment(CorrectableRow):
    """Each criterion as *ever documented in this disease*: true, false, or null for not assessed.

    ``vegf_elevated`` and the criteria that rest on a number are a clinician's judgement, never derived.
    """

    assessed_on = models.DateField()
    polyneuropathy = models.BooleanField(null=True)
    monoclonal_plasma_cell_disorder = models.BooleanField("monoclonal plasma-cell disorder", null=True)
    castleman_disease = models.BooleanField("Castleman disease", null=True)
    sclerotic_bone_lesions = models.BooleanField(null=True)
    vegf_elevated = models.BooleanField("VEGF elevated", null=True)
    organomegaly = models.BooleanField(null=True)
    extravascular_volume_overload = models.BooleanField(null=True)
    endocrinopathy = models.BooleanField(null=True)
    skin_changes = models.BooleanField(null=True)
    papilledema = models.BooleanField(null=True)
    thrombocytosis_or_polycythemia = models.BooleanField("thrombocytosis or polycythemia", null=True)
    treat_as_poems = models.BooleanField("to be treated as POEMS although criteria are not met", null=True)
    treat_as_reason = models.TextField("reason to treat as POEMS", max_length=2000, blank=True)
    earlier_label = models.CharField(
        max_length=200, blank=True, help_text="What the illness was called before, such as CIDP or MGUS."
    )

    class Meta:
        indexes = [models.Index(fields=["patient", "-assessed_on", "-id"], name="diagnosis_newest")]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(treat_as_poems=True) | ~Q(treat_as_reason=""),
                name="diagnosis_judgement_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"diagnosis of patient {self.patient_id} on {self.assessed_on}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class CriterionEvidence(PatientRow):
    """When one criterion of an assessment was found, and what supports the answer."""

    assessment = models.ForeignKey(DiagnosisAssessment, on_delete=models.PROTECT, related_name="evidence")
    criterion = models.CharField(max_length=40, choices=Criterion.choices)
    found_on = models.DateField("found on", null=True, help_text="The first day of what is known.")
    found_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="evidence_of_a_criterion_is_one"
            ),
            models.CheckConstraint(
                condition=Q(criterion__in=Criterion.values), name="evidence_criterion_is_known"
            ),
            models.CheckConstraint(
                condition=Q(found_precision__in=Precision.values), name="evidence_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(found_on__isnull=False) | ~Q(evidence=""), name="evidence_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} in diagnosis {self.assessment_id}"

    @property
    def found(self) -> PartialDate | None:
        """When it was found, as far as that is known."""
        return PartialDate(self.found_on, self.found_precision) if self.found_on else None


@pghistory.track()
class ExtentAssessment(CorrectableRow):
    """How far the plasma cells have spread, as of one day. Null is not known; zero lesions is a finding.

    ``bone_lesion_count`` is what was counted; the lesions listed one by one may be fewer, or none.
    """

    assessed_on = models.DateField()
    bone_lesion_count = models.PositiveSmallIntegerField(null=True)
    diffuse_bone_lesions = models.BooleanField(null=True)
    whole_body_imaging = models.BooleanField("imaging of the whole skeleton", null=True)
    imaging_on = models.DateField("date of the imaging", null=True)
    imaging_method = models.CharField(max_length=12, choices=ImagingMethod.choices, blank=True)
    clonal_marrow_plasma_cells = models.BooleanField("clonal plasma cells in the marrow", null=True)
    marrow_on = models.DateField("date of the marrow biopsy", null=True)
    marrow_method = models.CharField(max_length=12, choices=MarrowMethod.choices, blank=True)
    marrow_result = models.CharField("marrow as reported", max_length=500, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-assessed_on", "-id"], name="extent_newest")]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(bone_lesion_count__lte=500), name="extent_lesions_are_countable"
            ),
            models.CheckConstraint(
                condition=Q(imaging_on=None) | Q(imaging_on__lte=F("assessed_on")),
                name="extent_imaging_precedes_assessment",
            ),
            models.CheckConstraint(
                condition=Q(marrow_on=None) | Q(marrow_on__lte=F("assessed_on")),
                name="extent_marrow_precedes_assessment",
            ),
            models.CheckConstraint(
                condition=Q(imaging_method="") | Q(imaging_method__in=ImagingMethod.values),
                name="extent_imaging_method_is_known",
            ),
            models.CheckConstraint(
                condition=Q(marrow_method="") | Q(marrow_method__in=MarrowMethod.values),
                name="extent_marrow_method_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(imaging_method=ImagingMethod.PLAIN_FILM, whole_body_imaging=True),
                name="extent_plain_film_is_never_whole_body",
            ),
        ]

    def __str__(self) -> str:
        return f"extent of patient {self.patient_id} on {self.assessed_on}"
