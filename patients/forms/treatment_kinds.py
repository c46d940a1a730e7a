"""One form for each kind of treatment: what it asks, what is impossible in it, what is unusual."""

from decimal import Decimal
from typing import Any

from django import forms

from guideline.course.clocks import months_after
from patients.dates import ClinicalDateField
from patients.forms.dated import AS_KNOWN
from patients.forms.fields import AmountField, CountField, ThreeValuedField
from patients.forms.treatments import Part, TreatmentForm
from patients.models import Axis, RadiationIntent, Support, TreatmentKind
from patients.partial_dates import PartialDateField
from patients.regimens import REGIMENS, is_neurotoxic

WHEN = ("started", "ended", "stop_reason")


class RadiationForm(TreatmentForm):
    kind = TreatmentKind.RADIATION
    asks_line = True
    parts = (
        Part("What was given", ("intent", "name", "lesions", "dose_gy", "fractions")),
        Part("When", WHEN),
        Part("Stability", ("stabilized", "stabilized_on", "note")),
        Part("Line of treatment", ("continues",)),
    )
    not_of_the_row = (*TreatmentForm.not_of_the_row, "lesions")

    intent = forms.ChoiceField(label="Intent", choices=RadiationIntent.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Field", max_length=200, help_text="What was irradiated, such as T8 to T10.")
    lesions = forms.MultipleChoiceField(
        label="Lesions in the field", required=False, widget=forms.CheckboxSelectMultiple
    )
    dose_gy = AmountField(label="Total dose", required=False, min_value=0, max_digits=5, decimal_places=2)
    fractions = CountField(label="Fractions", required=False, least=1, most=100, what="fractions")
    ended = PartialDateField(
        label="Last fraction", required=False, help_text="Empty while it goes on. The clock starts here."
    )
    stabilized = ThreeValuedField(
        label="Has the disease stabilized?", help_text="Stable is not worse; it need not be better."
    )
    stabilized_on = ClinicalDateField(label="Judged on", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = self.around.this
        kept = this.lesions_treated.split("; ") if this and this.lesions_treated else []
        offered = list(dict.fromkeys([*self.around.lesions, *kept]))
        self.fields["lesions"].choices = [(one, one) for one in offered]  # type: ignore[attr-defined]
        self.initial.setdefault("lesions", kept)
        if not offered:
            del self.fields["lesions"]
            self.parts = (Part("What was given", ("intent", "name", "dose_gy", "fractions")), *self.parts[1:])

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"lesions_treated": "; ".join(self.cleaned_data.get("lesions", []))[:500]}

    def joins_lines(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("intent") == RadiationIntent.DEFINITIVE

    def check_kind(self, cleaned: dict[str, Any]) -> None:
        """Stability follows the last fraction; a dose outside of what the content names is asked about."""
        self._check_dose(cleaned.get("dose_gy"))
        stable, judged, ended = (
            cleaned.get("stabilized"),
            cleaned.get("stabilized_on"),
            cleaned.get("ended"),
        )
        if judged and stable is None:
            self.add_error("stabilized", "A day of judgement needs a judgement: yes or no.")
        if judged and judged < cleaned["started"].first:
            self.add_error("stabilized_on", "Stability cannot be judged before radiation began.")
        if stable and not ended and "ended" not in self.errors:
            self.add_error("ended", "It can have stabilized only after the last fraction; give its day.")
        if stable and ended:
            self._check_stability(judged, ended)

    def _check_stability(self, judged: Any, ended: Any) -> None:
        months = int(self.around.edition.number("stability_from_months"))
        if judged is None:
            self.ask(
                "stable-undated",
                "That it stabilized cannot count without the day it was judged. Is the day not known?",
                "The day is not known",
            )
        elif judged < ended.first:
            self.add_error("stabilized_on", f"Judged before the last fraction ({ended}); correct one.")
        elif judged < months_after(ended.first, months):
            self.ask(
                f"stable-early-{judged}",
                f"{judged:%-d %B %Y} is less than {months} months after the last fraction: too early for the "
                "answer to count. Is the day right?",
                f"{judged:%-d %B %Y} is right",
            )

    def _check_dose(self, dose: Decimal | None) -> None:
        if dose is None:
            return
        if dose == 0:
            self.add_error("dose_gy", "A dose is more than 0 Gy; leave it empty if it is not known.")
            return
        usual, edition = self.around.edition.doses["radiation_unquestioned"], self.around.edition
        if usual.low is None or usual.high is None or usual.low <= dose <= usual.high:
            return
        sources = "; ".join(edition.sources[key].published_in for key in usual.sources if key != "D")
        given = f"{dose.normalize():f} Gy"
        self.ask(
            f"dose-{given}",
            f"{given} lies outside {usual.text} ({sources}). Is it the total dose to this field?",
            f"{given} is right",
        )


class SystemicForm(TreatmentForm):
    kind = TreatmentKind.SYSTEMIC
    asks_line = True
    parts = (
        Part("What was given", ("regimen", "name", "other_drugs", "dose_notes", "neurotoxic")),
        Part("When", ("started", "ended", "cycles_given", "cycles_planned")),
        Part("How it ended", ("stop_reason", "response", "note")),
        Part("Line of treatment", ("continues",)),
    )

    regimen = forms.ChoiceField(
        label="Regimen",
        required=False,
        choices=[("", "Another one, named below"), *((one.key, one.label) for one in REGIMENS.values())],
    )
    name = forms.CharField(label="Name of another regimen", required=False, max_length=200)
    other_drugs = forms.CharField(
        label="Other drugs", required=False, max_length=300, help_text="Given with it, in your own words."
    )
    dose_notes = forms.CharField(
        label="Doses", required=False, max_length=500, help_text="Reductions and why, in your own words."
    )
    neurotoxic = ThreeValuedField(label="Can it damage nerves?")
    cycles_given = CountField(label="Cycles given", required=False, most=200, what="cycles")
    cycles_planned = CountField(label="Cycles planned", required=False, most=200, what="cycles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drugs = [drug.label for drug in self.around.edition.drugs.values() if drug.neurotoxicity == "high"]
        self.fields[
            "neurotoxic"
        ].help_text = (
            f"Only for drugs the list does not know; {' and '.join(drugs).lower()} count without asking."
        )
        if self.initial.get("regimen"):
            self.initial["name"] = ""

    @property
    def row_name(self) -> str:
        regimen = self.cleaned_data.get("regimen")
        return REGIMENS[regimen].label if regimen else super().row_name

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = f"{'' if data['regimen'] else data['name']} {data['other_drugs']}"
        known = is_neurotoxic(data["regimen"], words, self.around.edition)
        return super().values | {"neurotoxic": data["neurotoxic"] if known is None else known}

    def check_kind(self, cleaned: dict[str, Any]) -> None:
        """One regimen has one name; more cycles than planned and two therapies at once are asked about."""
        if not cleaned.get("regimen") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Choose a regimen from the list, or name another one.")
        if cleaned.get("regimen") and cleaned.get("name"):
            self.add_error("name", "A regimen is chosen already; clear the name, or put it to other drugs.")
        given, planned = cleaned.get("cycles_given"), cleaned.get("cycles_planned")
        if given is not None and planned is not None and given > planned:
            self.ask(
                f"cycles-{given}-{planned}",
                f"{given} cycles were given of {planned} planned. Is that right?",
                f"{given} of {planned} is right",
            )
        self._ask_about_overlap()

    def _ask_about_overlap(self) -> None:
        entered = self.candidate(self.cleaned_data)
        for other in self.around.others:
            if other.kind != self.kind or other.name.lower() == entered.name.lower():
                continue
            begins_later = other.ended_on is not None and other.ended_on <= entered.started_on
            ended_before = entered.ended_on is not None and entered.ended_on <= other.started_on
            if not begins_later and not ended_before:
                until = f"{other.ended_on:%-d %B %Y}" if other.ended_on else "today"
                self.ask(
                    f"with-{other.id}",
                    f"{other.name} is recorded from {other.started_on:%-d %B %Y} to {until}. "
                    "Were both given at the same time?",
                    f"Yes, together with {other.name}",
                )


class MobilizationForm(TreatmentForm):
    kind = TreatmentKind.MOBILIZATION
    parts = (
        Part("What was given", ("name",)),
        Part("When", ("started", "ended")),
        Part("Result", ("cells_collected", "cells_10e6_kg", "note")),
    )

    name = forms.CharField(label="With what", max_length=200, help_text="Such as G-CSF, or with plerixafor.")
    cells_collected = ThreeValuedField(label="Enough stem cells collected?")
    cells_10e6_kg = AmountField(
        label="CD34-positive cells", required=False, min_value=0, max_digits=6, decimal_places=2
    )

    def check_kind(self, cleaned: dict[str, Any]) -> None:
        """Cells are mobilized before they are given back."""
        begun = cleaned["started"].first
        before = [one for one in self.around.others if one.kind == TreatmentKind.ASCT]
        if before and all(one.started_on < begun for one in before):
            last = before[-1].started_on
            self.ask(
                f"after-{begun}",
                f"The transplantation of {last:%-d %B %Y} came before. Is this for another one?",
                "It is for another transplantation",
            )


class TransplantForm(TreatmentForm):
    kind = TreatmentKind.ASCT
    asks_line = True
    parts = (
        Part("What was given", ("started", "dose_notes", "cells_10e6_kg")),
        Part("Result", ("response", "note")),
        Part("Line of treatment", ("continues",)),
    )

    started = PartialDateField(label="Day 0", help_text=f"The day the cells were given back. {AS_KNOWN}")
    dose_notes = forms.CharField(
        label="Conditioning", required=False, max_length=500, help_text="Drug and dose as given."
    )
    cells_10e6_kg = AmountField(
        label="CD34-positive cells given", required=False, min_value=0, max_digits=6, decimal_places=2
    )

    @property
    def row_name(self) -> str:
        return self.around.this.name if self.around.this else "Autologous transplantation"

    @property
    def values(self) -> dict[str, Any]:
        """A transplantation is one day: it ends where it begins."""
        values = super().values
        return values | {"ended_on": values["started_on"], "ended_precision": values["started_precision"]}

    def check_kind(self, cleaned: dict[str, Any]) -> None:
        """Day 0 without a mobilization before it is asked about, where one is recorded later."""
        day, harvests = cleaned["started"], [o for o in self.around.others if o.kind == "mobilization"]
        if harvests and all(one.started_on > day.last for one in harvests):
            self.ask(
                f"before-{day.first}",
                f"Stem cells were mobilized only from {harvests[0].started_on:%-d %B %Y}. Is day 0 right?",
                f"Day 0 on {day} is right",
            )


class AntiVegfForm(TreatmentForm):
    kind = TreatmentKind.ANTI_VEGF
    parts = (
        Part("What was given", ("name", "cycles_given", "dose_notes")),
        Part("When", WHEN),
        Part("Result", ("response", "note")),
    )

    name = forms.CharField(label="Antibody", max_length=200, initial="Bevacizumab")
    cycles_given = CountField(label="Doses given", required=False, most=200, what="doses")
    dose_notes = forms.CharField(label="Dose", required=False, max_length=500)


class ImmunoglobulinForm(TreatmentForm):
    kind = TreatmentKind.IMMUNOGLOBULIN
    parts = (
        Part("What was given", ("cycles_given", "dose_notes")),
        Part("When", WHEN),
        Part("Result", ("response", "note")),
    )

    cycles_given = CountField(label="Courses given", required=False, most=500, what="courses")
    dose_notes = forms.CharField(label="Dose", required=False, max_length=500)


class PlasmaExchangeForm(ImmunoglobulinForm):
    kind = TreatmentKind.PLASMA_EXCHANGE

    cycles_given = CountField(label="Exchanges done", required=False, most=500, what="exchanges")


class SupportiveForm(TreatmentForm):
    kind = TreatmentKind.SUPPORTIVE
    parts = (
        Part("What was given", ("support", "axis", "name", "dose_notes")),
        Part("When", (*WHEN, "note")),
    )

    support = forms.ChoiceField(label="What it is for", choices=Support.choices, widget=forms.RadioSelect)
    axis = forms.ChoiceField(
        label="Axis that is replaced", required=False, choices=[("", "Not endocrine"), *Axis.choices]
    )
    name = forms.CharField(label="Drug", max_length=200)
    dose_notes = forms.CharField(label="Dose", required=False, max_length=500)

    def check_kind(self, cleaned: dict[str, Any]) -> None:
        """An axis belongs to endocrine replacement, and to nothing else."""
        endocrine = cleaned.get("support") == Support.ENDOCRINE
        if endocrine and not cleaned.get("axis"):
            self.add_error("axis", "Choose the axis that is replaced.")
        if cleaned.get("support") and not endocrine and cleaned.get("axis"):
            self.add_error("axis", "An axis belongs to endocrine replacement; choose “Not endocrine”.")


FORMS: dict[str, type[TreatmentForm]] = {
    form.kind.value: form
    for form in (
        RadiationForm,
        SystemicForm,
        MobilizationForm,
        TransplantForm,
        AntiVegfForm,
        ImmunoglobulinForm,
        PlasmaExchangeForm,
        SupportiveForm,
    )
}
