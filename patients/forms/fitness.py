"""The form of a fitness assessment. It starts empty: an answer that nobody asks again keeps its own day."""

from typing import Any

from django import forms

from guideline.fact_table import FACT
from patients.dates import ClinicalDateField
from patients.forms.dated import RecordForm
from patients.forms.fields import ThreeValuedField
from patients.models import Comorbidity, Ecog, NeuropathySeverity
from patients.models.fitness import SHOWN_BY, TESTED
from patients.queries.fitness import PATHS

NONE_OF_THESE = "none"


def _fact(field: str) -> ThreeValuedField:
    """A question in the guideline's own words."""
    fact = FACT[PATHS[field]]
    return ThreeValuedField(label=fact.label, help_text=fact.hint or "", unknown="Not asked")


def _day(label: str) -> ClinicalDateField:
    return ClinicalDateField(label=label, required=False)


class FitnessForm(RecordForm):
    """What was asked or found on one day. Whatever stays unanswered leaves the answer before standing."""

    assessed_on = ClinicalDateField(label="Assessed on")
    ecog = forms.TypedChoiceField(
        label="ECOG performance status",
        required=False,
        choices=[("", "Not asked"), *Ecog.choices],
        coerce=int,
        empty_value=None,
    )
    neuropathy_severity = forms.ChoiceField(
        label=FACT[PATHS["neuropathy_severity"]].label,
        required=False,
        choices=[("", "Not asked"), *NeuropathySeverity.choices],
    )
    comorbidities = forms.MultipleChoiceField(
        label="Comorbidities",
        required=False,
        choices=[*Comorbidity.choices, (NONE_OF_THESE, "None of these")],
        widget=forms.CheckboxSelectMultiple,
        help_text="All that stand today. No tick at all means not asked.",
    )
    comorbidity_note = forms.CharField(
        label="Other comorbidities",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    transplant_eligible = _fact("transplant_eligible")
    transplant_judged_on = _day("Judged on")
    stem_cells_collected = _fact("stem_cells_collected")
    prior_thrombosis = _fact("prior_thrombosis")
    on_thromboprophylaxis = _fact("on_thromboprophylaxis")
    on_anticoagulation = _fact("on_anticoagulation")
    echocardiography_done = _fact("echocardiography_done")
    echocardiography_on = _day("Day of the echocardiography")
    pulmonary_hypertension = _fact("pulmonary_hypertension")
    pulmonary_function_tested = _fact("pulmonary_function_tested")
    pulmonary_function_on = _day("Day of the lung function test")
    pleural_effusion = _fact("pleural_effusion")
    thyroid_tested = _fact("thyroid_tested")
    thyroid_on = _day("Day of the thyroid test")
    thyroid_abnormal = _fact("thyroid_abnormal")
    adrenal_tested = _fact("adrenal_tested")
    adrenal_on = _day("Day of the adrenal test")
    adrenal_abnormal = _fact("adrenal_abnormal")
    gonadal_tested = _fact("gonadal_tested")
    gonadal_on = _day("Day of the gonadal test")
    gonadal_abnormal = _fact("gonadal_abnormal")

    # How the page groups them: heading, fields.
    PARTS = (
        ("General", ("ecog", "comorbidities", "comorbidity_note")),
        ("Nerve", ("neuropathy_severity",)),
        ("Transplantation", ("transplant_eligible", "transplant_judged_on", "stem_cells_collected")),
        ("Thrombosis", ("prior_thrombosis", "on_thromboprophylaxis", "on_anticoagulation")),
        (
            "Heart and lung",
            (
                "echocardiography_done",
                "echocardiography_on",
                "pulmonary_hypertension",
                "pulmonary_function_tested",
                "pulmonary_function_on",
                "pleural_effusion",
            ),
        ),
        (
            "Endocrine axes",
            tuple(
                f"{axis}_{what}"
                for axis in ("thyroid", "adrenal", "gonadal")
                for what in ("tested", "on", "abnormal")
            ),
        ),
    )

    def clean_comorbidities(self) -> list[str] | None:
        """None is not asked; an empty list is *none of these*."""
        ticked: list[str] = self.cleaned_data["comorbidities"]
        if NONE_OF_THESE in ticked and len(ticked) > 1:
            raise forms.ValidationError("“None of these” contradicts the other ticks; keep one or the other.")
        return None if not ticked else [word for word in ticked if word != NONE_OF_THESE]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_anticoagulation(cleaned)
        self._check_days(cleaned)
        for finding, test in SHOWN_BY.items():
            if cleaned.get(finding) is not None and cleaned.get(test) is False:
                self.add_error(
                    test, "What was not tested cannot be normal or abnormal; correct one of the two."
                )
        answers = [value for name, value in self.values_of(cleaned) if name != "assessed_on"]
        if not self.errors and all(value in (None, "") for value in answers):
            raise forms.ValidationError("Answer at least one question.")
        return cleaned

    def values_of(self, cleaned: dict[str, Any]) -> list[tuple[str, Any]]:
        return [(name, value) for name, value in cleaned.items() if name not in self.not_of_the_row]

    def _check_anticoagulation(self, cleaned: dict[str, Any]) -> None:
        """An anticoagulant is thromboprophylaxis; saying so twice is not asked of anybody."""
        if not cleaned.get("on_anticoagulation"):
            return
        if cleaned.get("on_thromboprophylaxis") is False:
            self.add_error(
                "on_thromboprophylaxis", "An anticoagulant is thromboprophylaxis; correct one of the two."
            )
        cleaned["on_thromboprophylaxis"] = True

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        assessed = cleaned.get("assessed_on")
        for answer, day in {"transplant_eligible": "transplant_judged_on", **TESTED}.items():
            found = cleaned.get(day)
            if found and assessed and found > assessed:
                self.add_error(day, "That is later than the assessment that rests on it.")
            if found and not self._has_answer(answer, cleaned):
                self.add_error(answer, "A day was given; say what was found then.")

    def _has_answer(self, answer: str, cleaned: dict[str, Any]) -> bool:
        """A test with a day was done; a judgement with a day is yes or no."""
        if answer in TESTED and cleaned.get(answer) is None:
            cleaned[answer] = True
        return cleaned.get(answer) is not None if answer not in TESTED else cleaned.get(answer) is True
