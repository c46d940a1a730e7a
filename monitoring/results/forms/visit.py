"""The grid for one visit: what was measured on one day, in sets, saved as a whole or not at all.

It is made of small forms: when, one for each set of analytes (where it was measured), one for each analyte,
and the totals of the nerve kit.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from guideline.edition import Edition
from guideline.nerve_kit import limits_of
from monitoring.results.actions.nerve import NerveEntry
from monitoring.results.actions.results import ResultEntry
from monitoring.results.forms.collection import CollectionForm
from monitoring.results.forms.nerve_kit import KitForm
from monitoring.results.forms.reading import WordField, as_known
from monitoring.results.forms.visit_row import RowForm, newest_of
from monitoring.results.moments import Collected
from monitoring.results.nerve_values import TOTALS, WALK, values_of
from monitoring.results.presenters import GROUPS
from monitoring.results.queries import RecordedResult
from monitoring.results.questions import Question

# Open from the start for a patient without results; otherwise the sets this patient has values of.
USUAL_SETS = ("vegf", "blood")
NERVE = "nerve"


class WhenForm(CollectionForm):
    """The day of the visit, with its time if it is known."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        del self.fields["collected_about"]
        self.fields["collected_on"].label = "Day of the visit"

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()


class WhereForm(forms.Form):
    """Where a set was measured; ``known`` are the laboratories that the record names already."""

    laboratory = WordField(label="Laboratory", offer="laboratories")

    def __init__(self, *args: Any, known: Sequence[str], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["laboratory"].label = f"{label}: laboratory"

    def clean_laboratory(self) -> str:
        return as_known(self.cleaned_data["laboratory"], self.known)


class TotalsForm(KitForm):
    """The nerve kit without its items: totals, the walk, and who examined."""

    examiner = WordField(label="Examiner", offer="examiners")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {"examiner", "walk_unable", "walk_aid"}
        kept |= {name for key in (*TOTALS, WALK) for name in (key, f"{key}_version")}
        for name in set(self.fields) - kept:
            del self.fields[name]
        self.questions: dict[str, list[Question]] = {}


@dataclass(frozen=True)
class TotalRow:
    label: str
    what: str
    unit: str
    field: BoundField
    version: BoundField
    unable: BoundField | None
    last: str
    questions: Sequence[Question]


@dataclass(frozen=True)
class VisitSet:
    """Analytes that are measured together; ``open`` where there is something to look at."""

    key: str
    label: str
    where: WhereForm
    rows: tuple[RowForm, ...]
    usual: bool

    @property
    def open(self) -> bool:
        touched = self.where.errors or any(row.errors or row["value"].value() for row in self.rows)
        return bool(touched) or self.usual


class VisitForm:
    """The grid for a patient born on ``born``, filled in on the day ``on`` on the clock of ``zone``.

    ``last`` is the newest result of each series, newest first; ``known`` maps laboratory and method to the
    words that the record has; ``versions`` are the scale versions used last.
    """

    def __init__(
        self,
        data: QueryDict | None,
        *,
        edition: Edition,
        on: date,
        born: date,
        zone: ZoneInfo,
        last: Sequence[RecordedResult],
        known: Mapping[str, list[str]],
        versions: Mapping[str, str],
    ) -> None:
        self.data = data
        self.edition = edition
        self.known = known
        self.when = WhenForm(data, on=on, born=born, zone=zone, initial={"collected_on": on})
        self.sets = tuple(self._set(key, last, known) for key in GROUPS)
        self.totals = TotalsForm(data, prefix=NERVE, edition=edition, versions=versions)
        self.problems: list[str] = []

    @property
    def forms(self) -> list[forms.Form]:
        """Every part, in the order of the page."""
        parts = [part for one in self.sets for part in (one.where, *one.rows)]
        return [self.when, *parts, self.totals]

    @property
    def rows(self) -> list[RowForm]:
        return [row for one in self.sets for row in one.rows]

    @property
    def errors(self) -> bool:
        return bool(self.problems) or any(part.errors for part in self.forms)

    @property
    def nerve_open(self) -> bool:
        fields = (self.totals[key] for key in (*TOTALS, WALK, "walk_unable"))
        return bool(self.totals.errors) or any(field.value() for field in fields)

    def is_valid(self) -> bool:
        """Whether the whole visit can be saved; every part is judged, so that all is said at once."""
        for one in self.sets:
            one.where.is_valid()
            for row in one.rows:
                row.laboratory = one.where.cleaned_data.get("laboratory", "")
        valid = all([part.is_valid() for part in self.forms])  # noqa: C419 - every part, not up to the first
        if valid and not self.entries and not self.totals.answers:
            self.problems.append(
                "Nothing was entered. An empty field is not measured; give at least one value."
            )
        return valid and not self.problems

    @property
    def submission(self) -> uuid.UUID:
        number: uuid.UUID = self.when.cleaned_data["submission"]
        return number

    @property
    def entries(self) -> list[ResultEntry]:
        """The values that were given, in the order of the page, each with the time of the visit."""
        when: Collected = self.when.cleaned_data["collected"]
        moment = {
            "collected_on": when.on,
            "collected_precision": when.precision,
            "collected_at_time": when.local_time,
            "collected_at": when.instant,
        }
        return [ResultEntry(**row.entry, **moment) for row in self.rows if row.given]  # type: ignore[typeddict-item]

    @property
    def assessment(self) -> NerveEntry | None:
        """The nerve kit of the visit, None where nothing of it was entered."""
        if not self.totals.answers:
            return None
        return NerveEntry(
            assessed_on=self.when.cleaned_data["collected"].on,
            examiner=self.totals.cleaned_data["examiner"],
            note="",
            answers=self.totals.answers,
        )

    def ask(self, questions: Iterable[Question]) -> bool:
        """Put the questions that were not answered with a tick where they belong; whether there are any.

        Their places count the ``entries``, then the values of the ``assessment``.
        """
        settled = set(self.data.getlist("settled")) if self.data else set()
        given = [row for row in self.rows if row.given]
        totals = [value.analyte for value in values_of(self.totals.answers, self.edition)]
        for question in questions:
            if question.place < len(given):
                part: forms.Form = given[question.place]
                field = "value"
                given[question.place].questions.append(question)
            else:
                part, field = self.totals, totals[question.place - len(given)]
                self.totals.questions.setdefault(field, []).append(question)
            if question.told not in settled:
                part.add_error(field, question.sentence)
        return self.errors

    def total_rows(self, last: Mapping[str, str]) -> list[TotalRow]:
        """The totals of the nerve kit; ``last`` are the values before, in words, by analyte."""
        return [self._total(key, last.get(key, "")) for key in (*TOTALS, WALK)]

    def _set(self, key: str, last: Sequence[RecordedResult], known: Mapping[str, list[str]]) -> VisitSet:
        analytes = [analyte for analyte in self.edition.analytes.values() if analyte.group == key]
        keys = {analyte.key for analyte in analytes}
        before = next((row.laboratory for row in last if row.analyte in keys), "")
        where = WhereForm(
            self.data,
            prefix=key,
            known=known["laboratory"],
            label=GROUPS[key],
            initial={"laboratory": before},
        )
        rows = tuple(
            RowForm(
                self.data,
                prefix=analyte.key,
                analyte=analyte,
                last=newest_of(analyte, last, before),
                known=known["method"],
            )
            for analyte in analytes
        )
        usual = any(row.analyte in keys for row in last) or (not last and key in USUAL_SETS)
        return VisitSet(key, GROUPS[key], where, rows, usual)

    def _total(self, key: str, last: str) -> TotalRow:
        instrument = self.edition.instruments[key]
        limits = limits_of(instrument, self.edition.scales)
        return TotalRow(
            label=instrument.label,
            what=f"{limits.minimum} to {limits.maximum}",
            unit=limits.unit,
            field=self.totals[key],
            version=self.totals[f"{key}_version"],
            unable=self.totals["walk_unable"] if key == WALK else None,
            last=last,
            questions=self.totals.questions.get(key, ()),
        )
