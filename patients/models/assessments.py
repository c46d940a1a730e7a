"""What was found out about the disease, as dated assessments; earlier ones stay."""

import pghistory
from django.db import models
from django.db.models import F, Q

from patients.models.base import PatientRow


@pghistory.track()
class DiagnosisAssessment(PatientRow):
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
    submission = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-assessed_on", "-id"], name="diagnosis_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(treat_as_poems=True) | ~Q(treat_as_reason=""),
                name="diagnosis_judgement_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"diagnosis of patient {self.patient_id} on {self.assessed_on}"


@pghistory.track()
class ExtentAssessment(PatientRow):
    """How far the plasma cells have spread, as of one day. Null is not known; zero lesions is a finding."""

    assessed_on = models.DateField()
    bone_lesion_count = models.PositiveSmallIntegerField(null=True)
    diffuse_bone_lesions = models.BooleanField(null=True)
    whole_body_imaging = models.BooleanField("imaging of the whole skeleton", null=True)
    imaging_on = models.DateField("date of the imaging", null=True)
    clonal_marrow_plasma_cells = models.BooleanField("clonal plasma cells in the marrow", null=True)
    marrow_on = models.DateField("date of the marrow biopsy", null=True)
    submission = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-assessed_on", "-id"], name="extent_newest")]
        constraints = [
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
        ]

    def __str__(self) -> str:
        return f"extent of patient {self.patient_id} on {self.assessed_on}"
