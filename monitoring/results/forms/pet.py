"""The form of a PET scan: totals, lesions one by one, the report. It validates; actions save.

The lesions suggest totals. A suggestion is shown and taken by a person, never filled in silently, and a
report whose own totals differ may keep them.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from monitoring.results.actions.pet import PetEntry
from monitoring.results.forms.reading import NumberField, WordField, as_known, read_typed
from monitoring.results.models import PetScan, Tracer
from monitoring.results.models.pet import SIDE_LABELS, UPTAKE_SITES
from monitoring.results.numbers import shown, typed_again
from patients.forms.fields import ThreeValuedField
from patients.forms.versioned import VersionedForm
from patients.partial_dates import PartialDateField

MOST_DECIMALS = 2
MOST_LESIONS = 60
SPARE_ROWS = 2
FEWEST_ROWS = 3
NEW = {"yes": True, "no": False, "": None}
NEW_WORDS = {answer: word for word, answer in NEW.items()}
TAKE, KEEP = "take", "keep"


@dataclass(frozen=True)
class Totals:
    """What a scan adds up to; None is not known."""

    sum_suv_max: Decimal | None
    avid_lesions: int | None
    new_lesion: bool | None

    def __str__(self) -> str:
        total = "not known" if self.sum_suv_max is None else shown(self.sum_suv_max)
        count = "not known" if self.avid_lesions is None else self.avid_lesions
        new = {True: "yes", False: "no", None: "not known"}[self.new_lesion]
        return f"sum of SUVmax {total}, avid lesions {count}, a new lesion: {new}"


class UptakeField(NumberField):
    """An SUV with at most two decimals; cleans to a Decimal or None."""

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        reading = read_typed(typed, bounds=False)
        if reading.quantity is None:
            raise forms.ValidationError(reading.problem)
        number = reading.quantity.number
        if number != round(number, MOST_DECIMALS) or number >= 10**5:
            raise forms.ValidationError("An SUV has at most five digits and two decimals, as in 14.25.")
        return number


class UptakeForm(forms.Form):
    """One lesion; a row without a site is no lesion."""

    site = forms.ChoiceField(label="Site", required=False, choices=[("", ""), *UPTAKE_SITES])
    side = forms.ChoiceField(label="Side", required=False, choices=[("", ""), *SIDE_LABELS.items()])
    suv_max = UptakeField(label="SUVmax", required=False)
    is_new = forms.ChoiceField(
        label="New?", required=False, choices=[("", "Not known"), ("yes", "Yes"), ("no", "No")]
    )
    note = forms.CharField(label="Note", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("site") and any(
            cleaned.get(name) for name in ("side", "is_new", "note", "suv_max")
        ):
            self.add_error("site", "Choose where this lesion is, or empty its row.")
        return cleaned


UptakeFormSet = forms.formset_factory(UptakeForm, extra=0, max_num=MOST_LESIONS, absolute_max=MOST_LESIONS)


class PetForm(VersionedForm):
    """One scan of a patient born on ``born``, entered on the day ``on``."""

    scanned = PartialDateField(label="Scanned on", help_text="As in 14 Feb 2026; or Feb 2026, or 2026.")
    tracer = forms.ChoiceField(
        label="Tracer", choices=Tracer.choices, help_text="Only FDG is read for response."
    )
    sum_suv_max = UptakeField(
        label="Sum of SUVmax", required=False, help_text="Of all avid lesions; 0 if none is avid."
    )
    avid_lesions = forms.IntegerField(
        label="Avid lesions",
        required=False,
        min_value=0,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    new_lesion = ThreeValuedField(label="A new lesion?")
    laboratory = WordField(label="Institution", offer="institutions")
    report = forms.CharField(
        label="Report", required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, on: date, born: date, known: list[str], scan: PetScan | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (initial_of(scan) if scan else {})
        super().__init__(*args, **kwargs)
        self.born = born
        self.known = known
        self.fields["scanned"].not_after = on  # type: ignore[attr-defined] # a PartialDateField
        self.lesions = UptakeFormSet(
            self.data if self.is_bound else None, prefix="lesion", initial=rows_of(scan) if scan else BLANK
        )
        self.offer: Totals | None = None

    @property
    def entry(self) -> PetEntry:
        """What a valid form says."""
        data = self.cleaned_data
        totals: Totals = data["totals"]
        return PetEntry(
            scanned_on=data["scanned"].first,
            scanned_precision=data["scanned"].precision,
            tracer=data["tracer"],
            sum_suv_max=totals.sum_suv_max,
            avid_lesions=totals.avid_lesions,
            new_lesion=totals.new_lesion,
            lesions=self._lesions(),
            laboratory=data["laboratory"],
            report=data["report"],
        )

    @property
    def told(self) -> str:
        """What a choice between two sets of totals was made about."""
        return f"{self.offer} | {self.typed}"

    @property
    def typed(self) -> Totals:
        data = self.cleaned_data
        return Totals(data.get("sum_suv_max"), data.get("avid_lesions"), data.get("new_lesion"))

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_laboratory(self) -> str:
        return as_known(self.cleaned_data["laboratory"], self.known)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("scanned") and cleaned["scanned"].last < self.born:
            self.add_error("scanned", "That is before the patient was born; check the year.")
        if not self.lesions.is_valid():
            self.add_error(None, "A row of the lesions needs a look; it says below what is wrong.")
            return cleaned
        if self.errors:
            return cleaned
        cleaned["totals"] = self._settled_totals()
        total, count = cleaned["totals"].sum_suv_max, cleaned["totals"].avid_lesions
        if count == 0 and total:
            self.add_error("sum_suv_max", "Without an avid lesion the sum is 0; one of the two is wrong.")
        if count and total == 0:
            self.add_error("sum_suv_max", "Avid lesions add up to more than 0; leave it empty if not known.")
        return cleaned

    def _settled_totals(self) -> Totals:
        """What was typed, or what the lesions suggest where a person chose that."""
        suggested = totals_of(self._lesions())
        if suggested is None or suggested == self.typed:
            return self.typed
        self.offer = suggested
        choice = str(self.data.get("totals", ""))
        if choice == f"{TAKE} {self.told}":
            return suggested
        if choice != f"{KEEP} {self.told}":
            self.add_error(None, "The lesions and the totals differ; say below which totals count.")
        return self.typed

    def _lesions(self) -> list[dict[str, Any]]:
        return [
            {
                "site": row["site"],
                "side": row["side"],
                "suv_max": None if row["suv_max"] is None else str(row["suv_max"]),
                "is_new": NEW[row["is_new"]],
                "note": row["note"],
            }
            for row in self.lesions.cleaned_data
            if row.get("site")
        ]


def totals_of(lesions: list[dict[str, Any]]) -> Totals | None:
    """What the lesions add up to; None without any. An SUVmax that is not known leaves the sum unknown."""
    if not lesions:
        return None
    uptakes = [lesion["suv_max"] for lesion in lesions]
    answers = {lesion["is_new"] for lesion in lesions}
    new = True if True in answers else False if answers == {False} else None
    total = None if None in uptakes else sum((Decimal(uptake) for uptake in uptakes), Decimal(0))
    return Totals(total, len(lesions), new)


def initial_of(scan: PetScan) -> dict[str, Any]:
    """A stored scan as the form shows it for correction."""
    kept = ("tracer", "avid_lesions", "new_lesion", "laboratory", "report", "version")
    total = "" if scan.sum_suv_max is None else typed_again(scan.sum_suv_max)
    return {**{name: getattr(scan, name) for name in kept}, "scanned": scan.scanned, "sum_suv_max": total}


def rows_of(scan: PetScan) -> list[dict[str, Any]]:
    """The lesions of a scan as rows, with spare ones."""
    rows = [
        lesion
        | {
            "is_new": NEW_WORDS[lesion["is_new"]],
            "suv_max": "" if lesion["suv_max"] is None else typed_again(Decimal(lesion["suv_max"])),
        }
        for lesion in scan.lesions
    ]
    return [*rows, *({} for _ in range(max(SPARE_ROWS, FEWEST_ROWS - len(rows))))][:MOST_LESIONS]


BLANK: list[dict[str, Any]] = [{} for _ in range(FEWEST_ROWS)]
