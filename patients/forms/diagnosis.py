"""The form of the criteria, each with when it was found and what supports it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from patients.actions.assessments import Evidence
from patients.dates import ClinicalDateField
from patients.forms.dated import RecordForm
from patients.forms.fields import ThreeValuedField
from patients.measured import Measured
from patients.models import Criterion, DiagnosisAssessment
from patients.partial_dates import PartialDateField

HINTS: dict[str, str] = {
    Criterion.CASTLEMAN: "Proved by biopsy.",
    Criterion.VEGF: "Your judgement against the limit of the laboratory and specimen.",
    Criterion.ORGANOMEGALY: "Spleen, liver or lymph nodes.",
    Criterion.OVERLOAD: "Oedema, effusion or ascites.",
    Criterion.ENDOCRINOPATHY: "An axis other than isolated diabetes or isolated thyroid disease.",
}
GROUPS = (
    ("Mandatory", (Criterion.POLYNEUROPATHY, Criterion.CLONE)),
    ("Other major", (Criterion.CASTLEMAN, Criterion.SCLEROTIC, Criterion.VEGF)),
    (
        "Minor",
        (
            Criterion.ORGANOMEGALY,
            Criterion.OVERLOAD,
            Criterion.ENDOCRINOPATHY,
            Criterion.SKIN,
            Criterion.PAPILLEDEMA,
            Criterion.BLOOD_CELLS,
        ),
    ),
)


@dataclass(frozen=True)
class CriterionRow:
    """The three fields of one criterion as the page lays them out."""

    answer: forms.BoundField
    found: forms.BoundField
    evidence: forms.BoundField
    measured: Sequence[str] = ()


class DiagnosisForm(RecordForm):
    """Each criterion: met, not met or not assessed; when it was found, and by what."""

    assessed_on = ClinicalDateField(label="Assessed on")
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

    def __init__(self, *args: Any, on: date, measured: Measured | None = None, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.measured = measured or {}
        for criterion in Criterion:
            name, label = criterion.value, str(criterion.label)
            self.fields[name] = ThreeValuedField(
                label=label, help_text=HINTS.get(criterion, ""), unknown="Not assessed"
            )
            self.fields[f"{name}_on"] = PartialDateField(label="Found", required=False, not_after=on)
            self.fields[f"{name}_evidence"] = forms.CharField(
                label="Evidence", required=False, max_length=500
            )
            self._name_details(name, label)

    def _name_details(self, name: str, label: str) -> None:
        """Eleven fields called *Found* need to be told apart by who does not see the row."""
        for end, what, hint in (
            ("on", "found", "May 2024 or 2024"),
            ("evidence", "evidence", "What supports it"),
        ):
            attributes = {"aria-label": f"{label}: {what}", "placeholder": hint, "autocomplete": "off"}
            self.fields[f"{name}_{end}"].widget.attrs |= attributes

    def groups(self) -> Iterator[tuple[str, list[CriterionRow]]]:
        """The criteria as the published sets group them."""
        for title, names in GROUPS:
            yield title, [self._row(name) for name in names]

    def _row(self, name: str) -> CriterionRow:
        details = (self[f"{name}_on"], self[f"{name}_evidence"])
        return CriterionRow(self[name], *details, measured=self.measured.get(name, ()))

    @property
    def answers(self) -> dict[str, bool | None]:
        """The criteria as answered so far, also of a form that is not valid; the rest is not known."""
        return {name: self.answered.get(name) for name in Criterion.values}

    @property
    def values(self) -> dict[str, Any]:
        details = {f"{name}_{end}" for name in Criterion.values for end in ("on", "evidence")}
        return {name: value for name, value in super().values.items() if name not in details}

    @property
    def evidence(self) -> list[Evidence]:
        """What was said beside the criteria."""
        found = []
        for name in Criterion.values:
            day, text = self.cleaned_data[f"{name}_on"], self.cleaned_data[f"{name}_evidence"]
            if day is not None or text:
                found.append(
                    Evidence(
                        criterion=name,
                        found_on=day.first if day else None,
                        found_precision=day.precision if day else "day",
                        evidence=text,
                    )
                )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("treat_as_poems") and not cleaned.get("treat_as_reason"):
            self.add_error(
                "treat_as_reason", "Say why this is treated as POEMS although criteria are not met."
            )
        assessed = cleaned.get("assessed_on")
        for name in Criterion.values:
            found = cleaned.get(f"{name}_on")
            if assessed and found and found.first > assessed:
                self.add_error(f"{name}_on", "Found later than it was assessed; correct one of the days.")
        return cleaned


def initial_of(row: DiagnosisAssessment | None) -> dict[str, Any]:
    """What an assessment says, as its form starts, and the next one: *ever documented* stays."""
    if row is None:
        return {}
    names = (*Criterion.values, "assessed_on", "treat_as_poems", "treat_as_reason", "earlier_label")
    initial = {name: getattr(row, name) for name in names}
    for one in row.evidence.all():
        initial |= {f"{one.criterion}_on": one.found, f"{one.criterion}_evidence": one.evidence}
    return initial
