"""Forms of the clinical record: diagnosis, extent, treatments given. They validate; actions save."""

import uuid
from datetime import date
from typing import Any

from django import forms

from patients.dates import ClinicalDateField
from patients.forms.fields import ThreeValuedField
from patients.models import DiagnosisAssessment, ExtentAssessment, RadiationIntent, StopReason, TreatmentKind

MOST_LESIONS = 500


class RecordForm(forms.Form):
    """A form about one dated thing; nothing in it lies after the day of entry ``on``."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ClinicalDateField):
                field.not_after = on

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()


def _criterion(label: str, help_text: str = "") -> ThreeValuedField:
    return ThreeValuedField(label=label, help_text=help_text, unknown="Not assessed")


class DiagnosisForm(RecordForm):
    assessed_on = ClinicalDateField(label="Assessed on")
    polyneuropathy = _criterion("Polyneuropathy")
    monoclonal_plasma_cell_disorder = _criterion("Monoclonal plasma-cell disorder")
    castleman_disease = _criterion("Castleman disease", "Proved by biopsy.")
    sclerotic_bone_lesions = _criterion("Sclerotic bone lesions")
    vegf_elevated = _criterion(
        "VEGF elevated", "Your judgement against the limit of the laboratory and specimen."
    )
    organomegaly = _criterion("Organomegaly", "Spleen, liver or lymph nodes.")
    extravascular_volume_overload = _criterion(
        "Extravascular volume overload", "Oedema, effusion or ascites."
    )
    endocrinopathy = _criterion(
        "Endocrinopathy", "An axis other than isolated diabetes or isolated thyroid disease."
    )
    skin_changes = _criterion("Skin changes")
    papilledema = _criterion("Papilledema")
    thrombocytosis_or_polycythemia = _criterion("Thrombocytosis or polycythemia")
    treat_as_poems = ThreeValuedField(
        label="Treat as POEMS although criteria are not met", help_text="Your judgement; it needs a reason."
    )
    treat_as_reason = forms.CharField(
        label="Reason", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    earlier_label = forms.CharField(
        label="Earlier label",
        required=False,
        max_length=200,
        help_text="What it was called before, such as CIDP.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("treat_as_poems") and not cleaned.get("treat_as_reason"):
            self.add_error(
                "treat_as_reason", "Say why this is treated as POEMS although criteria are not met."
            )
        return cleaned

    @classmethod
    def after(cls, newest: DiagnosisAssessment | None, *args: Any, on: date) -> "DiagnosisForm":
        """A form that starts from the newest assessment, for today."""
        return cls(*args, on=on, initial=_carried(newest, cls, on))


class ExtentForm(RecordForm):
    assessed_on = ClinicalDateField(label="Assessed on")
    bone_lesion_count = forms.IntegerField(
        label="Number of bone lesions",
        required=False,
        min_value=0,
        max_value=MOST_LESIONS,
        help_text="Of any density. Leave empty when nobody counted.",
        error_messages={
            "invalid": "Give a whole number, or leave empty when nobody counted.",
            "min_value": "A number of lesions cannot be negative.",
            "max_value": f"At most {MOST_LESIONS} lesions can be entered.",
        },
    )
    none_found = forms.BooleanField(label="Looked for, none found", required=False)
    diffuse_bone_lesions = ThreeValuedField(label="Diffuse bone lesions")
    whole_body_imaging = ThreeValuedField(
        label="Whole skeleton imaged", help_text="CT, PET-CT or MRI, at most 90 days old at the assessment."
    )
    imaging_on = ClinicalDateField(label="Date of the imaging", required=False)
    clonal_marrow_plasma_cells = ThreeValuedField(
        label="Clonal plasma cells in the marrow", help_text="By iliac crest biopsy."
    )
    marrow_on = ClinicalDateField(label="Date of the biopsy", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._settle_count(cleaned)
        for name, what in (("imaging_on", "imaging"), ("marrow_on", "biopsy")):
            found, assessed = cleaned.get(name), cleaned.get("assessed_on")
            if found and assessed and found > assessed:
                self.add_error(name, f"The {what} cannot be later than the assessment that rests on it.")
        return cleaned

    def _settle_count(self, cleaned: dict[str, Any]) -> None:
        """Empty is not zero: zero only when somebody says that none was found."""
        count, none_found = cleaned.get("bone_lesion_count"), cleaned.get("none_found")
        if none_found and count:
            self.add_error("none_found", f"None found and {count} lesions contradict each other; keep one.")
        elif none_found:
            cleaned["bone_lesion_count"] = 0
        elif count == 0:
            self.add_error(
                "bone_lesion_count", "For no lesion tick “Looked for, none found”; empty means not known."
            )

    @classmethod
    def after(cls, newest: ExtentAssessment | None, *args: Any, on: date) -> "ExtentForm":
        initial = _carried(newest, cls, on)
        if newest is not None and newest.bone_lesion_count == 0:
            initial |= {"none_found": True, "bone_lesion_count": None}
        return cls(*args, on=on, initial=initial)


class TreatmentForm(RecordForm):
    kind = forms.ChoiceField(label="Kind", choices=TreatmentKind.choices)
    name = forms.CharField(
        label="What exactly", max_length=200, help_text="Regimen or field, with the dose as it was given."
    )
    started_on = ClinicalDateField(label="First day")
    ended_on = ClinicalDateField(
        label="Last day", required=False, help_text="Of radiation: the last fraction. Empty while it goes on."
    )
    stop_reason = forms.ChoiceField(
        label="Why it ended",
        required=False,
        choices=[("", "Not known or still going on"), *StopReason.choices],
    )
    intent = forms.ChoiceField(
        label="Intent of radiation", required=False, choices=[("", "Not radiation"), *RadiationIntent.choices]
    )
    stabilized = ThreeValuedField(
        label="Stabilized after radiation", help_text="Judged three to six months after the last fraction."
    )
    stabilized_on = ClinicalDateField(label="Stability judged on", required=False)
    continues = ThreeValuedField(
        label="Continues the line before",
        help_text="Yes for a planned sequence, such as transplantation after induction.",
    )
    neurotoxic = forms.BooleanField(label="Contains a drug that can damage nerves", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        started, ended = cleaned.get("started_on"), cleaned.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", "The last day lies before the first day; correct one of them.")
        if cleaned.get("stop_reason") and not ended:
            self.add_error("ended_on", "A treatment that ended for a reason has a last day; give it.")
        self._check_radiation(cleaned)
        return cleaned

    def _check_radiation(self, cleaned: dict[str, Any]) -> None:
        is_radiation = cleaned.get("kind") == TreatmentKind.RADIATION
        if is_radiation and not cleaned.get("intent"):
            cleaned["intent"] = RadiationIntent.DEFINITIVE
        about_radiation = cleaned.get("intent") or cleaned.get("stabilized") is not None
        if not is_radiation and about_radiation:
            self.add_error(
                "kind", "Intent and stability belong to radiation; clear them or choose radiation."
            )
        if cleaned.get("stabilized_on") and cleaned.get("stabilized") is None:
            self.add_error("stabilized", "A date of judgement needs a judgement: yes or no.")

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the row, without the form's own."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"submission", "version"}
        }


def _carried(newest: Any, form: type[RecordForm], on: date) -> dict[str, Any]:
    """The newest assessment's answers as a start; the day is today."""
    if newest is None:
        return {"assessed_on": on}
    names = [name for name in form.base_fields if name not in {"submission", "assessed_on", "none_found"}]
    return {name: getattr(newest, name) for name in names} | {"assessed_on": on}
