"""The forms of treatments given: one per kind, each asking only what that kind has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django import forms

from guideline.edition import Edition
from patients.forms.dated import AS_KNOWN, RecordForm
from patients.forms.fields import ThreeValuedField
from patients.models import PlannedTreatment, Response, StopReason, Treatment, TreatmentKind
from patients.partial_dates import PartialDate, PartialDateField, Precision
from patients.queries.given import TreatmentGiven
from patients.queries.standing import Place, place_in_lines
from patients.regimens import REGIMENS

FUTURE_ID = 2**31
NOTE = forms.Textarea(attrs={"rows": 2})


@dataclass(frozen=True)
class Surroundings:
    """What a treatment is checked against: the patient's birth, the other treatments, the lesions known.

    ``this`` is the treatment that is corrected, None for a new one.
    """

    born: PartialDate
    edition: Edition
    given: Sequence[TreatmentGiven] = ()
    lesions: Sequence[str] = ()
    this: Treatment | None = None

    @property
    def others(self) -> list[TreatmentGiven]:
        """All treatments but the one that is corrected."""
        return [one for one in self.given if self.this is None or one.id != self.this.pk]


@dataclass(frozen=True)
class Part:
    """A part of the form: its title and the names of its fields."""

    title: str
    names: tuple[str, ...] = field(default=())


class TreatmentForm(RecordForm):
    """What every treatment has. Kinds that treat the disease ask whether they continue the line before."""

    kind: ClassVar[TreatmentKind]
    parts: tuple[Part, ...]
    asks_line: ClassVar[bool] = False

    started = PartialDateField(label="First day", help_text=AS_KNOWN)
    ended = PartialDateField(label="Last day", required=False, help_text="Empty while it goes on.")
    stop_reason = forms.ChoiceField(
        label="Why it ended", required=False, choices=[("", "Not known or going on"), *StopReason.choices]
    )
    response = forms.ChoiceField(
        label="Response to it",
        required=False,
        choices=[("", "Not known"), *Response.choices],
        help_text="Of the disease, in your judgement.",
    )
    continues = ThreeValuedField(
        label="Does it continue the line before?",
        unknown="Not sure",
        required=False,
        initial="",
        help_text="Yes for a planned sequence, such as transplantation after induction.",
    )
    note = forms.CharField(label="Note", required=False, max_length=1000, widget=NOTE)
    not_of_the_row: tuple[str, ...] = ("submission", "version", "started", "ended")

    def __init__(self, *args: Any, on: date, around: Surroundings, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.around = around
        self.place: Place | None = None
        kept = {name for part in self.parts for name in part.names} | {"submission", "version"}
        for name in set(self.fields) - kept:
            del self.fields[name]

    def shown_parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The form's parts with their fields; the question about the line only where there is one."""
        for part in self.parts:
            names = [name for name in part.names if name != "continues" or self.has_line_before]
            if names:
                yield part.title, [self[name] for name in names]

    def mark_required(self) -> None:
        """Show the question about the line as one that wants an answer; ask after validation."""
        # Not required while validating: what is missing is said with what the guideline would infer.
        if "continues" in self.fields:
            self.fields["continues"].required = True

    @property
    def has_line_before(self) -> bool:
        """Whether another treatment of the disease is recorded that this one could continue."""
        return self.asks_line and any(one.starts_lines for one in self.around.others)

    @property
    def row_name(self) -> str:
        """What charts and lists call the treatment."""
        kept = self.around.this.name if self.around.this else self.kind.label
        return str(self.cleaned_data.get("name") or kept)

    @property
    def values(self) -> dict[str, Any]:
        started, ended = self.cleaned_data["started"], self.cleaned_data.get("ended")
        return super().values | {
            "kind": self.kind.value,
            "name": self.row_name,
            "started_on": started.first,
            "started_precision": started.precision,
            "ended_on": max(started.first, ended.first) if ended else None,
            "ended_precision": ended.precision if ended else Precision.DAY.value,
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        started, ended = cleaned.get("started"), cleaned.get("ended")
        if started and started.last < self.around.born.first:
            self.add_error("started", f"The patient was born on {self.around.born}, after this day.")
        if started and ended and ended.last < started.first:
            self.add_error("ended", "The last day lies before the first day; correct one of them.")
        if cleaned.get("stop_reason") and not ended and "ended" not in self.errors:
            self.add_error("ended", "What ended for a reason has a last day; the year is enough.")
        if cleaned.get("started"):
            self.check_kind(cleaned)
            self._ask_about_the_line(cleaned)
        return cleaned

    def tell_overlap(self, other: Treatment) -> None:
        """What the database refused: the same treatment is recorded for some of these days."""
        until = f"to {other.ended}" if other.ended else "and goes on"
        self.add_error(
            "started",
            f"{other.name} is recorded from {other.started} {until}, which covers some of these days. "
            "Correct the days here, or correct that entry.",
        )

    def check_kind(self, cleaned: dict[str, Any]) -> None:
        """What only this kind can have wrong, or unusual."""

    def joins_lines(self, cleaned: dict[str, Any]) -> bool:
        """Whether the treatment as entered starts or continues a line."""
        return self.asks_line

    def candidate(self, cleaned: dict[str, Any]) -> TreatmentGiven:
        """The treatment as entered so far, as the guideline would read it; nobody said where it belongs."""
        started, ended = cleaned["started"], cleaned.get("ended")
        return TreatmentGiven(
            id=self.around.this.pk if self.around.this else FUTURE_ID,
            kind=self.kind.value,
            name=self.row_name,
            started_on=started.first,
            ended_on=max(started.first, ended.first) if ended else None,
            stop_reason=cleaned.get("stop_reason") or "",
            intent=cleaned.get("intent") or "",
            stabilized=cleaned.get("stabilized"),
            stabilized_on=cleaned.get("stabilized_on"),
            continues=None,
            neurotoxic=None,
        )

    def _ask_about_the_line(self, cleaned: dict[str, Any]) -> None:
        """The guideline infers where nobody said; so whoever enters it is asked, and told what it infers."""
        if not self.joins_lines(cleaned) or "continues" in self.errors:
            return
        entered = self.candidate(cleaned)
        self.place = place_in_lines([*self.around.others, entered], entered, on=self.on)
        said = self.data.get(self.add_prefix("continues"))
        if self.place is not None and self.place.line_before and not said:
            self.add_error("continues", f"Please say. {self.place.inference}")


def initial_of(row: Treatment, form: type[TreatmentForm]) -> dict[str, Any]:
    """What a treatment says, as the form of its kind starts from it."""
    own = {"started", "ended", "lesions"}
    names = {name for part in form.parts for name in part.names} - own
    return {name: getattr(row, name) for name in names if hasattr(row, name)} | {
        "started": row.started,
        "ended": row.ended,
        "submission": row.submission,
        "version": row.version,
    }


def initial_of_planned(planned: PlannedTreatment, form: type[TreatmentForm]) -> dict[str, Any]:
    """What a planned treatment says, as the form of what was given starts from it: to be corrected there."""
    names = {name for part in form.parts for name in part.names}
    regimens = {one.label: one.key for one in REGIMENS.values()}
    regimen = regimens.get(planned.name, "") if "regimen" in names else ""
    words = {"dose_notes": planned.dose} if "dose_notes" in names else {}
    rest = [planned.note] if words else [planned.dose, planned.note]
    return words | {
        "regimen": regimen,
        "name": "" if regimen else planned.name,
        "started": PartialDate(planned.start) if planned.start else None,
        "note": "; ".join(word for word in rest if word),
    }
