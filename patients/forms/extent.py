"""The form of the extent: imaging, marrow, and the lesions one by one."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from patients.dates import ClinicalDateField
from patients.forms.dated import RecordForm
from patients.forms.fields import CountField, ThreeValuedField
from patients.forms.lesions import LesionList, lesion_initial
from patients.models import ExtentAssessment, ImagingMethod, MarrowMethod

MOST_LESIONS = 500
COUNTS = ("bone_lesion_count", "as_listed", "none_found", "not_counted")


class ExtentForm(RecordForm):
    """How far the disease has spread. ``seen`` are the lesions to start from.

    The count is a number, *as many as listed*, *none found*, or *not counted*: nothing filled in is not zero.
    """

    assessed_on = ClinicalDateField(label="Assessed on")
    imaging_method = forms.ChoiceField(
        label="Imaged by", required=False, choices=[("", "Not stated"), *ImagingMethod.choices]
    )
    imaging_on = ClinicalDateField(label="Date of the imaging", required=False)
    whole_body_imaging = ThreeValuedField(
        label="Whole skeleton imaged",
        help_text="CT, PET-CT or MRI, at most 90 days old at the assessment. A plain film never counts.",
    )
    diffuse_bone_lesions = ThreeValuedField(label="Diffuse bone lesions")
    bone_lesion_count = CountField(
        label="Number of bone lesions", required=False, most=MOST_LESIONS, what="lesions"
    )
    as_listed = forms.BooleanField(label="As many as listed", required=False)
    none_found = forms.BooleanField(label="None found", required=False)
    not_counted = forms.BooleanField(label="Not counted", required=False)
    marrow_method = forms.ChoiceField(
        label="Marrow taken by", required=False, choices=[("", "Not stated"), *MarrowMethod.choices]
    )
    marrow_on = ClinicalDateField(label="Date of the marrow", required=False)
    clonal_marrow_plasma_cells = ThreeValuedField(
        label="Clonal plasma cells in the marrow", help_text="By iliac crest biopsy."
    )
    marrow_result = forms.CharField(
        label="Marrow as reported", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(
        label="Note", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    not_of_the_row = ("submission", "version", "as_listed", "none_found", "not_counted")

    def __init__(self, *args: Any, on: date, seen: Iterable[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.lesions = LesionList(self.data if self.is_bound else None, on=on, seen=seen)

    @property
    def count_boxes(self) -> list[forms.BoundField]:
        """The answers beside a number."""
        return [self[name] for name in COUNTS[1:]]

    @property
    def count_fields(self) -> list[forms.BoundField]:
        """The number and the answers beside it, which are one question."""
        return [self[name] for name in COUNTS]

    @property
    def found(self) -> dict[str, Any]:
        """The extent as answered so far, also of a form that is not valid; the rest is not known."""
        count = 0 if self.answered.get("none_found") else self.answered.get("bone_lesion_count")
        return self.answered | {"bone_lesion_count": count}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.lesions.is_valid():
            self._tell_of_lesions()
        self._settle_count(cleaned)
        self._check_imaging(cleaned)
        for name, what in (("imaging_on", "imaging"), ("marrow_on", "biopsy")):
            found, assessed = cleaned.get(name), cleaned.get("assessed_on")
            if found and assessed and found > assessed:
                self.add_error(name, f"The {what} cannot be later than the assessment that rests on it.")
        return cleaned

    def _tell_of_lesions(self) -> None:
        for row in self.lesions.standing:
            place = self.lesions.rows.index(row) + 1
            for name, sentences in row.errors.items():
                self.add_error(None, f"Lesion {place}, {row.fields[name].label}: {sentences[0]}")

    def _check_imaging(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("imaging_method") == ImagingMethod.PLAIN_FILM and cleaned.get("whole_body_imaging"):
            self.add_error(
                "whole_body_imaging", "A plain film never shows the whole skeleton; choose no, or CT or MRI."
            )

    def _settle_count(self, cleaned: dict[str, Any]) -> None:
        """Empty is not zero, and a count must fit the list or be confirmed."""
        listed, count = len(self.lesions.seen), cleaned.get("bone_lesion_count")
        said = [name for name in COUNTS[1:] if cleaned.get(name)]
        if len(said) + (count is not None) > 1:
            words = [str(self.fields[name].label).lower() for name in said]
            given = [f"{count} lesions"] if count is not None else []
            self.add_error(
                "bone_lesion_count",
                f"{' and '.join([*given, *words]).capitalize()} contradict each other; keep one.",
            )
        elif said == ["none_found"]:
            cleaned["bone_lesion_count"] = self._none(listed)
        elif said == ["as_listed"]:
            cleaned["bone_lesion_count"] = self._as_listed(listed)
        elif not said:
            self._check_number(count, listed)

    def _none(self, listed: int) -> int:
        if listed:
            self.add_error("none_found", f"None found and {listed} listed contradict each other; keep one.")
        return 0

    def _as_listed(self, listed: int) -> int | None:
        if not listed:
            self.add_error("as_listed", "No lesion is listed; for no lesion tick “None found”.")
        return listed or None

    def _check_number(self, count: int | None, listed: int) -> None:
        if count == 0:
            self.add_error("bone_lesion_count", "For no lesion tick “None found”; empty means not known.")
        elif count is None and listed and "bone_lesion_count" not in self.errors:
            self.add_error(
                "bone_lesion_count",
                f"{listed} listed: are these all? Tick “As many as listed”, give the number, "
                "or tick “Not counted”.",
            )
        elif count is not None and count < listed:
            self.ask(
                f"fewer-{count}-{listed}",
                f"{listed} lesions are listed and {count} are counted. Does one of those listed not count?",
                f"{count} is right, although {listed} are listed",
            )


def initial_of(row: ExtentAssessment | None) -> dict[str, Any]:
    """What an assessment says, as a form starts from it."""
    if row is None:
        return {}
    own = {*COUNTS[1:], "submission", "version"}
    initial = {name: getattr(row, name) for name in ExtentForm.base_fields if name not in own}
    if row.bone_lesion_count == 0:
        initial |= {"none_found": True, "bone_lesion_count": None}
    return initial


def lesions_of(row: ExtentAssessment | None, *, carried: bool) -> list[dict[str, Any]]:
    """The rows of an assessment; ``carried`` is the start of the next assessment."""
    lesions = row.lesions.order_by("position") if row else []
    return [lesion_initial(lesion, carried=carried) for lesion in lesions]
