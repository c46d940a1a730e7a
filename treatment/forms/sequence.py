"""The forms of the planned treatments, one row each. They validate; actions save."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.formats import date_format

from guideline.edition import Edition
from patients.dates import ClinicalDateField
from treatment import doses
from treatment.contraindicated import Guard
from treatment.sequence import KINDS, Treatment, out_of_order

PREFIX = "treatment"
EMPTY_ROWS = 1
MOST_ROWS = 30
TOO_LONG = "At most %(limit_value)d characters; this text has %(show_value)d."


class TreatmentForm(forms.Form):
    """One planned treatment; a row without any words is none."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=list(KINDS.items()),
        error_messages={"invalid_choice": "Choose one of the kinds shown."},
    )
    name = forms.CharField(
        label="What", required=False, max_length=200, error_messages={"max_length": TOO_LONG}
    )
    start = ClinicalDateField(label="Planned start", required=False)
    before_referral = forms.BooleanField(label="Started before referral", required=False)
    dose = forms.CharField(
        label="Dose, as you order it", required=False, max_length=200, error_messages={"max_length": TOO_LONG}
    )
    dose_meant = forms.BooleanField(label="This dose is meant", required=False)
    note = forms.CharField(
        label="Note", required=False, max_length=500, error_messages={"max_length": TOO_LONG}
    )
    leave_out = forms.BooleanField(label="Leave out", required=False)

    @property
    def is_blank(self) -> bool:
        given = self.cleaned_data
        words = [given.get(name) for name in ("name", "start", "dose", "note")]
        return bool(given.get("leave_out")) or not (any(words) or self.errors)

    @property
    def treatment(self) -> Treatment:
        """What a valid row says."""
        given = self.cleaned_data
        return Treatment(
            kind=given["kind"],
            name=given["name"] or KINDS[given["kind"]],
            start=given["start"],
            dose=given["dose"],
            note=given["note"],
            before_referral=given["before_referral"],
            dose_meant=given["dose_meant"],
        )


class TreatmentRows(BaseFormSet):
    """All rows together: days, their order, doses the content has a range for, and what must not be given."""

    edition: Edition
    option: str
    on: date
    begun: Collection[tuple[str, date | None]]
    guard: Guard

    def clean(self) -> None:
        rows = [form for form in self.forms if not form.errors and not form.is_blank]
        treatments = [form.treatment for form in rows]
        for form, treatment in zip(rows, treatments, strict=True):
            self._check(form, treatment)
        for place, sentence in out_of_order(treatments).items():
            rows[place].add_error("start", sentence)

    def is_valid(self) -> bool:
        """Rows that are left out may hold anything."""
        super().is_valid()
        if self.non_form_errors():
            return False
        return not any(form.errors for form in self.forms if "leave_out" not in _given(form))

    @property
    def treatments(self) -> list[Treatment]:
        return [form.treatment for form in self.forms if not form.errors and not form.is_blank]

    def _check(self, form: forms.Form, treatment: Treatment) -> None:
        if contraindicated := self.guard.sentence(treatment):
            form.add_error("name", contraindicated)
        is_begun = treatment.before_referral or (treatment.kind, treatment.start) in self.begun
        if treatment.start and treatment.start < self.on and not is_begun:
            today = date_format(self.on, "j F Y")
            form.add_error(
                "start", f"That lies before today, {today}. Say that it was started before referral."
            )
        found = doses.check(treatment, doses.setting_of(treatment, self.option), self.edition)
        if found and found.word == "outside" and not treatment.dose_meant:
            form.add_error("dose", f"{found.sentence} Change it, or say that this dose is meant.")


def _given(form: forms.Form) -> set[str]:
    """The ticked boxes of a row, also of one with errors."""
    return {name for name in ("leave_out",) if form.data.get(form.add_prefix(name))}


_Rows: type[TreatmentRows] = formset_factory(  # type: ignore[assignment] # the stubs forget the formset given
    TreatmentForm, formset=TreatmentRows, extra=EMPTY_ROWS, max_num=MOST_ROWS
)


def treatment_rows(
    treatments: Sequence[Treatment],
    data: Any = None,
    *,
    guard: Guard,
    option: str,
    on: date,
    begun: Iterable[Treatment] = (),
) -> TreatmentRows:
    """The rows for these treatments and some empty ones, or as they were posted.

    The day of one that an earlier version planned, ``begun``, may lie in the past.
    """
    initial = [vars(one) for one in treatments]
    rows = _Rows(data, initial=None if data is not None else initial, prefix=PREFIX)
    rows.guard, rows.edition, rows.option, rows.on = guard, guard.edition, option, on
    rows.begun = {(one.kind, one.start) for one in begun}
    return rows
