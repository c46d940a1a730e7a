"""What the patient can bear, and what a drug could harm, as dated assessments; earlier ones stay."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from patients.models.base import CorrectableRow


class Ecog(models.IntegerChoices):
    """Performance status of the Eastern Cooperative Oncology Group (Oken 1982); 5 would be death."""

    ACTIVE = 0, "0: fully active, as before the disease"
    RESTRICTED = 1, "1: walks, does light work; no strenuous activity"
    SELF_CARING = 2, "2: walks and cares for themselves, no work; up more than half the day"
    LIMITED = 3, "3: limited self-care; in bed or chair more than half the day"
    DISABLED = 4, "4: no self-care; always in bed or chair"


class NeuropathySeverity(models.TextChoices):
    NONE = "none", "None"
    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"


class Comorbidity(models.TextChoices):
    """Few, and each with a bearing on the choice of treatment; anything else is text."""

    DIABETES = "diabetes", "Diabetes"
    HYPERTENSION = "hypertension", "Arterial hypertension"
    CORONARY = "coronary", "Coronary heart disease"
    HEART_FAILURE = "heart_failure", "Heart failure"
    ARRHYTHMIA = "arrhythmia", "Atrial fibrillation or other arrhythmia"
    LUNG = "lung", "Chronic lung disease"
    KIDNEY = "kidney", "Chronic kidney disease"
    LIVER = "liver", "Chronic liver disease"
    HEPATITIS_B = "hepatitis_b", "Hepatitis B, past or present"
    CANCER = "cancer", "Another cancer"
    DEPRESSION = "depression", "Depression"
    SMOKING = "smoking", "Smoking"


# A test that was done, and the field that holds its day.
TESTED = {
    "echocardiography_done": "echocardiography_on",
    "pulmonary_function_tested": "pulmonary_function_on",
    "thyroid_tested": "thyroid_on",
    "adrenal_tested": "adrenal_on",
    "gonadal_tested": "gonadal_on",
}
# What only a test can show, and the test.
SHOWN_BY = {
    "thyroid_abnormal": "thyroid_tested",
    "adrenal_abnormal": "adrenal_tested",
    "gonadal_abnormal": "gonadal_tested",
}


def _test_is_whole(tested: str, day: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{day: None}) | Q(**{tested: True, f"{day}__lte": F("assessed_on")}),
        name=f"fitness_{day}_is_of_a_test",
    )


def _finding_has_a_test(finding: str, tested: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{finding: None}) | ~Q(**{tested: False}) | Q(**{tested: None}),
        name=f"fitness_{finding}_was_tested",
    )


@pghistory.track()
class FitnessAssessment(CorrectableRow):
    """What was asked or found on one day; null or blank was not asked then: the answer before still stands.

    ``comorbidities`` null was not asked, empty is *none of those*.
    """

    assessed_on = models.DateField("assessed on")
    ecog = models.PositiveSmallIntegerField("ECOG performance status", choices=Ecog.choices, null=True)
    comorbidities = ArrayField(
        models.CharField(max_length=16, choices=Comorbidity.choices), null=True, blank=True
    )
    comorbidity_note = models.TextField("other comorbidities", max_length=2000, blank=True)
    neuropathy_severity = models.CharField(
        "severity of the neuropathy", max_length=8, choices=NeuropathySeverity.choices, blank=True
    )
    transplant_eligible = models.BooleanField("eligible for transplantation", null=True)
    transplant_judged_on = models.DateField("eligibility judged on", null=True)
    stem_cells_collected = models.BooleanField(null=True)
    prior_thrombosis = models.BooleanField("earlier thrombosis", null=True)
    on_thromboprophylaxis = models.BooleanField(null=True)
    on_anticoagulation = models.BooleanField("on an anticoagulant", null=True)
    echocardiography_done = models.BooleanField(null=True)
    echocardiography_on = models.DateField("day of the echocardiography", null=True)
    pulmonary_hypertension = models.BooleanField(null=True)
    pulmonary_function_tested = models.BooleanField("lung function tested", null=True)
    pulmonary_function_on = models.DateField("day of the lung function test", null=True)
    pleural_effusion = models.BooleanField(null=True)
    thyroid_tested = models.BooleanField("thyroid axis tested", null=True)
    thyroid_on = models.DateField("day of the thyroid test", null=True)
    thyroid_abnormal = models.BooleanField("thyroid axis abnormal", null=True)
    adrenal_tested = models.BooleanField("adrenal axis tested", null=True)
    adrenal_on = models.DateField("day of the adrenal test", null=True)
    adrenal_abnormal = models.BooleanField("adrenal axis abnormal", null=True)
    gonadal_tested = models.BooleanField("gonadal axis tested", null=True)
    gonadal_on = models.DateField("day of the gonadal test", null=True)
    gonadal_abnormal = models.BooleanField("gonadal axis abnormal", null=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-assessed_on", "-id"], name="fitness_newest")]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ecog=None) | Q(ecog__in=Ecog.values), name="fitness_ecog_is_on_the_scale"
            ),
            models.CheckConstraint(
                condition=Q(neuropathy_severity="") | Q(neuropathy_severity__in=NeuropathySeverity.values),
                name="fitness_severity_is_known_word",
            ),
            models.CheckConstraint(
                condition=Q(comorbidities=None) | Q(comorbidities__contained_by=Comorbidity.values),
                name="fitness_comorbidities_are_known",
            ),
            models.CheckConstraint(
                condition=Q(transplant_judged_on=None)
                | Q(transplant_eligible__isnull=False, transplant_judged_on__lte=F("assessed_on")),
                name="fitness_judgement_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(on_anticoagulation=True, on_thromboprophylaxis=False),
                name="fitness_anticoagulant_is_prophylaxis",
            ),
            *(_test_is_whole(tested, day) for tested, day in TESTED.items()),
            *(_finding_has_a_test(finding, tested) for finding, tested in SHOWN_BY.items()),
        ]

    def __str__(self) -> str:
        return f"fitness of patient {self.patient_id} on {self.assessed_on}"
